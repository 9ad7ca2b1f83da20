import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { type MoneyPart, sayRefusal, sayTrace } from '@jiheng/domain';
import { Light } from '../ui/light/light';
import { RefusalNote } from '../ui/refusal/refusal';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { Words } from '../words/words';
import { entryWords } from './entry-words';
import { ImportedRemarkNote } from './imported-remark';
import type { ImportedRemarks } from './imported-remarks';
import { type ExecutionDraft, MONEY_COLUMNS, type MoneyCell, type MoneyColumn } from './execution-draft';

const COLUMN_WORDS = { initial: 'columnInitial', adjusted: 'columnAdjusted', executed: 'columnExecuted' } as const;

/** 预算执行: the money block of the form beside the rows, with the rate while typing. */
@Component({
  selector: 'jh-execution-panel',
  imports: [ImportedRemarkNote, Light, RefusalNote],
  templateUrl: './execution-panel.html',
  styleUrl: './execution-panel.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExecutionPanel {
  readonly draft = input.required<ExecutionDraft>();
  readonly editable = input.required<boolean>();
  /** What an imported form says of the money. */
  readonly remarks = input<ImportedRemarks | null>(null);

  private readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  protected readonly columns = MONEY_COLUMNS.map((column) => ({ column, key: COLUMN_WORDS[column] }));
  protected readonly rows = computed(() => this.draft().parts.map((part) => ({ part, cells: MONEY_COLUMNS.map((column) => this.draft().cell(part, column)) })));
  protected readonly rate = computed(() => this.draft().score()?.rate ?? null);
  protected readonly light = computed(() => this.draft().light());
  protected readonly points = computed(() => {
    const score = this.draft().score();
    return score === null || score.points === null ? null : { points: score.points, weight: withoutTrailingZeros(score.weight) };
  });
  protected readonly reasoning = computed(() => {
    const score = this.draft().score();
    if (score === null) return '';
    const steps = score.trace.map((step) => sayTrace(step, this.words.language()));
    return [...steps, ...(score.blocked === null || this.draft().isEmpty() ? [] : [sayRefusal(score.blocked, this.words.language())])].join(' ');
  });
  protected readonly owesReason = computed(() => this.draft().score()?.explanationOwed === true && this.draft().reason().trim() === '');
  protected readonly sums = computed(() => this.draft().unbalanced().map(({ column, sum }) => ({ column, sum, sentence: this.t('sumDiffers', { column: this.t(COLUMN_WORDS[column]), sum }) })));
  protected readonly phase = computed(() => this.draft().saver.phase());
  protected readonly problem = computed(() => {
    const phase = this.phase();
    return phase.kind === 'refused' || phase.kind === 'offline' || phase.kind === 'conflict' ? phase.problem : null;
  });
  protected readonly stateWord = computed(() => {
    switch (this.phase().kind) {
      case 'saving': return this.t('stateSaving');
      case 'offline': return this.t('stateOffline');
      case 'refused': return this.t('stateRefused');
      case 'conflict': return this.t('stateConflict');
      default: return this.draft().dirty() ? this.t('stateUnsaved') : this.draft().view() === null ? '' : this.t('stateSaved');
    }
  });

  protected columnKey(column: MoneyColumn): (typeof COLUMN_WORDS)[MoneyColumn] {
    return COLUMN_WORDS[column];
  }

  protected partWord(part: MoneyPart): `part${MoneyPart}` {
    return `part${part}`;
  }

  protected refusalOf(cell: MoneyCell): string | null {
    const amount = cell.amount();
    return amount.ok ? null : sayRefusal(amount.refusal, this.words.language());
  }

  protected labelOf(cell: MoneyCell): string {
    return this.t('amountLabel', { part: this.t(`part${cell.part}`), column: this.t(COLUMN_WORDS[cell.column]) });
  }

  protected type(cell: MoneyCell, event: Event): void {
    this.draft().type(cell, (event.target as HTMLInputElement).value);
  }

  protected explain(event: Event): void {
    this.draft().explain((event.target as HTMLTextAreaElement).value);
  }

  protected takeSum(column: MoneyColumn, sum: string): void {
    this.draft().takeSum(column, sum);
  }
}
