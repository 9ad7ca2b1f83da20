import { type ScoringRunAsked, askScoringRun, scoringRunAsked } from '@jiheng/contract';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../platform/access/actor';
import { CurrentActor, Policy } from '../../platform/access/policy.decorator';
import { Answers } from '../../platform/http/answers.decorator';
import { unwrap } from '../../platform/http/refusal.exception';
import { ScoreRegion } from './score-region.service';

@Controller('scoring-runs')
export class ScoringRunController {
  constructor(private readonly regions: ScoreRegion) {}

  /** Scores everything below a unit; the job it answers says how far it is. */
  @Post()
  @HttpCode(202)
  @Policy({ roles: ['department', 'finance', 'administrator'] })
  @Answers(scoringRunAsked)
  async ask(@CurrentActor() actor: Actor, @Body({ schema: askScoringRun }) body: z.output<typeof askScoringRun>): Promise<ScoringRunAsked> {
    return unwrap(await this.regions.ask(actor, body)) as ScoringRunAsked;
  }
}
