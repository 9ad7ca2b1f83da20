import { fromScaled, parseScaled } from '../scaled';
import type { Refusal } from '../result';
import type { Indicator } from '../target-table/indicator';
import { PROFILE_SCALE, type CompiledProfile, compileProfile } from './compiled-profile';
import { KERNEL_RULE, type KernelRule } from './kernel';
import { kernelRuleOf } from './kernel-row';
import { LEAN_BIT as BIT, leanFlagsOf } from './lean-flags';
import type { RuleProfile } from './rule-profile';
import type { ExecutionScore, IndicatorScore, ScoringContext, ScoringRow, TableScore } from './score';
import { scoreExecution } from './score-execution';
import { scoreIndicator } from './score-indicator';
import { type PlainScore, scorePlain } from './score-plain';
import { type TableToScore, hasExecutionRow, totalOfYear } from './score-table';

/** Points of one row without their derivation. */
export interface LeanRow {
  /** Hundredths; null when the row has no points (blocked, not applicable). */
  readonly points: number | null;
  /** Hundredths. */
  readonly weight: number;
  readonly attainmentRate: string | null;
  readonly deviationRate: string | null;
  /** Bits of {@link LEAN_FLAGS}. */
  readonly flags: number;
  readonly explanationOwed: boolean;
  readonly blocked: Refusal | null;
}

/** {@link TableScore} without derivations and findings. */
export interface LeanScore {
  readonly rows: readonly LeanRow[];
  readonly execution: Pick<ExecutionScore, 'rate' | 'points' | 'weight'> | null;
  readonly indicatorPoints: string;
  readonly applicableWeight: string;
  readonly total: string | null;
  readonly rating: TableScore['rating'];
  readonly rescaled: boolean;
}

/**
 * {@link scoreTable} for a region's run: the same points, rates, flags and totals (a property test holds the two equal), without the
 * words of the derivation, which are computed again for whoever opens a score. Plain numbers in one unit go straight to the kernel; every
 * other row goes the long way, and what comes of it is remembered where it does not depend on names.
 */
export function scoreTableLean(table: TableToScore, profile: RuleProfile, context: ScoringContext): LeanScore {
  const memory = memoryOf(profile, context);
  const rows: LeanRow[] = [];
  let [sum, applicable, isOpen, applies] = [0, 0, false, 0];
  for (const row of table.rows) {
    const scored = leanRow(row, memory);
    rows.push(scored);
    if (scored.blocked !== null) isOpen = true;
    if ((scored.flags & BIT.NOT_APPLICABLE) === 0) {
      applicable += scored.weight;
      applies += 1;
    }
    sum += scored.points ?? 0;
  }
  const owesExecution = table.withExecution && hasExecutionRow(table.rows.map((row) => row.indicator), profile);
  const execution = owesExecution ? scoreExecution(table.execution, profile) : null;
  const part = { rows, execution, indicatorPoints: fromScaled(sum, 2), applicableWeight: fromScaled(applicable, 2) };
  if (isOpen || execution?.blocked != null || applies === 0) return { ...part, total: null, rating: null, rescaled: false };
  if (!table.withExecution) return { ...part, total: part.indicatorPoints, rating: null, rescaled: false };
  const { total, rating, rescaled } = totalOfYear(rows.map(printed), execution, profile);
  return { ...part, total, rating, rescaled };
}

function printed(row: LeanRow): Pick<IndicatorScore, 'points' | 'weight' | 'flags'> {
  return { points: row.points === null ? null : fromScaled(row.points, 2), weight: fromScaled(row.weight, 2), flags: leanFlagsOf(row.flags) };
}

/** What one profile and one context remember from row to row. */
interface Memory {
  readonly profile: RuleProfile;
  readonly context: ScoringContext;
  readonly compiled: CompiledProfile;
  /** Rows that are not plain numbers, by everything their points depend on. */
  readonly rows: Map<string, LeanRow>;
  readonly percents: Map<string, boolean>;
}

const memories = new WeakMap<RuleProfile, Memory[]>();
const REMEMBERED = 20_000;

function memoryOf(profile: RuleProfile, context: ScoringContext): Memory {
  const known = memories.get(profile);
  const found = known?.find((one) => one.context.fiscalYear === context.fiscalYear && one.context.periodClosed === context.periodClosed);
  if (found !== undefined) return found;
  const made: Memory = { profile, context, compiled: compileProfile(profile), rows: new Map(), percents: new Map() };
  if (known === undefined) memories.set(profile, [made]);
  else known.push(made);
  return made;
}

// Below 10^11 at four places: far inside the exact range of a float.
const PLAIN = /^-?\d{1,11}(?:\.\d{1,4})?$/;
const WEIGHT = /^\d{1,6}(?:\.\d{1,2})?$/;

/** One row of {@link scoreTableLean}. */
export function scoreRowLean(row: ScoringRow, profile: RuleProfile, context: ScoringContext): LeanRow {
  return leanRow(row, memoryOf(profile, context));
}

function leanRow(row: ScoringRow, memory: Memory): LeanRow {
  const { indicator, actual } = row;
  if (actual.kind === 'REPORTED') {
    const quick = plainNumber(row, memory);
    if (quick !== null) return quick;
  } else if (actual.kind !== 'NOT_REPORTED' && actual.kind !== 'NOT_APPLICABLE' && indicator.passThreshold === null && (row.accumulated?.flags.length ?? 0) === 0) {
    return remembered(row, memory);
  }
  return longWay(row, memory);
}

