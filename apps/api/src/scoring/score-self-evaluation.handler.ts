import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, WillNotPass } from '../platform/queue/job-failure';
import { HandlesJob, type JobHandler } from '../platform/queue/job-handler';
import { ScoreDocument } from './score-document.service';
import { ScoreTogether } from './score-together.service';
import { scoreSelfEvaluation } from './score-self-evaluation.job';

type Payload = z.output<typeof scoreSelfEvaluation.payload>;

@Injectable()
@HandlesJob(scoreSelfEvaluation)
export class ScoreSelfEvaluationHandler implements JobHandler<Payload> {
  constructor(private readonly scoring: ScoreDocument, private readonly together: ScoreTogether) {}

  async handle({ selfEvaluationId }: Payload): Promise<void> {
    const scored = await this.scoring.score('SELF_EVALUATION', selfEvaluationId);
    if (!scored.ok) throw new WillNotPass(scored.refusal, 'administrator');
  }

  handleWaiting(most: number): Promise<number> {
    return this.together.scoreWaiting('SELF_EVALUATION', scoreSelfEvaluation, ({ selfEvaluationId }) => selfEvaluationId, most);
  }

  async failed({ selfEvaluationId }: Payload, failure: JobFailure): Promise<void> {
    await this.scoring.markFailed('SELF_EVALUATION', selfEvaluationId, failure);
  }
}
