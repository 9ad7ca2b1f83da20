import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, signal } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { BindingPreview, ScheduleBody, SourceOwner } from '@jiheng/contract';
import { PullCareApi } from '../api/pull-care-api';
import { DraftShelf } from '../saving/draft-shelf';
import { Session } from '../session/session';
import type { MayStay } from '../target-table/leave-guard';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { DeleteSource } from './delete-source';
import type { ScheduleField, ScheduleKind } from './schedule-draft';
import { scheduleBodyOf } from './schedule-draft';
import { type BindingField, type KeptCare, SourceCareModel } from './source-care-model';
import { sourceCareWords } from './source-care-words';
import { SourceConflict } from './source-conflict';
import type { Difference } from './source-differences';
import { tabStore } from './tab-store';

const SHELF_NAME = 'care';
/** Refusals that are about the rule itself. */
const ABOUT_CRON = new Set(['pull.schedule-cron-unreadable', 'pull.schedule-too-dense']);

/** One source: what of it goes into which indicator, tried on the last period before it is saved, and when it is asked by itself. */
@Component({
  selector: 'jh-source-care-page',
  imports: [DeleteSource, RouterLink, RefusalNote, SourceConflict],
  templateUrl: './source-care-page.html',
  styleUrl: './source-care-page.css',
  host: { '(window:beforeunload)': 'guard($event)', '(window:pagehide)': 'keep()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourceCarePage implements MayStay {
  private readonly words = inject(Words);
  protected readonly t = this.words.of(sourceCareWords);
  protected readonly model = new SourceCareModel(inject(PullCareApi), inject(ActivatedRoute).snapshot.paramMap.get('id') ?? '');
  protected readonly fields: readonly { readonly field: BindingField; readonly word: 'field' | 'unit' | 'formula' | 'numerator' | 'denominator' }[] = [
    { field: 'field', word: 'field' }, { field: 'unit', word: 'unit' }, { field: 'formula', word: 'formula' }, { field: 'numeratorField', word: 'numerator' }, { field: 'denominatorField', word: 'denominator' },
  ];
  protected readonly kinds: readonly ScheduleKind[] = ['QUARTER_END', 'MONTHLY', 'CRON'];

  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly shelf = new DraftShelf(tabStore(), `pull-care.${this.model.sourceId}`, this.session.person()?.id ?? 'nobody', () => new Date().toISOString());
  /** Says that what an earlier visit left behind stands here again. */
  protected readonly broughtBack = signal('');
  /** A refusal that stands at its cell is not said above the page as well. */
  protected readonly generalProblem = computed(() => (this.model.refusedCell() === null ? this.model.problem() : null));
  protected readonly scheduleProblem = computed(() => { const problem = this.model.scheduleProblem(); return problem !== null && ABOUT_CRON.has(problem.code) ? null : problem; });

  constructor() {
    void this.model.load().then(() => { this.bringBack(); });
  }

  mayLeave(): boolean {
    if (!this.model.dirty()) return true;
    // The session is gone and with it the way to save: nothing is thrown away, it waits for the same person.
    if (this.session.person() === null) {
      this.keep();
      return true;
    }
    if (!window.confirm(this.t('leaveAsk'))) return false;
    this.forget();
    return true;
  }

  protected guard(event: BeforeUnloadEvent): void {
    if (this.model.dirty()) event.preventDefault();
  }

  protected keep(): void {
    if (!this.model.dirty()) return;
    this.shelf.put(SHELF_NAME, { text: JSON.stringify(this.model.kept()), revision: 0 });
    this.shelf.write();
  }

  private forget(): void {
    this.broughtBack.set('');
    this.shelf.drop(SHELF_NAME);
    this.shelf.write();
  }

  private bringBack(): void {
    const kept = readCare(this.shelf.get(SHELF_NAME)?.text ?? null);
    if (kept === null || this.model.view() === null) return;
    this.model.bringBack(kept);
    if (this.model.dirty()) this.broughtBack.set(this.t('broughtBack', { at: this.moment(this.shelf.foundAt ?? '') }));
  }

  protected async save(): Promise<void> {
    await this.model.save();
    this.after();
  }
  protected async tryIt(): Promise<void> {
    await this.model.tryIt();
    this.after();
  }
  protected async saveSchedule(): Promise<void> {
    await this.model.saveSchedule();
    this.after();
  }

  protected async keepMine(): Promise<void> {
    await this.model.keepMine();
    this.after();
  }
  protected async keepMySchedule(): Promise<void> {
    await this.model.keepMySchedule();
    this.after();
  }
  /** When it is asked, as it is planned now and as it is planned here. */
  protected readonly scheduleDifferences = computed<readonly Difference[] | null>(() => {
    const present = this.model.scheduleConflict();
    return present === null ? null : [{ label: this.t('schedule'), theirs: this.sayPlan(present.schedule), mine: this.sayPlan(scheduleBodyOf(this.model.draft())) }];
  });
  private sayPlan(plan: ScheduleBody | null): string {
    if (plan === null) return this.t('noSchedule');
    const { rule, window, minGapMinutes } = plan;
    const when = rule.kind === 'CRON' ? rule.cron : `${this.t(rule.kind === 'MONTHLY' ? 'dayOfMonth' : 'day')} ${rule.day} · ${rule.time}`;
    return [this.t(rule.kind), when, ...(window === null ? [] : [`${this.t('window')} ${window.from}–${window.to}`]), `${this.t('gap')} ${minGapMinutes}`].join(' · ');
  }

  /** Who hears when the source fails, where that is not the owner alone. */
  protected answersOf({ answers, standIn, isActive }: SourceOwner, name: string): string {
    const names = answers.filter((one) => one !== name).join(this.words.language() === 'zh' ? '、' : ', ');
    if (standIn === null) return answers.length === 0 ? this.t('nobodyAnswers') : '';
    return this.t(answers.includes(name) ? 'alsoAnswers' : isActive ? 'roleLost' : 'ownerLeft', { names, role: this.t(standIn) });
  }

  /** Gone: back to the list, which says so. */
  protected async deleteSource(): Promise<void> {
    const name = this.model.view()?.sourceName ?? '';
    if (!(await this.model.deleteSource())) return;
    this.forget();
    await this.router.navigate(['/sources'], { replaceUrl: true, state: { deletedSource: name } });
  }

  /** The first field that is wrong has the keyboard; what is saved need not be kept. */
  private after(): void {
    if (!this.model.dirty()) this.forget();
    afterNextRender(() => this.host.querySelector<HTMLElement>('.conflict-head, [aria-invalid="true"]')?.focus(), { injector: this.injector });
  }

  /** Whether the refusal that stands below the row is about this cell: a sentence has no room in a column for units. */
  protected isRefused(indicatorKey: string, field: BindingField): boolean {
    const cell = this.model.refusedCell();
    return cell?.indicatorKey === indicatorKey && cell.field === field;
  }
  /** What is wrong with a field of the schedule. */
  protected planError(field: ScheduleField): string {
    const gap = this.model.gaps().get(field);
    if (gap !== undefined) return this.t(gap);
    const problem = this.model.scheduleProblem();
    return field === 'cron' && problem !== null && ABOUT_CRON.has(problem.code) ? this.words.pick(problem.sentence) : '';
  }
  /** Rows of a trial that cannot be used as they are. */
  protected doubted(preview: BindingPreview): boolean {
    return this.countOf(preview, 'UNREADABLE') + this.countOf(preview, 'IMPLAUSIBLE') > 0;
  }
  protected countOf(preview: BindingPreview, outcome: 'UNREADABLE' | 'IMPLAUSIBLE' | 'SILENT'): number {
    return preview.rows.filter((row) => row.outcome === outcome).length;
  }

  protected noteOf(row: BindingPreview['rows'][number]): string {
    return this.words.pick({ zh: row.noteZh ?? '', en: row.noteEn ?? '' });
  }
  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected times(moments: readonly string[]): string {
    return moments.map((one) => this.moment(one)).join(this.words.language() === 'zh' ? '、' : ', ');
  }
  protected say(zh: string | null, en: string | null): string {
    return this.words.pick({ zh: zh ?? '', en: en ?? zh ?? '' });
  }
  protected pickKind(kind: string): void {
    this.model.plan({ kind: kind as ScheduleKind });
  }
}

/** What lies there, when it is of this page. */
function readCare(text: string | null): KeptCare | null {
  try {
    const found = JSON.parse(text ?? 'null') as Partial<KeptCare> | null;
    return found !== null && Array.isArray(found.bindings) && typeof found.plan === 'object' ? (found as KeptCare) : null;
  } catch {
    return null;
  }
}
