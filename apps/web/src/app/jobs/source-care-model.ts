import { computed, signal } from '@angular/core';
import type { BindingBody, BindingPreview, BindingsView, ScheduleBody, ScheduleView } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';
import { bindingDifferences } from './source-differences';
import { FIRST_SCHEDULE, type ScheduleDraft, type ScheduleField, type ScheduleGap, scheduleBodyOf, scheduleGaps } from './schedule-draft';

/** What the model asks of the outside. */
export interface SourceCareGateway {
  bindings(sourceId: string): Promise<Answer<BindingsView>>;
  saveBindings(sourceId: string, bindings: readonly BindingBody[], expectedRevision: number): Promise<Answer<BindingsView>>;
  preview(sourceId: string, bindings: readonly BindingBody[]): Promise<Answer<BindingPreview>>;
  schedule(sourceId: string): Promise<Answer<ScheduleView>>;
  saveSchedule(sourceId: string, body: ScheduleBody, expectedRevision: number): Promise<Answer<ScheduleView>>;
  pauseSchedule(sourceId: string): Promise<Answer<ScheduleView>>;
  resumeSchedule(sourceId: string): Promise<Answer<ScheduleView>>;
  removeSchedule(sourceId: string, expectedRevision: number): Promise<Answer<ScheduleView>>;
  takeOver(sourceId: string): Promise<Answer<BindingsView>>;
  deleteSource(sourceId: string): Promise<Answer<void>>;
}

export type BindingRow = BindingsView['bindings'][number];
export type BindingField = 'field' | 'unit' | 'formula' | 'numeratorField' | 'denominatorField';
/** The cell of the bindings that a refusal is about. */
export interface RefusedCell { readonly indicatorKey: string; readonly field: BindingField; readonly problem: Problem }

/** What was typed of a source's bindings and schedule, as the browser may keep it. */
export interface KeptCare { readonly bindings: readonly BindingBody[]; readonly plan: ScheduleDraft; /** From which it was written. */ readonly revision?: number; readonly scheduleRevision?: number }

/** One source without its DOM: what of it goes into which indicator, and when it is asked. */
export class SourceCareModel {
  readonly view = signal<BindingsView | null>(null);
  readonly rows = signal<readonly BindingRow[]>([]);
  readonly preview = signal<BindingPreview | null>(null);
  readonly schedule = signal<ScheduleView | null>(null);
  readonly draft = signal<ScheduleDraft>(FIRST_SCHEDULE);
  readonly busy = signal<'previewing' | 'saving' | 'scheduling' | 'deleting' | 'takingOver' | null>(null);
  /** What is there now, when somebody else was faster: the bindings, the schedule. */
  readonly conflict = signal<BindingsView | null>(null);
  readonly scheduleConflict = signal<ScheduleView | null>(null);
  readonly differences = computed(() => { const present = this.conflict(); return present === null ? null : bindingDifferences(this.rows(), present.bindings); });
  private revision = 0;
  private scheduleRevision = 0;
  readonly problem = signal<Problem | null>(null);
  readonly scheduleProblem = signal<Problem | null>(null);
  readonly deleteProblem = signal<Problem | null>(null);
  readonly ownerProblem = signal<Problem | null>(null);
  readonly saved = signal(false);
  readonly scheduleSaved = signal(false);
  /** What is wrong with the schedule, by field; said once it was to be saved. */
  readonly gaps = computed<ReadonlyMap<ScheduleField, ScheduleGap>>(() => (this.scheduleTried() ? scheduleGaps(this.draft()) : new Map()));
  private readonly scheduleTried = signal(false);
  private readonly savedPlan = signal<ScheduleDraft>(FIRST_SCHEDULE);
  /** The source is gone, and with it whatever was typed here. */
  private readonly deleted = signal(false);
  readonly dirty = computed(() => !this.deleted() && (textOf(this.rows()) !== textOf(this.view()?.bindings ?? []) || JSON.stringify(this.draft()) !== JSON.stringify(this.savedPlan())));
  /** What goes with the source when it is deleted; null where it cannot be. A schedule may have been set or taken away since the page was opened. */
  readonly goesWith = computed<BindingsView['goesWith']>(() => {
    const gone = this.view()?.goesWith ?? null;
    const schedule = this.schedule();
    return gone === null || schedule === null ? gone : { ...gone, hasSchedule: schedule.schedule !== null };
  });
  /** The cell the refusal is about; null where it is about none of them. */
  readonly refusedCell = computed<RefusedCell | null>(() => {
    const problem = this.problem();
    return problem === null ? null : cellOf(problem, this.rows());
  });

