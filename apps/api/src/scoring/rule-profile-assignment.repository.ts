import type { RuleProfilePreview } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';

/** Where an assignment holds: the unit with everything below it, or every unit whose region begins with the code. */
export type AssignmentScope = { readonly kind: 'UNIT'; readonly unitId: string } | { readonly kind: 'REGION'; readonly regionCode: string };

/** A proposal with what became of it. */
export interface StoredAssignment {
  readonly id: string;
  readonly scope: AssignmentScope;
  /** The unit's name, or the region's code. */
  readonly scopeName: string;
  readonly fiscalYear: number;
  readonly profileId: string;
  readonly profileName: string;
  readonly profileVersion: number;
  readonly assignedById: string;
  readonly assignedBy: string;
  readonly assignedAt: Date;
  readonly reason: string;
  readonly preview: RuleProfilePreview;
  readonly approved: boolean | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly opinion: string | null;
  readonly jobRunId: string | null;
  /** No later approved one stands in the same scope and year. */
  readonly isLatest: boolean;
}

export interface NewAssignment {
  readonly id: string;
  readonly scope: AssignmentScope;
  readonly fiscalYear: number;
  readonly profileId: string;
  readonly assignedBy: string;
  readonly reason: string;
  readonly preview: RuleProfilePreview;
  readonly at: Date;
}

/** A quarter or a year in the reach of an assignment. */
export interface DocumentInReach {
  readonly kind: 'MONITORING_REPORT' | 'SELF_EVALUATION';
  readonly id: string;
  readonly unitName: string;
  readonly unitPath: string;
  /** null for the unit as a whole. */
  readonly project: string | null;
  /** 1…4 of a quarter; null for the year. */
  readonly ordinal: number | null;
  readonly label: string | null;
  readonly isSigned: boolean;
}

interface AssignmentRow extends Omit<StoredAssignment, 'scope'> { readonly unitId: string | null; readonly regionCode: string | null }

const ASSIGNMENT = `
  select a.id, a.unit_id as "unitId", a.region_code as "regionCode", coalesce(u.name, a.region_code) as "scopeName", a.fiscal_year as "fiscalYear", a.profile_id as "profileId",
    r.name as "profileName", r.version as "profileVersion", a.assigned_by as "assignedById", p.display_name as "assignedBy", a.assigned_at as "assignedAt", a.reason, a.preview,
    d.approved, q.display_name as "decidedBy", d.decided_at as "decidedAt", d.opinion, d.job_run_id as "jobRunId",
    not exists (select 1 from rule_profile_assignment b join rule_profile_decision e on e.assignment_id = b.id
      where e.approved and b.fiscal_year = a.fiscal_year and b.unit_id is not distinct from a.unit_id and b.region_code is not distinct from a.region_code and e.turn > d.turn) as "isLatest"
  from rule_profile_assignment a join rule_profile r on r.id = a.profile_id join person p on p.id = a.assigned_by left join budget_unit u on u.id = a.unit_id
    left join rule_profile_decision d on d.assignment_id = a.id left join person q on q.id = d.decided_by`;

// Units in which nothing nearer than the scope ($2 unit, $3 region) is in force in year $1: there the scope would decide.
const UNITS_IN_REACH = `
  select u.id, u.name, u.path from budget_unit u
    left join rule_profile_assignment f on f.id = rule_profile_assignment_in_force(u.path, $1)
  where rule_profile_reach(u.path, $2, $3) >= coalesce(rule_profile_reach(u.path, f.unit_id, f.region_code), 0)`;

const DOCUMENTS = `
  select 'MONITORING_REPORT' as kind, m.id, x.name as "unitName", x.path as "unitPath", nullif(t.project, '') as project, p.ordinal, p.label, m.state = 'SIGNED' as "isSigned"
    from in_reach x join performance_target_table t on t.unit_id = x.id and t.fiscal_year = $1 join monitoring_report m on m.table_id = t.id join reporting_period p on p.id = m.period_id
  union all
  select 'SELF_EVALUATION', e.id, x.name, x.path, nullif(t.project, ''), null, null, e.state in ('SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED')
    from in_reach x join performance_target_table t on t.unit_id = x.id and t.fiscal_year = $1 join self_evaluation e on e.table_id = t.id`;

