import type { ActualBody, EvidenceView, ExecutionView, ImportedRemark, MonitoringReportView, RecordedActual, ReportRow } from '@jiheng/contract';
import type { SaveOutcome } from '../saving/save-outcome';

/** 偏差原因及改进措施 of one row as it travels. */
export type ExplanationBody = Omit<NonNullable<ReportRow['explanation']>, 'revision' | 'by' | 'at'>;
/** One line of the money block. */
export type ExecutionRowBody = ExecutionView['rows'][number];
/** One line of a cell's past. */
export type ActualRevision = NonNullable<ReportRow['current']>;

/** A write: made once per intended change, from the revision that stood on the screen. */
interface Write {
  readonly requestId: string;
  readonly expectedRevision: number;
}

/** Everything the entry screen asks of the server. The page fulfils it with the api clients; a spec fulfils it with answers of its own. */
export interface EntryGateway {
  record(indicatorId: string, body: Write & { readonly actual: ActualBody }): Promise<SaveOutcome<RecordedActual>>;
  settleCandidate(
    candidateId: string, body: Write & { readonly choice: 'ACCEPT' | 'KEEP_MINE' | 'TAKE_BACK'; readonly reason?: string; readonly sure?: boolean },
  ): Promise<SaveOutcome<RecordedActual>>;
  explain(indicatorId: string, body: Write & { readonly explanation: ExplanationBody }): Promise<SaveOutcome<RecordedActual>>;
  recordExecution(body: Write & { readonly rows: ExecutionRowBody[]; readonly reason: string | null }): Promise<SaveOutcome<ExecutionView>>;
  attachEvidence(indicatorId: string, file: File, progress: (share: number) => void): Promise<SaveOutcome<EvidenceView>>;
  removeEvidence(indicatorId: string, evidenceId: string): Promise<SaveOutcome<void>>;
  history(indicatorId: string): Promise<SaveOutcome<{ readonly revisions: readonly ActualRevision[] }>>;
  move(body: { readonly move: string; readonly expectedRevision: number; readonly scoreId: string | null; readonly opinion?: string }): Promise<SaveOutcome<unknown>>;
  /** What imported monitoring forms say of the report and nobody has settled; nothing when it cannot be asked. */
  remarks(): Promise<readonly ImportedRemark[]>;
  settleRemark(remarkId: string, choice: 'TAKEN' | 'KEPT'): Promise<SaveOutcome<void>>;
  /** The report as it is now; null when it cannot be fetched. */
  reload(): Promise<MonitoringReportView | null>;
}
