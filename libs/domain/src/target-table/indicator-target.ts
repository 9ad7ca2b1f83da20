/** 指标性质: quantitative, qualitative, a date, or yes/no. */
export type IndicatorKind = 'QUANT' | 'QUAL' | 'DATE' | 'BOOL';

/** 计算符号 as printed. It says nothing about which way is better; see {@link Direction}. */
export type Comparator = 'GE' | 'GT' | 'EQ' | 'LE' | 'LT' | 'BETWEEN' | 'NONE';

/** 指标方向: more is better, less is better, or both sides are wrong. */
export type Direction = 'POSITIVE' | 'NEGATIVE' | 'POINT';

/** 指标值: the promise of one row. Numbers are decimal text and keep the printed digits ("26.10"). */
export interface IndicatorTarget {
  readonly kind: IndicatorKind;
  readonly comparator: Comparator;
  /** Decimal text; `YYYY-MM` or `YYYY-MM-DD` for a date; null for a qualitative target. Lower bound of BETWEEN. */
  readonly magnitude: string | null;
  /** Upper bound of BETWEEN, decimal text. */
  readonly magnitudeHigh: string | null;
  /** Unit symbol of `quantity/unit.ts` (月 for 个月), or the printed word when the dictionary does not know it. */
  readonly unit: string | null;
  /** The wording of a qualitative target. */
  readonly text: string | null;
  /** The cell as printed. */
  readonly raw: string;
}