/** Memory of who is scored by which rules. Rows are added, never changed. */
@Injectable()
export class RuleProfileAssignmentRepository {
  async byId(db: Db, id: string): Promise<StoredAssignment | null> {
    const rows: AssignmentRow[] = await db.manager.query(`${ASSIGNMENT} where a.id = $1`, [id]);
    return rows[0] === undefined ? null : toAssignment(rows[0]);
  }

  /** The assignments of a year (null: of all), newest first. */
  async all(db: Db, fiscalYear: number | null): Promise<StoredAssignment[]> {
    const rows: AssignmentRow[] = await db.manager.query(`${ASSIGNMENT} where $1::integer is null or a.fiscal_year = $1 order by a.assigned_at desc, a.id desc limit 500`, [fiscalYear]);
    return rows.map(toAssignment);
  }

  async waiting(db: Db, scope: AssignmentScope, fiscalYear: number): Promise<boolean> {
    const rows: unknown[] = await db.manager.query(`
      select 1 from rule_profile_assignment a where a.fiscal_year = $1 and a.unit_id is not distinct from $2::uuid and a.region_code is not distinct from $3::text
        and not exists (select 1 from rule_profile_decision d where d.assignment_id = a.id)`, [fiscalYear, ...columnsOf(scope)]);
    return rows.length > 0;
  }

  /** The profile the scope itself stands under now, by an approved assignment of exactly this scope and year. */
  async standing(db: Db, scope: AssignmentScope, fiscalYear: number): Promise<string | null> {
    const rows: { profileId: string }[] = await db.manager.query(`
      select a.profile_id as "profileId" from rule_profile_assignment a join rule_profile_decision d on d.assignment_id = a.id and d.approved
      where a.fiscal_year = $1 and a.unit_id is not distinct from $2::uuid and a.region_code is not distinct from $3::text order by d.turn desc limit 1`, [fiscalYear, ...columnsOf(scope)]);
    return rows[0]?.profileId ?? null;
  }

  async insert(tx: Tx, made: NewAssignment): Promise<void> {
    await tx.manager.query(
      `insert into rule_profile_assignment (id, unit_id, region_code, fiscal_year, profile_id, assigned_by, reason, preview, assigned_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [made.id, ...columnsOf(made.scope), made.fiscalYear, made.profileId, made.assignedBy, made.reason, JSON.stringify(made.preview), made.at]);
  }

  /** One scope and year at a time, until the end of the transaction: two proposals or two decisions must see each other. */
  async takeTurn(tx: Tx): Promise<void> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtext('rule_profile_assignment'))`);
  }

  /** @returns false when somebody has decided already */
  async decide(tx: Tx, made: { readonly assignmentId: string; readonly approved: boolean; readonly decidedBy: string; readonly opinion: string; readonly jobRunId: string | null; readonly at: Date }): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `insert into rule_profile_decision (assignment_id, approved, decided_by, opinion, job_run_id, decided_at) values ($1, $2, $3, $4, $5, $6) on conflict (assignment_id) do nothing returning turn`,
      [made.assignmentId, made.approved, made.decidedBy, made.opinion, made.jobRunId, made.at]);
    return rows.length > 0;
  }

  /** Paths of the units that carry a region code beginning with this one. */
  async pathsOfRegion(db: Db, regionCode: string): Promise<string[]> {
    const rows: { path: string }[] = await db.manager.query('select path from budget_unit where starts_with(region_code, $1)', [regionCode]);
    return rows.map((row) => row.path);
  }

  /** Quarters and years that an assignment to the scope would decide, in a fixed order. */
  documentsOf(db: Db, scope: AssignmentScope, fiscalYear: number): Promise<DocumentInReach[]> {
    return db.manager.query(`with in_reach as materialized (${UNITS_IN_REACH}) ${DOCUMENTS} order by "unitPath", project nulls first, ordinal, id`, [fiscalYear, ...columnsOf(scope)]);
  }
}

function columnsOf(scope: AssignmentScope): [string | null, string | null] {
  return scope.kind === 'UNIT' ? [scope.unitId, null] : [null, scope.regionCode];
}

function toAssignment({ unitId, regionCode, ...row }: AssignmentRow): StoredAssignment {
  return { ...row, scope: unitId === null ? { kind: 'REGION', regionCode: regionCode ?? '' } : { kind: 'UNIT', unitId } };
}
