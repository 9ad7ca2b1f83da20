import type { JobRunList, JobRunView, PullSourceView } from '@jiheng/contract';
import type { Client } from './http-app';
import { waitFor } from './wait-for';

/** A job as the jobs page has it, as soon as it is so; fails after `patienceMs`. */
export function listedJob(client: Client, jobId: string, is: (job: JobRunView) => boolean, patienceMs = 20_000): Promise<JobRunView> {
  return waitFor('the job', async () => {
    const found = (await client.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === jobId);
    return found !== undefined && is(found) ? found : null;
  }, patienceMs);
}

/** Whether nobody tries a job any more. */
export function hasEnded({ state }: JobRunView): boolean {
  return state === 'DONE' || state === 'FAILED';
}

/** A source as the page of sources has it; undefined for one that is not there. */
export async function listedSource(client: Client, id: string): Promise<PullSourceView | undefined> {
  return (await client.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources.find((one) => one.id === id);
}