  /** Rows of the unit that can still be added. */
  readonly addable = computed(() => {
    const view = this.view();
    const bound = new Set(this.rows().map((row) => row.indicatorKey));
    return [...view?.unbound ?? [], ...view?.bindings ?? []].filter((row) => !bound.has(row.indicatorKey));
  });

  constructor(private readonly gateway: SourceCareGateway, readonly sourceId: string) {}

  async load(): Promise<void> {
    const [bindings, schedule] = await Promise.all([this.gateway.bindings(this.sourceId), this.gateway.schedule(this.sourceId)]);
    if (bindings.ok) this.show(bindings.value);
    if (schedule.ok) this.showSchedule(schedule.value);
    this.problem.set(!bindings.ok ? bindings.problem : !schedule.ok ? schedule.problem : null);
  }

  write(indicatorKey: string, field: BindingField, text: string): void {
    this.touched();
    // The sentence was about what stood in this row.
    if (this.refusedCell()?.indicatorKey === indicatorKey) this.problem.set(null);
    this.rows.update((rows) => rows.map((row) => (row.indicatorKey === indicatorKey ? { ...row, [field]: text } : row)));
  }

  add(indicatorKey: string): void {
    const found = this.addable().find((row) => row.indicatorKey === indicatorKey);
    if (found === undefined) return;
    this.touched();
    const { indicatorName, tableTitle, ownUnit } = found;
    this.rows.update((rows) => [...rows, { indicatorKey, indicatorName, tableTitle, ownUnit, field: '', unit: '', formula: '', numeratorField: '', denominatorField: '' }]);
  }

  remove(indicatorKey: string): void {
    this.touched();
    this.rows.update((rows) => rows.filter((row) => row.indicatorKey !== indicatorKey));
  }

  /** Asks the source once with what stands here; nothing is kept. */
  async tryIt(): Promise<void> {
    if (this.busy() !== null || this.rows().length === 0) return;
    this.busy.set('previewing');
    const answer = await this.gateway.preview(this.sourceId, this.body());
    this.busy.set(null);
    this.problem.set(answer.ok ? null : answer.problem);
    this.preview.set(answer.ok ? answer.value : null);
  }

