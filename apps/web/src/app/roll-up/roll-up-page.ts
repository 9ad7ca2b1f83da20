import { ChangeDetectionStrategy, Component, type EffectCleanupRegisterFn, ElementRef, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { RollUpLine } from '@jiheng/contract';
import { PeriodsApi } from '../api/periods-api';
import { type RollUpPlace, RollUpsApi } from '../api/roll-ups-api';
import { Viewpoint } from '../session/viewpoint';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayDay, sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { CountBar } from './count-bar';
import { COLUMNS, type Column, FIRST_VIEW, KEPT, type Kept, type ListView, addressOf, viewOf } from './list-view';
import { lightParts, ratingParts, stageParts } from './measure-parts';
import { OutstandingList } from './outstanding-list';
import { RescoreRegion } from './rescore-region';
import { RollUpCards } from './roll-up-cards';
import { RollUpModel, handedIn, percentOfCount } from './roll-up-model';
import { rollUpWords } from './roll-up-words';

/** While changes are being counted the page looks again. */
const LOOK_AGAIN_MS = 3000;
/** So long after the last letter what is looked for goes into the address. */
const TYPED_MS = 300;
/** The server counts no further than this when it says how many changes wait. */
const MOST_PENDING = 1000;

/** 区域汇总: a region of one's own, what lies below it, and who is late. */
@Component({
  selector: 'jh-roll-up-page',
  imports: [RouterLink, CountBar, OutstandingList, RefusalNote, RescoreRegion, RollUpCards],
  templateUrl: './roll-up-page.html',
  styleUrl: './roll-up-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RollUpPage {
  private readonly api = inject(RollUpsApi);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly words = inject(Words);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly t = this.words.of(rollUpWords);
  protected readonly columns = COLUMNS;
  protected readonly kinds = KEPT;
  protected readonly mostPending = MOST_PENDING;
  protected readonly model: RollUpModel;

  protected readonly unitId = computed(() => this.query().get('unit') ?? this.viewpoint.unitId());
  protected readonly period = computed(() => {
    const said = Number(this.query().get('period') ?? 'none');
    return Number.isInteger(said) && said >= 0 && said <= 4 ? said : this.model.latest();
  });
  /** What is asked for; null until the year and its periods are known. */
  protected readonly place = computed<RollUpPlace | null>(() => {
    const [fiscalYear, periodOrdinal] = [this.viewpoint.settledYear(), this.period()];
    return fiscalYear === 0 || periodOrdinal === null ? null : { unitId: this.unitId(), fiscalYear, periodOrdinal };
  });
  protected readonly due = computed(() => {
    const day = this.model.who.value()?.dueOn;
    return day == null ? '' : sayDay(day, this.words.language());
  });
  protected readonly csv = computed(() => this.fileAddress('csv'));
  protected readonly xlsx = computed(() => this.fileAddress('xlsx'));
  private readonly shownUnit = signal<string | null>(null);
  private lookedAtUnit = untracked(this.viewpoint.unitId);
  private lookedAtYear = untracked(this.viewpoint.settledYear);
  /** The year that was looked at when the page was opened: that of an address without one. */
  private ownYear = this.lookedAtYear;
  /** The year of the address; null where it names none. */
  private readonly saidYear = computed(() => {
    const year = Number(this.query().get('year') ?? 'none');
    return Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : null;
  });

  /** How the list is looked through, as the address said it last, and as this page wrote it there last. */
  private readonly list = { seen: '', written: '' };

  constructor() {
    const periods = inject(PeriodsApi);
    this.model = new RollUpModel({ view: (place) => this.api.whole(place), outstanding: (place) => this.api.outstanding(place), periods: (year) => periods.list(year) });
    effect(() => {
      const year = this.viewpoint.settledYear();
      if (year > 0) untracked(() => void this.model.openYear(year));
    });
    effect(() => { this.followAddress(); });
    effect(() => { this.followList(viewOf(this.query())); });
    effect((onCleanup) => { this.writeList(this.model.looking(), onCleanup); });
    effect(() => {
      const year = this.viewpoint.settledYear();
      if (year === this.lookedAtYear) return;
      this.lookedAtYear = year;
      // The year one begins with is everybody's own; one that was chosen belongs into the address.
      if (this.ownYear === 0) this.ownYear = year;
      else untracked(() => void this.router.navigate([], { relativeTo: this.route, queryParams: { year }, queryParamsHandling: 'merge' }));
    });
    effect(() => {
      const place = this.place();
      if (place !== null) untracked(() => void this.read(place));
    });
    effect((onCleanup) => {
      if ((this.model.view()?.pending ?? 0) === 0) return;
      const timer = setTimeout(() => this.again(), LOOK_AGAIN_MS);
      onCleanup(() => clearTimeout(timer));
    });
    // The switch in the top bar leads this page too, once it is used while the page is open.
    effect(() => {
      const unit = this.viewpoint.unitId();
      if (unit === this.lookedAtUnit) return;
      this.lookedAtUnit = unit;
      untracked(() => void this.router.navigate([], { relativeTo: this.route, queryParams: { unit }, queryParamsHandling: 'merge' }));
    });
  }

  /** An address that is sent on or gone back to shows its own year, whatever the top bar showed before. */
  private followAddress(): void {
    const year = this.saidYear() ?? this.ownYear;
    if (year === 0 || year === untracked(this.viewpoint.settledYear)) return;
    this.lookedAtYear = year;
    untracked(() => { this.viewpoint.lookAtYear(year); });
  }

  /** Reloaded, gone back to, or sent on: the list is looked through as the address says. What this page wrote there itself is no news, and more may have been typed since. */
  private followList(said: ListView): void {
    const text = JSON.stringify(addressOf(said));
    if (text === this.list.seen) return;
    this.list.seen = text;
    if (text !== this.list.written) untracked(() => { this.model.look(said); });
    this.list.written = '';
  }

  /** Once nobody types any more, into the address in the place of what it said before: going back leaves the page and does not untype letters. The page stays where it is scrolled to. */
  private writeList(looking: ListView, onCleanup: EffectCleanupRegisterFn): void {
    const queryParams = addressOf(looking);
    const text = JSON.stringify(queryParams);
    if (text === this.list.seen) return;
    const timer = setTimeout(() => {
      this.list.written = text;
      void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge', replaceUrl: true, scroll: 'manual' });
    }, TYPED_MS);
    onCleanup(() => clearTimeout(timer));
  }

  protected again(): void {
    const place = this.place();
    if (place !== null) void this.read(place);
  }

  protected choosePeriod(ordinal: string): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { period: ordinal }, queryParamsHandling: 'merge' });
  }
  protected chooseUnit(unit: string): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { unit }, queryParamsHandling: 'merge' });
  }
  protected keep(kept: string): void {
    this.model.kept.set(KEPT.find((one) => one === kept) ?? FIRST_VIEW.kept);
  }
  protected showAll(): void {
    this.model.look({ ...FIRST_VIEW, sorting: this.model.sorting() });
  }
  /** The list of tables follows the unit one looks at; this page is being left and must not follow as well. */
  protected lookAt(unitId: string): void {
    this.lookedAtUnit = unitId;
    this.viewpoint.lookAtUnit(unitId);
  }

  protected ariaSort(column: Column): 'ascending' | 'descending' | 'none' {
    const { column: sorted, down } = this.model.sorting();
    return sorted === column ? (down ? 'descending' : 'ascending') : 'none';
  }
  protected stages(line: RollUpLine) {
    return stageParts(line.measures, this.t);
  }
  protected lights(line: RollUpLine) {
    return lightParts(line.measures, this.t);
  }
  protected ratings(line: RollUpLine) {
    return ratingParts(line.measures, this.t);
  }
  protected percent({ measures }: RollUpLine): number {
    return percentOfCount(handedIn(measures), measures.tables);
  }
  protected keepWord(kept: Kept): string {
    return this.t(`keep${kept}`);
  }
  protected columnWord(column: Column): string {
    return this.t(`column${column}`);
  }
  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected sayPeriod(label: string): string {
    return sayPeriod(label, this.words.language());
  }

  private read(place: RollUpPlace): Promise<void> {
    return this.model.read(place, () => { this.arrive(); });
  }

  private arrive(): void {
    const unit = this.model.view()?.unit.unitId ?? null;
    // Who goes down with the keyboard loses the link that was pressed: the name of what is shown now takes the focus.
    if (this.shownUnit() !== null && unit !== this.shownUnit()) this.heading()?.nativeElement.focus();
    if (unit !== this.shownUnit()) this.model.showFirst();
    this.shownUnit.set(unit);
  }

  private fileAddress(format: 'csv' | 'xlsx'): string | null {
    const place = this.place();
    return place === null ? null : this.api.fileAddress(place, format);
  }
}
