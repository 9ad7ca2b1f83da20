import { normalizeText } from '../text';

/** Whole months of one year, both counted, 1…12. */
export interface MonthSpan {
  readonly from: number;
  readonly to: number;
}

/** The quarter a form is about. */
export interface SpokenQuarter {
  /** 1…4 */
  readonly ordinal: number;
  /** true: values are those of the year so far; false: of the quarter alone (第二季度, 4—6月). In the first quarter both are the same, and it is true. */
  readonly isYearToDate: boolean;
  /** false: the span ends before the quarter does (1—7月). */
  readonly isWhole: boolean;
}

const MONTHS = /^(?:(?:19|20)\d{2}年)?(\d{1,2})月?(?:[-—–~至到]+)(\d{1,2})月份?(?:底|末)?$/u;
const QUARTER = /^(?:(?:19|20)\d{2}年)?(?:第?([一二三四1-4])季度|Q([1-4]))$/u;
const QUARTER_SIGNS = '一二三四';

/**
 * The span that a monitoring form prints above its values: `1—7月`, `2024年1至6月份`, `上半年`, `前三季度`, `第二季度`, `Q2`, `全年`.
 * @returns null when the text names no span of months
 */
export function readMonthSpan(printed: string): MonthSpan | null {
  const text = normalizeText(printed).replace(/\s+/gu, '');
  const bare = text.replace(/^(?:19|20)\d{2}年/u, '');
  if (bare === '上半年') return { from: 1, to: 6 };
  if (bare === '前三季度') return { from: 1, to: 9 };
  if (/^(?:全年|年度)$/u.test(bare)) return { from: 1, to: 12 };
  const months = MONTHS.exec(text);
  if (months !== null) {
    const [from, to] = [Number(months[1]), Number(months[2])];
    return from >= 1 && from <= to && to <= 12 ? { from, to } : null;
  }
  const quarter = QUARTER.exec(text);
  if (quarter === null) return null;
  const sign = quarter[1] ?? quarter[2] ?? '';
  const ordinal = QUARTER_SIGNS.includes(sign) ? QUARTER_SIGNS.indexOf(sign) + 1 : Number(sign);
  return { from: ordinal * 3 - 2, to: ordinal * 3 };
}

/** The quarter whose report a span belongs to: the one it ends in. null when it neither begins with the year nor is one quarter. */
export function quarterOfSpan({ from, to }: MonthSpan): SpokenQuarter | null {
  const ordinal = Math.ceil(to / 3);
  if (from === 1) return { ordinal, isYearToDate: true, isWhole: to % 3 === 0 };
  return from === ordinal * 3 - 2 && to === ordinal * 3 ? { ordinal, isYearToDate: false, isWhole: true } : null;
}
