import type { SourceLine, SourcePart } from '../recognise/source-line';
import { readHtmlParts } from './html.reader';

/**
 * Lines of a text: cells between tabs, or between the strokes of a Markdown table; a line without them is one cell of running text.
 * Cells may be broken over lines (OCR, text layer of a PDF).
 */
export function readTextLines(text: string): SourcePart[] {
  const lines = text.split(/\r\n|\n|\r|\f/u).map((line, index): SourceLine => ({ cells: cellsOf(line), number: index + 1 }));
  return [{ sheet: null, broken: true, lines }];
}

/**
 * Lines of a Markdown file. Programs that recognise scans write tables into it as HTML: then the whole is read as a page, its headings and
 * strokes without their signs.
 */
export async function readMarkdownLines(text: string): Promise<SourcePart[]> {
  if (!/<table[\s>]/iu.test(text)) return readTextLines(text.replace(/^ {0,3}#{1,6}\s+/gmu, '').replace(/\*\*(?=\S)([^*\n]+)\*\*/gu, '$1'));
  const html = text
    .split(/(<table[\s>][\s\S]*?<\/table\s*>)/iu)
    .map((piece, at) => (at % 2 === 1 ? piece : `<pre>${piece.replace(/^ {0,3}#{1,6}\s+/gmu, '').replace(/<(?!\/?[a-z!])/giu, '&lt;')}</pre>`))
    .join('');
  return readHtmlParts(html);
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
