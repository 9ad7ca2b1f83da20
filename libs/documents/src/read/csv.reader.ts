import { ok, refuse, type Result } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * Rows of a CSV file in the official layout.
 * @param delimiter null: comma, semicolon or tab, whichever the first lines use most
 */
export async function readCsvRows(text: string, file: string, delimiter: string | null = null): Promise<Result<SourcePart[]>> {
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    const records = parse(text, {
      bom: true,
      delimiter: delimiter ?? delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
    }) as unknown as CsvRecord[];
    const lines = records.map(({ record, info }) => ({ cells: record.length === 0 ? [''] : record.map(unguard), number: info.lines }));
    return ok([{ sheet: null, broken: false, lines }]);
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    return refuse('document.broken-csv', { file, place: String((fault as { lines?: number }).lines ?? 1) });
  }
}

/** An apostrophe before an operator keeps spreadsheet programs from computing the cell; it is no part of the text. */
function unguard(cell: string): string {
  return cell.replace(/^\s*'(?=[=<>≥≤+\-@])/u, '').trim();
}

function delimiterOf(text: string): string {
  const head = text.slice(0, 4000);
  const count = (sign: string): number => head.split(sign).length - 1;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
