import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import type { Archive } from './archive';
import { COLUMN_LIMIT, ROW_LIMIT } from './limits';
import { UnusualSheet } from './sheet-scan';
import { UnfitFile } from './unfit-file';
import { linesOfRows, type SheetRow } from './workbook-cells';
import { scanWorkbook, type ShowByLibrary } from './workbook-scan';

/** A workbook's visible sheets as rows of cells. */
export interface WorkbookRows {
  readonly parts: SourcePart[];
  readonly findings: Finding[];
}

/**
 * Rows of every visible sheet, each cell as it is printed; formulas are their last value and never computed. Ordinary .xlsx files are scanned;
 * whatever is written in another way, and the old .xls, is read by the sheet library.
 * Throws `UnfitFile` `document.broken-workbook`, `document.password` and those of {@link Archive}.
 * @param archive null for the old binary format
 */
export async function readWorkbookRows(bytes: Uint8Array, archive: Archive | null): Promise<WorkbookRows> {
  if (archive !== null) {
    try {
      return await scanWorkbook(archive, loadFormatter);
    } catch (fault) {
      if (!(fault instanceof UnusualSheet)) throw fault;
    }
    // The library unpacks by itself and asks nobody: the archive is proven first.
    archive.proveSizes();
  }
  return readByLibrary(bytes);
}

async function loadFormatter(): Promise<ShowByLibrary> {
  const { SSF } = await import('@e965/xlsx');
  return (format, value, date1904) => (SSF as { format(format: string | number, value: number, options: object): string }).format(format, value, { date1904, dateNF: 'yyyy-mm-dd' });
}

/** The way through the sheet library, for .xls and for files the scan does not know. */
export async function readByLibrary(bytes: Uint8Array): Promise<WorkbookRows> {
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
      dense: true,
    });
  } catch (fault) {
    // The library throws plain errors for damaged and for locked files alike.
    const isLocked = fault instanceof Error && /password|encrypt/iu.test(fault.message);
    throw new UnfitFile(isLocked ? 'document.password' : 'document.broken-workbook');
  }
  const parts: SourcePart[] = [];
  const findings: Finding[] = [];
  book.SheetNames.forEach((name, index) => {
    if ((book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) {
      findings.push(aFinding('R-hidden-sheet', 'INFO', {}, { found: name }));
      return;
    }
    const sheet = book.Sheets[name];
    if (sheet === undefined) return;
    const { rows, isCut } = rowsOf(sheet);
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
    const hidden = (sheet['!rows'] ?? []).filter((row) => row?.hidden === true).length;
    if (hidden > 0) findings.push(aFinding('R-hidden-rows', 'INFO', { sheet: name, count: String(hidden) }));
    if (isCut) findings.push(aFinding('R-cut', 'WARN', { sheet: name, rows: String(ROW_LIMIT), columns: String(COLUMN_LIMIT) }));
    parts.push({ sheet: name, broken: false, lines: linesOfRows(rows, merges) });
  });
  return { parts, findings };
}

function rowsOf(sheet: WorkSheet): { rows: SheetRow[]; isCut: boolean } {
  const dense = (sheet as { '!data'?: (CellObject[] | undefined)[] })['!data'] ?? [];
  const rows: SheetRow[] = [];
  let isCut = sheet['!fullref'] !== undefined && sheet['!fullref'] !== sheet['!ref'];
  for (const [at, cells] of dense.entries()) {
    if (cells === undefined) continue;
    const texts: (string | undefined)[] = [];
    cells.forEach((cell, column) => {
      const text = printed(cell);
      if (text === '') return;
      if (column < COLUMN_LIMIT) texts[column] = text;
      else isCut = true;
    });
    if (texts.length > 0) rows.push({ number: at + 1, texts });
  }
  return { rows, isCut };
}

/** A cell as printed. `=100%` typed into a cell becomes a formula whose text is the number: that was a target, so the sign stays. */
function printed(cell: CellObject | undefined): string {
  if (cell === undefined || cell.t === 'z' || cell.t === 'e') return '';
  if (cell.f !== undefined && /^\d+(?:\.\d+)?%?$/u.test(cell.f)) return `=${cell.f}`;
  // Long numbers print as 1.2E+11 in a narrow general format; the value itself is what was typed.
  const text = cell.w ?? (cell.v === undefined ? '' : String(cell.v));
  return (/^-?\d(?:\.\d+)?E[+-]\d+$/u.test(text.trim()) && typeof cell.v === 'number' ? String(cell.v) : text).trim();
}
