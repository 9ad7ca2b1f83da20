import { multiplyDecimal, roundHalfUp } from '@jiheng/domain';

/** A share as per cent with two places: 0.0525 is 5.25. Exact decimals, no float. */
export function percentOf(share: string): string {
  return roundHalfUp(multiplyDecimal(share, '100'), 2);
}
