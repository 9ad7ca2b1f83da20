import type { IndicatorView } from '@jiheng/contract';
import { addDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp } from '@jiheng/domain';

/** What the points of one 一级指标, or of the money, add up to. */
export interface PartOfTotal {
  /** null: budget execution. */
  readonly level1: string | null;
  /** Σ of the printed points; null while a row of it has none. */
  readonly points: string | null;
  /** Σ 分值 of the rows that apply. */
  readonly weight: string;
  /** Whole percent for a bar, 0…100. */
  readonly percent: number;
}

/** A row as far as adding up goes. */
export interface CountedRow {
  readonly indicator: Pick<IndicatorView, 'level1'> & { readonly weight: string };
  readonly applies: boolean;
  readonly points: string | null;
}

/** The total taken apart by 一级指标 in the order of the form, with the execution at the end where it is scored. */
export function breakdown(rows: readonly CountedRow[], execution: { readonly points: string | null; readonly weight: string } | null): readonly PartOfTotal[] {
  const levels = [...new Set(rows.map((row) => row.indicator.level1))];
  const parts = levels.map((level1) => {
    const counted = rows.filter((row) => row.indicator.level1 === level1 && row.applies);
    const known = counted.flatMap((row) => (row.points === null ? [] : [row.points]));
    return part(level1, known.length < counted.length ? null : roundHalfUp(addDecimal('0', ...known), 2), addDecimal('0', ...counted.map((row) => row.indicator.weight)));
  });
  return execution === null ? parts : [...parts, part(null, execution.points, execution.weight)];
}

function part(level1: string | null, points: string | null, weight: string): PartOfTotal {
  const isMeasurable = points !== null && compareDecimal(weight, '0') > 0;
  return { level1, points, weight, percent: isMeasurable ? Number(roundHalfUp(divideDecimal(multiplyDecimal(points, '100'), weight, 4), 0)) : 0 };
}
