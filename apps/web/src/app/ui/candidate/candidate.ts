import { ChangeDetectionStrategy, Component, ElementRef, booleanAttribute, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { CandidateView, ObservationOrigin } from '@jiheng/contract';
import { retell } from '@jiheng/domain';
import type { Problem } from '../../api/problem';
import { injectDrawNow } from '../draw-now';
import { RefusalNote } from '../refusal/refusal';
import { sayMoment } from '../../words/moments';
import { Words } from '../../words/words';
import { candidateWords } from './candidate-words';
import { OriginReader } from './origin-reader';

/** What a person decides about a candidate. */
export interface CandidateChoice {
  readonly choice: 'ACCEPT' | 'KEEP_MINE';
  readonly reason?: string;
}

/**
 * 候选值: a value from a source or an imported form beside the one in the cell. Short beside the cell, whole with the source's own words in the row's detail. It never
 * becomes the value by itself.
 */
@Component({
  selector: 'jh-candidate',
  imports: [RefusalNote],
  templateUrl: './candidate.html',
  styleUrl: './candidate.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.short]': 'short()' },
})
export class Candidate {
  readonly candidate = input.required<CandidateView>();
  /** The candidate's value as the form spells it. */
  readonly value = input.required<string>();
  readonly short = input(false, { transform: booleanAttribute });
  readonly readonly = input(false, { transform: booleanAttribute });
  readonly busy = input(false);
  /** The row has a value of its own: setting the candidate aside keeps it. */
  readonly own = input(true);
  /** What looks wrong about the value, where it is to be said shorter than in the candidate's own warning (only in the short form). */
  readonly doubt = input<string | null>(null);
  /** What other sources say of the row, as the form spells it (only in the short form). */
  readonly others = input<readonly string[]>([]);
  readonly problem = input<Problem | null>(null);
  readonly settled = output<CandidateChoice>();
  /** Asks for the whole picture (only in the short form). */
  readonly opened = output<void>();

  private readonly words = inject(Words);
  protected readonly reader = inject(OriginReader, { optional: true });
  /** The source's own row, read when somebody asks for it. */
  protected readonly origin = signal<ObservationOrigin | null>(null);
  protected readonly originProblem = signal<Problem | null>(null);
  protected readonly t = this.words.of(candidateWords);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drawNow = injectDrawNow();
  /** Asked for the reason, or asked once more about a doubtful value: of this candidate, not of one that takes its place. */
  protected readonly asking = linkedSignal({ source: () => this.candidate().id, computation: () => false });
  protected readonly doubting = linkedSignal({ source: () => this.candidate().id, computation: () => false });
  protected readonly reason = signal('');
  protected readonly missing = signal(false);
  protected readonly warning = computed(() => { const { warning } = this.candidate(); return warning === null ? null : retell(warning, this.words.language()); });
  protected readonly from = computed(() => this.t('from', { source: this.candidate().sourceName, at: sayMoment(this.candidate().observedAt, this.words.language()) }));

  protected readonly said = computed(() => this.t('others', { n: this.others().length, values: [...new Set(this.others())].join(this.words.language() === 'zh' ? '、' : ', ') }));

  /** Asks for the reason not to take it, and goes to its field: in the middle of the page, since bars lie over the edges. */
  ask(): void {
    this.asking.set(true);
    this.drawNow(() => {
      const field = this.host.querySelector<HTMLInputElement>('[data-act="reason"]');
      field?.focus({ preventScroll: true });
      field?.scrollIntoView?.({ block: 'center' });
    });
  }

  /** A doubtful value is not taken at one click. */
  protected take(): void {
    if (this.warning() === null) {
      this.accept();
      return;
    }
    this.doubting.set(true);
    this.drawNow(() => this.host.querySelector<HTMLElement>('[data-act="sure"]')?.focus());
  }

  protected accept(): void {
    if (!this.busy()) this.settled.emit({ choice: 'ACCEPT' });
  }

  protected async showOrigin(): Promise<void> {
    const { observationId } = this.candidate();
    if (this.reader === null || observationId === undefined) return;
    const answer = await this.reader.origin(observationId);
    this.originProblem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.origin.set(answer.value);
  }

  protected formulaOf({ formula, formulaEn }: ObservationOrigin): string {
    return this.words.pick({ zh: formula, en: formulaEn });
  }

  protected keep(): void {
    const reason = this.reason().trim();
    this.missing.set(reason === '');
    if (reason !== '' && !this.busy()) this.settled.emit({ choice: 'KEEP_MINE', reason });
  }

  protected write(event: Event): void {
    this.reason.set((event.target as HTMLInputElement).value);
    this.missing.set(false);
  }
}
