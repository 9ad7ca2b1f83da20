import type { ActualBody } from '@jiheng/contract';
import { compareDecimal, isDecimalText } from '@jiheng/domain';

/** Equal in kind and content; decimals by value, because 0.9 comes back as 0.90, and an empty member says as little as an absent one. */
export function sameActual(a: ActualBody, b: ActualBody): boolean {
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.size === right.size && [...left].every(([name, value]) => sameDecimal(value, right.get(name) ?? ''));
}

/** Equal texts, or two spellings of one number. */
export function sameDecimal(a: string, b: string): boolean {
  return a === b || (isDecimalText(a) && isDecimalText(b) && compareDecimal(a, b) === 0);
}

function entriesOf(actual: ActualBody): Map<string, string> {
  return new Map(Object.entries(actual).filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => [name, String(value)]));
}
