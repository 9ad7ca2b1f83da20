import { aFinding, type Finding } from '@jiheng/domain';
import { vocabularyOf } from '../recognise/form-vocabulary';
import type { CellSpan, SourceBox, SourceLine, SourcePage, SourcePart } from '../recognise/source-line';
import { COLUMN_LIMIT, PAGE_LIMIT } from './limits';
import { findRuledTables, type RuledCell, type RuledTable } from './pdf-grid';
import { readUnruledRows } from './pdf-columns';
import { characterMaps, loadPdfLibrary, type PdfLibrary } from './pdf-library';
import { type DrawnPage, readPage } from './pdf-page';
import { cellText, joinRuns, mayGoOn, type PrintedLine, printedLines, segmentsOf } from './pdf-text';
import { UnfitFile } from './unfit-file';
import { type OpenTable, readUnruledTable } from './unruled-table';

/** What was read of a PDF. */
export interface PdfRows {
  readonly parts: SourcePart[];
  /** The same as running text, where tables have no rules and the columns are only guessed; null where every cell is certain. */
  readonly asText: SourcePart[] | null;
  readonly findings: Finding[];
}

type PdfDocument = Awaited<ReturnType<PdfLibrary['getDocument']>['promise']>;

/**
 * Lines and cells of a PDF by the places of its texts and by its rules. Between rules a cell is a cell, its broken lines put together;
 * without rules columns are the gaps between the texts. Scripts, forms and attachments of the file are not opened.
 * Throws `UnfitFile` `document.password`, `document.broken-pdf`, `document.truncated`, `document.scan`.
 */
export async function readPdfParts(bytes: Uint8Array): Promise<PdfRows> {
  const library = await loadPdfLibrary();
  const document = await openPdf(bytes, library);
  try {
    const builder = new PartBuilder();
    const scanned: number[] = [];
    const count = Math.min(document.numPages, PAGE_LIMIT);
    for (let number = 1; number <= count; number += 1) {
      const page = await document.getPage(number);
      const drawn = await readPage(page, library);
      page.cleanup();
      if (drawn.texts.length === 0 && drawn.hasPicture) scanned.push(number);
      builder.addPage(drawn, number);
    }
    if (!builder.hasText) throw scanned.length > 0 ? new UnfitFile('document.scan', { pages: sayPages(scanned) }) : new UnfitFile('document.empty');
    const findings: Finding[] = [];
    if (scanned.length > 0) findings.push(aFinding('R-scanned-pages', 'WARN', { pages: sayPages(scanned) }));
    if (document.numPages > count) findings.push(aFinding('R-pages-cut', 'WARN', { count: String(document.numPages), limit: String(count) }));
    return { ...builder.parts(), findings };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openPdf(bytes: Uint8Array, library: PdfLibrary): Promise<PdfDocument> {
  try {
    return await library.getDocument({
      // The library takes the bytes for its own, and refuses the buffers that Node reads files into (whose slice is the same memory besides).
      data: new Uint8Array(bytes),
      cMapUrl: characterMaps(),
      cMapPacked: true,
      verbosity: library.VerbosityLevel.ERRORS,
      useSystemFonts: false,
      disableFontFace: true,
      useWorkerFetch: false,
      enableXfa: false,
      stopAtErrors: false,
      // Pictures are looked at for their being there, not for what they show.
      maxImageSize: 64_000_000,
    }).promise;
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : '';
    if (name === 'PasswordException') throw new UnfitFile('document.password');
    const tail = new TextDecoder('latin1').decode(bytes.subarray(-1024));
    if (!tail.includes('%%EOF')) throw new UnfitFile('document.truncated');
    throw new UnfitFile('document.broken-pdf');
  }
}

/** `1-3, 7`. */
function sayPages(pages: readonly number[]): string {
  const runs: string[] = [];
  for (let at = 0; at < pages.length; at += 1) {
    const from = pages[at] as number;
    let to = from;
    while (pages[at + 1] === to + 1) {
      at += 1;
      to = pages[at] as number;
    }
    runs.push(from === to ? String(from) : `${from}-${to}`);
  }
  return runs.join(', ');
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Puts the pages of a file together as one part: tables go on over pages. */
class PartBuilder {
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
      const isRest = isFirst && above !== null && this.joinRest(above, cells, spans);
      // Else the first row of a page may still be the rest of the row above; whether it is, only its words can tell.
      if (isFirst && above !== null && !isRest && mayBeRest(cells, this.lines[above.line - 1]?.cells ?? [])) this.isGuessed = true;
      isFirst = false;
      if (!isRest) this.addLine(this.lines, cells, page, spans.some((span) => span !== null) ? spans : undefined);
    }
    this.above = { edges: table.edges, line: this.lines.length, lastRow };
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
