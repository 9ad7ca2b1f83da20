import { canonicalLevel1, normalizeText, type PerformanceTargetTable, splitNameUnit } from '@jiheng/domain';
import type { RecognisedIndicator, RecognisedTable } from './recognised-table';

/** What last year's self-evaluation says about a row of this year's table. */
export interface PreviousActual {
  /** Row of the target table, 0-based. */
  readonly row: number;
  /** 上年完成值 as it would be written into the cell; null where the self-evaluation has the row but no value. */
  readonly previousActual: string | null;
  /** Row of the self-evaluation it comes from. */
  readonly from: number;
  /** SAME: level and name agree. NAME_ONLY: the name agrees and no other row has it, the level is another. */
  readonly match: 'SAME' | 'NAME_ONLY';
  /** The value that stands in the table already and says otherwise; null where there is none. */
  readonly replaces: string | null;
}

/** What a self-evaluation gives the next table. */
export interface PreviousActuals {
  readonly proposals: readonly PreviousActual[];
  /** Rows of the target table without a counterpart: new ones, or renamed. */
  readonly unmatched: readonly number[];
}

/**
 * Last year's results as 上年完成值 of this year's table, matched by first level and name (blanks, brackets with units and full-width
 * signs aside). Proposes, never writes; two rows of one name under one level are left to a person.
 * @param selfEvaluation a recognised form with actuals; a target form yields no proposals
 * @param targetTable the table whose 上年完成值 is to be filled
 */
export function asPreviousActuals(selfEvaluation: Pick<RecognisedTable, 'indicators'>, targetTable: Pick<PerformanceTargetTable, 'indicators'>): PreviousActuals {
  const byLevelAndName = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  selfEvaluation.indicators.forEach((indicator, row) => {
    if (indicator.actualRaw === undefined) return;
    enter(byLevelAndName, `${level(indicator)}\u0000${nameKey(indicator.name)}`, row);
    enter(byName, nameKey(indicator.name), row);
  });
  const proposals: PreviousActual[] = [];
  const unmatched: number[] = [];
  targetTable.indicators.forEach((indicator, row) => {
    const same = only(byLevelAndName.get(`${level(indicator)}\u0000${nameKey(indicator.name)}`));
    const from = same ?? only(byName.get(nameKey(indicator.name)));
    const source = from === null ? undefined : selfEvaluation.indicators[from];
    if (from === null || source === undefined) {
      unmatched.push(row);
      return;
    }
    const previousActual = valueOf(source);
    const standing = indicator.previousActual;
    proposals.push({
      row,
      previousActual,
      from,
      match: same === null ? 'NAME_ONLY' : 'SAME',
      replaces: standing !== null && previousActual !== null && normalizeText(standing) !== normalizeText(previousActual) ? standing : null,
    });
  });
  return { proposals, unmatched };
}

function enter(rows: Map<string, number[]>, key: string, row: number): void {
  const before = rows.get(key);
  if (before === undefined) rows.set(key, [row]);
  else before.push(row);
}

function only(rows: readonly number[] | undefined): number | null {
  return rows?.length === 1 ? (rows[0] ?? null) : null;
}

function level(indicator: Pick<RecognisedIndicator, 'level1'>): string {
  return canonicalLevel1(indicator.level1);
}

function nameKey(name: string): string {
  return normalizeText(splitNameUnit(name).name).replace(/\s+/gu, '');
}

/** The actual with the unit of its target where a bare number was printed. */
function valueOf({ actualRaw, actualText, target }: RecognisedIndicator): string | null {
  const printed = actualRaw ?? actualText ?? null;
  if (printed === null) return null;
  return /^[<>=≥≤]*-?[\d,.]+$/u.test(normalizeText(printed)) && target.kind === 'QUANT' && target.unit !== null ? `${printed}${target.unit}` : printed;
}
