import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** 取数: asks one source for one period. Four tries within about a quarter of an hour ({@link waitAfter}), later where the source asks for it; then it is paused and its owner asked. */
export const runPull = defineJob({
  name: 'run-pull', queue: 'pull', payload: z.object({ pullRunId: z.uuid() }), attempts: 4, backoffMs: 30_000, timeoutMs: 120_000,
});

/** What the jobs of a source are about, by which their owners hear of an outage once. */
export function subjectOfSource(sourceId: string): string {
  return `pull-source/${sourceId}`;
}
