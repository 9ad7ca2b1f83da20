import type { ActualBody, ReportArtifactView, SelfEvaluationRow, SelfEvaluationView } from '@jiheng/contract';
import type { SaveOutcome } from '../../saving/save-outcome';
import type { MoveBody, Moved } from '../../api/moves';
import { type Answer, type Problem, answered, ownProblem, refused } from '../../api/problem';
import type { AnswerSelfEvaluationRowBody, WriteChapterBody } from '../../api/self-evaluations-api';
import type { EvaluationGateway } from '../evaluation-gateway';
import { staleProblem } from '../stale-problem';
import { type YearDraft, aSelfEvaluation, rowId } from './a-self-evaluation';

const NOW = '2025-02-10T03:00:00Z';
const KEYS = Array.from({ length: 14 }, (_, at) => `KZ-A${at + 1}`);

/** One thing that was asked of the server. */
export interface Asked {
  readonly what: 'row' | 'text' | 'move' | 'report';
  readonly at: string;
  readonly body: unknown;
  readonly expectedRevision: number;
  readonly requestId: string;
}

/**
 * The other side of the wire for specs: keeps the year of KZ-A, its revisions and request ids as the server does, scores it by the law, can
 * be out of reach, lose its answers, or refuse.
 */
export class AnEvaluationServer implements EvaluationGateway {
  readonly asked: Asked[] = [];
  reachable = true;
  answersToLose = 0;
  refuseWith: Problem | null = null;
  refuseMoveWith: Problem | null = null;
  more: Partial<SelfEvaluationView> = {};
  private revision = 3;
  private readonly requests = new Set<string>();
  private readonly values = new Map<string, ActualBody>();
  private readonly adjustments = new Map<string, { points: string; reason: string }>();
  private readonly explanations = new Map<string, NonNullable<SelfEvaluationRow['explanation']>>();
  private readonly revisions = new Map<string, number>();
  private readonly texts = new Map<string, { text: string; revision: number }>();
  private gate: Promise<void> | null = null;

  constructor(private readonly draft: YearDraft = {}) {
    for (const [key, value] of Object.entries(draft.values ?? {})) this.values.set(key, value);
  }

  /** The document as it is now. */
  now(): SelfEvaluationView {
    const view = aSelfEvaluation({
      values: Object.fromEntries(this.values), adjustments: Object.fromEntries(this.adjustments), explanations: Object.fromEntries(this.explanations), revisions: Object.fromEntries(this.revisions),
      more: { ...this.draft.more, ...this.more, revision: this.revision },
    });
    const text = (id: string) => this.texts.get(id) ?? { text: '', revision: 0 };
    return {
      ...view, goalAchieved: text('goal-achieved').text, goalAchievedRevision: text('goal-achieved').revision,
      chapters: view.chapters.map((chapter) => ({ ...chapter, written: text(chapter.id).text, revision: text(chapter.id).revision })),
    };
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

  someoneElseExplains(key: string, sentence: string): void {
    this.put(key, { explanation: { causes: ['STAFF'], sentence, measures: '', likelihood: null, forecast: null } }, '复核人');
  }
  someoneElseAdjusts(key: string, points: string, reason: string): void {
    this.put(key, { adjustment: { points, reason } }, '复核人');
  }
  someoneElseWrites(id: string, text: string): void {
    this.keepText(id, text);
  }

  async view(): Promise<Answer<SelfEvaluationView>> {
    return this.reachable ? answered(this.now()) : refused(ownProblem('web.unreachable'));
  }

  answerRow(indicatorId: string, body: AnswerSelfEvaluationRowBody): Promise<SaveOutcome<SelfEvaluationView>> {
    const key = KEYS.find((one) => rowId(one) === indicatorId) ?? '';
    const { requestId, expectedRevision, ...answer } = body;
    this.asked.push({ what: 'row', at: key, body: answer, expectedRevision, requestId });
    return this.save(requestId, expectedRevision, this.revisions.get(key) ?? 0, () => this.put(key, answer, '填报人'));
  }

  write(chapterId: string, body: WriteChapterBody): Promise<SaveOutcome<SelfEvaluationView>> {
    this.asked.push({ what: 'text', at: chapterId, body: body.text, expectedRevision: body.expectedRevision, requestId: body.requestId });
    return this.save(body.requestId, body.expectedRevision, this.texts.get(chapterId)?.revision ?? 0, () => this.keepText(chapterId, body.text));
  }

  async requestReport(format: 'xlsx' | 'docx'): Promise<Answer<ReportArtifactView>> {
    this.asked.push({ what: 'report', at: format, body: null, expectedRevision: 0, requestId: '' });
    if (this.refuseWith !== null) return refused(this.refuseWith);
    const artifact = { id: `artifact-${format}`, format, template: 'F4', state: 'WAITING', fileName: `自评.${format}`, size: null, sha256: null, scoreTotal: this.now().computedTotal, by: '填报人', at: NOW, failure: null, jobRunId: null } as unknown as ReportArtifactView;
    this.more = { ...this.more, artifacts: [artifact] };
    return answered(artifact);
  }

  async move(body: MoveBody): Promise<Answer<Moved>> {
    this.asked.push({ what: 'move', at: body.move, body, expectedRevision: body.expectedRevision, requestId: '' });
    return this.refuseMoveWith === null ? answered({ state: 'SUBMITTED', revision: this.revision, moves: [] }) : refused(this.refuseMoveWith);
  }

  private async save(requestId: string, expected: number, present: number, deed: () => void): Promise<SaveOutcome<SelfEvaluationView>> {
    await (this.gate ?? Promise.resolve());
    if (!this.reachable) return { kind: 'unreachable', problem: ownProblem('web.unreachable') };
    if (this.refuseWith !== null) return { kind: 'refused', problem: this.refuseWith };
    if (!this.requests.has(requestId)) {
      if (expected !== present) return { kind: 'stale', problem: staleProblem('复核人', present), present: this.now() };
      this.requests.add(requestId);
      deed();
    }
    if (this.answersToLose > 0) {
      this.answersToLose--;
      return { kind: 'unreachable', problem: ownProblem('web.unreachable') };
    }
    return { kind: 'done', answer: this.now() };
  }

  private put(key: string, { judgement, explanation, adjustment }: Omit<AnswerSelfEvaluationRowBody, 'requestId' | 'expectedRevision'>, by: string): void {
    const revision = (this.revisions.get(key) ?? 0) + 1;
    this.revisions.set(key, revision);
    this.revision++;
    if (judgement !== undefined) this.values.set(key, judgement);
    if (explanation !== undefined) this.explanations.set(key, { ...explanation, revision, by, at: NOW });
    if (adjustment === null) this.adjustments.delete(key);
    else if (adjustment !== undefined) this.adjustments.set(key, adjustment);
  }

  private keepText(id: string, text: string): void {
    this.texts.set(id, { text, revision: (this.texts.get(id)?.revision ?? 0) + 1 });
    this.revision++;
  }
}
