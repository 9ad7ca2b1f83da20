import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { documentState, toneOf, type DocumentState } from './document-state';

/** Where a document, a period or a job stands, in a word and a calm colour. */
@Component({
  selector: 'jh-status-tag',
  template: '{{ text() }}',
  styles: `
    :host { display: inline-block; padding: 1px 9px; border-radius: 3px; border: 1px solid; font-size: 13px; line-height: 1.6; white-space: nowrap; color: var(--jh-ink-soft); background: #f0f3f7; border-color: var(--jh-line-strong); }
    :host([data-tone="open"]) { color: var(--jh-primary); background: var(--jh-primary-tint); border-color: #9fbddc; }
    :host([data-tone="waiting"]) { color: var(--jh-warning); background: var(--jh-warning-tint); border-color: #dcbf7f; }
    :host([data-tone="good"]) { color: var(--jh-success); background: var(--jh-success-tint); border-color: #9ccbad; }
    :host([data-tone="bad"]) { color: var(--jh-danger); background: var(--jh-danger-tint); border-color: #e3aba6; }
  `,
  host: { '[attr.data-tone]': 'tone()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusTag {
  /** Any state of the contract; one that this browser does not know yet is shown as it came. */
  readonly state = input.required<string>();
  /** A target table that nobody has submitted is a draft (草稿); a report is being filled in (填报中). */
  readonly of = input<'report' | 'table'>('report');

  private readonly t = inject(Words).of(commonWords);
  private readonly known = computed<DocumentState | null>(() => documentState(this.state()));
  protected readonly tone = computed(() => toneOf(this.known()));
  protected readonly text = computed(() => {
    const known = this.known();
    if (!known) return this.state();
    return known === 'DRAFT' && this.of() === 'table' ? this.t('tableDRAFT') : this.t(`state${known}`);
  });
}
