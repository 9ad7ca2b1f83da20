import { type RollUpView, rollUpAsk, rollUpView } from '@jiheng/contract';
import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { RollUpQuery } from './roll-up.query';

@Controller('roll-ups')
export class RollUpController {
  constructor(private readonly rollUps: RollUpQuery) {}

  /** A unit, what lies directly below it and what stands above, each with everything below counted in. */
  @Get()
  @Policy('signed-in')
  @Answers(rollUpView)
  async view(@CurrentActor() actor: Actor, @Query({ schema: rollUpAsk }) ask: z.output<typeof rollUpAsk>): Promise<RollUpView> {
    return unwrap(await this.rollUps.view(actor, ask));
  }
}
