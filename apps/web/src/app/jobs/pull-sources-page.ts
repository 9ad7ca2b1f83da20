import { ChangeDetectionStrategy, Component, DestroyRef, ElementRef, Injector, afterNextRender, computed, effect, inject, signal, untracked } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { AllowedHosts, PeriodView, PullSourceView } from '@jiheng/contract';
import { JobsApi } from '../api/jobs-api';
import { Load } from '../api/load';
import { answered } from '../api/problem';
import { PullSourcesApi } from '../api/pull-sources-api';
import { TargetTablesApi } from '../api/target-tables-api';
import { DraftShelf } from '../saving/draft-shelf';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import type { MayStay } from '../target-table/leave-guard';
import { sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { AllowedHostsNote } from './allowed-hosts-note';
import { readKept } from './kept-source-draft';
import { type MappableIndicator, PullSourceDraft, type SourceFormGateway } from './pull-source-draft';
import { PullSourceForm } from './pull-source-form';
import { PullSourcesModel } from './pull-sources-model';
import { sayBinding } from './source-differences';
import { sourcesWords } from './sources-words';
import { tabStore } from './tab-store';

const SHELF_NAME = 'source';
/** Why pulled values cannot be used as they are. */
const TROUBLES = ['unreadable', 'doubtful', 'locked'] as const;

/** 取数来源: where candidates come from, and pulling them for a period. */
@Component({
  selector: 'jh-pull-sources-page',
  imports: [RouterLink, AllowedHostsNote, Icon, PullSourceForm, RefusalNote, StatusTag],
  templateUrl: './pull-sources-page.html',
  styleUrl: './pull-sources-page.css',
  host: { '(window:beforeunload)': 'guard($event)', '(window:pagehide)': 'keep()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PullSourcesPage implements MayStay {
  private readonly words = inject(Words);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly t = this.words.of(sourcesWords);
  protected readonly model: PullSourcesModel;
  private readonly session = inject(Session);
  private readonly tables = inject(TargetTablesApi);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private named = inject(ActivatedRoute).snapshot.fragment;
  private readonly gateway: SourceFormGateway;
  /** The source under the pen; null while none is. */
  protected readonly draft = signal<PullSourceDraft | null>(null);
  /** What has just been done to a source. */
  protected readonly saved = signal('');
  /** Where sources may be asked; told to whoever may make one. */
  protected readonly hosts = new Load<AllowedHosts>();
  /** Says that a draft of an earlier visit stands here again. */
  protected readonly broughtBack = signal('');
  private readonly shelf = new DraftShelf(tabStore(), 'pull-source', this.session.person()?.id ?? 'nobody', () => new Date().toISOString());
  /** Units for which the person may make a source; whether they really may, the server says. */
  protected readonly units = computed(() => this.viewpoint.units().filter((unit) => unit.kind === 'UNIT'));
  protected readonly mayAdd = computed(() => this.session.hasRole('reporter', 'administrator') && this.units().length > 0);
  protected readonly periodName = computed(() => this.nameOf(this.model.period()));
  private tellYear: () => void = () => undefined;
  /** Fulfilled once it is known which year is looked at. */
  private readonly yearIsKnown = new Promise<void>((known) => { this.tellYear = known; });

  constructor() {
    const [sources, jobs] = [inject(PullSourcesApi), inject(JobsApi)];
    this.model = new PullSourcesModel({
      list: () => sources.list(this.viewpoint.unitId()), periods: (fiscalYear) => sources.periods(fiscalYear),
      run: (id, periodId) => sources.run(id, { periodId: periodId as Parameters<typeof sources.run>[1]['periodId'] }), resume: (id) => sources.resume(id),
      pause: (id) => sources.pause(id), watch: (hear, resync) => jobs.watch(hear, resync),
    });
    inject(DestroyRef).onDestroy(() => { this.model.leave(); });
    this.gateway = {
      create: (body) => sources.create(body), change: (id, body) => sources.change(id, body), try: (body) => sources.try(body), indicators: (unitId) => this.indicatorsOf(unitId),
    };
    const deleted: unknown = inject(Router).currentNavigation()?.extras.state?.['deletedSource'];
    if (typeof deleted === 'string') {
      this.saved.set(this.t('deleted', { name: deleted }));
      this.focusOn('.saved');
    }
    effect(() => {
      if (this.mayAdd()) untracked(() => void this.hosts.run(() => sources.allowedHosts()));
    });
    effect(() => {
      const year = this.viewpoint.settledYear();
      this.viewpoint.unitId();
      if (year) this.tellYear();
      if (year) untracked(() => void this.model.load(year).then(() => { this.bringBack(); this.goToNamed(); }));
    });
  }

  protected add(): void {
    if (this.mayDrop()) this.open(null);
  }

  protected change(source: PullSourceView): void {
    if (this.mayDrop()) this.open(source);
  }

  protected close(): void {
    const of = this.draft()?.of ?? null;
    if (!this.mayDrop()) return;
    this.draft.set(null);
    // The form is gone and its buttons with it: the keyboard is back on the one that opened it.
    this.focusOn(of === null ? '.add-source' : `#source-${of.id} .change-source`);
  }

  mayLeave(): boolean {
    // The session is gone and with it the way to save: nothing is thrown away, it waits for the same person.
    if (this.session.person() !== null) return this.mayDrop();
    this.keep();
    return true;
  }

  protected guard(event: BeforeUnloadEvent): void {
    if (this.draft()?.dirty() === true) event.preventDefault();
  }

  /** What is typed and not saved, for this window and this person, until it is saved or dropped. */
  protected keep(): void {
    const draft = this.draft();
    if (draft?.dirty() !== true) return;
    this.shelf.put(SHELF_NAME, { text: JSON.stringify(draft.kept()), revision: 0 });
    this.shelf.write();
  }

  private focusOn(selector: string): void {
    afterNextRender(() => this.host.querySelector<HTMLElement>(selector)?.focus(), { injector: this.injector });
  }

  private mayDrop(): boolean {
    if (this.draft()?.dirty() === true && !window.confirm(this.t('leaveAsk'))) return false;
    this.forget();
    return true;
  }

  private forget(): void {
    this.broughtBack.set('');
    this.shelf.drop(SHELF_NAME);
    this.shelf.write();
  }

  /** A draft that was left behind without being asked about stands here again; nobody's open draft is replaced. */
  private bringBack(): void {
    const kept = readKept(this.shelf.get(SHELF_NAME)?.text ?? null);
    if (kept === null || this.draft() !== null || !this.model.read()) return;
    const of = this.model.sources().find((source) => source.id === kept.of) ?? null;
    // The source is gone, or out of reach: there is nothing to go on with.
    if (kept.of !== null && of?.mayChange !== true) return;
    const draft = this.open(of);
    draft.bringBack(kept);
    void draft.readIndicators();
    this.broughtBack.set(this.t('broughtBack', { at: sayMoment(this.shelf.foundAt ?? '', this.words.language()) }));
  }

  /** `#source-…` in the address leads to that source, once. */
  private goToNamed(): void {
    const named = this.named;
    this.named = null;
    if (named !== null && /^source-[\w-]+$/u.test(named)) this.focusOn(`#${named}`);
  }

  protected async done(name: string): Promise<void> {
    this.forget();
    this.draft.set(null);
    await this.model.load(this.viewpoint.fiscalYear());
    this.saved.set(this.t('made', { name }));
    // The form is gone and the button with it: the keyboard goes on from what came of it.
    this.focusOn('.saved');
  }

  protected reasonOf(source: PullSourceView): string {
    return this.words.pick({ zh: source.pauseReason ?? '', en: source.pauseReasonEn ?? source.pauseReason ?? '' });
  }

  private open(source: PullSourceView | null): PullSourceDraft {
    this.saved.set('');
    const draft = new PullSourceDraft(this.gateway, source, this.usualUnit());
    this.draft.set(draft);
    void draft.readIndicators();
    window.scrollTo({ top: 0 });
    return draft;
  }

  /** The unit that is looked at, or the only one there is; among several nobody is chosen for a person. */
  private usualUnit(): string {
    const units = this.units();
    const looked = this.viewpoint.unitId();
    if (looked !== null && (this.viewpoint.manyUnits() || units.some((unit) => unit.id === looked))) return looked;
    return units.length === 1 && !this.viewpoint.manyUnits() ? units[0]?.id ?? '' : '';
  }

  /** The rows of the unit's tables in the year looked at; a row that several versions have is offered once. */
  private async indicatorsOf(unitId: string): ReturnType<SourceFormGateway['indicators']> {
    // A form opened at once would ask for the tables of a year that is only guessed, find none and say so.
    await this.yearIsKnown;
    const list = await this.tables.list({ fiscalYear: this.viewpoint.fiscalYear(), unitId, q: '' });
    if (!list.ok) return list;
    const found = new Map<string, MappableIndicator>();
    for (const view of await Promise.all(list.value.tables.map((table) => this.tables.view(table.id)))) {
      if (!view.ok) return view;
      const tableTitle = view.value.project ?? view.value.unitName;
      for (const row of view.value.indicators) if (!found.has(row.key)) found.set(row.key, { key: row.key, name: row.name, tableTitle, unit: row.target.unit ?? '' });
    }
    return answered([...found.values()]);
  }

  protected waits(source: PullSourceView): boolean {
    return this.model.busy().has(source.id) || (this.model.underWay().includes(source.id) && !this.model.nextTries().has(source.id));
  }
  /** What of the last pull nobody can use as it is. */
  protected troublesOf(run: NonNullable<PullSourceView['lastRun']>): readonly string[] {
    return TROUBLES.filter((one) => run[one] > 0).map((one) => this.t(one, { n: run[one] }));
  }
  /** What is said of a pull that has just ended well. */
  protected endOf(run: NonNullable<PullSourceView['lastRun']>): string {
    const troubles = this.troublesOf(run);
    if (run.failureZh !== null) return this.t('nothingThere');
    if (troubles.length > 0) {
      const advice = TROUBLES.filter((one) => run[one] > 0).map((one) => this.t(`advice${one}`)).join(this.words.language() === 'zh' ? '；' : '. ');
      return this.t('finishedDoubted', { troubles: this.list(troubles), advice });
    }
    return this.t(run.candidates === 0 ? 'finishedSame' : 'finished');
  }
  protected isWhole(run: NonNullable<PullSourceView['lastRun']>): boolean {
    return run.failureZh === null && this.troublesOf(run).length === 0;
  }
  protected list(parts: readonly string[]): string {
    return parts.join(this.words.language() === 'zh' ? '，' : ', ');
  }
  protected nameOf(period: PeriodView | null): string {
    return sayPeriod(period?.label ?? '', this.words.language());
  }

  /** The field, numerator over denominator, the formula: whatever a binding is made of. */
  protected sayField(mapping: PullSourceView['mappings'][number]): string {
    return sayBinding({ ...mapping, unit: '' });
  }

  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected failureOf(run: NonNullable<PullSourceView['lastRun']>): string {
    return this.words.pick({ zh: run.failureZh ?? '', en: run.failureEn ?? '' });
  }
}
