import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import { type Archive, type Letters, wordOf } from './archive';
import { FormerCells } from './cells-like-before';
import { COLUMN_LIMIT, PART_LIMIT, ROW_LIMIT } from './limits';
import { quickFormat } from './number-format';
import { attributeOf, scanXml } from './scan-xml';
import { decodeText, richText, scanSheet, type ScannedSheet, UnusualSheet } from './sheet-scan';
import { FormerLines, linesOfRows } from './workbook-cells';

/** The formatter of the sheet library, asked for what is not done on the digits themselves. */
export type ShowByLibrary = (format: string | number, value: number, date1904: boolean) => string;

interface ListedSheet {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

/**
 * Reads a workbook (.xlsx) by scanning its parts once, one sheet after the other, so that a thousand sheets need the memory of the largest.
 * Throws {@link UnusualSheet} for files that are written in a way the scan does not know, and `UnfitFile`.
 * @param library loads the formatter; asked only when a format needs it
 */
export async function scanWorkbook(archive: Archive, library: () => Promise<ShowByLibrary>): Promise<{ parts: SourcePart[]; findings: Finding[] }> {
  const { sheets, date1904 } = readSheetList(archive);
  const targets = readRelations(archive);
  const common = { sharedTexts: readSharedTexts(archive), showNumber: await numberWriter(archive, date1904, library) };
  const asBytes = { ...common, textOf: textKeeper(wordOf, bytesApart), decode: wordOf, former: new FormerCells() };
  const asText = { ...common, textOf: textKeeper(asItStands, apart), decode: asItStands, former: null };
  const lines = new FormerLines();
  const parts: SourcePart[] = [];
  const findings: Finding[] = [];
  for (const { name, relation, isHidden } of sheets) {
    if (isHidden) {
      findings.push(aFinding('R-hidden-sheet', 'INFO', {}, { found: name }));
      continue;
    }
    const target = targets.get(relation);
    if (target === undefined) throw new UnusualSheet();
    // Sheets that hold a drawing instead of cells.
    if (!target.includes('worksheets/')) continue;
    const sheet = archive.size(target) > PART_LIMIT * 1_048_576 ? await headOf(archive, target) : archive.letters(target);
    if (sheet === null) throw new UnusualSheet();
    if (sheet.text.includes('!') && /<!(?:DOCTYPE|ENTITY)/u.test(sheet.text)) scanXml(sheet.text, target, { open: () => undefined, close: () => undefined });
    const scanned = scanSheet(sheet.text, sheet.bytes === null ? asText : asBytes, sheet.bytes);
    findings.push(...findingsOf(scanned, name));
    parts.push({ sheet: name, broken: false, lines: linesOfRows(scanned.rows, scanned.merges, lines) });
  }
  return { parts, findings };
}

async function headOf(archive: Archive, part: string): Promise<Letters | null> {
  const head = await archive.head(part);
  return head === null ? null : { text: head.text, bytes: null };
}

const asItStands = (stretch: string): string => stretch;

/** Texts that are kept to be met again. */
const KEPT_TEXTS = 4_000;
const LONGEST_KEPT_TEXT = 120;

function textKeeper(decode: (stretch: string) => string, apart: (stretch: string) => string): (stretch: string) => string {
  const kept = new Map<string, string>();
  return (stretch) => {
    if (stretch.length > LONGEST_KEPT_TEXT) return decodeText(decode(stretch)).trim();
    const before = kept.get(stretch);
    if (before !== undefined) return before;
    if (kept.size >= KEPT_TEXTS) kept.clear();
    const text = decodeText(decode(stretch)).trim();
    // Kept apart from the sheet it was cut from, which would be kept with it.
    kept.set(apart(stretch), text);
    return text;
  };
}

/** A copy of a stretch, kept without the sheet it was cut from. */
function apart(stretch: string): string {
  return Buffer.from(stretch, 'utf16le').toString('utf16le');
}

/** The same for letters that are bytes. */
function bytesApart(stretch: string): string {
  return Buffer.from(stretch, 'latin1').toString('latin1');
}

function findingsOf({ hiddenRows, isCut }: ScannedSheet, name: string): Finding[] {
  const findings: Finding[] = [];
  if (hiddenRows > 0) findings.push(aFinding('R-hidden-rows', 'INFO', { sheet: name, count: String(hiddenRows) }));
  if (isCut) findings.push(aFinding('R-cut', 'WARN', { sheet: name, rows: String(ROW_LIMIT), columns: String(COLUMN_LIMIT) }));
  return findings;
}

function readSheetList(archive: Archive): { sheets: ListedSheet[]; date1904: boolean } {
  const xml = archive.text('xl/workbook.xml');
  if (xml === null) throw new UnusualSheet();
  const sheets: ListedSheet[] = [];
  let date1904 = false;
  scanXml(xml, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/u.test(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = /:id\s*=\s*"([^"]*)"/u.exec(attributes)?.[1];
      if (relation === undefined) throw new UnusualSheet();
      sheets.push({ name: attributeOf(attributes, 'name') ?? '', relation, isHidden: /^(?:hidden|veryHidden)$/u.test(attributeOf(attributes, 'state') ?? '') });
    },
    close: () => undefined,
  });
  return { sheets, date1904 };
}

