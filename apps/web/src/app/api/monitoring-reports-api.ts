import { Injectable, inject } from '@angular/core';
import type {
  EvidenceView, MonitoringReportView, RecordedActual, ReportPoints, actualHistory, executionView, explainDeviation, extendReport, recordActual, recordExecution, settleCandidate,
} from '@jiheng/contract';
import type { z } from 'zod';
import { hearWhileSeen } from './event-stream';
import { Http } from './http';
import type { MoveBody, Moved } from './moves';
import type { Answer } from './problem';

export type RecordActualBody = z.infer<typeof recordActual>;
export type SettleCandidateBody = z.infer<typeof settleCandidate>;
export type ExplainDeviationBody = z.infer<typeof explainDeviation>;
export type RecordExecutionBody = z.infer<typeof recordExecution>;
export type ExtendReportBody = z.infer<typeof extendReport>;
export type ExecutionView = z.infer<typeof executionView>;
export type ActualHistory = z.infer<typeof actualHistory>;

/**
 * 绩效运行监控表: one table in one quarter. Every write carries a request id (`newRequestId()`), so that a lost answer may be asked
 * for again, and the revision it starts from: a stale one is refused (409) with the present row in `problem.present`.
 */
@Injectable({ providedIn: 'root' })
export class MonitoringReportsApi {
  private readonly http = inject(Http);

  view(id: string): Promise<Answer<MonitoringReportView>> {
    return this.http.get(`/monitoring-reports/${id}`);
  }
  recordActual(id: string, indicatorId: string, body: RecordActualBody): Promise<Answer<RecordedActual>> {
    return this.http.send('PUT', `/monitoring-reports/${id}/actuals/${indicatorId}`, body);
  }
  settleCandidate(id: string, candidateId: string, body: SettleCandidateBody): Promise<Answer<RecordedActual>> {
    return this.http.send('POST', `/monitoring-reports/${id}/candidates/${candidateId}`, body);
  }
  explain(id: string, indicatorId: string, body: ExplainDeviationBody): Promise<Answer<RecordedActual>> {
    return this.http.send('PUT', `/monitoring-reports/${id}/actuals/${indicatorId}/explanation`, body);
  }
  recordExecution(id: string, body: RecordExecutionBody): Promise<Answer<ExecutionView>> {
    return this.http.send('PUT', `/monitoring-reports/${id}/execution`, body);
  }
  history(id: string, indicatorId: string): Promise<Answer<ActualHistory>> {
    return this.http.get(`/monitoring-reports/${id}/actuals/${indicatorId}/history`);
  }
  /** `progress` hears how much of the file has gone out, 0…1. */
  attach(id: string, indicatorId: string, file: File, progress: (share: number) => void): Promise<Answer<EvidenceView>> {
    return this.http.uploadWatched(`/monitoring-reports/${id}/actuals/${indicatorId}/evidence`, file, progress);
  }
  detach(id: string, indicatorId: string, evidenceId: string): Promise<Answer<void>> {
    return this.http.send('DELETE', `/monitoring-reports/${id}/actuals/${indicatorId}/evidence/${evidenceId}`);
  }
  /** More time for a unit that is late. */
  extend(id: string, body: ExtendReportBody): Promise<Answer<MonitoringReportView>> {
    return this.http.send('POST', `/monitoring-reports/${id}/extension`, body);
  }
  move(id: string, body: MoveBody): Promise<Answer<Moved>> {
    return this.http.send('POST', `/monitoring-reports/${id}/moves`, body);
  }

  /**
   * Hears the points of a report as they are now and after every change, until the returned function is called. The browser connects again by itself
   * after a break; `lost` is called when it does not: the server has refused the stream (too many of them, no right any more).
   */
  watchPoints(id: string, hear: (points: ReportPoints) => void, lost: () => void): () => void {
    return hearWhileSeen(`/api/monitoring-reports/${id}/events`, {
      on: { points: (event) => hear(JSON.parse(event.data) as ReportPoints) },
      lost,
    });
  }
}

/** Where the monitoring form of a quarter (F3) is drawn as it stands now; for a link. */
export function monitoringFormHref(reportId: string, format: 'xlsx' | 'docx'): string {
  return `/api/monitoring-reports/${reportId}/form.${format}`;
}

/** Where the bytes of an evidence file are; for a link. */
export function evidenceHref(evidenceId: string): string {
  return `/api/evidence/${evidenceId}`;
}
