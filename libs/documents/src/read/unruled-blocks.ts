import { numericTargetFit } from '../recognise/cell-fit';
import { isBasisWord, isEvidenceWord, isWording, level1Word, level2Word, ruleWord } from '../recognise/form-words';
import type { PageText } from './pdf-page';
import { boundsOf, joinRuns, type PrintedLine, printedLines } from './pdf-text';

/** Lines of one cell: what stands below one another in a column without the space that parts rows. */
export interface Block {
  readonly lines: readonly PrintedLine[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far apart the lines of one cell stand. */
export interface Leading {
  /** Points from line to line at most. */
  readonly widest: number;
  /** Points at least; 0 where no cell of several lines showed it. */
  readonly least: number;
  /** Rows follow one another as closely as lines: only a full line goes on. */
  readonly isTight: boolean;
}

/** Where a block is held: by its middle or by its upper edge. Points. */
export type Hold = 'middle' | 'top';

/** The place by which a block or a group of lines stands beside others. */
export function holdOf({ y, height }: { readonly y: number; readonly height: number }, hold: Hold): number {
  return hold === 'top' ? y : y + height / 2;
}

// In letters. Word processors set lines 1.0 to 1.6 letters apart; rows stand further apart by the padding of their cells.
const WIDEST_LEADING = 1.62;
const SAME_PITCH = 1.08;
const USUAL_LEADING = 1.45;

const middleOf = (line: PrintedLine): number => line.y + line.height / 2;

/** Whether a line ends because its column does: the first sign of the next would not have found room. */
function isFull(line: PrintedLine, next: PrintedLine, width: number): boolean {
  const sign = next.texts[0]?.text.charAt(0) ?? '';
  return line.width + line.height * (sign > '\u2e7f' ? 1.3 : 0.85) > width;
}

/**
 * The space between the lines of a cell, found in all columns together: the least pitch there is, when most lines that are followed so closely
 * are full; else rows stand as close as lines do.
 */
export function leadingOf(columns: readonly (readonly PrintedLine[])[]): Leading {
  const pairs = columns.flatMap((lines) => {
    const width = Math.max(0, ...lines.map((line) => line.width));
    return lines.slice(1).map((line, at) => {
      const above = lines[at] as PrintedLine;
      return { isApart: areTwoCells(above, line), pitch: middleOf(line) - middleOf(above), letter: Math.min(line.height, above.height), isFull: isFull(above, line, width) };
    });
  });
  const letter = median(pairs.map((pair) => pair.letter)) ?? 9;
  const close = pairs.filter(({ pitch }) => pitch / letter <= WIDEST_LEADING).sort((a, b) => a.pitch - b.pitch);
  const least = close[Math.floor(close.length * 0.1)]?.pitch;
  if (least === undefined) return { widest: letter * USUAL_LEADING, least: 0, isTight: false };
  const same = close.filter(({ pitch }) => pitch <= least * SAME_PITCH);
  return { widest: least * SAME_PITCH + 0.3, least: least / SAME_PITCH - 0.3, isTight: isTight(same) };
}

/** Whether the pairs of lines at the least pitch are rows too: numbers and whole words below one another, or lines that end before their column does. */
function isTight(pairs: readonly { readonly isFull: boolean; readonly isApart: boolean }[]): boolean {
  const apart = pairs.filter((pair) => pair.isApart).length;
  return (apart >= 2 && apart * 20 >= pairs.length) || pairs.filter((pair) => pair.isFull).length * 2 < pairs.length;
}

const NUMBER = /^\d[\d,]*(?:\.\d+)?[%％分]?$/u;

/** Two numbers, or two words that each fill a cell of a form: no cell holds both. */
function areTwoCells(above: PrintedLine, below: PrintedLine): boolean {
  const [one, other] = [joinRuns(above.texts), joinRuns(below.texts)];
  return (NUMBER.test(one) && NUMBER.test(other)) || (isWholeWord(one) && isWholeWord(other));
}

function isWholeWord(text: string): boolean {
  return numericTargetFit(text) > 2 || isWording(text) || level1Word(text) !== null || level2Word(text) !== null || isEvidenceWord(text) || isBasisWord(text) || ruleWord(text) !== null;
}

export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** The lines of a column as cells. */
export function blocksOf(lines: readonly PrintedLine[], leading: Leading): Block[] {
  const width = Math.max(0, ...lines.map((line) => line.width));
  const groups: PrintedLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const above = last?.at(-1);
    const goesOn = above !== undefined && middleOf(line) - middleOf(above) <= leading.widest && (!leading.isTight || (isFull(above, line, width) && !areTwoCells(above, line)));
    if (goesOn) last?.push(line);
    else groups.push([line]);
  }
  return groups.map(blockOf);
}

/** Lines taken together. */
export function blockOf(lines: readonly PrintedLine[]): Block {
  return { lines, ...boundsOf(lines.flatMap((line) => line.texts)) };
}

/** The lines of the words that stand in each column. */
export function linesByColumn(words: readonly PageText[], columns: number, columnOf: (word: PageText) => number): PrintedLine[][] {
  const own: PageText[][] = Array.from({ length: columns }, () => []);
  for (const word of words) own[columnOf(word)]?.push(word);
  return own.map((texts) => printedLines(texts));
}

/** Whether the lines of a stretch stand close enough to be one cell. */
export function isOneCell(lines: readonly PrintedLine[], leading: Leading): boolean {
  return lines.every((line, at) => at === 0 || middleOf(line) - middleOf(lines[at - 1] as PrintedLine) <= leading.widest);
}
