import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, signal } from '@angular/core';
import type { MonitoringReportView } from '@jiheng/contract';
import { levelSpans } from '../ui/form-table/level-spans';
import { evidenceHref } from '../api/monitoring-reports-api';
import { sayFormWord } from '../ui/form-table/form-words';
import { Light } from '../ui/light/light';
import { Points } from '../ui/points/points';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import type { Change } from './review-model';
import { type ReviewRow, reviewRow } from './review-row';
import { signOffWords } from './sign-off-words';

/** How long a row that was jumped to stays lit, ms. */
const LIT_MS = 2_500;
/** Widths of the columns in percent, without the explanation, which takes what is left; English words need more room in the narrow ones. */
const WIDTHS = { zh: [4.5, 5.5, 14, 7.5, 3.5, 9, 9, 7.5, 7.5, 4.5, null, 9], en: [7, 7.6, 12.5, 7, 6, 7.8, 8.2, 7.4, 7.2, 6.2, null, 9] } as const;
/** Where the earlier quarters stand; the first quarter has none. */
const EARLIER_AT = 5;

/** The monitoring form as a reviewer reads it: values beside their past, points with their reasons, what was said and what proves it. */
@Component({
  selector: 'jh-review-table',
  imports: [Light, Points],
  templateUrl: './review-table.html',
  styleUrl: './review-table.css',
  host: { '[class.english]': "words.language() === 'en'" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReviewTable {
  readonly report = input.required<MonitoringReportView>();
  readonly changes = input.required<ReadonlyMap<string, Change>>();
  /** Σ of the printed points; null while there are none. */
  readonly points = input.required<string | null>();
  readonly weight = input.required<string>();

  protected readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  protected readonly t = this.words.of(signOffWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly hrefOf = evidenceHref;
  protected readonly lit = signal<string | null>(null);
  protected readonly rows = computed(() => {
    const { rows, period } = this.report();
    const spans = levelSpans(rows.map((row) => row.indicator));
    return rows.map((row, at) => ({ ...reviewRow(row, period.ordinal, this.changes().get(row.indicator.id), this.words.language()), span: spans[at] ?? { level1: 1, level2: 1 } }));
  });
  protected readonly hasEarlier = computed(() => this.report().rows.some((row) => row.earlier.length > 0));

  protected readonly widths = computed(() => WIDTHS[this.words.language()].filter((_, at) => at !== EARLIER_AT || this.hasEarlier()));

  /** Brings a row into view, lights it up and puts the keyboard there. */
  goTo(rowId: string): void {
    this.lit.set(rowId);
    setTimeout(() => this.lit.update((lit) => (lit === rowId ? null : lit)), LIT_MS);
    afterNextRender(() => {
      const row = this.host.nativeElement.querySelector<HTMLElement>(`[data-row-id="${rowId}"]`);
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector<HTMLElement>('.name')?.focus({ preventScroll: true });
    }, { injector: this.injector });
  }

  /** A printed word of the form in the language of the reader. */
  protected word(text: string): string {
    return sayFormWord(text, this.words.language());
  }
  protected causesOf({ row }: ReviewRow): string {
    return (row.explanation?.causes ?? []).map((cause) => this.common(`cause${cause}`)).join(this.words.language() === 'zh' ? '、' : ', ');
  }
  protected whoOf({ row }: ReviewRow): string {
    const { current } = row;
    return current === null ? '' : this.t('by', { by: current.by, at: sayMoment(current.at, this.words.language()) });
  }
  protected observedAt({ row }: ReviewRow): string {
    return row.candidate === null ? '' : sayMoment(row.candidate.observedAt, this.words.language());
  }
}
