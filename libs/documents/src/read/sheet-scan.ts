import type { FormerCell, FormerCells } from './cells-like-before';
import { isPlainText } from '../recognise/plain-text';
import { COLUMN_LIMIT, ROW_LIMIT } from './limits';
import { decodeReferences } from './scan-xml';
import type { MergedRange, SheetRow } from './workbook-cells';

/** What a sheet's cells need from the rest of the workbook. */
export interface SheetContext {
  readonly sharedTexts: readonly string[];
  /** The text a numeric cell shows, by the index of its style; null when only the library can tell. */
  showNumber(style: number, raw: string): string | null;
  /** What a stretch of the sheet between two tags says, ends trimmed. One that was read before is the same object: a thousand sheets repeat a few hundred words. */
  textOf(stretch: string): string;
  /** A stretch of the sheet as Unicode text, its references not resolved yet. */
  decode(stretch: string): string;
  /** The usual numbers of the workbook as they are shown. */
  readonly shown: ShownNumbers;
  /** Is told of a text that reached a cell in no other way of this context. */
  meet(text: string): void;
  /** The cells of the sheets before of the same workbook, for sheets whose letters are bytes; null: every cell is taken apart, which takes longer and says the same. */
  readonly former: FormerCells | null;
}

/** A scanned sheet. */
export interface ScannedSheet {
  readonly rows: readonly SheetRow[];
  readonly merges: readonly MergedRange[];
  /** Rows that the sheet hides. */
  readonly hiddenRows: number;
  /** Rows or columns lie beyond what is read. */
  readonly isCut: boolean;
}

/** This sheet is written in a way the scan does not know; the library reads it. */
export class UnusualSheet extends Error {}

const OPEN = 0x3c;
const CLOSE = 0x3e;
const SLASH = 0x2f;
const SPACE = 0x20;
const LETTER_C = 0x63;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_T = 0x74;

/**
 * Rows of a sheet straight from its XML: the elements every program writes the same way. No tree is built and no formula computed; a cell is
 * its last value. Throws {@link UnusualSheet} where the file is not written in that way.
 * @param bytes the same sheet as bytes, where each letter is one
 */
export function scanSheet(xml: string, context: SheetContext, bytes: DataView | null = null): ScannedSheet {
  const data = xml.indexOf('<sheetData');
  if (data < 0) throw new UnusualSheet();
  // It stands near the end; one that is met before it ends the rows as well.
  let end = xml.lastIndexOf('</sheetData>');
  const rows: SheetRow[] = [];
  let hiddenRows = 0;
  let isCut = end < 0 && !xml.startsWith('<sheetData/>', data);
  let at = data + 10;
  let stop = end < 0 ? xml.length : end;
  let texts: string[] = [];
  let number = 0;
  let column = -1;
  const former = bytes === null ? null : context.former;
  const sheet = bytes ?? NO_BYTES;
  let rowAt = -1;
  let cellAt = 0;
  const tag: CellTag = { column: null, style: 0, type: '', isEmpty: false, text: '' };
  for (;;) {
    // Behind a cell nearly always comes the next tag.
    if (xml.charCodeAt(at) !== OPEN) at = xml.indexOf('<', at);
    if (at < 0 || at >= stop) break;
    const first = xml.charCodeAt(at + 1);
    if (first === LETTER_C && isNameEnd(xml.charCodeAt(at + 2))) {
      const known = former === null ? null : former.find(sheet, at, rowAt, cellAt);
      const knownEnd = known === null ? -1 : knownCell(xml, at, known, context, texts);
      if (known !== null && knownEnd >= 0) {
        column = known.column;
        cellAt += 1;
        at = knownEnd;
        continue;
      }
      const tagEnd = readTag(xml, at + 2, tag);
      if (tagEnd < 0) break;
      column = tag.column ?? column + 1;
      const isPlaced = former !== null && tag.column !== null && column < COLUMN_LIMIT;
      cellAt += 1;
      if (tag.isEmpty) {
        if (isPlaced) former.keep(sheet, at, tagEnd + 1, rowAt, cellAt - 1, '', column, 0);
        at = tagEnd + 1;
        continue;
      }
      const quickEnd = column < COLUMN_LIMIT ? plainCell(xml, tagEnd + 1, tag, context, texts, column) : -1;
      if (quickEnd >= 0) {
        if (isPlaced && known === null) {
          if (tag.type === '' || tag.type === 'n') former.keep(sheet, at, tagEnd + 4, rowAt, cellAt - 1, null, column, tag.style);
          else former.keep(sheet, at, quickEnd, rowAt, cellAt - 1, tag.text, column, 0);
        }
        at = quickEnd;
        continue;
      }
      const close = xml.indexOf('</c>', tagEnd);
      if (close < 0) break;
      if (column < COLUMN_LIMIT) {
        const text = cellText(xml, tagEnd, close, tag, context);
        context.meet(text);
        if (text !== '') put(texts, column, text);
      } else isCut = true;
      at = close + 4;
    } else if (first === LETTER_R && xml.startsWith('row', at + 1) && isNameEnd(xml.charCodeAt(at + 4))) {
      const tagEnd = xml.indexOf('>', at);
      if (tagEnd < 0) break;
      const plain = plainRowNumber(xml, at + 4, tagEnd);
      if (plain > 0) number = plain;
      else {
        const attributes = xml.slice(at + 4, tagEnd);
        number = Number(/\sr="(\d+)"/u.exec(attributes)?.[1] ?? number + 1);
        if (attributes.includes(' hidden="1"') || attributes.includes(' hidden="true"')) hiddenRows += 1;
      }
      column = -1;
      texts = [];
      rowAt += 1;
      cellAt = 0;
      // Blank rows are never kept: a million of them cost their scan and nothing else.
      const kept = { number, texts };
      if (rows.at(-1)?.texts.length === 0) rows.pop();
      if (rows.length >= ROW_LIMIT) {
        isCut = true;
        break;
      }
      rows.push(kept);
      at = tagEnd + 1;
    } else if (first === SLASH) {
      if (standsAt(xml, 'sheetData>', at + 2)) end = stop = at;
      at += 2;
    } else throw new UnusualSheet();
  }
  if (rows.at(-1)?.texts.length === 0) rows.pop();
  return { rows, merges: end < 0 ? [] : mergesOf(xml, end), hiddenRows, isCut };
}

