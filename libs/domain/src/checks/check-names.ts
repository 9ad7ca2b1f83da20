import { sameDimension, unitOf } from '../quantity/unit';
import { splitNameUnit } from '../target-table/indicator-name';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { squeezeCjk } from '../text';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** A name longer than this is a sentence. */
const LONGEST_NAME = 20;
const VERBS = /达到|提高|提升|加强|增强|完善(?=$)|不断|确保|推进/u;
const RATE_NAME = /率|比例|比重|占比|度$|面$|增幅|降幅|百分比|指数|得分/u;

/** What the printed form shows and the table no longer holds. */
export interface PrintedNames {
  /** Unit in the bracket behind each name, row by row; null where there is none. */
  readonly nameUnits: readonly (string | null)[];
}

/**
 * Q-N1 name and value agree about the unit, and neighbours of one kind name it alike; Q-N2 the name is a short noun phrase; Q-N3 no row
 * appears twice. What only the printed name shows is checked when `printed` is given.
 */
export function checkNames(table: PerformanceTargetTable, printed?: PrintedNames): readonly Finding[] {
  const named = printed === undefined ? null : namedUnits(table, printed);
  const firstOf = new Map<string, number>();
  return table.indicators.flatMap((indicator, row) => [
    ...checkUnitOfName(indicator, row, printed?.nameUnits[row] ?? null),
    ...(printed === undefined || named === null ? [] : checkUnitMissing(named, printed, indicator, row)),
    ...checkPhrase(indicator, row),
    ...checkRepetition(firstOf, indicator, row),
  ]);
}

/** Second level and unit of a row, as one word. */
function kindOf({ level2, target }: Indicator): string {
  return `${level2}\u0000${target.unit ?? ''}`;
}

/** The kinds of which some row names its unit in a bracket. */
function namedUnits(table: PerformanceTargetTable, { nameUnits }: PrintedNames): ReadonlySet<string> {
  return new Set(table.indicators.filter((_, row) => (nameUnits[row] ?? null) !== null).map(kindOf));
}

function checkUnitMissing(named: ReadonlySet<string>, { nameUnits }: PrintedNames, indicator: Indicator, row: number): Finding[] {
  const { name, target } = indicator;
  if (target.kind !== 'QUANT' || target.unit === null || (nameUnits[row] ?? null) !== null) return [];
  return named.has(kindOf(indicator)) ? [aFinding('Q-N1-missing', 'WARN', { name }, { row, expected: `${name}（${target.unit}）`, found: name })] : [];
}

function checkUnitOfName(indicator: Indicator, row: number, nameUnit: string | null): Finding[] {
  const { target } = indicator;
  if (target.kind !== 'QUANT' || target.unit === null) return [];
  const { name, unit: bracketed } = splitNameUnit(indicator.name);
  const unit = bracketed ?? nameUnit;
  if (unit !== null && (!sameDimension(unit, target.unit) || unitOf(unit).scale !== unitOf(target.unit).scale)) {
    return [aFinding('Q-N1', 'WARN', { name }, { row, expected: target.unit, found: unit })];
  }
  return unitOf(target.unit).dimension === 'ratio' && !RATE_NAME.test(name) ? [aFinding('Q-N1-rate', 'WARN', { name }, { row, expected: '…率', found: name })] : [];
}

function checkPhrase({ name, target }: Indicator, row: number): Finding[] {
  const findings: Finding[] = [];
  const verb = VERBS.exec(name);
  if (target.kind === 'QUANT' && verb !== null) findings.push(aFinding('Q-N2', 'INFO', { name }, { row, found: verb[0] }));
  const characters = [...name].length;
  if (characters > LONGEST_NAME) findings.push(aFinding('Q-N2-long', 'INFO', { name }, { row, expected: String(LONGEST_NAME), found: String(characters) }));
  return findings;
}

/** @param firstOf by name without blanks, the first row that has it; rows come in order */
function checkRepetition(firstOf: Map<string, number>, indicator: Indicator, row: number): Finding[] {
  const plain = squeezeCjk(indicator.name);
  const first = firstOf.get(plain);
  if (first === undefined) firstOf.set(plain, row);
  return first !== undefined ? [aFinding('Q-N3', 'ERROR', { name: indicator.name }, { row, found: String(first + 1) })] : [];
}
