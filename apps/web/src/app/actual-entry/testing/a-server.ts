import type { ActualBody, CandidateView, EvidenceView, ExecutionView, ImportedRemark, MonitoringReportView, RecordedActual, ReportRow } from '@jiheng/contract';
import type { Problem } from '../../api/problem';
import { ownProblem } from '../../api/problem';
import type { EntryGateway } from '../entry-gateway';
import type { SaveOutcome } from '../../saving/save-outcome';

/** One thing that was asked of the server. */
export interface Asked {
  readonly what: 'record' | 'candidate' | 'explain' | 'execution' | 'attach' | 'move' | 'remark';
  readonly rowId: string;
  readonly requestId: string;
  readonly expectedRevision: number;
  readonly body: unknown;
}

/**
 * The other side of the wire for specs: keeps rows and revisions as the server does (request ids are remembered, a stale revision brings the
 * present row), can be out of reach, lose its answers, be slow, or refuse.
 */
export class AServer implements EntryGateway {
  readonly asked: Asked[] = [];
  /** What imported forms say and nobody has settled. */
  waiting: readonly ImportedRemark[] = [];
  reachable = true;
  /** The next answers get lost after the deed was done. */
  answersToLose = 0;
  refuseWith: Problem | null = null;
  private readonly rows = new Map<string, ReportRow>();
  private readonly requests = new Set<string>();
  /** Rows as they stood when a candidate was taken, by its id. */
  private readonly taken = new Map<string, ReportRow>();
  private gate: Promise<void> | null = null;
  private answersTakeMs = 0;

  constructor(public report: MonitoringReportView) {
    for (const row of report.rows) this.rows.set(row.indicator.id, row);
  }

