import type { AssignmentScope } from './rule-profile-assignment.repository';

// Units in which nothing nearer than the scope ($2 unit, $3 region) is in force in year $1: there the scope would decide.
export const UNITS_IN_REACH = `
  select u.id, u.name, u.path from budget_unit u
    left join rule_profile_assignment f on f.id = rule_profile_assignment_in_force(u.path, $1)
  where rule_profile_reach(u.path, $2, $3) >= coalesce(rule_profile_reach(u.path, f.unit_id, f.region_code), 0)`;

/** Quarters and years of the units `in_reach` in year $1. */
export const DOCUMENTS_IN_REACH = `
  select 'MONITORING_REPORT' as kind, m.id, x.name as "unitName", x.path as "unitPath", nullif(t.project, '') as project, p.ordinal, p.label, m.state = 'SIGNED' as "isSigned"
    from in_reach x join performance_target_table t on t.unit_id = x.id and t.fiscal_year = $1 join monitoring_report m on m.table_id = t.id join reporting_period p on p.id = m.period_id
  union all
  select 'SELF_EVALUATION', e.id, x.name, x.path, nullif(t.project, ''), null, null, e.state in ('SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED')
    from in_reach x join performance_target_table t on t.unit_id = x.id and t.fiscal_year = $1 join self_evaluation e on e.table_id = t.id`;

/** The scope as the parameters $2 and $3. */
export function columnsOf(scope: AssignmentScope): [string | null, string | null] {
  return scope.kind === 'UNIT' ? [scope.unitId, null] : [null, scope.regionCode];
}

/** A cursor over the documents that nobody signed, in a fixed order; to be opened inside a transaction. */
export function documentCursor(name: string, scope: AssignmentScope, fiscalYear: number): [string, unknown[]] {
  return [`
    declare ${name} no scroll cursor for with in_reach as materialized (${UNITS_IN_REACH})
    select * from (${DOCUMENTS_IN_REACH}) d where not d."isSigned" order by d."unitPath", d.project nulls first, d.ordinal, d.id`, [fiscalYear, ...columnsOf(scope)]];
}
