import type { RuleProfilePreview } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import { SLICE_SIZE } from './bulk/bulk-run.repository';
import { DOCUMENTS_IN_REACH, IN_FORCE_IN_REACH, UNITS_IN_REACH, columnsOf } from './documents-in-reach.query';

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

/** Documents in the reach of a scope: those that it would decide, how many of them are quarters, and those that keep the points they were signed with. */
export interface DocumentCounts { readonly open: number; readonly openReports: number; readonly signed: number }

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

/** How much of what an approved assignment decides is scored again, and how its job stands; null where the job is forgotten. */
export interface Rescoring { readonly done: number; readonly documents: number; readonly jobState: 'WAITING' | 'RUNNING' | 'FAILED' | 'CANCELLED' | null }

interface AssignmentRow extends Omit<StoredAssignment, 'scope'> { readonly unitId: string | null; readonly regionCode: string | null }

const ASSIGNMENT = `
  select a.id, a.unit_id as "unitId", a.region_code as "regionCode", coalesce(u.name, a.region_code) as "scopeName", a.fiscal_year as "fiscalYear", a.profile_id as "profileId",
    r.name as "profileName", r.version as "profileVersion", a.assigned_by as "assignedById", p.display_name as "assignedBy", a.assigned_at as "assignedAt", a.reason, a.preview,
    d.approved, q.display_name as "decidedBy", d.decided_at as "decidedAt", d.opinion, d.job_run_id as "jobRunId",
    not exists (select 1 from rule_profile_assignment b join rule_profile_decision e on e.assignment_id = b.id
      where e.approved and b.fiscal_year = a.fiscal_year and b.unit_id is not distinct from a.unit_id and b.region_code is not distinct from a.region_code and e.turn > d.turn) as "isLatest"
  from rule_profile_assignment a join rule_profile r on r.id = a.profile_id join person p on p.id = a.assigned_by left join budget_unit u on u.id = a.unit_id
    left join rule_profile_decision d on d.assignment_id = a.id left join person q on q.id = d.decided_by`;

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

  /** Does a unit that carries a region code beginning with this one stand above, at or below one of these paths? */
  async regionTouches(db: Db, regionCode: string, paths: readonly string[]): Promise<boolean> {
    const rows: unknown[] = await db.manager.query(
      `select from budget_unit u where u.region_code is not null and starts_with(u.region_code, $1) and exists (select from unnest($2::text[]) held (path) where starts_with(u.path, held.path) or starts_with(held.path, u.path)) limit 1`, [regionCode, paths]);
    return rows.length > 0;
  }

  /** Those nobody has decided yet, newest first. */
  async undecided(db: Db): Promise<StoredAssignment[]> {
    const rows: AssignmentRow[] = await db.manager.query(`${ASSIGNMENT} where d.assignment_id is null order by a.assigned_at desc, a.id desc limit 50`);
    return rows.map(toAssignment);
  }

  /** Paths of the units that carry a region code beginning with this one. */
  async pathsOfRegion(db: Db, regionCode: string): Promise<string[]> {
    const rows: { path: string }[] = await db.manager.query('select path from budget_unit where region_code is not null and starts_with(region_code, $1)', [regionCode]);
    return rows.map((row) => row.path);
  }

  /** How many quarters and years an assignment to the scope would decide, and how many of its reach are signed and keep their points. */
  async countDocuments(db: Db, scope: AssignmentScope, fiscalYear: number): Promise<DocumentCounts> {
    const rows: DocumentCounts[] = await db.manager.query(`
      with in_reach as materialized (${UNITS_IN_REACH}) select count(*) filter (where not d."isSigned")::integer as open,
        count(*) filter (where not d."isSigned" and d.kind = 'MONITORING_REPORT')::integer as "openReports", count(*) filter (where d."isSigned")::integer as signed from (${DOCUMENTS_IN_REACH}) d`,
    [fiscalYear, ...columnsOf(scope)]);
    return rows[0] ?? { open: 0, openReports: 0, signed: 0 };
  }

  /** How many of the documents that an assignment to the scope would decide have got other points since: their score was made after an id that was. Ids of scores grow with time. */
  async countMovedSince(db: Db, scope: AssignmentScope, fiscalYear: number, before: string): Promise<number> {
    const rows: { n: number }[] = await db.manager.query(`
      with in_reach as materialized (${UNITS_IN_REACH}) select count(*)::integer as n from (${DOCUMENTS_IN_REACH}) d
        join score_request q on q.document_kind = d.kind and q.document_id = d.id where not d."isSigned" and q.score_id > $4::uuid`, [fiscalYear, ...columnsOf(scope), before]);
    return rows[0]?.n ?? 0;
  }

  /** Does the profile hold already in every unit that an assignment to the scope would decide? False where it would decide none. */
  async holdsEverywhere(db: Db, scope: AssignmentScope, fiscalYear: number, profileId: string, standardId: string): Promise<boolean> {
    const rows: { same: boolean | null }[] = await db.manager.query(`
      with in_reach as materialized (${UNITS_IN_REACH}), in_force as (${IN_FORCE_IN_REACH})
      select bool_and(coalesce(f.profile_id, $5::uuid) = $4::uuid) as same from in_reach x left join in_force f on f.id = x.id`,
    [fiscalYear, ...columnsOf(scope), profileId, standardId]);
    return rows[0]?.same === true;
  }

  /** What an approved assignment still owes its documents: null where every one of them is scored again. The sizes of slices are counted only while some are left. */
  async rescoring(db: Db, id: string): Promise<Rescoring | null> {
    const rows: Rescoring[] = await db.manager.query(`
      select coalesce(r.documents, (a.preview->>'documents')::integer) as documents, j.state as "jobState",
        coalesce(r.documents - (select coalesce(sum(cardinality(s.document_ids)), 0) from bulk_slice s where s.run_id = r.id and s.state = 'WAITING'), 0)::integer as done
      from rule_profile_assignment a join rule_profile_decision d on d.assignment_id = a.id and d.approved left join bulk_run r on r.id = a.id left join job_run j on j.id = d.job_run_id
      where a.id = $1 and coalesce(r.state, j.state, 'DONE') <> 'DONE' and j.state is distinct from 'DONE'`, [id]);
    return rows[0] ?? null;
  }

  /** The approved assignment of this profile to this scope and year, if it holds. */
  async holding(db: Db, scope: AssignmentScope, fiscalYear: number, profileId: string): Promise<string | null> {
    const rows: { id: string }[] = await db.manager.query(`
      select a.id from rule_profile_assignment a join rule_profile_decision d on d.assignment_id = a.id and d.approved
      where a.fiscal_year = $1 and a.unit_id is not distinct from $2::uuid and a.region_code is not distinct from $3::text and a.profile_id = $4 order by d.turn desc limit 1`, [fiscalYear, ...columnsOf(scope), profileId]);
    return rows[0]?.id ?? null;
  }

  /**
   * Cuts everything that an approved assignment decides and nobody signed into slices of a region's run, once; a second call finds them.
   * The run bears the assignment's id and the negative number of its decision in the place of a quarter: two assignments of one unit and
   * year never take each other's run.
   */
  async cutRun(tx: Tx, { id, scope, fiscalYear, jobRunId }: StoredAssignment, at: Date): Promise<void> {
    const made: unknown[] = await tx.manager.query(`
      with in_reach as materialized (${UNITS_IN_REACH})
      insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, state, job_run_id, requested_by, created_at)
      select $4, top.id, $1, -d.turn, 'RUNNING', $5, d.decided_by, $6
      from (select id from in_reach order by length(path), path limit 1) top, rule_profile_decision d where d.assignment_id = $4
      on conflict (id) do nothing returning id`, [fiscalYear, ...columnsOf(scope), id, jobRunId, at]);
    if (made.length === 0) return;
    await tx.manager.query(`
      with in_reach as materialized (${UNITS_IN_REACH}),
      found as (select d.kind, d.id, d."unitName", row_number() over (partition by d.kind order by d."unitPath", d.id) - 1 as at from (${DOCUMENTS_IN_REACH}) d where not d."isSigned"),
      cut as (select kind, at / ${SLICE_SIZE} as nth, array_agg(id order by at) as ids, (array_agg("unitName" order by at))[1] as at_unit from found group by kind, at / ${SLICE_SIZE})
      insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit) select $4, row_number() over (order by kind, nth), kind, ids, at_unit from cut`,
    [fiscalYear, ...columnsOf(scope), id]);
    await tx.manager.query(`update bulk_run set documents = (select coalesce(sum(cardinality(document_ids)), 0) from bulk_slice where run_id = $1) where id = $1`, [id]);
    await tx.manager.query(`select pg_notify('jiheng_bulk', $1)`, [id]);
  }
}

function toAssignment({ unitId, regionCode, ...row }: AssignmentRow): StoredAssignment {
  return { ...row, scope: unitId === null ? { kind: 'REGION', regionCode: regionCode ?? '' } : { kind: 'UNIT', unitId } };
}
