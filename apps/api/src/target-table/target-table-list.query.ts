import type { TargetTableList, TargetTableSummary } from '@jiheng/contract';
import { periodState } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { containing } from '../platform/database/containing';
import { lookUp } from '../platform/database/look-up';
import { Prepared } from '../platform/database/prepared';

/** Tables a page of the list holds. */
const PAGE = 50;

/** What the list is narrowed to. */
export interface ListFilter {
  readonly fiscalYear?: number | undefined;
  readonly unitId?: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
}

interface TableRow {
  readonly id: string;
  readonly lineage_id: string;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly fiscal_year: number;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly unit_code: string;
  readonly project: string;
  readonly version: number;
  readonly state: TargetTableSummary['state'];
  readonly budget_total: string | null;
  readonly indicator_count: number;
  readonly weight_total: string;
}

interface ReportRow {
  readonly id: string;
  readonly lineage_id: string;
  readonly state: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';
  readonly period_id: string;
  readonly label: string;
  readonly ordinal: number;
  readonly starts_on: string;
  readonly due_on: string;
  readonly answered: number;
  readonly rows: number;
  readonly weight: string;
  readonly candidates: number;
  readonly points: string | null;
}

interface YearRow {
  readonly id: string;
  readonly lineage_id: string;
  readonly state: NonNullable<TargetTableSummary['selfEvaluation']>['state'];
  readonly total: string | null;
  readonly rating: string | null;
}

const TABLE_COLUMNS = `t.id, t.lineage_id, t.subject, t.fiscal_year, t.unit_id, u.name as unit_name, u.code as unit_code, t.project, t.version, t.state, t.budget_total,
  (select count(*)::int from indicator i where i.table_id = t.id) as indicator_count, (select coalesce(sum(i.weight), 0) from indicator i where i.table_id = t.id) as weight_total`;

/** Target tables with their quarters and the year's account, as lists show them; reads what the features above have written. */
@Injectable()
export class TargetTableListQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly clock: Clock) {}

  /** One page of what the reader may see, by unit, then the unit as a whole, then projects by name. Superseded versions are left out. */
  async list(actor: Actor, filter: ListFilter): Promise<TargetTableList> {
    const scope = this.access.scopePatterns(actor);
    const after = readCursor(filter.cursor);
    const rows = await this.prepared.rows<TableRow>('target-table-list', `
      select ${TABLE_COLUMNS} from performance_target_table t join budget_unit u on u.id = t.unit_id
      where u.path like any($1) and t.state <> 'SUPERSEDED' and ($2::int is null or t.fiscal_year = $2)
        and ($3::uuid is null or u.path like '%/' || $3::text || '/%') and ($4::text is null or u.name || ' ' || t.project ilike $4)
        and ($5::text is null or (u.code, t.project, t.fiscal_year, t.version, t.id) > ($5, $6, $7::int, $8::int, $9::uuid))
      order by u.code, t.project, t.fiscal_year, t.version, t.id limit ${PAGE + 1}`,
    [scope, filter.fiscalYear ?? null, filter.unitId ?? null, filter.q === undefined || filter.q === '' ? null : containing(filter.q),
      after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, after?.[3] ?? null, after?.[4] ?? null]);
    const page = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    const years = await this.prepared.rows<{ fiscal_year: number }>('target-table-years',
      `
      with recursive years as (
        select max(fiscal_year) as year from performance_target_table
        union all select (select max(fiscal_year) from performance_target_table where fiscal_year < year) from years where year is not null)
      select year as fiscal_year from years
      where year is not null and exists (select 1 from budget_unit u cross join lateral (select 1 from performance_target_table t where t.unit_id = u.id and t.fiscal_year = year limit 1) t where u.path like any($1)) order by 1 desc`, [scope]);
    return {
      tables: await this.summaries(page), fiscalYears: years.map((year) => year.fiscal_year),
      nextCursor: last === undefined ? null : writeCursor([last.unit_code, last.project, last.fiscal_year, last.version, last.id]),
    };
  }

  private async summaries(tables: readonly TableRow[]): Promise<TargetTableSummary[]> {
    if (tables.length === 0) return [];
    const lineages = [...new Set(tables.map((table) => table.lineage_id))];
    const reports = await this.prepared.rows<ReportRow>('target-table-reports', `
      select r.id, r.lineage_id, r.state, p.id as period_id, p.label, p.ordinal, p.starts_on::text, p.due_on::text, n.rows, n.weight, a.answered, c.candidates, s.indicator_points as points
      from unnest($1::uuid[]) as asked (lineage_id) ${lookUp('monitoring_report', 'r', 'lineage_id = asked.lineage_id')} join reporting_period p on p.id = r.period_id
        cross join lateral (select count(*)::int as rows, coalesce(sum(weight), 0) as weight from indicator where table_id = r.table_id) n
        cross join lateral (select count(*)::int as answered from indicator i cross join lateral
          (select kind from actual where report_id = r.id and fiscal_year = r.fiscal_year and indicator_key = i.indicator_key order by revision desc limit 1) l where i.table_id = r.table_id and l.kind <> 'NOT_REPORTED') a
        cross join lateral (select count(distinct indicator_key)::int as candidates from candidate where report_id = r.id and settled_at is null) c
        left join score_request q on q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
      order by p.ordinal`, [lineages]);
    const years = await this.prepared.rows<YearRow>('target-table-self-evaluations', `
      select e.id, e.lineage_id, e.state, s.total, s.rating from self_evaluation e
        left join score_request q on q.document_kind = 'SELF_EVALUATION' and q.document_id = e.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
      where e.lineage_id = any($1)`, [lineages]);
    const today = this.clock.today();
    return tables.map((table) => toSummary(table, reports, years, today));
  }
}

