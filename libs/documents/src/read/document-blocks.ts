import type { CellSpan, SourceLine } from '../recognise/source-line';
import { COLUMN_LIMIT, ROW_LIMIT } from './limits';
import { UnfitFile } from './unfit-file';

/** What a document is made of, in order: paragraphs and tables. */
export type Block = TextBlock | TableBlock;

/** A paragraph. Tabs part it into cells. */
export interface TextBlock {
  readonly text: string;
}

/** A table; its cells hold blocks again. */
export interface TableBlock {
  readonly rows: readonly (readonly BlockCell[])[];
}

/** A cell as its row names it: cells covered from above are not named. */
export interface BlockCell {
  readonly blocks: readonly Block[];
  readonly columns: number;
  readonly rows: number;
}

/**
 * Lines of a document: a paragraph is a line, a table row is a line with a cell for every column of its grid; what a merged cell covers is an
 * empty text. A table that lies in the only filled cell of a row is layout, and its rows stand for the row; any other nested table becomes text of its cell.
 */
export function linesOfBlocks(blocks: readonly Block[]): SourceLine[] {
  const lines: SourceLine[] = [];
  addBlocks(blocks, lines);
  return lines;
}

/** Tables of forms lie three or four deep in one another. */
const NESTED_TABLES = 20;

function addBlocks(blocks: readonly Block[], lines: SourceLine[], depth = 0): void {
  if (depth > NESTED_TABLES) throw new UnfitFile('document.too-deep', { limit: String(NESTED_TABLES) });
  for (const block of blocks) {
    if ('rows' in block) addTable(block, lines, depth);
    else {
      for (const text of block.text.split('\n')) {
        if (text.trim() !== '') lines.push({ cells: text.split('\t').map((cell) => cell.trim()), number: lines.length + 1 });
      }
    }
  }
}

function addTable(table: TableBlock, lines: SourceLine[], depth: number): void {
  // Columns that are covered from above, with how many rows more.
  const covered: number[] = [];
  for (const row of table.rows) {
    const filled = row.filter((cell) => !isBlank(cell));
    const only = filled.length === 1 ? filled[0] : undefined;
    if (only !== undefined && holdsTable(only)) {
      addBlocks(only.blocks, lines, depth + 1);
      continue;
    }
    if (lines.length >= ROW_LIMIT * 5) throw new UnfitFile('document.too-many-lines', { limit: String(ROW_LIMIT * 5) });
    const cells: string[] = [];
    const spans: (CellSpan | null)[] = [];
    const skipCovered = (): void => {
      while ((covered[cells.length] ?? 0) > 0) {
        covered[cells.length] = (covered[cells.length] ?? 0) - 1;
        cells.push('');
        spans.push(null);
      }
    };
    for (const cell of row) {
      skipCovered();
      if (cells.length >= COLUMN_LIMIT) break;
      const columns = Math.min(cell.columns, COLUMN_LIMIT - cells.length);
      const from = cells.length;
      for (let at = 0; at < columns; at += 1) {
        covered[from + at] = cell.rows - 1;
        cells.push(at === 0 ? textOf(cell) : '');
        spans.push(null);
      }
      if (columns > 1 || cell.rows > 1) spans[from] = { columns, rows: cell.rows };
    }
    skipCovered();
    if (cells.length > 0) {
      const number = lines.length + 1;
      lines.push(spans.some((span) => span !== null) ? { cells, number, spans } : { cells, number });
    }
  }
}

/** Whether a cell holds a table of several columns, however many layout tables lie around it. */
function holdsTable(cell: BlockCell): boolean {
  return cell.blocks.some((block) => 'rows' in block && block.rows.some((row) => row.length > 1 || row.some(holdsTable)));
}

function isBlank(cell: BlockCell): boolean {
  return cell.blocks.every((block) => ('rows' in block ? block.rows.every((row) => row.every(isBlank)) : block.text.trim() === ''));
}

function textOf(cell: BlockCell): string {
  return cell.blocks
    .map((block) => ('rows' in block ? block.rows.map((row) => row.map(textOf).join(' ')).join('\n') : block.text))
    .join('\n')
    .replace(/[\t\u00a0\u3000 ]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{2,}/gu, '\n')
    .trim();
}