function longWay(row: ScoringRow, { profile, context }: Memory): LeanRow {
  const scored = scoreIndicator(row, profile, context);
  let flags = 0;
  for (const flag of scored.flags) flags |= BIT[flag];
  return {
    points: scored.points === null ? null : parseScaled(scored.points, 2), weight: parseScaled(scored.weight, 2), attainmentRate: scored.attainmentRate,
    deviationRate: scored.deviationRate, flags, explanationOwed: scored.explanationOwed, blocked: scored.blocked,
  };
}

/** Judgements, dates and answers: few different ones in a whole province. A blocked row names itself, so it is never remembered. */
function remembered(row: ScoringRow, memory: Memory): LeanRow {
  const { indicator: { target, weight, scoringRule, direction, level1, level2, name }, actual, overCause } = row;
  // Levels and name only decide where neither rule nor direction is given.
  const named = scoringRule === null || direction === null ? `${level1}\u0000${level2}\u0000${name}` : '';
  const said = actual.kind === 'JUDGED' ? `${actual.grade}\u0000${actual.share ?? ''}` : actual.kind === 'DATED' ? actual.date
    : actual.kind === 'ANSWERED' ? `${String(actual.answer)}\u0000${actual.deduction ?? ''}` : '';
  const key = [actual.kind, said, weight, target.kind, target.comparator, target.magnitude ?? '', target.magnitudeHigh ?? '', target.unit ?? '', scoringRule ?? '', direction ?? '', named, overCause ?? ''].join('\u0001');
  const known = memory.rows.get(key);
  if (known !== undefined) return known;
  const scored = longWay(row, memory);
  if (scored.blocked === null && memory.rows.size < REMEMBERED) memory.rows.set(key, scored);
  return scored;
}

/** The rule of a row that says everything itself; null sends it the long way. */
function plainRule({ scoringRule, direction, target }: Indicator): KernelRule | null {
  if (direction === null || (scoringRule !== 'PROPORTIONAL' && scoringRule !== 'SATISFACTION')) return null;
  if (target.comparator === 'BETWEEN') return KERNEL_RULE.INTERVAL;
  if (scoringRule === 'SATISFACTION' && direction === 'POSITIVE') return KERNEL_RULE.SATISFACTION;
  return direction === 'POSITIVE' ? KERNEL_RULE.POSITIVE : direction === 'NEGATIVE' ? KERNEL_RULE.NEGATIVE : KERNEL_RULE.POINT;
}

/**
 * A number against a number in the same unit. Points and rates of the rules taken here are ratios, which no conversion to a base unit
 * changes; bands of satisfaction are percentages and are taken only as such.
 */
function plainNumber(row: ScoringRow, memory: Memory): LeanRow | null {
  const { indicator, actual, overCause } = row;
  const { target, weight } = indicator;
  if (actual.kind !== 'REPORTED' || target.kind !== 'QUANT' || target.magnitude === null || indicator.passThreshold !== null || overCause === 'TARGET_TOO_LOW') return null;
  if (target.unit !== actual.unit && target.unit !== null && actual.unit !== null) return null;
  const rule = plainRule(indicator) ?? (indicator.scoringRule === 'DIRECT' || indicator.scoringRule === 'GRADE' ? null : kernelRuleOf(indicator, memory.profile));
  if (rule === null || rule === KERNEL_RULE.GRADED || rule === KERNEL_RULE.DIRECT || rule === KERNEL_RULE.DATE) return null;
  const unit = target.unit ?? actual.unit;
  if (rule === KERNEL_RULE.SATISFACTION && unit !== '%' && unit !== null) return null;
  if (!PLAIN.test(actual.magnitude) || !PLAIN.test(target.magnitude) || !WEIGHT.test(weight)) return null;
  const between = target.comparator === 'BETWEEN';
  const bound = between ? (target.magnitudeHigh ?? target.magnitude) : null;
  if (bound !== null && !PLAIN.test(bound)) return null;

  const k = memory.compiled;
  const [w, t, a] = [parseScaled(weight, 2), parseScaled(target.magnitude, PROFILE_SCALE), parseScaled(actual.magnitude, PROFILE_SCALE)];
  const high = bound === null ? 0 : parseScaled(bound, PROFILE_SCALE);
  const scored: PlainScore = { points: 0, attainmentRate: NaN, deviationRate: NaN, flags: 0, explanationOwed: false };
  const isStrict = target.comparator === 'GT' || target.comparator === 'LT';
  if (!scorePlain({ rule, isStrict, w, t, high, a }, k, memory.profile.explanations.belowWeight, scored)) return null;
  let flags = scored.flags;
  for (const flag of row.accumulated?.flags ?? []) flags |= BIT[flag];
  return {
    points: scored.points, weight: w, flags, blocked: null, explanationOwed: scored.explanationOwed,
    attainmentRate: Number.isNaN(scored.attainmentRate) ? null : fixed(scored.attainmentRate), deviationRate: Number.isNaN(scored.deviationRate) ? null : fixed(scored.deviationRate),
  };
}

/** Hundredths as decimal text. */
function fixed(hundredths: number): string {
  const size = Math.abs(hundredths);
  if (size >= 9_007_199_254_740_991) return fromScaled(hundredths, 2);
  const whole = Math.floor(size / 100);
  const rest = size - whole * 100;
  return `${hundredths < 0 ? '-' : ''}${whole}.${rest < 10 ? '0' : ''}${rest}`;
}
