import type { Actual, Indicator } from '@jiheng/domain';
import { type ActualRow, toActual } from '../../monitoring/actual.mapper';
import { toIndicator } from '../../target-table/target-table.mapper';
import type { CopyRows } from './copy-bytes';

/** Places of the columns of {@link INDICATOR_COLUMNS}. What decides a row's points stands together: from `kind`, and with names from `level1`, to `weight`. */
export const INDICATOR = {
  table: 0, key: 1, level1: 2, level2: 3, name: 4, kind: 5, comparator: 6, magnitude: 7, high: 8, date: 9, unit: 10, rule: 11, direction: 12, weight: 13, threshold: 14, text: 15, accumulation: 16, raw: 17,
  count: 18,
} as const;

/** Columns of a row of a target table. The printed target is only quoted where no target could be read from it. */
export const INDICATOR_COLUMNS = `i.table_id, i.indicator_key, i.level1, i.level2, i.name, i.target_kind, i.target_comparator, i.target_magnitude, i.target_magnitude_high, i.target_date, i.target_unit, i.scoring_rule, i.direction,
  i.weight, i.pass_threshold, i.target_text, i.accumulation, case when i.target_magnitude is null and i.target_date is null then i.target_raw else '' end`;

/** Places of the columns of {@link ACTUAL_FIELDS}; what a value says stands together, from `kind` to `date`. */
export const ACTUAL = {
  report: 0, key: 1, revision: 2, kind: 3, magnitude: 4, unit: 5, numerator: 6, denominator: 7, grade: 8, share: 9, answer: 10, deduction: 11, date: 12, reason: 13, count: 14,
} as const;

export const ACTUAL_FIELDS = 'a.report_id, a.indicator_key, a.revision, a.kind, a.magnitude, a.unit_symbol, a.numerator, a.denominator, a.grade, a.share, a.answer, a.deduction, a.reached_on, a.reason';

/** A row of a table as the domain knows it. */
export function indicatorOf(rows: CopyRows, row: number): Indicator {
  const text = (column: number): string | null => rows.text(row, column);
  return toIndicator({
    indicatorKey: given(text(INDICATOR.key)), level1: given(text(INDICATOR.level1)), level2: given(text(INDICATOR.level2)), name: given(text(INDICATOR.name)),
    targetKind: given(text(INDICATOR.kind)) as Indicator['target']['kind'], targetComparator: given(text(INDICATOR.comparator)) as Indicator['target']['comparator'],
    targetMagnitude: text(INDICATOR.magnitude), targetMagnitudeHigh: text(INDICATOR.high), targetDate: text(INDICATOR.date), targetUnit: text(INDICATOR.unit), targetText: text(INDICATOR.text),
    targetRaw: given(text(INDICATOR.raw)), direction: text(INDICATOR.direction) as Indicator['direction'], weight: given(text(INDICATOR.weight)), basis: null, previousActual: null,
    scoringRule: text(INDICATOR.rule) as Indicator['scoringRule'], evidence: null, accumulation: given(text(INDICATOR.accumulation)) as Indicator['accumulation'], passThreshold: text(INDICATOR.threshold),
  });
}

/** A value as the domain knows it. */
export function actualOf(rows: CopyRows, row: number): Actual {
  const text = (column: number): string | null => rows.text(row, column);
  const answer = text(ACTUAL.answer);
  return toActual({
    kind: given(text(ACTUAL.kind)) as ActualRow['kind'], magnitude: text(ACTUAL.magnitude), unit_symbol: text(ACTUAL.unit), numerator: text(ACTUAL.numerator), denominator: text(ACTUAL.denominator),
    grade: text(ACTUAL.grade) as ActualRow['grade'], share: text(ACTUAL.share), note: null, answer: answer === null ? null : answer === 't', deduction: text(ACTUAL.deduction), reached_on: text(ACTUAL.date),
    reason: text(ACTUAL.reason),
  });
}

/** A column that the query always fills. */
export function given<T>(column: T | null | undefined): T {
  if (column == null) throw new Error('a column of a bulk read is missing');
  return column;
}
