import type { ReportPoints } from '@jiheng/contract';
import { type DeviationCause, periodState, type RuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Clock } from '../platform/clock/clock';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { type ActualRow, toActual } from './actual.mapper';
import { REPORT_HEAD_SQL, type ReportHeadRow, toReportHead } from './monitoring-report.repository';
import { toRowScore } from './monitoring-report-view.query';
import { SCORE_LINES, type ScoreStateRow, type StoredRowScore, toScoreState } from './report-score.query';
import { yearSoFar } from './scoring-inputs.query';

interface PointsRow extends ReportHeadRow, Omit<ScoreStateRow, 'state'> {
  readonly score_state: ScoreStateRow['state'] | null;
  /** The periods of the year so far that have a report. */
  readonly ordinals: readonly number[];
  readonly actuals: readonly (ActualRow & { readonly ordinal: number; readonly key: string; readonly revision: number })[];
  readonly causes: readonly { readonly key: string; readonly causes: DeviationCause[] }[];
  readonly lines: readonly (StoredRowScore & { readonly key: string })[];
}

// Numbers of the field travel as text also inside the JSON. Everything in one statement: points and values of one moment, and one way to the database.
const POINTS = `
  select h.*, q.state as score_state, q.score_id, q.failure_code, q.failure_params, q.failure_zh, coalesce(s.total, s.indicator_points) as total, s.rating, s.computed_at, l.parameters,
    (select array_agg(p.ordinal order by p.ordinal) from monitoring_report e join reporting_period p on p.id = e.period_id where e.lineage_id = h.lineage_id and p.ordinal <= h.ordinal) as ordinals,
    (select coalesce(json_agg(x), '[]') from (
      select distinct on (p.ordinal, a.indicator_key) p.ordinal, a.indicator_key as key, a.revision, a.kind, a.magnitude::text, a.unit_symbol, a.numerator::text, a.denominator::text, a.grade, a.share::text,
        a.note, a.answer, a.deduction::text, a.reached_on::text, a.reason
      from monitoring_report e join reporting_period p on p.id = e.period_id join actual a on a.report_id = e.id and a.fiscal_year = e.fiscal_year
      where e.lineage_id = h.lineage_id and p.ordinal <= h.ordinal order by p.ordinal, a.indicator_key, a.revision desc) x) as actuals,
    (select coalesce(json_agg(x), '[]') from (
      select distinct on (d.indicator_key) d.indicator_key as key, d.causes from deviation_explanation d where d.report_id = h.id order by d.indicator_key, d.revision desc) x) as causes,
    ${SCORE_LINES} as lines
  from (${REPORT_HEAD_SQL} where r.id = $1) h
    left join score_request q on q.document_kind = 'MONITORING_REPORT' and q.document_id = h.id
    left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year left join rule_profile l on l.id = s.profile_id`;

/** Points with the place they belong to, for whoever has to ask whether they may be seen. */
export interface LocatedPoints {
  readonly unitPath: string;
  readonly points: ReportPoints;
}

/** The points of a report and nothing else of it: what a browser asks for after it has saved a value. */
@Injectable()
export class ReportPointsQuery {
  constructor(
    private readonly prepared: Prepared, private readonly targetTables: TargetTables, private readonly rules: RulesInForce, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** As they stand at this moment; null when there is no such report. Asks nobody's rights: `unitPath` is for that. */
  async of(reportId: string): Promise<LocatedPoints | null> {
    const row = await this.prepared.one<PointsRow>('report-points', POINTS, [reportId]);
    if (row === null) return null;
    const head = toReportHead(row);
    const content = await this.targetTables.content(this.unitOfWork.db, head.tableId);
    if (content === null) throw new Error(`report ${head.id} without its table`);
    const profile: RuleProfile = row.parameters ?? (await this.rules.of(this.unitOfWork.db, head.unitPath, head.period.fiscalYear));
    const lines = new Map(row.lines.map(({ key, ...line }) => [key, line]));
    const causes = new Map(row.causes.map((one) => [one.key, one]));
    const spoken = new Map(row.actuals.map((one) => [`${one.ordinal}/${one.key}`, one]));
    const context = { fiscalYear: head.period.fiscalYear, periodClosed: periodState(head.period, this.clock.today()) === 'CLOSED' };
    return {
      unitPath: head.unitPath,
      points: {
        reportRevision: head.revision, score: toScoreState(row.score_state === null ? null : { ...row, state: row.score_state }, profile),
        rows: content.indicators.map(({ id, indicator }) => {
          const line = lines.get(indicator.key);
          const accumulated = yearSoFar(indicator, row.ordinals.map((ordinal) => {
            const said = spoken.get(`${ordinal}/${indicator.key}`);
            return { ordinal, actual: said === undefined ? null : toActual(said) };
          }));
          return {
            indicatorId: id as ReportPoints['rows'][number]['indicatorId'], revision: spoken.get(`${head.period.ordinal}/${indicator.key}`)?.revision ?? 0,
            score: line === undefined ? null : toRowScore(line, indicator, accumulated, causes.get(indicator.key) ?? null, profile, context),
          };
        }),
      },
    };
  }
}
