import { z } from 'zod';
import type { BesideRead } from '../platform/access/read-beside';

/** A quarter of a table as the statement tells it. */
export interface ReadReport {
  readonly id: string;
  readonly periodId: string;
  readonly label: string;
  readonly ordinal: number;
  readonly state: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';
  readonly startsOn: string;
  readonly dueOn: string;
  readonly rows: number;
  readonly weight: string;
  readonly answered: number;
  readonly candidates: number;
  readonly points: string | null;
}

/** A whole version in one row. Numbers are text; what goes out as it is stands as JSON text and is not taken apart. */
export interface TargetTableRow {
  readonly id: string;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly fiscal_year: number;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly unit_path: string;
  readonly project: string;
  readonly version: number;
  readonly state: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'APPROVED' | 'RETURNED' | 'SUPERSEDED';
  readonly revision: number;
  readonly goal_text: string;
  readonly lead: string | null;
  readonly budget_total: string | null;
  readonly budget_fiscal: string | null;
  readonly budget_other: string | null;
  readonly budget_higher_level: string | null;
  readonly budget_local_level: string | null;
  /** Array of `MainTask`, null where the table has none. */
  readonly main_tasks: string | null;
  /** Array of `IndicatorView`. */
  readonly indicators: string;
  readonly indicator_count: number;
  readonly weight_total: string;
  readonly reports: readonly ReadReport[];
  /** The view's `selfEvaluation`, or null. */
  readonly self_evaluation: string | null;
  /** Array of the view's `versions`. */
  readonly versions: string;
  /** Array of `HistoryEntry`. */
  readonly history: string;
  readonly accepted: readonly { readonly id: string; readonly reason: string; readonly by: string; readonly at: string }[] | null;
  /** Null: the default of the house. */
  readonly profile_id: string | null;
  readonly kept_made_of: string | null;
  /** Array of findings without what people accepted; null when none are kept. */
  readonly kept_findings: string | null;
}

/** Milliseconds in UTC, as `Date.toISOString` writes them. */
const moment = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * A version with its rows, quarters, year, versions, history and accepted warnings. The order of the keys of a row is that of `toIndicator`:
 * findings are named by a digest of it.
 */
function selectTable(id: string): string {
  return `
    select t.id, t.subject, t.fiscal_year, t.unit_id, u.name as unit_name, u.path as unit_path, t.project, t.version, t.state, t.revision, t.goal_text, t.lead,
      t.budget_total, t.budget_fiscal, t.budget_other, t.budget_higher_level, t.budget_local_level, nullif(t.main_tasks, '[]')::text as main_tasks,
      own.indicators, own.n as indicator_count, own.weight as weight_total, quarters.reports,
      (select json_build_object('id', e.id, 'state', e.state, 'total', s.total::text, 'rating', s.rating)::text from self_evaluation e
         left join score_request q on q.document_kind = 'SELF_EVALUATION' and q.document_id = e.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
       where e.lineage_id = t.lineage_id and t.state in ('APPROVED', 'SUPERSEDED')) as self_evaluation,
      (select json_agg(json_build_object('id', v.id, 'version', v.version, 'state', v.state) order by v.version)::text from performance_target_table v where v.lineage_id = t.lineage_id) as versions,
      (select coalesce(json_agg(json_build_object('move', w.move, 'from', w.from_state, 'to', w.to_state, 'by', p.display_name, 'role', w.role, 'at', ${moment('w.at')}, 'opinion', w.opinion) order by w.id), '[]')::text
         from workflow_action w join person p on p.id = w.actor_id where w.document_kind = 'TARGET_TABLE' and w.document_id = t.id) as history,
      (select json_agg(json_build_object('id', a.finding_id, 'reason', a.reason, 'by', p.display_name, 'at', ${moment('a.accepted_at')}))
         from finding_acceptance a join person p on p.id = a.accepted_by where a.document_kind = 'TARGET_TABLE' and a.document_id = t.id) as accepted,
      case when exists (select 1 from rule_profile_decision where approved) then rule_profile_in_force(u.path, t.fiscal_year) end as profile_id,
      k.made_of as kept_made_of, k.findings::text as kept_findings
    from performance_target_table t join budget_unit u on u.id = t.unit_id left join kept_findings k on k.table_id = t.id
      cross join lateral (
        select count(*)::integer as n, coalesce(sum(i.weight), 0) as weight, array_agg(i.indicator_key) as keys, coalesce(json_agg(row_to_json(said) order by i.ordinal), '[]')::text as indicators
        from indicator i
          -- rows as JSON take a third less work than json_build_object, which looks up the type of every value
          cross join lateral (select i.target_kind as kind, i.target_comparator as comparator, case when i.target_kind = 'DATE' then i.target_date else i.target_magnitude::text end as magnitude,
            i.target_magnitude_high::text as "magnitudeHigh", i.target_unit as unit, i.target_text as text, i.target_raw as raw) target
          cross join lateral (select i.indicator_key as key, i.level1, i.level2, i.name, row_to_json(target) as target, i.direction, i.weight::text as weight, i.basis,
            i.previous_actual as "previousActual", i.scoring_rule as "scoringRule", i.evidence, i.accumulation, i.pass_threshold::text as "passThreshold", i.id, i.ordinal) said
        where i.table_id = t.id) own
      cross join lateral (
        select coalesce(json_agg(json_build_object('id', r.id, 'periodId', p.id, 'label', p.label, 'ordinal', p.ordinal, 'state', r.state, 'startsOn', p.starts_on, 'dueOn', p.due_on,
            'rows', cardinality(asked.keys), 'weight', asked.weight::text,
            'answered', (select count(*) from (select distinct on (a.indicator_key) a.indicator_key, a.kind from actual a where a.report_id = r.id and a.fiscal_year = r.fiscal_year order by a.indicator_key, a.revision desc) said
               where said.kind <> 'NOT_REPORTED' and said.indicator_key = any (asked.keys)),
            'candidates', (select count(distinct c.indicator_key) from candidate c where c.report_id = r.id and c.settled_at is null),
            'points', (select s.indicator_points::text from score_request q join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year where q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id)) order by p.ordinal), '[]') as reports
        from monitoring_report r join reporting_period p on p.id = r.period_id
          -- a signed quarter stays with the version it was made under
          cross join lateral (select own.keys, own.weight where r.table_id = t.id
            union all select array_agg(x.indicator_key), coalesce(sum(x.weight), 0) from indicator x where x.table_id = r.table_id and r.table_id <> t.id having count(*) > 0) asked
        where r.lineage_id = t.lineage_id and t.state in ('APPROVED', 'SUPERSEDED')) quarters
    where t.id = ${id}`;
}

const one = z.object({ id: z.uuid() });

/** A whole version by its id, alone or beside a session. */
export const TARGET_TABLE_READ: BesideRead<TargetTableRow> = {
  name: 'target-table-whole',
  sql: (p) => selectTable(p(1)),
  params: (request) => {
    const given = one.safeParse(request.params);
    return given.success ? [given.data.id] : null;
  },
};
