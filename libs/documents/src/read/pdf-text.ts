import type { PageText } from './pdf-page';

/** One printed line: its runs from left to right. */
export interface PrintedLine {
  readonly texts: readonly PageText[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Texts as printed lines, top to bottom. Runs belong to one line when their middles lie within half a letter. */
export function printedLines(texts: readonly PageText[]): PrintedLine[] {
  const sorted = [...texts].sort((a, b) => a.y + a.height / 2 - (b.y + b.height / 2));
  const lines: PageText[][] = [];
  let middle = Number.NEGATIVE_INFINITY;
  for (const text of sorted) {
    const own = text.y + text.height / 2;
    const last = lines.at(-1);
    if (last !== undefined && own - middle <= Math.min(text.height, (last[0] as PageText).height) * 0.5) last.push(text);
    else {
      lines.push([text]);
      middle = own;
    }
  }
  return lines.map((line) => {
    line.sort((a, b) => a.x - b.x);
    return { texts: line, ...boundsOf(line) };
  });
}

/** The frame around texts. */
export function boundsOf(texts: readonly PageText[]): { x: number; y: number; width: number; height: number } {
  const x = Math.min(...texts.map((text) => text.x));
  const y = Math.min(...texts.map((text) => text.y));
  return {
    x,
    y,
    width: Math.max(...texts.map((text) => text.x + text.width)) - x,
    height: Math.max(...texts.map((text) => text.y + text.height)) - y,
  };
}

/** The runs of a line as one text; a gap of a quarter letter is a blank. */
export function joinRuns(texts: readonly PageText[]): string {
  let joined = '';
  let end = 0;
  for (const { text, x, width, height } of texts) {
    if (joined !== '' && x - end > height * 0.25 && !/\s$/u.test(joined)) joined += ' ';
    joined += text;
    end = x + width;
  }
  return joined.trim();
}

/** Runs of a line put together where they follow closely: what stands apart is a cell of its own. */
export function segmentsOf(line: PrintedLine, gap: number): { text: string; x: number; width: number }[] {
  const segments: PageText[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const text of line.texts) {
    const last = segments.at(-1);
    if (last !== undefined && text.x - end <= text.height * gap) last.push(text);
    else segments.push([text]);
    end = Math.max(end, text.x + text.width);
  }
  return segments.map((runs) => ({ text: joinRuns(runs), ...boundsOf(runs) }));
}

/** What word processors leave blank at both sides of a cell, points. */
const CELL_PADDING = 12;

/** Whether a line ends because its cell does: what follows would not have found room. */
function isFull(line: PrintedLine, next: string, width: number): boolean {
  const letter = line.height * (/^[\u2e80-\uffef]/u.test(next) ? 1 : 0.6);
  return line.width + letter + Math.min(CELL_PADDING, width / 4) >= width;
}

/** Whether a text may go on with another that stands below the end of its page: its last line is full. */
export function mayGoOn(texts: readonly PageText[], next: string, width: number): boolean {
  const last = printedLines(texts).at(-1);
  return last !== undefined && isFull(last, next, width);
}

/**
 * The text of a cell: lines that were broken because the cell ended are put together, lines that ended by themselves stay lines. Between
 * Latin words a blank takes the place of the break.
 */
export function cellText(texts: readonly PageText[], width: number): string {
  const lines = printedLines(texts);
  let joined = '';
  lines.forEach((line, at) => {
    const own = joinRuns(line.texts);
    const before = lines[at - 1];
    if (before === undefined) joined = own;
    else {
      const isLatin = /[A-Za-z]$/u.test(joined) && /^[A-Za-z]/u.test(own);
      joined += isFull(before, own, width) ? `${isLatin ? ' ' : ''}${own}` : `\n${own}`;
    }
  });
  return joined;
}
