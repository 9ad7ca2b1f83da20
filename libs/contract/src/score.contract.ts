import { z } from 'zod';
import { decimalText, momentText } from './decimal-text';
import { indicatorId, scoreId } from './ids';
import { rowScore, traceStep } from './monitoring-report.contract';

/** GET /api/scores/:id — one immutable computation with every step of it. */
export const scoreView = z.object({
  id: scoreId, documentKind: z.enum(['MONITORING_REPORT', 'SELF_EVALUATION']), documentId: z.uuid(),
  profile: z.object({ name: z.string(), version: z.number().int() }), engineVersion: z.string(), inputsDigest: z.string(), computedAt: momentText,
  indicatorPoints: decimalText, applicableWeight: decimalText, total: decimalText.nullable(), rating: z.string().nullable(), rescaled: z.boolean(),
  execution: z.object({ rate: decimalText.nullable(), points: decimalText.nullable(), weight: decimalText, flags: z.array(z.string()), trace: z.array(traceStep) }).nullable(),
  rows: z.array(rowScore.extend({ indicatorId, key: z.string(), name: z.string() })),
  trace: z.array(traceStep),
  /** STORED with a signature, RECOMPUTED from the stored inputs otherwise, UNAVAILABLE when another engine version computed it and nobody signed. */
  traceFrom: z.enum(['STORED', 'RECOMPUTED', 'UNAVAILABLE']),
});
export type ScoreView = z.infer<typeof scoreView>;

