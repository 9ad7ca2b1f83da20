import { vocabularyOf } from '../recognise/form-vocabulary';
import type { CellSpan, SourceBox, SourceLine, SourcePage, SourcePart } from '../recognise/source-line';
import { COLUMN_LIMIT } from './limits';
import { readUnruledRows } from './pdf-columns';
import { findRuledTables, type RuledCell, type RuledTable } from './pdf-grid';
import type { DrawnPage } from './pdf-page';
import { cellText, joinRuns, mayGoOn, type PrintedLine, printedLines, segmentsOf } from './pdf-text';
import { type OpenTable, readUnruledTable } from './unruled-table';

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Rows looked back for a head row: more than a page prints. */
const ROWS_A_PAGE = 120;

/** Puts the pages of a file, whatever drew them, together as one part: tables go on over pages. */
export class PartBuilder {
  private readonly lines: SourceLine[] = [];
  private readonly textLines: SourceLine[] = [];
  private readonly pages: SourcePage[] = [];
  private isGuessed = false;
  /** The table that reached the end of the page before. */
  private above: { readonly edges: readonly number[]; readonly line: number; readonly lastRow: readonly RuledCell[] } | null = null;
  /** The table without rules that may go on over the page. */
  private openTable: OpenTable | null = null;
  hasText = false;

  addPage(page: DrawnPage, number: number): void {
    this.pages.push({ width: page.width, height: page.height });
    this.hasText ||= page.texts.length > 0;
    for (const line of printedLines(page.texts)) this.addLine(this.textLines, [{ text: joinRuns(line.texts), box: line }], number);
    const { tables, outside } = findRuledTables(page);
    const stretches = stretchesOf(printedLines(outside), tables);
    const blocks: { y: number; add: () => void }[] = [
      ...tables.map((table) => ({ y: table.y, add: () => this.addTable(table, number) })),
      ...stretches.flatMap((lines) => partedByTitles(lines)).map((lines) => ({ y: lines[0]?.y ?? 0, add: () => this.addStretch(lines, number) })),
    ];
    for (const block of blocks.sort((a, b) => a.y - b.y)) block.add();
  }

  parts(): { parts: SourcePart[]; asText: SourcePart[] | null } {
    const part = (lines: SourceLine[], broken: boolean): SourcePart[] => [{ sheet: null, broken, lines, pages: this.pages }];
    return { parts: part(this.lines, this.isGuessed), asText: this.isGuessed ? part(this.textLines, true) : null };
  }

  private addLine(to: SourceLine[], cells: readonly { text: string; box: Box | null }[], page: number, spans?: readonly (CellSpan | null)[], inferred = false): void {
    const boxes = cells.map(({ box }): SourceBox | null => (box === null ? null : { page, x: box.x, y: box.y, width: box.width, height: box.height }));
    to.push({ cells: cells.map((cell) => cell.text), number: to.length + 1, ...(spans === undefined ? {} : { spans }), ...(inferred ? { inferred } : {}), boxes });
  }

  private addStretch(lines: readonly PrintedLine[], page: number): void {
    const reading = readUnruledTable(lines, hasTitle(lines) ? null : this.openTable);
    this.openTable = reading?.table ?? null;
    if (reading !== null) {
      this.isGuessed ||= reading.isDoubtful;
      for (const { cells, spans, inferred } of reading.lines) this.addLine(this.lines, cells, page, spans, inferred);
      return;
    }
    const rows = readUnruledRows(lines);
    if (rows !== null) {
      this.isGuessed = true;
      for (const row of rows) this.addLine(this.lines, row.cells, page);
      return;
    }
    for (const line of lines) {
      this.addLine(this.lines, segmentsOf(line, 2.5).map((segment) => ({ text: segment.text, box: { x: segment.x, y: line.y, width: segment.width, height: line.height } })), page);
    }
  }

