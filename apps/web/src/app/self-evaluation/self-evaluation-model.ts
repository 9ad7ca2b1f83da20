import { type Signal, computed, signal } from '@angular/core';
import type { SelfEvaluationView } from '@jiheng/contract';
import { type RuleProfile, addDecimal, formatActual, totalOfYear } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { DraftShelf, type TextStore } from '../saving/draft-shelf';
import { SaveLane } from '../saving/save-lane';
import { Load } from '../api/load';
import type { Problem } from '../api/problem';
import { SeenScore } from '../sign-off/seen-score';
import type { ChosenMove } from '../ui/move-bar/move-bar';
import { isUnderway } from './artifact-age';
import { breakdown } from './breakdown';
import type { EvaluationGateway } from './evaluation-gateway';
import { EvaluationRow } from './evaluation-row';
import { WrittenPart, textsOf } from './written-part';

const OVERTAKEN = new Set(['workflow.stale-revision', 'workflow.points-changed', 'workflow.move-not-allowed', 'self-evaluation.not-editable']);

/** The year's account of one table while people work on it: judged, explained, adjusted, written, signed. Knows no DOM. */
export class SelfEvaluationModel {
  readonly load = new Load<SelfEvaluationView>();
  readonly seen = new SeenScore();
  readonly rows: readonly EvaluationRow[];
  readonly written: ReadonlyMap<string, WrittenPart>;
  readonly openRow = signal<string | null>(null);
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly moved = signal<string | null>(null);
  /** A move was asked for while something could not be saved. */
  readonly heldBack = signal(false);
  readonly requesting = signal<'xlsx' | 'docx' | null>(null);
  readonly reportProblem = signal<Problem | null>(null);
  /** When the drafts were written that the shelf still held; null when there were none. */
  readonly restoredAt: string | null;
  readonly view: Signal<SelfEvaluationView>;
  private readonly shelf: DraftShelf;

  /** Points or files are on their way. */
  readonly pending = computed(() => {
    const { score, artifacts } = this.view();
    return score.state === 'WAITING' || score.state === 'RUNNING' || artifacts.some(isUnderway);
  });
  /** How many places hold something the server does not have. */
  readonly unsaved = computed(() => this.rows.filter((row) => !row.settled()).length + [...this.written.values()].filter((part) => !part.settled()).length);
  /** Rows and parts that need a person: refused or contested. */
  readonly stuck = computed(() => [...this.rows, ...this.written.values()].filter(({ saver }) => saver.phase().kind === 'refused' || saver.phase().kind === 'conflict').length);
  readonly parts = computed(() => breakdown(this.rows.map((row) => ({ indicator: row.indicator, applies: row.applies(), points: row.points() })), this.view().execution));
  readonly fullMarks = computed(() => addDecimal('0', ...this.rows.map((row) => row.indicator.weight), this.view().execution?.weight ?? '0'));
  /** Whether what stands on the screen is reckoned here and not yet by the server. */
  readonly isPreview = computed(() => this.rows.some((row) => row.isPreview()));
  /** Total and rating as they would print now. */
  readonly total = computed<{ readonly total: string | null; readonly rating: string | null }>(() => {
    const { total, rating, execution } = this.view();
    const profile = this.profile();
    if (!this.isPreview() || profile === null) return { total, rating };
    const rows = this.rows.map((row) => ({ points: row.points(), weight: row.indicator.weight, flags: row.applies() ? [] : ['NOT_APPLICABLE' as const] }));
    if (rows.some((row) => row.points === null && row.flags.length === 0) || (execution !== null && execution.points === null && !execution.flags.includes('NOT_APPLICABLE'))) return { total: null, rating: null };
    return totalOfYear(rows, execution, profile);
  });
  readonly returnedWith = computed(() => {
    const { state, history } = this.view();
    return state === 'RETURNED' ? (history.findLast((act) => act.to === 'RETURNED') ?? null) : null;
  });

