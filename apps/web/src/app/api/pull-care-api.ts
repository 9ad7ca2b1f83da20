import { Injectable, inject } from '@angular/core';
import type { BindingBody, BindingPreview, BindingsView, JobCause, JobNoticeView, ObservationOrigin, ReconciliationView, ScheduleBody, ScheduleView } from '@jiheng/contract';
import { Http } from './http';
import type { Answer } from './problem';

/** What is made of a source's rows, when it is asked, and how often it disagrees with people. */
@Injectable({ providedIn: 'root' })
export class PullCareApi {
  private readonly http = inject(Http);

  bindings(sourceId: string): Promise<Answer<BindingsView>> {
    return this.http.get(`/pull-sources/${sourceId}/bindings`);
  }
  /** From those of the revision that was read; somebody who was slower hears so, with what is there now. */
  saveBindings(sourceId: string, bindings: readonly BindingBody[], expectedRevision: number): Promise<Answer<BindingsView>> {
    return this.http.send('PUT', `/pull-sources/${sourceId}/bindings`, { bindings, expectedRevision });
  }
  /** Whoever asks answers for the source from now on. */
  takeOver(sourceId: string): Promise<Answer<BindingsView>> {
    return this.http.send('POST', `/pull-sources/${sourceId}/owner`);
  }
  /** Asks the source once for the latest period; keeps nothing. */
  preview(sourceId: string, bindings: readonly BindingBody[]): Promise<Answer<BindingPreview>> {
    return this.http.send('POST', `/pull-sources/${sourceId}/bindings/preview`, { bindings, periodId: null });
  }
  schedule(sourceId: string): Promise<Answer<ScheduleView>> {
    return this.http.get(`/pull-sources/${sourceId}/schedule`);
  }
  saveSchedule(sourceId: string, body: ScheduleBody, expectedRevision: number): Promise<Answer<ScheduleView>> {
    return this.http.send('PUT', `/pull-sources/${sourceId}/schedule`, { ...body, expectedRevision });
  }
  pauseSchedule(sourceId: string): Promise<Answer<ScheduleView>> {
    return this.http.send('POST', `/pull-sources/${sourceId}/schedule/pause`);
  }
  resumeSchedule(sourceId: string): Promise<Answer<ScheduleView>> {
    return this.http.send('POST', `/pull-sources/${sourceId}/schedule/resume`);
  }
  removeSchedule(sourceId: string, expectedRevision: number): Promise<Answer<ScheduleView>> {
    return this.http.send('DELETE', `/pull-sources/${sourceId}/schedule?expectedRevision=${expectedRevision}`);
  }
  /** Takes away a source that never brought a value. */
  deleteSource(sourceId: string): Promise<Answer<void>> {
    return this.http.send('DELETE', `/pull-sources/${sourceId}`);
  }
  /** Where a pulled value came from. */
  origin(observationId: string): Promise<Answer<ObservationOrigin>> {
    return this.http.get(`/observations/${observationId}`);
  }
  reconciliation(): Promise<Answer<ReconciliationView>> {
    return this.http.get('/reconciliation');
  }
  causes(): Promise<Answer<{ readonly causes: readonly JobCause[] }>> {
    return this.http.get('/jobs/causes');
  }
  retryCause(name: string, code: string): Promise<Answer<{ readonly retried: number }>> {
    return this.http.send('POST', '/jobs/causes/retry', { name, code });
  }
  notices(): Promise<Answer<{ readonly notices: readonly JobNoticeView[] }>> {
    return this.http.get('/jobs/notices');
  }
  readNotice(id: string): Promise<Answer<void>> {
    return this.http.send('POST', `/jobs/notices/${id}/read`);
  }
}
