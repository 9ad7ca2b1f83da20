import { type Actual, type DeviationExplanation, type ExecutionFigures, overCauseOf } from '@jiheng/domain';
import { lookUp, lookUpAny } from '../../platform/database/look-up';
import { ACTUAL, ACTUAL_FIELDS, INDICATOR, INDICATOR_COLUMNS } from '../bulk/bulk-columns.query';
import { CopyRows } from '../bulk/copy-bytes';
import type { SliceFacts } from '../bulk/facts-reader';
import { later, markOf, type SliceHead } from '../bulk/slice-heads.query';
import type { ScoredKind } from '../scoring.public';
import { SIGNED_STATES } from '../signed-states';

type Texts = readonly (string | null)[];

/** One document with everything its points depend on, as {@link readFew} answers it. Numbers of the field are text. */
export interface FewRow {
  readonly id: string;
  readonly table_id: string;
  readonly revision: number;
  readonly state: string;
  readonly fiscal_year: number;
  readonly due_on: string | null;
  readonly until: string | null;
  /** Null: nobody has asked for its points yet. */
  readonly request_state: string | null;
  readonly score_id: string | null;
  readonly facts_mark: string | null;
  readonly document_revision: number | null;
  readonly scored_by: string | null;
  readonly inputs_digest: string | null;
  /** The profile assigned to its unit and year; null: the default. */
  readonly in_force: string | null;
  readonly reports: readonly (readonly [id: string, ordinal: number, revision: number])[] | null;
  readonly indicators: readonly Texts[] | null;
  readonly actuals: readonly Texts[] | null;
  readonly causes: readonly (readonly [key: string, causes: string[]])[] | null;
  readonly money: readonly (readonly [report: string, initial: string | null, adjusted: string | null, executed: string | null])[] | null;
  readonly answers: readonly (readonly [key: string, revision: number, judgement: Actual | null, explanation: DeviationExplanation | null])[] | null;
}

/** Columns as texts, as COPY writes them: there a boolean is one letter. */
const asTexts = (columns: string): string => `array[${columns.split(/,\s*/).map((one) => (one === 'a.answer' ? 'left(a.answer::text, 1)' : `(${one})::text`)).join(', ')}]`;

const DOCUMENT: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: `
    select r.id, r.table_id, r.revision, r.state, r.lineage_id, p.fiscal_year, p.ordinal as up_to, p.due_on::text as due_on,
      (select x.until::text from report_extension x where x.report_id = r.id order by x.id desc limit 1) as until, r.id as speaking
    from monitoring_report r join reporting_period p on p.id = r.period_id where r.id = wanted.id`,
  SELF_EVALUATION: `
    select e.id, e.table_id, e.revision, e.state, e.lineage_id, t.fiscal_year, 12 as up_to, null as due_on, null as until,
      (select m.id from monitoring_report m join reporting_period o on o.id = m.period_id where m.lineage_id = e.lineage_id order by o.ordinal desc limit 1) as speaking
    from self_evaluation e join performance_target_table t on t.id = e.table_id where e.id = wanted.id`,
};
/** A quarter has its own money; the year looks for its latest period that has any. */
const SPENDING: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: 'b.report_id = d.id',
  SELF_EVALUATION: 'b.report_id in (select m.id from monitoring_report m where m.lineage_id = d.lineage_id)',
};
const ANSWERS: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: 'null',
  SELF_EVALUATION: `(
      select json_agg(json_build_array(x.indicator_key, x.revision, x.judgement, case when x.explanation_at is not null then x.explanation end)) from (
        select distinct on (y.indicator_key) y.indicator_key, y.revision, y.judgement, y.explanation, y.explanation_at from self_evaluation_answer y where y.self_evaluation_id = d.id
        order by y.indicator_key, y.revision desc) x)`,
};