  async save(): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set('saving');
    const answer = await this.gateway.saveBindings(this.sourceId, this.body(), this.revision);
    this.busy.set(null);
    this.problem.set(answer.ok ? null : answer.problem);
    this.conflict.set(answer.ok || answer.problem.code !== 'pull.stale-revision' ? null : answer.problem.present as BindingsView);
    if (!answer.ok) return;
    this.show(answer.value);
    this.saved.set(true);
  }

  /** After a conflict: the bindings that stand here count, from those that are there now. */
  async keepMine(): Promise<void> {
    const present = this.conflict();
    if (present === null) return;
    this.view.set(present);
    this.revision = present.revision;
    await this.save();
  }

  /** After a conflict: the bindings that are there now. */
  takeTheirs(): void {
    const present = this.conflict();
    if (present === null) return;
    this.show(present);
    this.conflict.set(null);
    this.problem.set(null);
  }

  /** 由我负责. */
  async takeOver(): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set('takingOver');
    const answer = await this.gateway.takeOver(this.sourceId);
    this.busy.set(null);
    this.ownerProblem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.view.update((view) => (view === null ? null : { ...view, owner: answer.value.owner }));
  }

  plan(change: Partial<ScheduleDraft>): void {
    this.scheduleSaved.set(false);
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  async saveSchedule(): Promise<void> {
    this.scheduleTried.set(true);
    if (this.gaps().size > 0) return;
    if (await this.scheduling(() => this.gateway.saveSchedule(this.sourceId, scheduleBodyOf(this.draft()), this.scheduleRevision), false)) this.scheduleSaved.set(true);
  }
  /** After a conflict: what is planned here counts. */
  async keepMySchedule(): Promise<void> {
    const present = this.scheduleConflict();
    if (present === null) return;
    this.scheduleRevision = present.revision;
    this.schedule.set(present);
    await this.saveSchedule();
  }
  /** After a conflict: the schedule that is there now. */
  takeTheirSchedule(): void {
    const present = this.scheduleConflict();
    if (present === null) return;
    this.showSchedule(present);
    this.scheduleConflict.set(null);
    this.scheduleProblem.set(null);
  }
  async pauseSchedule(): Promise<void> {
    await this.scheduling(() => this.gateway.pauseSchedule(this.sourceId));
  }
  async resumeSchedule(): Promise<void> {
    await this.scheduling(() => this.gateway.resumeSchedule(this.sourceId));
  }
  async removeSchedule(): Promise<void> {
    await this.scheduling(() => this.gateway.removeSchedule(this.sourceId, this.scheduleRevision));
  }

  /** @returns whether it is gone */
  async deleteSource(): Promise<boolean> {
    if (this.busy() !== null) return false;
    this.busy.set('deleting');
    const answer = await this.gateway.deleteSource(this.sourceId);
    this.busy.set(null);
    this.deleteProblem.set(answer.ok ? null : answer.problem);
    // A pull brought a value since the page was opened: the page says so instead of asking again.
    if (!answer.ok && answer.problem.code === 'pull.source-has-values') this.view.update((view) => (view === null ? null : { ...view, goesWith: null }));
    if (answer.ok) this.deleted.set(true);
    return answer.ok;
  }

  /** What is typed here, for a visit that follows. */
  kept(): KeptCare {
    return { bindings: this.body(), plan: this.draft(), revision: this.revision, scheduleRevision: this.scheduleRevision };
  }

  /** What was typed on an earlier visit stands here again, for the rows that still are of the unit. */
  bringBack({ bindings, plan, revision, scheduleRevision }: KeptCare): void {
    const view = this.view();
    if (view === null || !view.mayChange) return;
    const rows = [...view.bindings, ...view.unbound];
    this.rows.set(bindings.flatMap((kept) => {
      const row = rows.find((one) => one.indicatorKey === kept.indicatorKey);
      return row === undefined ? [] : [{ ...kept, indicatorName: row.indicatorName, tableTitle: row.tableTitle, ownUnit: row.ownUnit }];
    }));
    this.draft.set({ ...this.draft(), ...plan });
    // Whoever has changed it since then is not written over.
    this.revision = revision ?? this.revision;
    this.scheduleRevision = scheduleRevision ?? this.scheduleRevision;
  }

  /** @param typedStays whether what is typed and not saved outlives the answer: to pause a schedule is not to drop its new hours */
  private async scheduling(deed: () => Promise<Answer<ScheduleView>>, typedStays = true): Promise<boolean> {
    if (this.busy() !== null) return false;
    const typed = typedStays && JSON.stringify(this.draft()) !== JSON.stringify(this.savedPlan()) ? this.draft() : null;
    this.busy.set('scheduling');
    this.scheduleSaved.set(false);
    const answer = await deed();
    this.busy.set(null);
    this.scheduleProblem.set(answer.ok ? null : answer.problem);
    this.scheduleConflict.set(answer.ok || answer.problem.code !== 'pull-schedule.stale-revision' ? null : answer.problem.present as ScheduleView);
    if (answer.ok) this.showSchedule(answer.value);
    if (answer.ok && typed !== null) this.draft.set(typed);
    return answer.ok;
  }

  private show(view: BindingsView): void {
    this.view.set(view);
    this.rows.set(view.bindings);
    this.revision = view.revision;
  }

  private showSchedule(view: ScheduleView): void {
    this.schedule.set(view);
    this.scheduleRevision = view.revision;
    const kept = view.schedule;
    if (kept !== null) this.draft.update((draft) => ({
      ...draft, kind: kept.rule.kind, minGapMinutes: kept.minGapMinutes, windowed: kept.window !== null, from: kept.window?.from ?? draft.from, to: kept.window?.to ?? draft.to,
      ...(kept.rule.kind === 'CRON' ? { cron: kept.rule.cron } : { day: kept.rule.day, time: kept.rule.time }),
    }));
    this.savedPlan.set(this.draft());
  }

  /** What was tried or saved is no longer what stands here. */
  private touched(): void {
    this.preview.set(null);
    this.saved.set(false);
  }

  private body(): readonly BindingBody[] {
    return this.rows().map(bodyOf);
  }
}

function bodyOf({ indicatorKey, field, unit, formula, numeratorField, denominatorField }: BindingBody): BindingBody {
  return { indicatorKey, field, unit, formula, numeratorField, denominatorField };
}

function textOf(rows: readonly BindingBody[]): string {
  return JSON.stringify(rows.map(bodyOf));
}

/** Where in its row a refusal stands that is not about the formula. */
const CELLS: Readonly<Record<string, BindingField>> = { 'pull.binding-incomplete': 'field', 'pull.unit-unknown': 'unit', 'pull.unit-other-kind': 'unit' };

/** The server names the row; the field follows from what it says. */
function cellOf(problem: Problem, rows: readonly BindingRow[]): RefusedCell | null {
  const { indicatorKey, path } = problem.params;
  if (problem.code === 'pull.path-unreadable') {
    for (const row of rows) for (const field of ['field', 'numeratorField', 'denominatorField'] as const) if (row[field].trim() === path) return { indicatorKey: row.indicatorKey, field, problem };
  }
  if (indicatorKey === undefined || !rows.some((row) => row.indicatorKey === indicatorKey)) return null;
  return { indicatorKey, field: CELLS[problem.code] ?? 'formula', problem };
}
