import type { ReportPoints } from '@jiheng/contract';
import { type DeviationCause, periodState, type RuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Clock } from '../platform/clock/clock';
import { HotLane } from '../platform/database/hot-lane';
import { lookUp, lookUpAny } from '../platform/database/look-up';
import type { Reads } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { type ActualRow, toActual } from './actual.mapper';
import { REPORT_HEAD_SQL, type ReportHeadRow, toReportHead } from './monitoring-report.repository';
import { toRowScore } from './monitoring-report-view.query';
import { ReportScoreQuery, SCORE_LINE_COLUMNS, SCORE_OF_REQUEST, type ScoreLineColumns, type ScoreStateRow, toScoreState } from './report-score.query';
import { yearSoFar } from './scoring-inputs.query';

/** What {@link ReportPointsQuery.read} reads. */
export interface PointsRow extends ReportHeadRow, ScoreLineColumns, Omit<ScoreStateRow, 'state' | 'parameters'> {
  readonly profile_id: string | null;
  readonly score_state: ScoreStateRow['state'] | null;
  /** The periods of the year so far that have a report. */
  readonly ordinals: readonly number[];
  readonly actuals: readonly (ActualRow & { readonly ordinal: number; readonly key: string; readonly revision: number })[];
  readonly causes: readonly { readonly key: string; readonly causes: DeviationCause[] }[];
}

// Numbers of the field travel as text also inside the JSON. Everything in one statement: points and values of one moment, and one way to the database. The fence (`offset 0`) has it planned
// for one report, whatever the tables held then: planned for some, it went through all requests of an empty year for each of them, and does so when the year is full.
const POINTS = `select found.* from unnest($1::uuid[]) wanted(id) cross join lateral (
  select h.*, q.state as score_state, q.score_id, q.failure_code, q.failure_params, q.failure_zh, coalesce(s.total, s.indicator_points) as total, s.rating, s.computed_at, s.profile_id,
    (select array_agg(p.ordinal order by p.ordinal) from monitoring_report e join reporting_period p on p.id = e.period_id where e.lineage_id = h.lineage_id and p.ordinal <= h.ordinal) as ordinals,
    (select coalesce(json_agg(x), '[]') from (
      select distinct on (p.ordinal, a.indicator_key) p.ordinal, a.indicator_key as key, a.revision, a.kind, a.magnitude::text, a.unit_symbol, a.numerator::text, a.denominator::text, a.grade, a.share::text,
        a.note, a.answer, a.deduction::text, a.reached_on::text, a.reason
      from monitoring_report e join reporting_period p on p.id = e.period_id ${lookUp('actual', 'a', 'report_id = e.id and fiscal_year = e.fiscal_year')}
      where e.lineage_id = h.lineage_id and p.ordinal <= h.ordinal order by p.ordinal, a.indicator_key, a.revision desc) x) as actuals,
    (select coalesce(json_agg(x), '[]') from (
      select distinct on (d.indicator_key) d.indicator_key as key, d.causes from deviation_explanation d where d.report_id = h.id order by d.indicator_key, d.revision desc) x) as causes,
    ${SCORE_LINE_COLUMNS}
  from (${REPORT_HEAD_SQL} where r.id = wanted.id) h
    ${lookUpAny('score_request', 'q', "document_kind = 'MONITORING_REPORT' and document_id = h.id")}
    ${lookUpAny('score', 's', SCORE_OF_REQUEST)} offset 0) found`;

/** Points with the place they belong to, for whoever has to ask whether they may be seen. */
export interface LocatedPoints {
  readonly unitPath: string;
  readonly points: ReportPoints;
}

/** What points were computed as; see {@link ReportPointsQuery.standing}. */
export function standingOf({ score_state, score_id, failure_zh }: Pick<PointsRow, 'score_state' | 'score_id' | 'failure_zh'>): string {
  return `${score_state ?? ''} ${score_id ?? ''} ${failure_zh ?? ''}`;
}

type RowPoints = ReportPoints['rows'][number];

/** The rows of a report as they were last computed, and out of what; by row. */
type Computed = Map<string, { readonly madeOf: string; readonly row: RowPoints }>;

/** Reports whose rows are remembered, those asked for last. */
const REMEMBERED = 2_000;

const texts = new WeakMap<RowPoints, string>();

/** The points as JSON; rows that were told before are not written out again. */
export function textOfPoints({ reportRevision, score, rows }: ReportPoints): string {
  const list = rows.map((row) => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = JSON.stringify(row);
    texts.set(row, text);
    return text;
  });
  return `{"reportRevision":${reportRevision},"score":${JSON.stringify(score)},"rows":[${list.join(',')}]}`;
}

