import XLSX from '@e965/xlsx';
import JSZip from 'jszip';

/** All cells of all sheets as they are shown. */
export function cellsOf(bytes: Buffer): string[] {
  const book = XLSX.read(bytes);
  return book.SheetNames.flatMap((name) => (XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1, raw: false, defval: '' })).flat().map(String)).filter((text) => text !== '');
}

/** The running text of a document, without its marks. */
export async function textOf(bytes: Buffer): Promise<string> {
  const document = await (await JSZip.loadAsync(bytes)).file('word/document.xml')?.async('text');
  return (document ?? '').replace(/<\/w:p>/gu, '\n').replace(/<[^>]+>/gu, '');
}
