import type { AssignmentScope } from './rule-profile-assignment.repository';

// Where a scope stands in the tree: at its unit, or at every unit that carries a code of its region.
const standsAt = (unit: string, region: string): string => `(v.id = ${unit} or starts_with(v.region_code, ${region}))`;

/** The approved assignments of year $1, at each unit where they stand: which, how near they are there, and in what turn they were approved. */
const APPROVED = `
  select v.id as unit_id, a.profile_id, d.turn, rule_profile_nearness(v.path, a.unit_id, a.region_code) as near
  from rule_profile_assignment a join rule_profile_decision d on d.assignment_id = a.id and d.approved join budget_unit v on ${standsAt('a.unit_id', 'a.region_code')} where a.fiscal_year = $1`;

const UP_FROM = (unit: string): string => `cross join lateral unnest(string_to_array(btrim(${unit}.path, '/'), '/')::uuid[]) as up(id)`;

/**
 * Units in which nothing nearer than the scope ($2 unit, $3 region) is in force in year $1: there the scope would decide. What `rule_profile_assignment_in_force` answers unit by unit, of all units
 * at once: each looks up its way through the tree among the few places where something stands.
 */
export const UNITS_IN_REACH = `
  select u.id, u.name, u.path from budget_unit u
    join (select w.id from budget_unit w ${UP_FROM('w')} join (
        select v.id as unit_id, rule_profile_nearness(v.path, $2, $3) as own, null::integer as other from budget_unit v where ${standsAt('$2', '$3')}
        union all select unit_id, null, near from (${APPROVED}) approved) stands on stands.unit_id = up.id
      group by w.id having max(stands.own) >= coalesce(max(stands.other), 0)) decided on decided.id = u.id`;

/** The profile that is in force in year $1 in each of the units `in_reach`, by their ids; none where it is the standard one. */
export const IN_FORCE_IN_REACH = `
  select distinct on (x.id) x.id, approved.profile_id from in_reach x ${UP_FROM('x')} join (${APPROVED}) approved on approved.unit_id = up.id
  order by x.id, approved.near desc, approved.turn desc`;

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
