import { type Actual, type Indicator, type Result, formatActual, normalizeText, ok, parseActualText, parseQuantity, sameActual, sameDimension } from '@jiheng/domain';

const RESPONSES = /^(?<rate>[^(]+)\(\s*(?<count>[\d,]+)\s*(?:份|人|responses?)\s*\)$/iu;

/**
 * What a cell of the grid says: the domain's spellings, and for a satisfaction row the valid answers behind the rate
 * (`96%（120份）`), so that everything a row can hold can be typed, pasted and taken back as text.
 */
export function readCell(text: string, indicator: Indicator): Result<Actual> {
  const responses = indicator.accumulation === 'SURVEY' ? RESPONSES.exec(normalizeText(text).trim()) : null;
  if (responses?.groups === undefined) return parseActualText(text, indicator);
  const rate = parseActualText(responses.groups['rate'] ?? '', indicator);
  if (!rate.ok || rate.value.kind !== 'REPORTED') return rate;
  const count = parseQuantity(responses.groups['count'] ?? '', null);
  return count.ok ? ok({ ...rate.value, denominator: count.value.magnitude }) : count;
}

/** Whether the row is a rate that adds up from its parts over the year. */
export function takesParts(indicator: Indicator): boolean {
  const { accumulation, target } = indicator;
  return (accumulation === 'RATIO' || accumulation === 'SURVEY') && target.unit !== null && sameDimension(target.unit, '%');
}

/** The text a cell shows for an actual; wherever a spelling exists, {@link readCell} reads it back to the same. */
export function writeCell(actual: Actual, indicator: Indicator): string {
  if (actual.kind === 'NOT_REPORTED') return '';
  const plain = formatActual(actual, indicator);
  return [plain, ...fullerSpellings(actual, plain)].find((text) => {
    const reading = readCell(text, indicator);
    return reading.ok && sameActual(reading.value, actual);
  }) ?? plain;
}

/** Spellings that say more than the printed form does: parts behind a rate, a remark that repeats the target. */
function fullerSpellings(actual: Actual, plain: string): string[] {
  if (actual.kind === 'REPORTED') {
    const { numerator = null, denominator = null } = actual;
    if (denominator === null) return [];
    return [numerator === null ? `${plain}（${denominator}份）` : `${plain}（${numerator}/${denominator}）`];
  }
  if (actual.kind === 'JUDGED' && actual.note) return [actual.note, `${plain}：${actual.note}`];
  return [];
}
