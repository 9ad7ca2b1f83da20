import { computed, signal } from '@angular/core';
import type { ImportedRemark } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import type { EntryGateway, ExplanationBody } from './entry-gateway';
import { type ExecutionDraft, MONEY_COLUMNS } from './execution-draft';
import type { ExplanationDraft } from './explanation-draft';

/** A remark about a row. */
export interface RowRemark extends ImportedRemark {
  readonly indicatorKey: string;
  readonly explanation: NonNullable<ImportedRemark['explanation']>;
}
/** A remark about the money of the report. */
export interface MoneyRemark extends ImportedRemark {
  readonly money: NonNullable<ImportedRemark['money']>;
}

/**
 * What imported monitoring forms say of this report beside their values, waiting for a choice: taking one over writes it into the own explanation
 * or money, where it is saved like anything typed; keeping the own lets it go.
 */
export class ImportedRemarks {
  readonly list;
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly ofRows = computed(() => this.list().filter((one): one is RowRemark => one.indicatorKey !== null && one.explanation !== null));
  readonly ofMoney = computed(() => this.list().find((one): one is MoneyRemark => one.money !== null) ?? null);

  /** @param waiting those nobody has settled yet, read before the rows are shown: a notice that came later would push the rows down under the pointer */
  constructor(private readonly gateway: Pick<EntryGateway, 'settleRemark'>, waiting: readonly ImportedRemark[]) {
    this.list = signal(waiting);
  }

  ofRow(key: string): RowRemark | null {
    return this.ofRows().find((one) => one.indicatorKey === key) ?? null;
  }

  /** Writes what the form says into the explanation; what it leaves blank stays. It is settled once the server has it. */
  async takeExplanation(remark: RowRemark, draft: ExplanationDraft): Promise<void> {
    await this.act(async () => {
      const merged = mergedInto(draft.body(), remark.explanation);
      draft.change(merged);
      await draft.saver.flush();
      return draft.settled() ? this.settle(remark, 'TAKEN') : null;
    });
  }

  /** Writes the amounts the form prints into the money; cells it leaves blank stay. */
  async takeMoney(remark: MoneyRemark, draft: ExecutionDraft): Promise<void> {
    await this.act(async () => {
      for (const row of remark.money) {
        if (!draft.parts.includes(row.part)) continue;
        for (const column of MONEY_COLUMNS) if (row[column] !== null) draft.type(draft.cell(row.part, column), row[column]);
      }
      await draft.leave();
      return draft.settled() ? this.settle(remark, 'TAKEN') : null;
    });
  }

  /** The own words, or the own figures, stay. */
  async keep(remark: ImportedRemark): Promise<void> {
    await this.act(() => this.settle(remark, 'KEPT'));
  }

  private async settle(remark: ImportedRemark, choice: 'TAKEN' | 'KEPT'): Promise<Problem | null> {
    const outcome = await this.gateway.settleRemark(remark.id, choice);
    if (outcome.kind !== 'done') return outcome.problem;
    this.list.update((list) => list.filter((one) => one.id !== remark.id));
    return null;
  }

  private async act(deed: () => Promise<Problem | null>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(await deed());
    this.busy.set(false);
  }
}

function mergedInto(own: ExplanationBody, printed: RowRemark['explanation']): ExplanationBody {
  return {
    causes: printed.causes.length > 0 ? printed.causes : own.causes, sentence: printed.sentence === '' ? own.sentence : printed.sentence, measures: printed.measures === '' ? own.measures : printed.measures,
    likelihood: printed.likelihood ?? own.likelihood, forecast: printed.forecast ?? own.forecast,
  };
}