function toSummary(table: TableRow, reports: readonly ReportRow[], years: readonly YearRow[], today: string): TargetTableSummary {
  // Quarters and the year belong to the version in force; a draft beside it has none of its own.
  const isInForce = table.state === 'APPROVED' || table.state === 'SUPERSEDED';
  const year = isInForce ? years.find((one) => one.lineage_id === table.lineage_id) : undefined;
  return {
    id: table.id as TargetTableSummary['id'], subject: table.subject, fiscalYear: table.fiscal_year, unitId: table.unit_id as TargetTableSummary['unitId'], unitName: table.unit_name,
    project: table.project === '' ? null : table.project, version: table.version, state: table.state, budgetTotal: table.budget_total, indicatorCount: table.indicator_count,
    weightTotal: table.weight_total,
    reports: reports.filter((report) => isInForce && report.lineage_id === table.lineage_id).map((report) => ({
      id: report.id as TargetTableSummary['reports'][number]['id'], periodId: report.period_id as TargetTableSummary['reports'][number]['periodId'], label: report.label,
      ordinal: report.ordinal, state: report.state, dueOn: report.due_on, periodState: periodState({ startsOn: report.starts_on, dueOn: report.due_on }, today),
      answered: report.answered, rows: report.rows, candidates: report.candidates, points: report.points, weight: report.weight,
    })),
    selfEvaluation: year === undefined ? null : { id: year.id as NonNullable<TargetTableSummary['selfEvaluation']>['id'], state: year.state, total: year.total, rating: year.rating },
  };
}

type Place = readonly [code: string, project: string, fiscalYear: number, version: number, id: string];

function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** A cursor that is not ours counts as none: the list then begins at its beginning. */
function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const given: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(given)) return null;
    const [code, project, fiscalYear, version, id] = given as unknown[];
    const isOurs = typeof code === 'string' && typeof project === 'string' && Number.isInteger(fiscalYear) && Number.isInteger(version) && typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id);
    return isOurs ? [code, project, fiscalYear as number, version as number, id] : null;
  } catch {
    return null;
  }
}
