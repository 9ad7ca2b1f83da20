import { type Actual, type DeviationExplanation, type ExecutionFigures, type OverCause, overCauseOf } from '@jiheng/domain';
import type { Client } from 'pg';
import { ACTUAL, ACTUAL_FIELDS, INDICATOR, INDICATOR_COLUMNS, given } from './bulk-columns.query';
import { CopyRows } from './copy-bytes';
import { copyOut } from './copy-text';
import { type SliceHead, yearsOf } from './slice-heads.query';
import type { SliceIds } from './slice-ids';

/** What a person wrote for the year itself. */
export interface YearAnswer { readonly revision: number; readonly judgement: Actual | null; readonly explanation: DeviationExplanation | null }

/** Rows of one table or values of one report: from (included) to (excluded). */
export type Span = readonly [from: number, to: number];

/** Everything the points of a slice depend on. Rows and values stay bytes; the rest is little. */
export interface SliceFacts {
  readonly indicators: CopyRows;
  readonly tables: ReadonlyMap<string, Span>;
  readonly actuals: CopyRows;
  readonly values: ReadonlyMap<string, Span>;
  readonly causes: ReadonlyMap<string, ReadonlyMap<string, OverCause | null>>;
  readonly money: ReadonlyMap<string, ExecutionFigures>;
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, YearAnswer>>;
}

/** Reads the facts of slices, one after another into the same buffers: everything of one slice is in memory, nothing of the next. */
export class FactsReader {
  constructor(private readonly client: Client, private readonly indicators = new CopyRows(INDICATOR.count), private readonly actuals = new CopyRows(ACTUAL.count)) {}

  /** Must be called with at least one head. */
  async read(said: SliceIds, heads: readonly SliceHead[], ofYear: boolean): Promise<SliceFacts> {
    const { client, indicators, actuals } = this;
    const reportIds = heads.flatMap((head) => head.reports.map((report) => report.id));
    // Reasons stand in the document's own report; for the year the last quarter speaks where nothing was written for the year itself.
    const speaking = heads.flatMap((head) => head.reports.slice(-1).map((report) => report.id));
    await indicators.read(client, `select ${INDICATOR_COLUMNS} from indicator i where i.table_id = any ${await said.list(heads.map((head) => head.tableId))} order by i.table_id, i.ordinal`);
    // Values and money lie by year; a slice is of one.
    const years = yearsOf(heads);
    await actuals.read(client, `select ${ACTUAL_FIELDS} from actual a where a.report_id = any ${await said.list(reportIds)} and a.fiscal_year in (${years}) order by a.report_id`);
    return {
      indicators, actuals, tables: indicators.groups(INDICATOR.table), values: actuals.groups(ACTUAL.report), causes: await readCauses(client, said, speaking),
      money: await readMoney(client, said, ofYear ? reportIds : speaking, years), answers: ofYear ? await readAnswers(client, said, heads.map((head) => head.documentId)) : new Map<string, never>(),
    };
  }
}

async function readCauses(client: Client, said: SliceIds, reportIds: readonly string[]): Promise<Map<string, Map<string, OverCause | null>>> {
  const rows = await copyOut(client, `
    select distinct on (report_id, indicator_key) report_id, indicator_key, array_to_string(causes, ',') from deviation_explanation where report_id = any ${await said.list(reportIds)}
    order by report_id, indicator_key, revision desc`);
  const causes = new Map<string, Map<string, OverCause | null>>();
  for (const [report, key, list] of rows) {
    const byKey = causes.get(given(report)) ?? new Map<string, OverCause | null>();
    byKey.set(given(key), overCauseOf({ causes: given(list).split(',').filter((one) => one !== '') as DeviationExplanation['causes'] }));
    causes.set(given(report), byKey);
  }
  return causes;
}

/** Money as of the last revision of each report. `offset 0`: for each a walk along the key, where a join is planned anew for every slice, at times over the whole year. */
async function readMoney(client: Client, said: SliceIds, reportIds: readonly string[], years: string): Promise<Map<string, ExecutionFigures>> {
  const rows = await copyOut(client, `
    select e.report_id, e.revision, l.initial, l.adjusted, l.executed from budget_execution e
      left join lateral (select p.initial, p.adjusted, p.executed from budget_execution_part p where p.execution_id = e.id and p.part = 'TOTAL' and p.fiscal_year in (${years}) offset 0) l on true
    where e.report_id = any ${await said.list(reportIds)} and e.fiscal_year in (${years})`);
  const last = new Map<string, number>();
  const money = new Map<string, ExecutionFigures>();
  for (const [report, revision, initial, adjusted, executed] of rows) {
    if ((last.get(given(report)) ?? 0) > Number(revision)) continue;
    last.set(given(report), Number(revision));
    money.set(given(report), { initial: initial ?? null, adjusted: adjusted ?? null, executed: executed ?? null });
  }
  return money;
}

async function readAnswers(client: Client, said: SliceIds, ids: readonly string[]): Promise<Map<string, Map<string, YearAnswer>>> {
  const rows = await copyOut(client, `
    select distinct on (self_evaluation_id, indicator_key) self_evaluation_id, indicator_key, revision, judgement, case when explanation_at is not null then explanation end
    from self_evaluation_answer where self_evaluation_id = any ${await said.list(ids)} order by self_evaluation_id, indicator_key, revision desc`);
  const answers = new Map<string, Map<string, YearAnswer>>();
  for (const [id, key, revision, judgement, explanation] of rows) {
    const byKey = answers.get(given(id)) ?? new Map<string, YearAnswer>();
    byKey.set(given(key), { revision: Number(revision), judgement: judgement == null ? null : (JSON.parse(judgement) as Actual), explanation: explanation == null ? null : (JSON.parse(explanation) as DeviationExplanation) });
    answers.set(given(id), byKey);
  }
  return answers;
}
