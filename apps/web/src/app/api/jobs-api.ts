import { Injectable, inject } from '@angular/core';
import type { JobRunList, JobRunView } from '@jiheng/contract';
import { hearWhileSeen } from './event-stream';
import { Http } from './http';
import type { Answer } from './problem';

/** Background jobs: what runs, how far it is, and the two things a person can do about it. */
@Injectable({ providedIn: 'root' })
export class JobsApi {
  private readonly http = inject(Http);

  list(filter: { readonly state?: string | null; readonly cursor?: string | null; readonly name?: string | null; readonly from?: string | null; readonly to?: string | null; readonly q?: string | null } = {}): Promise<Answer<JobRunList>> {
    return this.http.get('/jobs', { ...filter });
  }
  retry(id: string): Promise<Answer<void>> {
    return this.http.send('POST', `/jobs/${id}/retry`);
  }
  cancel(id: string): Promise<Answer<void>> {
    return this.http.send('POST', `/jobs/${id}/cancel`);
  }

  /**
   * Hears every change of a job until the returned function is called. The browser connects again by itself after a break;
   * `resync` is called whenever the stream opens and when changes may have been missed: what happened before it opened nobody told.
   */
  watch(hear: (job: JobRunView) => void, resync: () => void): () => void {
    return hearWhileSeen('/api/jobs/events', {
      on: { job: (event) => hear(JSON.parse(event.data) as JobRunView), resync },
      open: resync,
    });
  }
}
