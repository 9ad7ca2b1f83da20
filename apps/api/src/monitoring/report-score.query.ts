import type { MonitoringReportView } from '@jiheng/contract';
import { leanFlagsOf, type RuleProfile, sayRefusal, type RefusalCode, REFUSAL_WORDS } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { lookUpAny } from '../platform/database/look-up';
import type { Reads } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';

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
/**
 * The lines of a score as its row holds them: lists in the order of the rows of the table it was computed for, as PostgreSQL writes lists (`{1,NULL}`). All null where there is
 * no score or where it names its rows otherwise ({@link ReportScoreQuery.lines}).
 */
export interface ScoreLineColumns {
  readonly facts_table: string | null;
  readonly line_points: string | null;
  readonly line_lost: string | null;
  readonly line_rates: string | null;
  readonly line_deviations: string | null;
  readonly line_flags: string | null;
  readonly line_blocked: Readonly<Record<string, { readonly code: string; readonly params: Record<string, string> }>> | null;
}
/**
 * The score a request `q` points to, for a look-up of `score`. Its document says nothing new, and is there so that every index of scores leads to a few of one document: on a year that was empty when
 * the plan was made all of them look alike, and one of them knows the year and not the score.
 */
export const SCORE_OF_REQUEST = 'id = q.score_id and fiscal_year = q.fiscal_year and document_kind = q.document_kind and document_id = q.document_id';

/** {@link ScoreLineColumns} of a `score s`. */
export const SCORE_LINE_COLUMNS = `s.facts_table, s.line_points::text, s.line_lost::text, s.line_rates::text, s.line_deviations::text, s.line_flags::text, s.line_blocked`;

interface FoundScore extends ScoreStateRow, ScoreLineColumns { readonly fiscal_year: number | null }

/** Bit of a row's flags that says that an explanation is owed; the lower ones are the domain's. */
const OWED = 1 << 24;

/** Scores whose lines are remembered, those asked for last: some kilobytes each. */
const REMEMBERED = 2_000;

/** Reads what scoring has written about a report. */
@Injectable()
export class ReportScoreQuery {
  /** By score: the points that were just told are what the next save of the same report looks at. A score is never changed and its id never used again, so this cannot grow old. */
  private readonly known = new Map<string, ReadonlyMap<string, StoredRowScore>>();

  constructor(private readonly rules: RulesInForce, private readonly targetTables: TargetTables, private readonly unitOfWork: UnitOfWork) {}

  /** State and lines of one moment; null before anybody asked for points. */
  stored(reads: Reads, reportId: string): Promise<FoundScore | null> {
    return reads.one<FoundScore>('report-score', `
      select q.state, q.score_id, q.failure_code, q.failure_params, q.failure_zh, coalesce(s.total, s.indicator_points) as total, s.rating, s.computed_at, p.parameters, q.fiscal_year, ${SCORE_LINE_COLUMNS}
      from score_request q ${lookUpAny('score', 's', SCORE_OF_REQUEST)} ${lookUpAny('rule_profile', 'p', 'id = s.profile_id')}
      where q.document_kind = 'MONITORING_REPORT' and q.document_id = $1`, [reportId]);
  }

  /** @param at where the report belongs: before its first points its unit's rules are shown */
  async explained(found: (ScoreStateRow & ScoreLineColumns) | null, at: { readonly unitPath: string; readonly fiscalYear: number }): Promise<ReportScore> {
    const profile = found?.parameters ?? (await this.rules.of(this.unitOfWork.db, at.unitPath, at.fiscalYear));
    return { state: toScoreState(found, profile), profile, rows: found === null ? new Map() : await this.lines(found, at.fiscalYear) };
  }

  /**
   * Points of the rows by their keys. A score made together with others holds them in its own row, by the place of each row in the table it was computed for; such a table is in force
   * or was and never changes, so its keys are in memory. The view `indicator_line` says the same, but puts the table in order anew for each of its rows: it is asked only for scores that
   * name their rows otherwise. Scores are never changed, so it does not matter when it is asked.
   */
  async lines(found: Pick<ScoreStateRow, 'score_id'> & ScoreLineColumns, fiscalYear: number): Promise<ReadonlyMap<string, StoredRowScore>> {
    if (found.score_id === null) return new Map();
    const known = this.known.get(found.score_id) ?? (await this.readLines(found, found.score_id, fiscalYear));
    this.known.delete(found.score_id);
    this.known.set(found.score_id, known);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return known;
  }

  private async readLines(found: ScoreLineColumns, scoreId: string, fiscalYear: number): Promise<ReadonlyMap<string, StoredRowScore>> {
    const content = found.facts_table === null ? null : await this.targetTables.content(this.unitOfWork.db, found.facts_table);
    if (content !== null) return linesByPlace(found, content.indicators.map(({ indicator }) => indicator.key));
    const rows: (StoredRowScore & { readonly key: string })[] = await this.unitOfWork.db.manager.query(`
      select n.indicator_key as key, n.points::text, n.weight::text, n.attainment_rate::text as "attainmentRate", n.deviation_rate::text as "deviationRate", n.flags,
        n.explanation_owed as "explanationOwed", n.blocked_code as "blockedCode", n.blocked_params as "blockedParams"
      from indicator_line n where n.score_id = $1 and n.fiscal_year = $2`, [scoreId, fiscalYear]);
    return new Map(rows.map(({ key, ...row }) => [key, row]));
  }
}

/** `{1,NULL}` → `['1', null]`; of numbers only, which are never in quotation marks. */
function listOf(text: string | null): readonly (string | null)[] {
  return text === null || text === '{}' ? [] : text.slice(1, -1).split(',').map((one) => (one === 'NULL' ? null : one));
}

/** Hundredths of a point as PostgreSQL writes them: 1950 → `19.50`. */
function pointsOf(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** The lines of a score by the keys of the rows it was computed for, in their order. */
export function linesByPlace(found: ScoreLineColumns, keys: readonly string[]): ReadonlyMap<string, StoredRowScore> {
  const [lost, rates, deviations, flags] = [found.line_lost, found.line_rates, found.line_deviations, found.line_flags].map(listOf) as [Texts, Texts, Texts, Texts];
  const lines = new Map<string, StoredRowScore>();
  for (const [at, points] of listOf(found.line_points).entries()) {
    const key = keys[at];
    if (key === undefined) continue;
    const [made, bits, blocked] = [points === null ? null : Number(points), Number(flags[at] ?? 0), found.line_blocked?.[String(at + 1)]];
    lines.set(key, {
      points: made === null ? null : pointsOf(made), weight: pointsOf((made ?? 0) + Number(lost[at] ?? 0)), attainmentRate: rates[at] ?? null, deviationRate: deviations[at] ?? null,
      flags: leanFlagsOf(bits), explanationOwed: (bits & OWED) !== 0, blockedCode: blocked?.code ?? null, blockedParams: blocked?.params ?? null,
    });
  }
  return lines;
}

type Texts = readonly (string | null)[];

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