  private addTable(table: RuledTable, page: number): void {
    const columns = Math.min(table.columns, COLUMN_LIMIT);
    // A page number and a running head may stand between.
    const isContinued = this.above !== null && this.lines.length - this.above.line <= 3 && sameEdges(this.above.edges, table.edges);
    const above = isContinued ? this.above : null;
    let isFirst = true;
    let lastRow: readonly RuledCell[] = [];
    for (let row = 0; row < table.rows; row += 1) {
      const cells: { text: string; box: Box | null }[] = Array.from({ length: columns }, () => ({ text: '', box: null }));
      const spans: (CellSpan | null)[] = cells.map(() => null);
      const own = table.cells.filter((cell) => cell.row === row && cell.column < columns);
      for (const cell of own) {
        cells[cell.column] = { text: cell.texts.length === 0 ? '' : cellText(cell.texts, cell.width), box: cell };
        if (cell.columns > 1 || cell.rows > 1) spans[cell.column] = { columns: Math.min(cell.columns, columns - cell.column), rows: cell.rows };
      }
      if (cells.every((cell) => cell.text === '')) continue;
      lastRow = own;
      // The head row printed again at the top of a page is not what may go on: the row below it is.
      if (isFirst && above !== null && cells.some((cell) => vocabularyOf().isNameHead(cell.text)) && this.isPrinted(cells, above.line)) {
        this.addLine(this.lines, cells, page, spans.some((span) => span !== null) ? spans : undefined);
        continue;
      }
      const isRest = isFirst && above !== null && this.joinRest(above, cells, spans);
      // Else the first row of a page may still be the rest of the row above; whether it is, only its words can tell.
      if (isFirst && above !== null && !isRest && mayBeRest(cells, this.lines[above.line - 1]?.cells ?? [])) this.isGuessed = true;
      isFirst = false;
      if (!isRest) this.addLine(this.lines, cells, page, spans.some((span) => span !== null) ? spans : undefined);
    }
    this.above = { edges: table.edges, line: this.lines.length, lastRow };
  }

  /** Whether a line with the same words stands among those before, as a head row does on every page. */
  private isPrinted(cells: readonly { text: string }[], before: number): boolean {
    return this.lines.slice(Math.max(0, before - ROWS_A_PAGE), before).some((line) => line.cells.length === cells.length && line.cells.every((text, at) => text === cells[at]?.text));
  }

  /**
   * Puts the rest of a row that the page cut in two behind its beginning: it is one when every text in it stands below a text whose last line
   * is full. Merged cells that go on over the page then reach as far as their rest.
   */
  private joinRest(above: { readonly line: number; readonly lastRow: readonly RuledCell[] }, cells: readonly { text: string }[], spans: readonly (CellSpan | null)[]): boolean {
    const line = this.lines[above.line - 1];
    const filled = cells.flatMap((cell, at) => (cell.text === '' ? [] : [at]));
    if (line === undefined || filled.length === 0) return false;
    const goesOn = (at: number): boolean => {
      const cell = above.lastRow.find((one) => one.column === at);
      return cell !== undefined && mayGoOn(cell.texts, cells[at]?.text ?? '', cell.width);
    };
    if (!filled.every(goesOn)) return false;
    const joined = line.cells.map((text, at) => text + (cells[at]?.text ?? ''));
    const reach = line.cells.map((_, at) => (filled.includes(at) ? (spans[at] ?? line.spans?.[at] ?? null) : (line.spans?.[at] ?? null)));
    this.lines[above.line - 1] = { ...line, cells: joined, ...(reach.some((span) => span !== null) ? { spans: reach } : {}) };
    return true;
  }
}

/** Fewer filled cells than in the row before, and each of them below a filled one. */
function mayBeRest(cells: readonly { text: string }[], before: readonly string[]): boolean {
  const filled = cells.flatMap((cell, at) => (cell.text === '' ? [] : [at]));
  return filled.length < before.filter((cell) => cell !== '').length && filled.every((at) => (before[at] ?? '') !== '');
}

function sameEdges(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((edge, at) => Math.abs(edge - (b[at] as number)) < 4);
}

/** Whether a stretch begins with the title of a form: then it is no other table's next page. */
function hasTitle(lines: readonly PrintedLine[]): boolean {
  const [first] = lines;
  return first !== undefined && isTitle(first);
}

function isTitle(line: PrintedLine): boolean {
  const title = vocabularyOf().readTitle(joinRuns(line.texts));
  return title !== null && !title.continued;
}

/** A stretch cut where the titles of forms stand, so that each piece holds one table at most. */
function partedByTitles(lines: readonly PrintedLine[]): PrintedLine[][] {
  const pieces: PrintedLine[][] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last === undefined || isTitle(line)) pieces.push([line]);
    else last.push(line);
  }
  return pieces;
}

/** Lines between tables, in stretches that no table interrupts. */
function stretchesOf(lines: readonly PrintedLine[], tables: readonly RuledTable[]): PrintedLine[][] {
  const stretches: PrintedLine[][] = [];
  let last: PrintedLine | null = null;
  for (const line of lines) {
    const above = last;
    const isCut = above !== null && tables.some((table) => table.y > above.y && table.y < line.y);
    if (last === null || isCut) stretches.push([line]);
    else stretches.at(-1)?.push(line);
    last = line;
  }
  return stretches;
}
