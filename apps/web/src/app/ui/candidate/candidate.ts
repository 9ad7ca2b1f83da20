import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input, output, signal } from '@angular/core';
import type { CandidateView, ObservationOrigin } from '@jiheng/contract';
import { retell } from '@jiheng/domain';
import type { Problem } from '../../api/problem';
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
  protected readonly asking = signal(false);
  protected readonly reason = signal('');
  protected readonly missing = signal(false);
  protected readonly warning = computed(() => { const { warning } = this.candidate(); return warning === null ? null : retell(warning, this.words.language()); });
  protected readonly from = computed(() => this.t('from', { source: this.candidate().sourceName, at: sayMoment(this.candidate().observedAt, this.words.language()) }));

  protected async showOrigin(): Promise<void> {
    const { observationId } = this.candidate();
    if (this.reader === null || observationId === undefined) return;
    const answer = await this.reader.origin(observationId);
    this.originProblem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.origin.set(answer.value);
  }

  protected keep(): void {
    const reason = this.reason().trim();
    this.missing.set(reason === '');
    if (reason !== '') this.settled.emit({ choice: 'KEEP_MINE', reason });
  }

  protected write(event: Event): void {
    this.reason.set((event.target as HTMLInputElement).value);
    this.missing.set(false);
  }
}
