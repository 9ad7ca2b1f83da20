import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { FindingView } from '@jiheng/contract';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { tableWords } from './table-words';

/** A warning that somebody takes on, and why. */
export interface TakenOn {
  readonly findingId: string;
  readonly reason: string;
}

/**
 * What the check found, as far as somebody has to do something about it: errors and warnings of the head, warnings of rows with the place
 * they are about. A warning that is right as it stands is taken on with a reason; those taken on stand below, quietly, with their reason.
 */
@Component({
  selector: 'jh-finding-list',
  template: `
    @if (open().length) {
      <ul>
        @for (finding of open(); track finding.id ?? $index) {
          <li [attr.data-finding]="finding.code">
            <p><span class="severity" [attr.data-severity]="finding.severity">{{ common(severityKey(finding)) }}</span>@if (finding.row !== null) { <b>{{ t('findingRow', { n: finding.row + 1 }) }}</b> }{{ say(finding) }}</p>
            @if (acceptable() && finding.severity === 'WARN' && finding.id; as id) {
              @if (asking() === id) {
                <form (submit)="$event.preventDefault(); confirm(id)" [attr.aria-busy]="busy()">
                  <label [attr.for]="'reason-' + id">{{ t('acceptReason') }}</label>
                  <textarea #box [id]="'reason-' + id" class="jh-input" rows="2" maxlength="4000" [value]="reason()" [attr.aria-invalid]="missing()" [attr.aria-describedby]="'reason-error-' + id" (input)="write(box.value)"></textarea>
                  <p class="jh-field-error" [id]="'reason-error-' + id" aria-live="polite">{{ missing() ? t('acceptReasonMissing') : '' }}</p>
                  <div class="jh-actions"><button type="submit" class="jh-button jh-button-small jh-button-primary" [disabled]="busy()">{{ t('acceptConfirm') }}</button><button type="button" class="jh-button jh-button-small" (click)="asking.set(null)">{{ common('cancel') }}</button></div>
                </form>
              } @else { <button type="button" class="jh-button jh-button-small" [attr.aria-label]="t('accept') + '：' + say(finding)" (click)="ask(id)">{{ t('accept') }}</button> }
            }
          </li>
        }
      </ul>
    }
    @if (beside()) { <p class="jh-soft jh-small beside">{{ t('findingsBeside', { n: beside() }) }}</p> }
    @if (accepted().length) {
      <h3>{{ t('acceptedTitle', { n: accepted().length }) }}</h3>
      <ul class="accepted">
        @for (finding of accepted(); track finding.id ?? $index) {
          <li><p>@if (finding.row !== null) {<span class="place">{{ t('findingRow', { n: finding.row + 1 }) }}</span>}{{ say(finding) }}</p>
            @if (finding.accepted; as taken) { <p class="why">{{ t('acceptedBecause', { reason: taken.reason, by: taken.by, at: moment(taken.at) }) }}</p> }</li>
        }
      </ul>
    }
  `,
  styleUrl: './finding-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FindingList {
  readonly findings = input.required<readonly FindingView[]>();
  /** Whether the reader may take warnings on. */
  readonly acceptable = input(false);
  readonly busy = input(false);
  readonly taken = output<TakenOn>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(tableWords);
  protected readonly common = this.words.of(commonWords);
  /** The warning whose reason is being written; another list of findings closes it. */
  protected readonly asking = linkedSignal<readonly FindingView[], string | null>({ source: () => this.findings(), computation: () => null });
  protected readonly reason = signal('');
  protected readonly missing = signal(false);
  protected readonly open = computed(() => this.findings().filter((finding) => !finding.accepted && (finding.row === null || finding.severity === 'WARN')));
  /** Errors and notes of rows: they stand at their rows, in the table below. */
  protected readonly beside = computed(() => this.findings().filter((finding) => !finding.accepted).length - this.open().length);
  protected readonly accepted = computed(() => this.findings().filter((finding) => finding.accepted));

  protected severityKey(finding: FindingView): `severity${FindingView['severity']}` {
    return `severity${finding.severity}`;
  }

  protected say(finding: FindingView): string {
    return this.words.pick({ zh: finding.message, en: finding.messageEn });
  }

  protected moment(at: string): string {
    return sayMoment(at, this.words.language());
  }

  protected ask(id: string): void {
    this.reason.set('');
    this.missing.set(false);
    this.asking.set(id);
  }

  protected write(text: string): void {
    this.reason.set(text);
    if (text.trim().length >= 2) this.missing.set(false);
  }

  protected confirm(findingId: string): void {
    const reason = this.reason().trim();
    this.missing.set(reason.length < 2);
    if (reason.length >= 2) this.taken.emit({ findingId, reason });
  }
}