  constructor(
    opened: SelfEvaluationView, private readonly gateway: EvaluationGateway, readonly profile: Signal<RuleProfile | null>,
    keep: { readonly store: TextStore | null; readonly personId: string; readonly now: () => string },
  ) {
    this.load.set(opened);
    this.view = computed(() => this.load.value() ?? opened);
    const lane = new SaveLane(1, () => { this.shelf.settle(); });
    const editable = (): boolean => this.view().editable;
    const answered = (view: SelfEvaluationView): void => this.take(view);
    this.shelf = new DraftShelf(keep.store, `self-evaluation.${opened.id}`, keep.personId, keep.now);
    this.rows = opened.rows.map((row) => new EvaluationRow(row, {
      gateway, lane, fiscalYear: opened.table.fiscalYear, editable, profile, answered, changed: (changed) => this.shelve(`row.${changed.id}`, changed.unsaved(), changed.server().revision),
    }));
    this.written = new Map([...textsOf(opened)].map(([id, stored]) => [id, new WrittenPart(id, stored, {
      gateway, lane, editable, answered, changed: (part) => this.shelve(`text.${part.id}`, part.dirty() ? part.text() : null, part.server().revision),
    })]));
    this.restoredAt = opened.editable && this.restore() ? this.shelf.foundAt : null;
    this.show(opened);
  }

  row(id: string): EvaluationRow | null {
    return this.rows.find((row) => row.id === id) ?? null;
  }

  /** The document as it is now; what is written here stays. */
  async refresh(): Promise<void> {
    const answer = await this.gateway.view();
    if (answer.ok) this.take(answer.value);
  }

  /** Saves what waits, everywhere. */
  async saveAll(): Promise<void> {
    await Promise.all([...this.rows, ...this.written.values()].map(({ saver }) => saver.flush()));
  }

  /** Saves first: nobody submits a document that lacks their last sentence. True when the move was made. */
  async move(chosen: ChosenMove): Promise<boolean> {
    if (this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    this.moved.set(null);
    this.heldBack.set(false);
    await this.saveAll();
    if (this.view().editable && this.unsaved() > 0) {
      this.heldBack.set(true);
      this.busy.set(false);
      return false;
    }
    const answer = await this.gateway.move({ ...chosen, expectedRevision: this.view().revision, scoreId: this.seen.scoreId() });
    if (answer.ok || OVERTAKEN.has(answer.problem.code)) await this.refresh();
    if (answer.ok) {
      this.seen.look();
      this.moved.set(chosen.move);
    } else this.problem.set(answer.problem);
    this.busy.set(false);
    return answer.ok;
  }

  /** Asks for a file of what is stored; what is still being written is saved first. */
  async requestReport(format: 'xlsx' | 'docx'): Promise<void> {
    if (this.requesting() !== null) return;
    this.requesting.set(format);
    this.reportProblem.set(null);
    await this.saveAll();
    const answer = await this.gateway.requestReport(format);
    if (answer.ok) await this.refresh();
    else this.reportProblem.set(answer.problem);
    this.requesting.set(null);
  }

  /** The page is being left: what is not stored goes on the shelf. */
  keepDrafts(): void {
    this.shelf.write();
  }

  stop(): void {
    this.keepDrafts();
    for (const { saver } of [...this.rows, ...this.written.values()]) saver.stop();
  }

  /** An answer of the server, whoever asked; an older one than what stands here changes nothing. */
  private take(view: SelfEvaluationView): void {
    if (view.revision < this.view().revision) return;
    this.load.set(view);
    for (const row of view.rows) this.row(row.indicator.id)?.refresh(row);
    for (const [id, stored] of textsOf(view)) this.written.get(id)?.refresh(stored);
    this.show(view);
  }

  private show(view: SelfEvaluationView): void {
    // Who writes sees every change as it is made; only a reader has to be told.
    if (view.editable) this.seen.forget();
    this.seen.show(view.score.scoreId, view.rows.map((row) => ({
      id: row.indicator.id, name: row.indicator.name, points: row.finalPoints, value: formatActual(toActual(row.yearActual), row.indicator),
    })));
  }

  private shelve(name: string, text: string | null, revision: number): void {
    if (text === null) this.shelf.drop(name);
    else this.shelf.put(name, { text, revision });
  }

  private restore(): boolean {
    const rows = this.rows.filter((row) => {
      const draft = this.shelf.get(`row.${row.id}`);
      return draft !== null && row.restore(draft.text, draft.revision);
    });
    const texts = [...this.written.values()].filter((part) => {
      const draft = this.shelf.get(`text.${part.id}`);
      return draft !== null && part.restore(draft.text, draft.revision);
    });
    return rows.length + texts.length > 0;
  }
}
