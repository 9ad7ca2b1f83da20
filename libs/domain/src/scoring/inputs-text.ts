import type { Actual } from '../actual/actual';
import { normalizeDecimal } from '../decimal';
import type { Indicator } from '../target-table/indicator';
import type { RuleProfile } from './rule-profile';
import type { ExecutionFigures, ScoringContext, ScoringRow } from './score';
import type { TableToScore } from './score-table';
import { canonicalInputs } from './scoring-inputs';

/** The end of the canonical text of an empty table: what stands before it depends on profile and context alone. */
const EMPTY_TABLE = '{"execution":null,"rows":[],"withExecution":false}}';

/**
 * The first part of {@link canonicalInputs}, up to the table: the same for every table scored by one profile in one context, so that a run
 * may hash it once. What follows is {@link inputsOfTable}.
 */
export function inputsBeforeTable(profile: RuleProfile, context: ScoringContext): string {
  const whole = canonicalInputs({ rows: [], execution: null, withExecution: false }, profile, context);
  if (!whole.endsWith(EMPTY_TABLE)) throw new Error('the canonical text of inputs no longer ends with the table');
  return whole.slice(0, -EMPTY_TABLE.length);
}

/**
 * The rest of {@link canonicalInputs}: the table. Written member by member in the order of their names, because a region has millions of
 * rows; a property test holds it equal to the general writer.
 */
export function inputsOfTable(table: TableToScore): string {
  let rows = '';
  for (const row of table.rows) rows += rows === '' ? inputsOfRow(row) : `,${inputsOfRow(row)}`;
  return `{"execution":${table.execution === null ? 'null' : inputsOfMoney(table.execution)},"rows":[${rows}],"withExecution":${table.withExecution}}}`;
}

/** The money of {@link inputsOfTable}. */
export function inputsOfMoney({ adjusted, executed, initial }: ExecutionFigures): string {
  return `{"adjusted":${inputsOfText(adjusted)},"executed":${inputsOfText(executed)},"initial":${inputsOfText(initial)}}`;
}

/** One row of {@link inputsOfTable}. */
export function inputsOfRow({ actual, indicator, overCause }: ScoringRow): string {
  return `{"actual":${actualText(actual)},"indicator":${indicatorText(indicator)}${overCause === undefined ? '' : `,"overCause":${inputsOfText(overCause)}`}}`;
}

function indicatorText({ accumulation, direction, key, level1, level2, name, passThreshold, scoringRule, target, weight }: Indicator): string {
  return `{"accumulation":${inputsOfText(accumulation)},"direction":${inputsOfText(direction)},"key":${inputsOfText(key)},"level1":${inputsOfText(level1)},"level2":${inputsOfText(level2)},"name":${inputsOfText(name)},"passThreshold":${inputsOfText(passThreshold)}`
    + `,"scoringRule":${inputsOfText(scoringRule)},"target":{"comparator":${inputsOfText(target.comparator)},"kind":${inputsOfText(target.kind)},"magnitude":${inputsOfText(target.magnitude)},"magnitudeHigh":${inputsOfText(target.magnitudeHigh)}`
    + `,"text":${inputsOfText(target.text)},"unit":${inputsOfText(target.unit)}},"weight":${inputsOfText(weight)}}`;
}

function actualText(actual: Actual): string {
  switch (actual.kind) {
    case 'REPORTED': return `{"kind":"REPORTED","magnitude":${inputsOfText(actual.magnitude)},"unit":${inputsOfText(actual.unit)}}`;
    case 'JUDGED': return `{"grade":"${actual.grade}","kind":"JUDGED","share":${inputsOfText(actual.share)}}`;
    case 'ANSWERED': return `{"answer":${actual.answer}${actual.deduction === undefined ? '' : `,"deduction":${inputsOfText(actual.deduction)}`},"kind":"ANSWERED"}`;
    case 'DATED': return `{"date":${inputsOfText(actual.date)},"kind":"DATED"}`;
    case 'NOT_APPLICABLE': return `{"kind":"NOT_APPLICABLE","reason":${inputsOfText(actual.reason)}}`;
    case 'UNFINISHED':
    case 'NOT_REPORTED': return `{"kind":"${actual.kind}"}`;
  }
}

const DECIMAL = /^-?\d+\.\d*0$/;
// What JSON writes otherwise than it reads: quotes, backslashes, control characters, halves of a pair.
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text of {@link inputsOfTable} as JSON: equal numbers in another spelling give the same text. */
export function inputsOfText(value: string | null): string {
  if (value === null) return 'null';
  if (value.charCodeAt(value.length - 1) === 48 && DECIMAL.test(value)) return `"${normalizeDecimal(value)}"`;
  return NEEDS_CARE.test(value) ? JSON.stringify(value) : `"${value}"`;
}