const NO_BYTES = new DataView(new ArrayBuffer(0));

/** The number of ` r="12"` where that is all the tag of a row says; 0 when it says anything else. */
function plainRowNumber(xml: string, from: number, tagEnd: number): number {
  if (!xml.startsWith(' r="', from) || xml.charCodeAt(tagEnd - 1) !== QUOTE) return 0;
  let number = 0;
  for (let at = from + 4; at < tagEnd - 1; at += 1) {
    const digit = xml.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}

function isNameEnd(code: number): boolean {
  return code === SPACE || code === CLOSE || code === SLASH || code === 0x0a || code === 0x0d || code === 0x09;
}

/** What the tag of a cell says; one is filled again and again, since a workbook has a hundred thousand of them. */
interface CellTag {
  /** 0-based; null when the cell names no place. */
  column: number | null;
  style: number;
  /** As the format writes it; empty: a number. */
  type: string;
  isEmpty: boolean;
  /** What {@link plainCell} read behind it. */
  text: string;
}

const QUOTE = 0x22;
const INLINE = 'inlineStr';

/** Reads ` r="AB12" s="3" t="s">` in one go; answers where the tag ends, -1 when it does not. */
function readTag(xml: string, from: number, tag: CellTag): number {
  tag.column = null;
  tag.style = 0;
  tag.type = '';
  let at = from;
  // ` r="AB12"` comes first in nearly every tag.
  if (xml.charCodeAt(at) === SPACE && xml.charCodeAt(at + 1) === LETTER_R && xml.charCodeAt(at + 2) === 0x3d && xml.charCodeAt(at + 3) === QUOTE) {
    tag.column = columnAt(xml, at + 4);
    at += 4;
    for (let code = xml.charCodeAt(at); code !== QUOTE; code = xml.charCodeAt(at)) {
      if (Number.isNaN(code)) return -1;
      at += 1;
    }
    at += 1;
  }
  for (;;) {
    const code = xml.charCodeAt(at);
    if (code === CLOSE) {
      tag.isEmpty = xml.charCodeAt(at - 1) === SLASH;
      return at;
    }
    if (Number.isNaN(code)) return -1;
    if (xml.charCodeAt(at + 1) === 0x3d && xml.charCodeAt(at + 2) === QUOTE) {
      const start = at + 3;
      const end = xml.indexOf('"', start);
      if (end < 0) return -1;
      // A longer name that ends in one of these letters (cm=, vm=, ph=) has another letter before it.
      if (isNameEnd(xml.charCodeAt(at - 1))) {
        if (code === LETTER_R) tag.column = columnAt(xml, start);
        else if (code === LETTER_S) tag.style = end === start + 1 ? styleOfDigit(xml.charCodeAt(start)) : Number(xml.slice(start, end));
        else if (code === LETTER_T) tag.type = xml.startsWith(INLINE, start) && end === start + INLINE.length ? INLINE : xml.slice(start, end);
      }
      at = end;
    }
    at += 1;
  }
}

function styleOfDigit(code: number): number {
  return code >= 0x30 && code <= 0x39 ? code - 0x30 : Number.NaN;
}

function columnAt(xml: string, from: number): number | null {
  let column = 0;
  for (let index = from; ; index += 1) {
    const code = xml.charCodeAt(index);
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + code - 0x40;
  }
  return column === 0 ? null : column - 1;
}

/**
 * The cells nearly every program writes: `<v>12.5</v></c>` and `<is><t>text</t></is></c>`, read in one go into `texts`. Answers where the cell ends,
 * -1 when it is written in another way.
 */
function plainCell(xml: string, from: number, tag: CellTag, context: SheetContext, texts: string[], column: number): number {
  const { type, style } = tag;
  if (type === INLINE) {
    if (!standsAt(xml, '<is><t>', from)) return -1;
    const end = nextTag(xml, from + 7);
    if (end < 0 || !standsAt(xml, '</t></is></c>', end)) return -1;
    const text = context.textOf(xml.slice(from + 7, end));
    tag.text = text;
    if (text !== '') put(texts, column, text);
    return end + 13;
  }
  if ((type !== '' && type !== 'n' && type !== 's') || !standsAt(xml, '<v>', from)) return -1;
  const end = nextTag(xml, from + 3);
  if (end <= from + 3 || !standsAt(xml, '</v></c>', end)) return -1;
  const raw = xml.slice(from + 3, end);
  const text = type === 's' ? (context.sharedTexts[Number(raw)] ?? '') : context.showNumber(style, raw);
  if (text === null) throw new UnusualSheet();
  tag.text = text;
  if (text !== '') put(texts, column, text);
  return end + 8;
}

/** Reads a cell whose markup was met before into `texts`; answers where it ends, -1 when its digits do not end as usual. */
function knownCell(xml: string, at: number, { length, text, column, style }: FormerCell, context: SheetContext, texts: string[]): number {
  const from = at + length;
  if (text !== null) {
    if (text !== '') put(texts, column, text);
    return from;
  }
  const usual = hundredthsAt(xml, from);
  const kept = usual < 0 ? null : context.shown.of(style);
  const before = kept?.[usual];
  if (before !== undefined) {
    const behind = from + digitsOf(usual);
    if (!standsAt(xml, '</v></c>', behind)) return -1;
    put(texts, column, before);
    return behind + 8;
  }
  const end = nextTag(xml, from);
  if (end <= from || !standsAt(xml, '</v></c>', end)) return -1;
  const shown = context.showNumber(style, xml.slice(from, end));
  if (shown === null) throw new UnusualSheet();
  if (shown !== '') {
    put(texts, column, shown);
    // One that is to be looked at is not kept: from the list it would be taken without a word.
    if (kept !== null && isPlainText(shown)) kept[usual] = shown;
  }
  return end + 8;
}

/** Numbers below this are kept, in hundredths: weights, points and rates are such, and a sheet has dozens of them. */
const KEPT_BELOW = 20_000;
/** Styles of which numbers are kept. */
const KEPT_STYLES = 16;

/** How the usual numbers of a workbook are shown, by their style: hundredths below {@link KEPT_BELOW} as programs write them, without a needless zero. */
export class ShownNumbers {
  // Begun with the workbook and not when a number is met: what happens once a file is what the code compiled for the file before does not know, and is thrown away for.
  private readonly styles: readonly (string | undefined)[][];

  /** @param styles how many styles the workbook has */
  constructor(styles: number) {
    this.styles = Array.from({ length: Math.min(styles, KEPT_STYLES) }, () => new Array<string | undefined>(KEPT_BELOW).fill(undefined));
  }

  /** By hundredths; null for a style of which none are kept. */
  of(style: number): (string | undefined)[] | null {
    return style >= 0 && style < this.styles.length ? (this.styles[style] as (string | undefined)[]) : null;
  }
}

/** The hundredths of a number that stands before the next tag in its shortest spelling, below {@link KEPT_BELOW}; -1 for any other. */
function hundredthsAt(xml: string, from: number): number {
  let at = from;
  let whole = 0;
  let code = xml.charCodeAt(at);
  for (; code >= 0x30 && code <= 0x39; code = xml.charCodeAt(at)) {
    if (at - from === 3) return -1;
    whole = whole * 10 + code - 0x30;
    at += 1;
  }
  if (at === from || (at - from > 1 && xml.charCodeAt(from) === 0x30)) return -1;
  let hundredths = whole * 100;
  if (code === 0x2e) {
    const tenths = xml.charCodeAt(at + 1) - 0x30;
    if (!(tenths >= 0 && tenths <= 9)) return -1;
    code = xml.charCodeAt(at + 2);
    if (code === OPEN) {
      if (tenths === 0) return -1;
      hundredths += tenths * 10;
    } else {
      const last = code - 0x30;
      if (!(last >= 1 && last <= 9)) return -1;
      hundredths += tenths * 10 + last;
      code = xml.charCodeAt(at + 3);
    }
  }
  return code === OPEN && hundredths < KEPT_BELOW ? hundredths : -1;
}

/** How many characters {@link hundredthsAt} read. */
function digitsOf(hundredths: number): number {
  const whole = hundredths < 1_000 ? 1 : hundredths < 10_000 ? 2 : 3;
  return hundredths % 100 === 0 ? whole : hundredths % 10 === 0 ? whole + 2 : whole + 3;
}

/** Whether markup stands at a place. It is short and mostly does: done here it is sooner done than asked of the string. */
function standsAt(xml: string, markup: string, at: number): boolean {
  for (let index = 0; index < markup.length; index += 1) if (xml.charCodeAt(at + index) !== markup.charCodeAt(index)) return false;
  return true;
}

/** A cell's text is mostly short: the next tag is near. */
const NEAR = 48;

function nextTag(xml: string, from: number): number {
  for (let at = from; at < from + NEAR; at += 1) if (xml.charCodeAt(at) === OPEN) return at;
  return xml.indexOf('<', from + NEAR);
}

/** Texts of a row without holes, whatever its cells leave out. */
function put(texts: string[], column: number, text: string): void {
  while (texts.length < column) texts.push('');
  texts[column] = text;
}

function cellText(xml: string, tagEnd: number, close: number, { type, style }: CellTag, context: SheetContext): string {
  if (type === INLINE) return inlineText(xml, tagEnd + 1, close, context);
  // `=100%` typed into a cell becomes a formula whose value is a number: that was a target, so the sign stays.
  if (xml.startsWith('<f', tagEnd + 1)) {
    const typed = />(\d+(?:\.\d+)?%?)<\/f>/u.exec(xml.slice(tagEnd + 1, Math.min(close, tagEnd + 80)))?.[1];
    if (typed !== undefined) return `=${typed}`;
  }
  const open = xml.indexOf('<v', tagEnd);
  if (open < 0 || open >= close) return '';
  const start = xml.indexOf('>', open) + 1;
  const raw = xml.slice(start, xml.indexOf('<', start));
  if (raw === '') return '';
  switch (type) {
    case 's':
      return context.sharedTexts[Number(raw)] ?? '';
    case 'str':
      return context.textOf(raw);
    case 'b':
      return raw === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case '':
    case 'n': {
      const shown = context.showNumber(style, raw);
      if (shown === null) throw new UnusualSheet();
      return shown;
    }
    default:
      throw new UnusualSheet();
  }
}

/** The text of an inline string; nearly all of them are one plain run. */
function inlineText(xml: string, from: number, to: number, context: SheetContext): string {
  if (xml.startsWith('<is><t', from)) {
    const start = xml.indexOf('>', from + 6) + 1;
    const end = xml.indexOf('<', start);
    if (start > 0 && xml.startsWith('</t></is>', end) && end + 9 === to && xml.charCodeAt(start - 2) !== SLASH) return context.textOf(xml.slice(start, end));
  }
  return richText(context.decode(xml.slice(from, to))).trim();
}

/** The text of `<si>` and `<is>`: all its runs, without the phonetic ones. */
export function richText(xml: string): string {
  const plain = /^\s*<t(?:\s[^>]*)?>([^<]*)<\/t>\s*$/u.exec(xml)?.[1];
  if (plain !== undefined) return decodeText(plain);
  let text = '';
  for (const [, run = ''] of xml.replace(/<rPh[\s>][\s\S]*?<\/rPh>/gu, '').matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/gu)) text += decodeText(run);
  return text;
}

