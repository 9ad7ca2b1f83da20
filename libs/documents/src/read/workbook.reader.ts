import type { CellObject, Range, WorkBook, WorkSheet } from '@e965/xlsx';
import { aFinding, type Finding, ok, refuse, type Result } from '@jiheng/domain';
import type { SourceLine, SourcePart } from '../recognise/source-line';
import { unpackedSize } from './unpacked-size';

/** A workbook's visible sheets as rows of cells. */
export interface WorkbookRows {
  readonly parts: SourcePart[];
  readonly findings: Finding[];
}

/** Megabytes a workbook may unpack to. */
const UNPACKED_LIMIT = 200;
/** Rows read of one sheet: far more than any target table has. */
const ROW_LIMIT = 20_000;
const COLUMN_LIMIT = 200;

/**
 * Rows of every visible sheet, each cell as it is printed. A merged cell's text stands in its first cell, the others are blank: the
 * recognition lets levels hold downwards, as the form means it.
 * @returns refusals `document.broken-workbook`, `document.inflates-too-much`
 */
export async function readWorkbookRows(bytes: Uint8Array, file: string): Promise<Result<WorkbookRows>> {
  const megabytes = Math.ceil((unpackedSize(bytes) ?? 0) / 1_048_576);
  if (megabytes > UNPACKED_LIMIT)
    return refuse('document.inflates-too-much', { file, size: String(megabytes), limit: String(UNPACKED_LIMIT) });
  const library = await import('@e965/xlsx');
  let book: WorkBook;
  try {
    book = library.read(bytes, {
      type: 'array',
      cellFormula: true,
      cellText: true,
      cellHTML: false,
      sheetRows: ROW_LIMIT,
      dateNF: 'yyyy-mm-dd',
    });
  } catch (fault) {
    // The library throws plain errors for damaged and for encrypted files alike.
    return refuse('document.broken-workbook', { file, cause: fault instanceof Error ? fault.message : String(fault) });
  }
  const parts: SourcePart[] = [];
  const findings: Finding[] = [];
  book.SheetNames.forEach((sheet, index) => {
    if ((book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) findings.push(aFinding('R-hidden-sheet', 'INFO', {}, { found: sheet }));
    else
      parts.push({
        sheet,
        broken: false,
        lines: rowsOf(book.Sheets[sheet] as WorkSheet, library.utils.decode_range, library.utils.encode_cell),
      });
  });
  return ok({ parts, findings });
}

function rowsOf(sheet: WorkSheet, decode: (range: string) => Range, address: (at: { r: number; c: number }) => string): SourceLine[] {
  const extent = sheet['!ref'];
  if (extent === undefined) return [];
  const { s: start, e: end } = decode(extent);
  const last = Math.min(end.c, start.c + COLUMN_LIMIT);
  const covered = coveredCells(sheet['!merges'] ?? [], address);
  const rows: SourceLine[] = [];
  for (let r = start.r; r <= end.r; r += 1) {
    const cells: string[] = [];
    for (let c = start.c; c <= last; c += 1) {
      const at = address({ r, c });
      cells.push(covered.has(at) ? '' : printed(sheet[at] as CellObject | undefined));
    }
    rows.push({ cells, number: r + 1 });
  }
  return rows;
}

/** Cells that a merge hides; some programs leave old text in them. */
function coveredCells(merges: readonly Range[], address: (at: { r: number; c: number }) => string): Set<string> {
  const covered = new Set<string>();
  for (const { s, e } of merges) {
    for (let r = s.r; r <= e.r; r += 1) {
      for (let c = s.c; c <= e.c; c += 1) {
        if (r !== s.r || c !== s.c) covered.add(address({ r, c }));
      }
    }
  }
  return covered;
}

/** A cell as printed. `=100%` typed into a cell becomes a formula whose text is the number: that was a target, so the sign stays. */
function printed(cell: CellObject | undefined): string {
  if (cell === undefined || cell.t === 'z' || cell.t === 'e') return '';
  if (cell.f !== undefined && /^\d+(?:\.\d+)?%?$/u.test(cell.f)) return `=${cell.f}`;
  // Long numbers print as 1.2E+11 in a narrow general format; the value itself is what was typed.
  const text = cell.w ?? (cell.v === undefined ? '' : String(cell.v));
  return (/^-?\d(?:\.\d+)?E[+-]\d+$/u.test(text.trim()) && typeof cell.v === 'number' ? String(cell.v) : text).trim();
}