/** Reads documents ($1: ids) with all their facts in one statement, made for a few of them: everything is looked up by keys, and the fence (`offset 0`) has it planned for one, whatever the tables held then. One that is gone is not answered. */
export const readFew = (kind: ScoredKind): string => `select found.* from unnest($1::uuid[]) wanted(id) cross join lateral (
  select d.id, d.table_id, d.revision, d.state, d.fiscal_year, d.due_on, d.until, q.state as request_state, q.score_id, q.facts_mark, q.document_revision, s.profile_id as scored_by, s.inputs_digest,
    case when exists (select 1 from rule_profile_decision where approved) then (
      select rule_profile_in_force(u.path, t.fiscal_year) from performance_target_table t join budget_unit u on u.id = t.unit_id where t.id = d.table_id) end as in_force,
    (select json_agg(json_build_array(m.id, o.ordinal, m.revision) order by o.ordinal) from monitoring_report m join reporting_period o on o.id = m.period_id
      where m.lineage_id = d.lineage_id and o.ordinal <= d.up_to) as reports,
    (select json_agg(${asTexts(INDICATOR_COLUMNS)} order by i.ordinal) from indicator i where i.table_id = d.table_id) as indicators,
    (select json_agg(x.fields) from (
      select distinct on (a.report_id, a.indicator_key) ${asTexts(ACTUAL_FIELDS)} as fields
      from monitoring_report m join reporting_period o on o.id = m.period_id ${lookUp('actual', 'a', 'report_id = m.id and fiscal_year = m.fiscal_year')}
      where m.lineage_id = d.lineage_id and o.ordinal <= d.up_to order by a.report_id, a.indicator_key, a.revision desc) x) as actuals,
    (select json_agg(json_build_array(x.indicator_key, x.causes)) from (
      select distinct on (e.indicator_key) e.indicator_key, e.causes from deviation_explanation e where e.report_id = d.speaking order by e.indicator_key, e.revision desc) x) as causes,
    (select json_agg(json_build_array(x.report_id, g.initial::text, g.adjusted::text, g.executed::text)) from (
      select distinct on (b.report_id) b.report_id, b.id, b.fiscal_year from budget_execution b where ${SPENDING[kind]} and b.fiscal_year = d.fiscal_year order by b.report_id, b.revision desc) x
      ${lookUpAny('budget_execution_part', 'g', "execution_id = x.id and part = 'TOTAL' and fiscal_year = x.fiscal_year")}) as money,
    ${ANSWERS[kind]} as answers
  from (${DOCUMENT[kind]}) d
    ${lookUpAny('score_request', 'q', `document_kind = '${kind}' and document_id = d.id`)} ${lookUpAny('score', 's', 'id = q.score_id and fiscal_year = q.fiscal_year and document_kind = q.document_kind and document_id = q.document_id')} offset 0) found`;

/** A document before its facts are looked at; the same as a slice has it. */
export function headOf(row: FewRow, defaultProfileId: string, today: string): SliceHead {
  const lastDay = later(row.due_on ?? '', row.until ?? '');
  const signedBy = SIGNED_STATES.includes(row.state) ? row.scored_by : null;
  const head = {
    documentId: row.id, tableId: row.table_id, revision: row.revision, fiscalYear: row.fiscal_year, isOver: lastDay !== '' && today > lastDay,
    reports: (row.reports ?? []).map(([id, ordinal, revision]) => ({ id, ordinal, revision })),
    // What was signed keeps the rules it was signed by; everything else takes those in force for its unit and year.
    profileId: signedBy ?? row.in_force ?? defaultProfileId,
  };
  return {
    ...head, mark: markOf(head),
    current: row.request_state === null ? null : { state: row.request_state, digest: row.inputs_digest, profileId: row.scored_by, mark: row.facts_mark, revision: row.document_revision ?? 0 },
  };
}

/** Rooms for the facts of one document, used again for the next. */
export class FewFacts {
  private readonly indicators = new CopyRows(INDICATOR.count);
  private readonly actuals = new CopyRows(ACTUAL.count);

  /** The facts of one document as a slice has them; good until the next. */
  of(row: FewRow): SliceFacts {
    fill(this.indicators, row.indicators ?? []);
    fill(this.actuals, row.actuals ?? []);
    const speaking = row.reports?.at(-1)?.[0] ?? '';
    return {
      indicators: this.indicators, tables: this.indicators.groups(INDICATOR.table), actuals: this.actuals, values: this.actuals.groups(ACTUAL.report),
      causes: row.causes === null ? new Map<string, never>() : new Map([[speaking, new Map(row.causes.map(([key, causes]) => [key, overCauseOf({ causes: causes as DeviationExplanation['causes'] })]))]]),
      money: new Map((row.money ?? []).map(([report, initial, adjusted, executed]): [string, ExecutionFigures] => [report, { initial, adjusted, executed }])),
      answers: row.answers === null ? new Map<string, never>() : new Map([[row.id, new Map(row.answers.map(([key, revision, judgement, explanation]) => [key, { revision, judgement, explanation }]))]]),
    };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\' };

/** Lays texts down as COPY would have written them. */
function fill(into: CopyRows, rows: readonly Texts[]): void {
  let text = '';
  for (const row of rows) {
    for (const [at, field] of row.entries()) text += `${at === 0 ? '' : '\t'}${field === null ? '\\N' : field.replace(/[\b\f\n\r\t\v\\]/g, (sign) => ESCAPES[sign] ?? sign)}`;
    text += '\n';
  }
  const bytes = Buffer.from(text);
  into.index(bytes, bytes.length);
}
