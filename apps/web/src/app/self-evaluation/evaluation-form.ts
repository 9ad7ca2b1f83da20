import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, signal } from '@angular/core';
import type { SelfEvaluationView } from '@jiheng/contract';
import { MONEY_PARTS, type MoneyPart, compareDecimal, divideDecimal, formatActual, formatTarget, moneyLinesOf, multiplyDecimal, roundHalfUp } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { phaseWord } from '../saving/phase-word';
import { saveWords } from '../saving/save-words';
import { levelSpans } from '../ui/form-table/level-spans';
import { sayFormWord } from '../ui/form-table/form-words';
import { Points } from '../ui/points/points';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { sayStep } from '../ui/points/say-score';
import { commonWords } from '../words/common-words';
import { sayRating } from '../words/ratings';
import { Words } from '../words/words';
import type { EvaluationRow } from './evaluation-row';
import { evaluationWords } from './evaluation-words';
import { RowEditor } from './row-editor';
import { sayRowScore } from './say-row-score';
import type { SelfEvaluationModel } from './self-evaluation-model';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-part';
import { WrittenEditor } from './written-editor';

/** How long a row that was jumped to stays lit, ms. */
const LIT_MS = 2_500;

/** 绩效自评表 in the national layout (项目 F4, 单位整体 F5), filled in where it stands; on paper nothing but the form remains. */
@Component({
  selector: 'jh-evaluation-form',
  imports: [Points, RowEditor, WrittenEditor],
  templateUrl: './evaluation-form.html',
  styleUrl: './evaluation-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EvaluationForm {
  readonly model = input.required<SelfEvaluationModel>();

  private readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly common = this.words.of(commonWords);
  private readonly saveWord = this.words.of(saveWords);
  protected readonly plain = withoutTrailingZeros;
  protected readonly lit = signal<string | null>(null);
  protected readonly view = computed(() => this.model().view());
  protected readonly isProject = computed(() => this.view().table.subject === 'PROJECT');
  protected readonly goal = computed(() => this.model().written.get(GOAL_ACHIEVED) ?? null);
  protected readonly moneyReason = computed(() => this.model().written.get(EXECUTION_REASON) ?? null);
  protected readonly money = computed(() => moneyLines(this.view()));
  protected readonly executionSteps = computed(() => (this.view().execution?.trace ?? []).map((step) => sayStep(step, this.words.language())));
  protected readonly rating = computed(() => {
    const { rating } = this.model().total();
    return rating === null ? '' : sayRating(rating, this.words.language());
  });
  /** What stands below the form: the rules, and the computed total where people set other points. */
  protected readonly notes = computed(() => {
    const { score, computedTotal, total } = this.view();
    const rules = this.t('noteRules', { name: this.model().profile()?.title[this.words.language()] ?? score.profileName, code: score.profileName, version: score.profileVersion });
    return computedTotal !== null && computedTotal !== total ? `${rules}${this.t('noteAdjusted', { total: computedTotal })}` : rules;
  });
  protected readonly rows = computed(() => {
    const rows = this.model().rows;
    const spans = levelSpans(rows.map((row) => row.indicator), rows.findIndex((row) => row.id === this.model().openRow()));
    return rows.map((row, at) => ({ row, span: spans[at] ?? { level1: 1, level2: 1 } }));
  });

  /** Brings a row into view and opens it. */
  goTo(rowId: string): void {
    this.model().openRow.set(rowId);
    this.lit.set(rowId);
    setTimeout(() => this.lit.update((lit) => (lit === rowId ? null : lit)), LIT_MS);
    this.afterwards(() => {
      const row = this.host.nativeElement.querySelector<HTMLElement>(`[data-row-id="${rowId}"]`);
      row?.scrollIntoView({ block: 'start' });
      this.host.nativeElement.querySelector<HTMLElement>('jh-row-editor h3')?.focus({ preventScroll: true });
    });
  }

  protected toggle(row: EvaluationRow): void {
    const opens = this.model().openRow() !== row.id;
    this.model().openRow.set(opens ? row.id : null);
    if (opens) this.afterwards(() => this.host.nativeElement.querySelector<HTMLElement>('jh-row-editor h3')?.focus({ preventScroll: true }));
  }

  protected close(row: EvaluationRow): void {
    this.model().openRow.set(null);
    void row.saver.flush();
    this.afterwards(() => this.host.nativeElement.querySelector<HTMLElement>(`[data-row-id="${row.id}"] .open`)?.focus());
  }

  /** A printed word of the form in the language of the reader. */
  protected word(text: string): string {
    return sayFormWord(text, this.words.language());
  }
  protected targetOf(row: EvaluationRow): string {
    return formatTarget(row.indicator.target);
  }
  protected actualOf(row: EvaluationRow): string {
    const actual = row.actual();
    return actual.kind === 'NOT_REPORTED' ? '' : formatActual(toActual(actual), row.indicator, this.words.language());
  }
  protected stepsOf(row: EvaluationRow): readonly string[] {
    return sayRowScore(row.score(), this.words.language());
  }
  protected owedOf(row: EvaluationRow): string {
    const gaps = row.gaps().map((gap) => this.t(`gap${gap}`));
    return gaps.length === 0 ? '' : this.t('owed', { missing: gaps.join(this.words.language() === 'zh' ? '、' : ', ') });
  }
  protected causesOf(row: EvaluationRow): string {
    return row.explanation().causes.map((cause) => this.common(`cause${cause}`)).join(this.words.language() === 'zh' ? '、' : ', ');
  }
  /** Nothing is owed or said about the row: a phone leaves the cell out. */
  protected isBare(row: EvaluationRow): boolean {
    const { causes, sentence, measures } = row.explanation();
    return row.gaps().length === 0 && causes.length === 0 && sentence === '' && measures === '' && row.standing() === null && this.stateOf(row) === '';
  }
  protected stateOf(row: EvaluationRow): string {
    const key = phaseWord(row.saver.phase(), row.dirty(), false);
    return key === null ? '' : this.saveWord(key);
  }

  private afterwards(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}

interface MoneyLine {
  readonly part: MoneyPart;
  readonly word: `part${MoneyPart}`;
  readonly initial: string;
  readonly adjusted: string;
  readonly executed: string;
  readonly rate: string;
  readonly isEmpty: boolean;
}

/** The lines of the money block: the total always, the others as the form has them. Amounts with two places, 万元. */
function moneyLines({ execution, table }: SelfEvaluationView): readonly MoneyLine[] {
  const lines = moneyLinesOf(table.subject);
  const parts = MONEY_PARTS.filter((part) => (table.subject === 'PROJECT' && lines.includes(part)) || part === 'TOTAL' || execution?.rows.some((row) => row.part === part));
  return parts.map((part) => {
    const row = execution?.rows.find((one) => one.part === part);
    const initial = row?.initial ?? (part === 'TOTAL' ? table.budget.total : null);
    const budget = row?.adjusted ?? initial;
    const executed = row?.executed ?? null;
    const hasRate = budget !== null && executed !== null && compareDecimal(budget, '0') > 0;
    return { part, word: `part${part}` as const, initial: money(initial), adjusted: money(budget), executed: money(executed), isEmpty: part !== 'TOTAL' && budget === null && executed === null, rate: hasRate ? `${roundHalfUp(divideDecimal(multiplyDecimal(executed, '100'), budget, 6), 2)}%` : '—' };
  });
}

function money(amount: string | null): string {
  return amount === null ? '' : roundHalfUp(amount, 2);
}