/** A text with its references resolved. Control characters are written `_x000D_` in this format. */
export function decodeText(text: string): string {
  const decoded = decodeReferences(text);
  return decoded.includes('_x') ? decoded.replace(/_x([0-9A-F]{4})_/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : decoded;
}

const MERGE_LIMIT = 100_000;

function mergesOf(xml: string, from: number): readonly MergedRange[] {
  const merges: MergedRange[] = [];
  const open = xml.indexOf('<mergeCells', from);
  if (open < 0) return merges;
  const block = xml.slice(open, xml.indexOf('</mergeCells>', open));
  // A thousand sheets of one form merge the same cells.
  if (block === lastMerges.block) return lastMerges.merges;
  for (const [, left = '', top, right = '', bottom] of block.matchAll(/<mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"/gu)) {
    if (merges.length >= MERGE_LIMIT) break;
    merges.push({ top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) });
  }
  if (block.length <= KEPT_MERGES) lastMerges = { block: Buffer.from(block, 'utf16le').toString('utf16le'), merges };
  return merges;
}

/** The merges read last, with the markup they were read from. */
let lastMerges: { readonly block: string; readonly merges: readonly MergedRange[] } = { block: '', merges: [] };
const KEPT_MERGES = 20_000;

function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 0x40;
  return column - 1;
}