function readRelations(archive: Archive): Map<string, string> {
  const targets = new Map<string, string>();
  const xml = archive.text('xl/_rels/workbook.xml.rels');
  if (xml === null) throw new UnusualSheet();
  scanXml(xml, 'xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      const id = attributeOf(attributes, 'Id');
      const target = attributeOf(attributes, 'Target');
      if (name !== 'Relationship' || id === null || target === null || attributeOf(attributes, 'TargetMode') === 'External') return;
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`);
    },
    close: () => undefined,
  });
  return targets;
}

function readSharedTexts(archive: Archive): string[] {
  const xml = archive.text('xl/sharedStrings.xml');
  const texts: string[] = [];
  if (xml === null) return texts;
  if (xml.includes('<!')) scanXml(xml, 'xl/sharedStrings.xml', { open: () => undefined, close: () => undefined });
  let at = xml.indexOf('<sst');
  if (at < 0) throw new UnusualSheet();
  for (;;) {
    at = xml.indexOf('<si', at + 3);
    if (at < 0) return texts;
    if (xml.startsWith('<si/>', at)) {
      texts.push('');
      continue;
    }
    const end = xml.indexOf('</si>', at);
    if (end < 0) return texts;
    texts.push(richText(xml.slice(xml.indexOf('>', at) + 1, end)).trim());
    at = end;
  }
}

/** Shows numbers by the styles of the workbook. What only the library can show is shown once. */
async function numberWriter(
  archive: Archive,
  date1904: boolean,
  library: () => Promise<ShowByLibrary>,
): Promise<(style: number, raw: string) => string | null> {
  const { formats, codes } = readFormats(archive);
  const quick = formats.map((id) => quickFormat(id, codes.get(id)));
  const byLibrary = quick.some((show) => show === null) ? await library() : null;
  const shown: Map<string, string | null>[] = formats.map(() => new Map());
  const showByLibrary = (byLibrary: ShowByLibrary, style: number, raw: string): string | null => {
    const value = Number(raw);
    if (!Number.isFinite(value)) return null;
    const id = formats[style] ?? 0;
    const printed = byLibrary(codes.get(id) ?? id, value, date1904);
    // Long numbers print as 1.2E+11 in a narrow general format; the value itself is what was typed.
    return /^-?\d(?:\.\d+)?E[+-]\d+$/u.test(printed.trim()) ? String(value) : printed.trim();
  };
  return (style, raw) => {
    // What is done on the digits is done sooner than looked up.
    const own = (style < quick.length ? quick[style] : quick[0])?.(raw) ?? null;
    if (own !== null || byLibrary === null) return own;
    const before = shown[style];
    const known = before?.get(raw);
    if (known !== undefined) return known;
    const text = showByLibrary(byLibrary, style, raw);
    if (before !== undefined && before.size < SHOWN_LIMIT) before.set(raw, text);
    return text;
  };
}

/** Numbers of one style that are remembered. */
const SHOWN_LIMIT = 20_000;

function readFormats(archive: Archive): { formats: number[]; codes: Map<number, string> } {
  const formats: number[] = [];
  const codes = new Map<number, string>();
  const xml = archive.text('xl/styles.xml');
  if (xml === null) return { formats: [0], codes };
  let inCellFormats = false;
  scanXml(xml, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formats.push(Number(attributeOf(attributes, 'numFmtId') ?? '0'));
      else if (name === 'numFmt') codes.set(Number(attributeOf(attributes, 'numFmtId') ?? '0'), attributeOf(attributes, 'formatCode') ?? 'General');
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return { formats, codes };
}
