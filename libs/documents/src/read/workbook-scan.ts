import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import { keepShape } from '../recognise/keep-shape';
import { holdsLongNumber, isPlainText, sayPlain } from '../recognise/plain-text';
import { type Archive, type Letters, wordOf } from './archive';
import { FormerCells } from './cells-like-before';
import { COLUMN_LIMIT, PART_LIMIT, ROW_LIMIT } from './limits';
import { quickFormat } from './number-format';
import { attributeOf, scanXml } from './scan-xml';
import { decodeText, richText, scanSheet, type ScannedSheet, type SheetContext, ShownNumbers, UnusualSheet } from './sheet-scan';
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
  const [texts, numbers] = [readSharedTexts(archive), await numberWriter(archive, date1904, library)];
  const shown = new ShownNumbers(numbers.styles);
  const asBytes = new WorkbookContext(texts, numbers, shown, true);
  const asText = new WorkbookContext(texts, numbers, shown, false);
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
    const context = sheet.bytes === null ? asText : asBytes;
    context.begin();
    const scanned = scanSheet(sheet.text, context, sheet.bytes);
    findings.push(...findingsOf(scanned, name));
    const part = { sheet: name, broken: false, lines: linesOfRows(scanned.rows, scanned.merges, lines) };
    if (context.metOnlyPlain) sayPlain(part.lines);
    parts.push(part);
  }
  return { parts, findings };
}

async function headOf(archive: Archive, part: string): Promise<Letters | null> {
  const head = await archive.head(part);
  return head === null ? null : { text: head.text, bytes: null };
}

/** Texts that are kept to be met again. */
const KEPT_TEXTS = 4_000;
const LONGEST_KEPT_TEXT = 120;

/** What the sheets of one workbook share, for those whose letters are bytes or for the others. */
class WorkbookContext implements SheetContext {
  readonly former: FormerCells | null;
  private readonly kept = new Map<string, string>();
  /** Whether all words of the sheets so far are plain: which sheet takes up one of them again is not written down. */
  private areWordsPlain: boolean;
  /** The same of what the sheet at hand shows besides them. */
  private isRestPlain = true;

  constructor(
    readonly sharedTexts: readonly string[],
    private readonly numbers: NumberWriter,
    readonly shown: ShownNumbers,
    private readonly areBytes: boolean,
  ) {
    this.former = areBytes ? new FormerCells() : null;
    this.areWordsPlain = sharedTexts.every(isPlainText);
  }

  /** Another sheet begins. */
  begin(): void {
    this.isRestPlain = true;
  }

  /** Whether every cell of the sheet at hand is a plain text. */
  get metOnlyPlain(): boolean {
    return this.areWordsPlain && this.isRestPlain;
  }

  meet(text: string): void {
    if (this.isRestPlain && !isPlainText(text)) this.isRestPlain = false;
  }

  showNumber(style: number, raw: string): string | null {
    const shown = this.numbers.show(style, raw);
    // The library shows what a format says; the rest is digits, and mostly too few of them to ask.
    if (shown !== null && (this.numbers.asksLibrary ? !isPlainText(shown) : holdsLongNumber(shown))) this.isRestPlain = false;
    return shown;
  }

  decode(stretch: string): string {
    return this.areBytes ? wordOf(stretch) : stretch;
  }

  textOf(stretch: string): string {
    if (stretch.length > LONGEST_KEPT_TEXT) return this.textAnew(stretch);
    const before = this.kept.get(stretch);
    if (before !== undefined) return before;
    if (this.kept.size >= KEPT_TEXTS) this.kept.clear();
    const text = this.textAnew(stretch);
    // Kept apart from the sheet it was cut from, which would be kept with it.
    this.kept.set(this.areBytes ? bytesApart(stretch) : apart(stretch), text);
    return text;
  }

  private textAnew(stretch: string): string {
    const text = decodeText(this.decode(stretch)).trim();
    if (this.areWordsPlain && !isPlainText(text)) this.areWordsPlain = false;
    return text;
  }
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
class NumberWriter {
  private readonly shown: readonly Map<string, string | null>[];

  constructor(
    private readonly formats: readonly number[],
    private readonly codes: ReadonlyMap<number, string>,
    private readonly quick: readonly ReturnType<typeof quickFormat>[],
    private readonly byLibrary: ShowByLibrary | null,
    private readonly date1904: boolean,
  ) {
    this.shown = formats.map(() => new Map());
  }

  /** How many styles the workbook has. */
  get styles(): number {
    return this.formats.length;
  }

  /** Whether any of its formats is left to the library. */
  get asksLibrary(): boolean {
    return this.byLibrary !== null;
  }

  /** null when only the library could show it and it cannot. */
  show(style: number, raw: string): string | null {
    const { quick } = this;
    // What is done on the digits is done sooner than looked up.
    const own = (style < quick.length ? quick[style] : quick[0])?.(raw) ?? null;
    if (own !== null || this.byLibrary === null) return own;
    const before = this.shown[style];
    const known = before?.get(raw);
    if (known !== undefined) return known;
    const text = this.showByLibrary(this.byLibrary, style, raw);
    if (before !== undefined && before.size < SHOWN_LIMIT) before.set(raw, text);
    return text;
  }

  private showByLibrary(byLibrary: ShowByLibrary, style: number, raw: string): string | null {
    const value = Number(raw);
    if (!Number.isFinite(value)) return null;
    const id = this.formats[style] ?? 0;
    const printed = byLibrary(this.codes.get(id) ?? id, value, this.date1904);
    // Long numbers print as 1.2E+11 in a narrow general format; the value itself is what was typed.
    return /^-?\d(?:\.\d+)?E[+-]\d+$/u.test(printed.trim()) ? String(value) : printed.trim();
  }
}

async function numberWriter(archive: Archive, date1904: boolean, library: () => Promise<ShowByLibrary>): Promise<NumberWriter> {
  const { formats, codes } = readFormats(archive);
  const quick = formats.map((id) => quickFormat(id, codes.get(id)));
  return new NumberWriter(formats, codes, quick, quick.some((show) => show === null) ? await library() : null, date1904);
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

keepShape(new WorkbookContext([], new NumberWriter([], new Map(), [], null, false), new ShownNumbers(0), true));
keepShape(new FormerLines());
