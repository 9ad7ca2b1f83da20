import { Injectable, inject } from '@angular/core';
import type { AllowedHosts, PeriodView, PullSourceView, PullTrial, StartedPull, changePullSource, createPullSource, pullSourceList, startPull, tryPullSource } from '@jiheng/contract';
import type { z } from 'zod';
import { Http } from './http';
import type { Answer } from './problem';

export type PullSourceList = z.infer<typeof pullSourceList>;
export type CreatePullSourceBody = z.input<typeof createPullSource>;
export type ChangePullSourceBody = z.input<typeof changePullSource>;
export type TryPullSourceBody = z.input<typeof tryPullSource>;
export type StartPullBody = z.infer<typeof startPull>;

/** 取数来源: where actuals are fetched from, and the runs. */
@Injectable({ providedIn: 'root' })
export class PullSourcesApi {
  private readonly http = inject(Http);

  list(unitId: string | null = null): Promise<Answer<PullSourceList>> {
    return this.http.get('/pull-sources', { unitId });
  }
  /** The reporting periods of a year that a pull can be for, in order. */
  periods(fiscalYear: number): Promise<Answer<{ readonly periods: readonly PeriodView[] }>> {
    return this.http.get('/periods', { fiscalYear });
  }
  /** Where sources may be asked, as the server was started. */
  allowedHosts(): Promise<Answer<AllowedHosts>> {
    return this.http.get('/pull-sources/allowed-hosts');
  }
  create(body: CreatePullSourceBody): Promise<Answer<PullSourceView>> {
    return this.http.send('POST', '/pull-sources', body);
  }
  /** Everything of a source anew but its unit. */
  change(id: string, body: ChangePullSourceBody): Promise<Answer<PullSourceView>> {
    return this.http.send('PUT', `/pull-sources/${id}`, body);
  }
  /** Asks a source that is not saved; nothing is kept. */
  try(body: TryPullSourceBody): Promise<Answer<PullTrial>> {
    return this.http.send('POST', '/pull-sources/try', body);
  }
  /** Switched off: nobody asks it until it is resumed. */
  pause(id: string): Promise<Answer<PullSourceView>> {
    return this.http.send('POST', `/pull-sources/${id}/pause`);
  }
  /** Asks it for a period; one that waits for its next try is tried now instead. */
  run(id: string, body: StartPullBody): Promise<Answer<StartedPull>> {
    return this.http.send('POST', `/pull-sources/${id}/runs`, body);
  }
  /** The cause is mended: a paused source may be asked again. */
  resume(id: string): Promise<Answer<PullSourceView>> {
    return this.http.send('POST', `/pull-sources/${id}/resume`);
  }
}
