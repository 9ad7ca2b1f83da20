import { type Accumulation, type Direction, type Indicator, formatTarget, sayRefusal } from '@jiheng/domain';
import type { Language, Say } from '../words/dictionary';
import type { EditorKey } from './editor-words';
import type { CellTrouble } from './read-draft';

/** The sentence of a trouble in a cell. */
export function sayTrouble(trouble: CellTrouble, t: Say<EditorKey>, language: Language): string {
  return 'refusal' in trouble ? sayRefusal(trouble.refusal, language) : t(trouble.gap);
}

/** Which way is better, in words; dates are better early. */
export function sayDirection(direction: Direction, isDate: boolean, t: Say<EditorKey>): string {
  return direction === 'NEGATIVE' && isDate ? t('directionDATE') : t(`direction${direction}`);
}

/** How quarters make the year, in words. */
export function sayAccumulation(accumulation: Accumulation, t: Say<EditorKey>): string {
  return t(`accumulation${accumulation}`);
}

/** What the domain understands of a target as it stands: the reading, which way is better and how quarters make the year. */
export function sayTargetReading({ target, direction, accumulation }: Pick<Indicator, 'target' | 'direction' | 'accumulation'>, t: Say<EditorKey>): string {
  if (target.kind === 'QUAL' || target.kind === 'BOOL') return t(`reads${target.kind}`);
  const parts = [t(`reads${target.kind}`, { value: formatTarget(target) })];
  if (direction !== null) parts.push(sayDirection(direction, target.kind === 'DATE', t));
  if (target.kind === 'QUANT') parts.push(sayAccumulation(accumulation, t));
  return parts.join(' · ');
}
