import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** 取数: asks one source for one period: a minute of asking, and of reading up to forty seconds of processor, on a crowded machine twice that by the clock, after the answers of others. Four tries within about a quarter of an hour ({@link waitAfter}), later where the source asks for it; then it is paused and its owner asked. */
export const runPull = defineJob({
  name: 'run-pull', queue: 'pull', payload: z.object({ pullRunId: z.uuid() }), attempts: 4, backoffMs: 30_000, timeoutMs: 300_000,
});

/** What the jobs of a source are about, by which their owners hear of an outage once. */
export function subjectOfSource(sourceId: string): string {
  return `pull-source/${sourceId}`;
}