  row(id: string): ReportRow {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`no such row: ${id}`);
    return row;
  }

  /** Requests wait until the returned function is called. */
  hold(): () => void {
    let open = (): void => undefined;
    this.gate = new Promise((resolve) => {
      open = () => {
        this.gate = null;
        resolve();
      };
    });
    return () => open();
  }

  /** Deeds are done at once, and their answers take this long, ms. */
  loseTime(ms: number): void {
    this.answersTakeMs = ms;
  }

  /** Somebody else records a value. */
  someoneElseRecords(id: string, actual: ActualBody, by = '复核人'): void {
    this.write(id, actual, by);
  }

  /** A newer reading of the source stands beside the row. */
  replaceCandidate(id: string, candidate: NonNullable<ReportRow['candidate']>): void {
    this.rows.set(id, { ...this.row(id), candidate });
  }

  async record(rowId: string, body: { requestId: string; expectedRevision: number; actual: ActualBody }): Promise<SaveOutcome<RecordedActual>> {
    this.asked.push({ what: 'record', rowId, requestId: body.requestId, expectedRevision: body.expectedRevision, body: body.actual });
    return this.answer(() => {
      if (!this.requests.has(body.requestId)) {
        const present = this.row(rowId);
        if ((present.current?.revision ?? 0) !== body.expectedRevision) return { kind: 'stale', problem: staleProblem(present), present };
        this.requests.add(body.requestId);
        this.write(rowId, body.actual, '填报人');
      }
      return this.recorded(rowId);
    });
  }

  async settleCandidate(candidateId: string, body: { requestId: string; expectedRevision: number; choice: 'ACCEPT' | 'KEEP_MINE' | 'TAKE_BACK'; reason?: string }): Promise<SaveOutcome<RecordedActual>> {
    const taken = this.taken.get(candidateId);
    const row = [...this.rows.values()].find((one) => waitingIn(one).some(({ id }) => id === candidateId)) ?? (body.choice === 'TAKE_BACK' && taken ? this.row(taken.indicator.id) : undefined);
    const rowId = row?.indicator.id ?? '';
    this.asked.push({ what: 'candidate', rowId, requestId: body.requestId, expectedRevision: body.expectedRevision, body });
    return this.answer(() => {
      if (body.choice === 'TAKE_BACK' && taken !== undefined) {
        this.write(rowId, taken.current?.actual ?? { kind: 'NOT_REPORTED' }, '填报人');
        // It stands again under another id, in front of whoever waits by now.
        const stood = waitingIn(taken).find(({ id }) => id === candidateId);
        if (stood !== undefined) this.rows.set(rowId, { ...this.row(rowId), candidate: { ...stood, id: `${stood.id.slice(0, -2)}f${this.asked.length % 10}` as typeof stood.id, others: [...waitingIn(this.row(rowId))] } });
        return this.recorded(rowId);
      }
      const chosen = row === undefined ? undefined : waitingIn(row).find(({ id }) => id === candidateId);
      if (row !== undefined && chosen !== undefined && body.choice === 'ACCEPT') {
        this.taken.set(candidateId, row);
        this.write(rowId, chosen.actual, '填报人');
      }
      const [front, ...others] = row === undefined ? [] : waitingIn(row).filter(({ id }) => id !== candidateId);
      this.rows.set(rowId, { ...this.row(rowId), candidate: front === undefined ? null : { ...front, others } });
      return this.recorded(rowId);
    });
  }

  async explain(rowId: string, body: { requestId: string; expectedRevision: number; explanation: object }): Promise<SaveOutcome<RecordedActual>> {
    this.asked.push({ what: 'explain', rowId, requestId: body.requestId, expectedRevision: body.expectedRevision, body: body.explanation });
    return this.answer(() => {
      const row = this.row(rowId);
      const explanation = { ...body.explanation, revision: (row.explanation?.revision ?? 0) + 1, by: '填报人', at: NOW } as ReportRow['explanation'];
      this.rows.set(rowId, { ...row, explanation });
      return this.recorded(rowId);
    });
  }

  async recordExecution(body: { requestId: string; expectedRevision: number; rows: ExecutionView['rows']; reason: string | null }): Promise<SaveOutcome<ExecutionView>> {
    this.asked.push({ what: 'execution', rowId: '', requestId: body.requestId, expectedRevision: body.expectedRevision, body });
    return this.answer(() => ({
      kind: 'done', answer: { revision: body.expectedRevision + 1, rows: body.rows, rate: null, reason: body.reason, by: '填报人', at: NOW, light: 'NONE' },
    }));
  }

  async attachEvidence(rowId: string, file: File, progress: (share: number) => void): Promise<SaveOutcome<EvidenceView>> {
    this.asked.push({ what: 'attach', rowId, requestId: '', expectedRevision: 0, body: file.name });
    progress(0.5);
    const evidence = { id: file.name, fileName: file.name, mediaType: file.type, size: file.size, sha256: 'a'.repeat(64), by: '填报人', at: NOW } as unknown as EvidenceView;
    return this.answer(() => ({ kind: 'done', answer: evidence }));
  }

  async removeEvidence(): Promise<SaveOutcome<void>> {
    return this.answer(() => ({ kind: 'done', answer: undefined }));
  }

  async history(): Promise<SaveOutcome<{ revisions: [] }>> {
    return this.answer(() => ({ kind: 'done', answer: { revisions: [] } }));
  }

  async move(body: { move: string; expectedRevision: number; scoreId: string | null }): Promise<SaveOutcome<unknown>> {
    this.asked.push({ what: 'move', rowId: '', requestId: '', expectedRevision: body.expectedRevision, body });
    return this.answer(() => ({ kind: 'done', answer: {} }));
  }

  async remarks(): Promise<readonly ImportedRemark[]> {
    return this.reachable ? this.waiting : [];
  }

  async settleRemark(remarkId: string, choice: 'TAKEN' | 'KEPT'): Promise<SaveOutcome<void>> {
    this.asked.push({ what: 'remark', rowId: remarkId, requestId: '', expectedRevision: 0, body: choice });
    return this.answer(() => {
      this.waiting = this.waiting.filter((one) => one.id !== remarkId);
      return { kind: 'done', answer: undefined };
    });
  }

  async reload(): Promise<MonitoringReportView | null> {
    if (!this.reachable) return null;
    return { ...this.report, rows: this.report.rows.map((row) => this.row(row.indicator.id)) };
  }

  private async answer<T>(deed: () => SaveOutcome<T>): Promise<SaveOutcome<T>> {
    await (this.gate ?? Promise.resolve());
    if (!this.reachable) return { kind: 'unreachable', problem: ownProblem('web.unreachable') };
    if (this.refuseWith !== null) return { kind: 'refused', problem: this.refuseWith };
    const outcome = deed();
    if (this.answersTakeMs > 0) await new Promise((go) => setTimeout(go, this.answersTakeMs));
    if (this.answersToLose === 0) return outcome;
    this.answersToLose--;
    return { kind: 'unreachable', problem: ownProblem('web.unreachable') };
  }

  private write(rowId: string, actual: ActualBody, by: string): void {
    const row = this.row(rowId);
    this.rows.set(rowId, { ...row, current: { revision: (row.current?.revision ?? 0) + 1, actual, origin: 'TYPED', by, at: NOW, observationId: null } });
    this.report = { ...this.report, revision: this.report.revision + 1 };
  }

  private recorded(rowId: string): SaveOutcome<RecordedActual> {
    const row = this.row(rowId);
    return { kind: 'done', answer: { revision: row.current?.revision ?? 0, row, reportRevision: this.report.revision } };
  }
}

const NOW = '2025-01-09T02:32:00Z';

function waitingIn({ candidate }: ReportRow): readonly CandidateView[] {
  return candidate === null ? [] : [candidate, ...candidate.others ?? []];
}

function staleProblem(row: ReportRow): Problem {
  const params = { by: row.current?.by ?? '', current: String(row.current?.revision ?? 0) };
  return {
    type: 'about:blank', title: 'stale', status: 409, code: 'actual.stale-revision', params,
    sentence: { zh: `这一格刚刚被 ${params.by} 改过（第 ${params.current} 版），请核对后再填。`, en: `This cell was changed by ${params.by} a moment ago (revision ${params.current}).` },
  };
}
