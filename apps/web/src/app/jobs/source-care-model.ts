import { computed, signal } from '@angular/core';
import type { BindingBody, BindingPreview, BindingsView, ScheduleBody, ScheduleView } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';

/** What the model asks of the outside. */
export interface SourceCareGateway {
  bindings(sourceId: string): Promise<Answer<BindingsView>>;
  saveBindings(sourceId: string, bindings: readonly BindingBody[]): Promise<Answer<BindingsView>>;
  preview(sourceId: string, bindings: readonly BindingBody[]): Promise<Answer<BindingPreview>>;
  schedule(sourceId: string): Promise<Answer<ScheduleView>>;
  saveSchedule(sourceId: string, body: ScheduleBody): Promise<Answer<ScheduleView>>;
  pauseSchedule(sourceId: string): Promise<Answer<ScheduleView>>;
  resumeSchedule(sourceId: string): Promise<Answer<ScheduleView>>;
  removeSchedule(sourceId: string): Promise<Answer<ScheduleView>>;
}

export type BindingRow = BindingsView['bindings'][number];
export type BindingField = 'field' | 'unit' | 'formula' | 'numeratorField' | 'denominatorField';
export type ScheduleKind = ScheduleBody['rule']['kind'];

/** What a person writes about the schedule; only what belongs to the kind is sent. */
export interface ScheduleDraft {
  readonly kind: ScheduleKind;
  readonly day: number;
  readonly time: string;
  readonly cron: string;
  readonly windowed: boolean;
  readonly from: string;
  readonly to: string;
  readonly minGapMinutes: number;
}

const FIRST_DRAFT: ScheduleDraft = { kind: 'QUARTER_END', day: 5, time: '07:30', cron: '30 7 * * 1-5', windowed: false, from: '20:00', to: '07:00', minGapMinutes: 10 };

/** One source without its DOM: what of it goes into which indicator, and when it is asked. */
export class SourceCareModel {
  readonly view = signal<BindingsView | null>(null);
  readonly rows = signal<readonly BindingRow[]>([]);
  readonly preview = signal<BindingPreview | null>(null);
  readonly schedule = signal<ScheduleView | null>(null);
  readonly draft = signal<ScheduleDraft>(FIRST_DRAFT);
  readonly busy = signal<'previewing' | 'saving' | 'scheduling' | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly scheduleProblem = signal<Problem | null>(null);
  readonly saved = signal(false);

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
    if (this.busy() !== null) return;
    this.busy.set('previewing');
    const answer = await this.gateway.preview(this.sourceId, this.body());
    this.busy.set(null);
    this.problem.set(answer.ok ? null : answer.problem);
    this.preview.set(answer.ok ? answer.value : null);
  }

  async save(): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set('saving');
    const answer = await this.gateway.saveBindings(this.sourceId, this.body());
    this.busy.set(null);
    this.problem.set(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    this.show(answer.value);
    this.saved.set(true);
  }

  plan(change: Partial<ScheduleDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  saveSchedule(): Promise<void> {
    const draft = this.draft();
    const rule: ScheduleBody['rule'] = draft.kind === 'CRON' ? { kind: 'CRON', cron: draft.cron.trim() } : { kind: draft.kind, day: draft.day, time: draft.time };
    return this.scheduling(() => this.gateway.saveSchedule(this.sourceId, { rule, window: draft.windowed ? { from: draft.from, to: draft.to } : null, minGapMinutes: draft.minGapMinutes }));
  }
  pauseSchedule(): Promise<void> {
    return this.scheduling(() => this.gateway.pauseSchedule(this.sourceId));
  }
  resumeSchedule(): Promise<void> {
    return this.scheduling(() => this.gateway.resumeSchedule(this.sourceId));
  }
  removeSchedule(): Promise<void> {
    return this.scheduling(() => this.gateway.removeSchedule(this.sourceId));
  }

  private async scheduling(deed: () => Promise<Answer<ScheduleView>>): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set('scheduling');
    const answer = await deed();
    this.busy.set(null);
    this.scheduleProblem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.showSchedule(answer.value);
  }

  private show(view: BindingsView): void {
    this.view.set(view);
    this.rows.set(view.bindings);
  }

  private showSchedule(view: ScheduleView): void {
    this.schedule.set(view);
    const kept = view.schedule;
    if (kept === null) return;
    this.draft.update((draft) => ({
      ...draft, kind: kept.rule.kind, minGapMinutes: kept.minGapMinutes, windowed: kept.window !== null, from: kept.window?.from ?? draft.from, to: kept.window?.to ?? draft.to,
      ...(kept.rule.kind === 'CRON' ? { cron: kept.rule.cron } : { day: kept.rule.day, time: kept.rule.time }),
    }));
  }

  /** What was tried or saved is no longer what stands here. */
  private touched(): void {
    this.preview.set(null);
    this.saved.set(false);
  }

  private body(): readonly BindingBody[] {
    return this.rows().map(({ indicatorKey, field, unit, formula, numeratorField, denominatorField }) => ({ indicatorKey, field, unit, formula, numeratorField, denominatorField }));
  }
}