/** The points of a report and nothing else of it: what a browser asks for after it has saved a value. */
@Injectable()
export class ReportPointsQuery {
  /** Of a report that is told again one row has changed: the derivations of the others are those of last time. */
  private readonly computed = new Map<string, Computed>();
  /** Profiles on record are never changed. */
  private readonly profiles = new Map<string, RuleProfile>();

  constructor(
    private readonly lane: HotLane, private readonly targetTables: TargetTables, private readonly rules: RulesInForce, private readonly scores: ReportScoreQuery, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** As they stand at this moment; null when there is no such report. Asks nobody's rights: `unitPath` is for that. */
  async of(reportId: string): Promise<LocatedPoints | null> {
    const [row] = await this.read([reportId], this.lane);
    return row === undefined ? null : this.located(row);
  }

  /** The facts of {@link located} for some reports, in one statement; one that is not there is not answered. */
  read(reportIds: readonly string[], reads: Reads): Promise<PointsRow[]> {
    return reads.rows<PointsRow>('report-points', POINTS, [reportIds]);
  }

  /** What the points of reports were computed as at this moment, by report: another text, other points. For many reports, of which few have news. */
  async standing(reportIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.lane.rows<Parameters<typeof standingOf>[0] & { readonly id: string }>('report-points-standing', `
      select document_id as id, state as score_state, score_id, failure_zh from score_request where document_kind = 'MONITORING_REPORT' and document_id = any($1)`, [reportIds]);
    return new Map(rows.map((row) => [row.id, standingOf(row)]));
  }

  /** Points out of what was read. */
  async located(row: PointsRow): Promise<LocatedPoints> {
    const head = toReportHead(row);
    const content = await this.targetTables.content(this.unitOfWork.db, head.tableId);
    if (content === null) throw new Error(`report ${head.id} without its table`);
    const profile: RuleProfile = await this.profileOf(row.profile_id) ?? (await this.rules.of(this.unitOfWork.db, head.unitPath, head.period.fiscalYear));
    const lines = await this.scores.lines(row, head.period.fiscalYear);
    const causes = new Map(row.causes.map((one) => [one.key, one]));
    const spoken = new Map(row.actuals.map((one) => [`${one.ordinal}/${one.key}`, one]));
    const context = { fiscalYear: head.period.fiscalYear, periodClosed: periodState(head.period, this.clock.today()) === 'CLOSED' };
    const rows = this.rememberedOf(head.id);
    const of = `${head.tableId} ${row.profile_id ?? `${profile.name} ${profile.version}`} ${context.periodClosed}`;
    return {
      unitPath: head.unitPath,
      points: {
        reportRevision: head.revision, score: toScoreState(row.score_state === null ? null : { ...row, state: row.score_state, parameters: profile }, profile),
        rows: content.indicators.map(({ id, indicator }): RowPoints => {
          const line = lines.get(indicator.key);
          const said = row.ordinals.map((ordinal) => ({ ordinal, said: spoken.get(`${ordinal}/${indicator.key}`) ?? null }));
          const cause = causes.get(indicator.key) ?? null;
          const madeOf = JSON.stringify([of, line ?? null, said, cause]);
          const known = rows.get(id);
          if (known?.madeOf === madeOf) return known.row;
          const accumulated = yearSoFar(indicator, said.map((one) => ({ ordinal: one.ordinal, actual: one.said === null ? null : toActual(one.said) })));
          const made: RowPoints = {
            indicatorId: id as RowPoints['indicatorId'], revision: spoken.get(`${head.period.ordinal}/${indicator.key}`)?.revision ?? 0,
            score: line === undefined ? null : toRowScore(line, indicator, accumulated, cause, profile, context),
          };
          rows.set(id, { madeOf, row: made });
          return made;
        }),
      },
    };
  }

  private async profileOf(id: string | null): Promise<RuleProfile | null> {
    if (id === null) return null;
    const known = this.profiles.get(id);
    if (known !== undefined) return known;
    const found = await this.lane.one<{ parameters: RuleProfile }>('rule-profile-parameters', 'select parameters from rule_profile where id = $1', [id]);
    if (found !== null) this.profiles.set(id, found.parameters);
    return found?.parameters ?? null;
  }

  private rememberedOf(reportId: string): Computed {
    const known = this.computed.get(reportId) ?? new Map();
    this.computed.delete(reportId);
    this.computed.set(reportId, known);
    const [oldest] = this.computed.keys();
    if (this.computed.size > REMEMBERED && oldest !== undefined) this.computed.delete(oldest);
    return known;
  }
}
