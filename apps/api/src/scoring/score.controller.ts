import { type ScoreView, scoreId, scoreView } from '@jiheng/contract';
import { Controller, Get, Param } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { ScoreQuery } from './score.query';

@Controller()
export class ScoreController {
  constructor(private readonly scores: ScoreQuery) {}

  @Get('scores/:id')
  @Policy('signed-in')
  @Answers(scoreView)
  async one(@CurrentActor() actor: Actor, @Param('id', { schema: scoreId }) id: string): Promise<ScoreView> {
    return unwrap(await this.scores.one(actor, id));
  }
}
