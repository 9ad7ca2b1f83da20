import type { MonitoringReportView, ReportRow } from '@jiheng/contract';
import { EVIDENCE_FROM_WEIGHT, compareDecimal, defaultProgressProfile, gapsOfMonitoredRow, gapsOfScoredRow } from '@jiheng/domain';

/** What a reviewer should look at before saying yes. */
export type Concern =
  | 'unanswered' | 'unscored' | 'explanation' | 'executionMissing'
  | 'warning' | 'candidate' | 'over' | 'red' | 'evidence' | 'executionSlow' | 'overBudget'
  | 'belowWeight' | 'yellow';

/** OWED: it should not go on like this · DOUBTFUL: it may be right, somebody should look · KNOWN: so that nobody is surprised. */
export type Gravity = 'OWED' | 'DOUBTFUL' | 'KNOWN';

export const GRAVITY: Readonly<Record<Concern, Gravity>> = {
  unanswered: 'OWED', unscored: 'OWED', explanation: 'OWED', executionMissing: 'OWED',
  warning: 'DOUBTFUL', candidate: 'DOUBTFUL', over: 'DOUBTFUL', red: 'DOUBTFUL', evidence: 'DOUBTFUL', executionSlow: 'DOUBTFUL', overBudget: 'DOUBTFUL',
  belowWeight: 'KNOWN', yellow: 'KNOWN',
};

/** A place of the report that a concern points at. */
export interface ConcernPlace {
  /** null: the money block. */
  readonly rowId: string | null;
  readonly name: string;
}

/** One concern with every place it holds at, in the order of the form. */
export interface ConcernGroup {
  readonly concern: Concern;
  readonly gravity: Gravity;
  readonly places: readonly ConcernPlace[];
}

const LAST_QUARTER = 4;

/** What one row owes or leaves in doubt in the period with this ordinal. */
export function concernsOf(row: ReportRow, ordinal: number): readonly Concern[] {
  const { indicator, score, explanation } = row;
  const kind = row.current?.actual.kind ?? 'NOT_REPORTED';
  const isSilent = kind === 'NOT_REPORTED';
  const found: Concern[] = [];
  // Rows answered once, at the end of the year, are asked for by the self-evaluation.
  if (isSilent && defaultProgressProfile(indicator.accumulation) !== 'YEAR_END') found.push('unanswered');
  if (!isSilent && score?.blocked != null) found.push('unscored');
  const gaps = ordinal >= LAST_QUARTER ? (score === null ? [] : gapsOfScoredRow(score, explanation)) : gapsOfMonitoredRow(row.light, explanation);
  if (gaps.length > 0) found.push('explanation');
  if ((row.warnings ?? []).length > 0) found.push('warning');
  if (row.candidate !== null && row.candidate.outcome !== 'SAME') found.push('candidate');
  if (score?.flags.includes('OVER') === true) found.push('over');
  if (row.light === 'RED') found.push('red');
  if (!isSilent && kind !== 'NOT_APPLICABLE' && (indicator.evidence ?? '') !== '' && row.evidence.length === 0 && compareDecimal(indicator.weight, EVIDENCE_FROM_WEIGHT) >= 0) found.push('evidence');
  if (score?.points != null && compareDecimal(score.points, score.weight) < 0) found.push('belowWeight');
  if (row.light === 'YELLOW') found.push('yellow');
  return found;
}

function moneyConcerns({ execution }: MonitoringReportView): readonly Concern[] {
  // Before anybody recorded money the block shows the budgets of the table, and nothing spent.
  if (execution === null || execution.revision === 0) return ['executionMissing'];
  const isOver = execution.rate !== null && compareDecimal(execution.rate, '100') > 0;
  return [...(execution.light === 'RED' ? ['executionSlow' as const] : []), ...(isOver ? ['overBudget' as const] : [])];
}

/** Everything a reviewer should look at, the gravest first, each with the rows it lies at. */
export function attention(report: MonitoringReportView, nameOfMoney: string): readonly ConcernGroup[] {
  const places = new Map<Concern, ConcernPlace[]>();
  const put = (concern: Concern, place: ConcernPlace): void => void places.set(concern, [...(places.get(concern) ?? []), place]);
  for (const row of report.rows) {
    for (const concern of concernsOf(row, report.period.ordinal)) put(concern, { rowId: row.indicator.id, name: row.indicator.name });
  }
  for (const concern of moneyConcerns(report)) put(concern, { rowId: null, name: nameOfMoney });
  return (Object.keys(GRAVITY) as Concern[]).flatMap((concern) => {
    const found = places.get(concern);
    return found === undefined ? [] : [{ concern, gravity: GRAVITY[concern], places: found }];
  });
}
