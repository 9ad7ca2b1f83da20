import { absoluteDecimal, addDecimal, compareDecimal, type DecimalText, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';

/** 金额 in 万元 as exact decimal text. Forms print two places. */
export type Money = DecimalText;

/** Printed on forms: two places, half up. */
export function formatMoney(amount: Money): string {
  return roundHalfUp(amount, 2);
}

/** 元 to 万元, exact. */
export function wanYuanOfYuan(yuan: DecimalText): Money {
  return multiplyDecimal(yuan, '0.0001');
}

/** What a published sum may be off by: every cell is rounded by itself, so 0.01 万元 for each addend. */
export function sumTolerance(addends: number): Money {
  return multiplyDecimal('0.01', String(addends));
}

/** A sum of a published table, checked. */
export interface SumCheck {
  /** EXACT · ROUNDED within the tolerance of published tables · OFF beyond it. */
  readonly outcome: 'EXACT' | 'ROUNDED' | 'OFF';
  readonly sum: Money;
  /** printed − sum. */
  readonly difference: Money;
}

/** Whether a printed total agrees with its parts. */
export function checkSum(parts: readonly Money[], printed: Money): SumCheck {
  const sum = addDecimal(...parts);
  const difference = subtractDecimal(printed, sum);
  const size = absoluteDecimal(difference);
  const outcome = compareDecimal(size, '0') === 0 ? 'EXACT' : compareDecimal(size, sumTolerance(parts.length)) <= 0 ? 'ROUNDED' : 'OFF';
  return { outcome, sum, difference };
}
