import type { MonitoringReportView } from '@jiheng/contract';
import { type RuleProfile, sayRefusal, type RefusalCode, REFUSAL_WORDS } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import type { Reads } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';

/** Points of a row as they were stored. */
export interface StoredRowScore {
  readonly points: string | null;
  readonly weight: string;
  readonly attainmentRate: string | null;
  readonly deviationRate: string | null;
  readonly flags: string[];
  readonly explanationOwed: boolean;
  readonly blockedCode: string | null;
  readonly blockedParams: Record<string, string> | null;
}

/** Where the points of a report stand, with the profile they were made by. */
export interface ReportScore {
  readonly state: MonitoringReportView['score'];
  readonly profile: RuleProfile;
  /** By row key; empty before the first score. */
  readonly rows: ReadonlyMap<string, StoredRowScore>;
}

/** Where the points of a document stand, as a statement returns it. */
export interface ScoreStateRow {
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly score_id: string | null;
  readonly failure_code: string | null;
  readonly failure_params: Record<string, string> | null;
  readonly failure_zh: string | null;
  readonly total: string | null;
  readonly rating: string | null;
  readonly computed_at: Date | null;
  readonly parameters: RuleProfile | null;
}
interface FoundScore extends ScoreStateRow { readonly lines: readonly (StoredRowScore & { readonly key: string })[] }

/** The lines of the score that a `score_request q` points at, as one JSON: numbers of the field travel as text. `key`: only the line of that row, an expression of SQL. */
export const scoreLines = (key?: string): string => `(
      select coalesce(json_agg(x), '[]') from (
        select n.indicator_key as key, n.points::text, n.weight::text, n.attainment_rate::text as "attainmentRate", n.deviation_rate::text as "deviationRate", n.flags,
          n.explanation_owed as "explanationOwed", n.blocked_code as "blockedCode", n.blocked_params as "blockedParams"
        from indicator_line n where n.score_id = q.score_id and n.fiscal_year = q.fiscal_year${key === undefined ? '' : ` and n.indicator_key = ${key}`}) x)`;

/** Reads what scoring has written about a report. */
@Injectable()
export class ReportScoreQuery {
  constructor(private readonly rules: RulesInForce, private readonly unitOfWork: UnitOfWork) {}

  /** State and lines of one moment; null before anybody asked for points. */
  stored(reads: Reads, reportId: string): Promise<FoundScore | null> {
    return reads.one<FoundScore>('report-score', `
      select q.state, q.score_id, q.failure_code, q.failure_params, q.failure_zh, coalesce(s.total, s.indicator_points) as total, s.rating, s.computed_at, p.parameters, ${scoreLines()} as lines
      from score_request q left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year left join rule_profile p on p.id = s.profile_id
      where q.document_kind = 'MONITORING_REPORT' and q.document_id = $1`, [reportId]);
  }

  /** @param at where the report belongs: before its first points its unit's rules are shown */
  async explained(found: FoundScore | null, at: { readonly unitPath: string; readonly fiscalYear: number }): Promise<ReportScore> {
    const profile = found?.parameters ?? (await this.rules.of(this.unitOfWork.db, at.unitPath, at.fiscalYear));
    return { state: toScoreState(found, profile), profile, rows: new Map(found?.lines.map(({ key, ...row }) => [key, row])) };
  }
}

/** The state as screens show it; `found` is null before anybody asked for points. */
export function toScoreState(found: ScoreStateRow | null, profile: Pick<RuleProfile, 'name' | 'version'>): ReportScore['state'] {
  return {
    state: found?.state ?? 'NONE', scoreId: (found?.score_id ?? null) as ReportScore['state']['scoreId'], total: found?.total ?? null, rating: found?.rating ?? null,
    profileName: profile.name, profileVersion: profile.version, computedAt: found?.computed_at?.toISOString() ?? null, failure: found === null ? null : failureOf(found),
  };
}

function failureOf(row: ScoreStateRow): string | null {
  if (row.state !== 'FAILED') return null;
  if (row.failure_zh !== null) return row.failure_zh;
  const code = row.failure_code;
  return code !== null && Object.hasOwn(REFUSAL_WORDS, code) ? sayRefusal({ code: code as RefusalCode, params: row.failure_params ?? {} }) : null;
}
