import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { HistoryEntry } from '@jiheng/contract';
import { commonWords } from '../../words/common-words';
import { sayMoment } from '../../words/moments';
import { sayRole } from '../../words/roles';
import { Words } from '../../words/words';
import { sayMove } from '../move-bar/moves';
import { StatusTag } from '../status-tag/status-tag';

/** 办理记录: who moved a document, when, with which opinion; newest first. */
@Component({
  selector: 'jh-history',
  imports: [StatusTag],
  template: `
    @if (lines().length) {
      <ol>
        @for (line of lines(); track $index) {
          <li>
            <p class="what"><strong>{{ line.move }}</strong> <jh-status-tag [state]="line.to" [of]="of()" />@if (line.superseded) { <span class="superseded">{{ t('signSuperseded') }}</span> }</p>
            <p class="who">{{ line.by }}@if (line.role && line.role !== line.by) {<span>（{{ line.role }}）</span>} · <time [attr.datetime]="line.at">{{ line.when }}</time></p>
            @if (line.opinion) { <blockquote>{{ line.opinion }}</blockquote> }
          </li>
        }
      </ol>
    } @else { <p class="jh-hint">{{ t('historyEmpty') }}</p> }
  `,
  styles: `
    ol { list-style: none; padding: 0; display: grid; gap: 14px; }
    li { position: relative; padding-left: 18px; }
    li::before { content: ''; position: absolute; left: 2px; top: 8px; width: 8px; height: 8px; border-radius: 50%; background: var(--jh-primary); }
    li::after { content: ''; position: absolute; left: 5px; top: 20px; bottom: -14px; width: 2px; background: var(--jh-line); }
    li:last-child::after { display: none; }
    .what { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
    .superseded { color: var(--jh-warning); font-size: 13px; }
    .who { color: var(--jh-ink-soft); font-size: 13px; }
    blockquote { margin: 4px 0 0; padding: 6px 12px; background: var(--jh-paper); border-left: 3px solid var(--jh-line-strong); white-space: pre-line; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DocumentHistory {
  readonly entries = input.required<readonly HistoryEntry[]>();
  readonly of = input<'report' | 'table'>('report');

  private readonly words = inject(Words);
  protected readonly t = this.words.of(commonWords);
  protected readonly lines = computed(() =>
    // Newest first; acts of one moment keep their order.
    this.entries().toReversed().sort((a, b) => b.at.localeCompare(a.at)).map((entry) => ({
      ...entry, superseded: entry.move === 'sign' && this.entries().some((later) => later.move === 'reopen' && later.at > entry.at), move: sayMove(entry.move, this.t), role: entry.role ? sayRole(entry.role, this.t) : null, when: sayMoment(entry.at, this.words.language()),
    })),
  );
}
