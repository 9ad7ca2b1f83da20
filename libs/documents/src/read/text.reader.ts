import type { SourceLine, SourcePart } from '../recognise/source-line';

/**
 * Lines of a text: cells between tabs, or between the strokes of a Markdown table; a line without them is one cell of running text.
 * Cells may be broken over lines (OCR, text layer of a PDF).
 */
export function readTextLines(text: string): SourcePart[] {
  const lines = text.split(/\r\n|\n|\r|\f/u).map((line, index): SourceLine => ({ cells: cellsOf(line), number: index + 1 }));
  return [{ sheet: null, broken: true, lines }];
}

function cellsOf(line: string): readonly string[] {
  if (/^\s*\|.*\|\s*$/u.test(line)) {
    // The ruler below a Markdown head row holds no words.
    if (/^[\s|:-]+$/u.test(line)) return [''];
    return line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/u)
      .map((cell) =>
        cell
          .replace(/\\\|/gu, '|')
          .replace(/<br\s*\/?>/giu, ' ')
          .trim(),
      );
  }
  return line.split('\t').map((cell) => cell.trim());
}
