import { Archive, UnfitFile } from '@jiheng/documents';
import { CFB } from '@e965/xlsx';
import { SwollenSheet } from './sheet-faults';

/** What of the sheet library's containers is used here; its own types say nothing. */
const containers = CFB as {
  readonly utils: { cfb_new(): object; cfb_add(box: object, name: string, content: Buffer, options: { unsafe: boolean }): void };
  write(box: object, options: { type: 'buffer'; fileType: 'zip' }): Buffer;
};

/** A workbook of which only what holds values is left. */
export interface LeanWorkbook {
  readonly bytes: Buffer;
  /** Bytes it unpacked to. */
  readonly unpacked: number;
}

const OVERRIDE = /<(?:\w+:)?Override\b[^<>]*>/gu;
const HOLDS_VALUES = /(?:(?:sheet|template)(?:\.macroEnabled)?\.main|\.worksheet|\.styles|\.sharedStrings)\+xml/iu;
const USUAL_PARTS = /^xl\/(?:workbook|styles|sharedstrings|worksheets\/[^/]+)\.xml$|(?:^|\/)_rels\/workbook[^/]*\.rels$/u;
/** The library visits every cell that a link covers: one link over a whole sheet is seventeen thousand million of them. */
const LINK = /<(?:\w+:)?hyperlink\b/gu;
/** Dates whose numbers only Chinese, Japanese and Korean programs know (27…58, 年月日): for the library they are no format at all, 14 is its plain date. */
const EASTERN_DATE = /(?<head><(?:\w+:)?xf\b[^<>]*\bnumFmtId=["'])(?:2[7-9]|3[016]|5[0-478])(?=["'])/gu;

const SWOLLEN: ReadonlySet<string> = new Set(['document.inflates-too-much', 'document.lying-archive']);

/**
 * An .xlsx taken apart within its bounds and put together again, for a library that unpacks by itself, bounds nothing, and believes another
 * of the two directories of an archive than the one that was looked at. Comments, links, pictures and names are left behind.
 * Throws {@link SwollenSheet}, and `UnfitFile` for what is no archive.
 * @param room bytes it may unpack to
 */
export function leanWorkbook(body: Buffer, room: number): LeanWorkbook {
  try {
    return repack(new Archive(body), room);
  } catch (fault) {
    throw fault instanceof UnfitFile && SWOLLEN.has(fault.code) ? new SwollenSheet() : fault;
  }
}

function repack(archive: Archive, room: number): LeanWorkbook {
  let unpacked = 0;
  const textOf = (name: string): string => {
    // Asked before it is unpacked, and counted again after: a part that is only stored may declare nothing.
    const declared = archive.size(name);
    if (unpacked + declared > room) throw new SwollenSheet();
    const text = archive.text(name) ?? '';
    unpacked += Math.max(declared, text.length);
    if (unpacked > room) throw new SwollenSheet();
    return text;
  };
  const types = textOf(TYPES).replace(OVERRIDE, (tag) => (HOLDS_VALUES.test(tag) ? tag : ''));
  const named = new Set(Array.from(types.matchAll(/PartName\s*=\s*["']\/?([^"']*)["']/gu), (found) => (found[1] ?? '').toLowerCase()));
  const box = containers.utils.cfb_new();
  const put = (name: string, text: string): void => containers.utils.cfb_add(box, name, Buffer.from(text), { unsafe: true });
  put(TYPES, types);
  for (const name of archive.names()) {
    if (name !== TYPES && (named.has(name) || USUAL_PARTS.test(name))) put(name, withRaised(textOf(name)).replace(LINK, '<nolink').replace(EASTERN_DATE, '$<head>14'));
  }
  return { bytes: containers.write(box, { type: 'buffer', fileType: 'zip' }), unpacked };
}

const TYPES = '[content_types].xml';

/** The text of a run that stands higher or lower. */
const RAISED = /(?<head><(?:\w+:)?vertAlign\b[^<>]{0,40}?\bval=["'](?<kind>superscript|subscript)["'][^<>]{0,10}>(?:<(?!\/?(?:\w+:)?r>)[^<>]{0,200}>){0,20})(?<text>[^<]{1,40})/gu;

/** How far before a raised run its neighbour may end. */
const NEIGHBOUR = 400;

/** Whether the run before one in the same cell ends with a number or its unit: a name with a footnote stays the name under which it is known. */
function followsNumber(xml: string, at: number): boolean {
  const end = /^[^]*(?<sign>.)<\/(?:\w+:)?t>(?<between>[^]*)$/u.exec(xml.slice(Math.max(0, at - NEIGHBOUR), at))?.groups;
  return end !== undefined && /[\dm%％‰]/iu.test(end['sign'] ?? '') && !/<(?:\w+:)?(?:si|is)\b/u.test(end['between'] ?? '');
}

/** The library joins the runs of a cell as if they were printed alike: what stands higher behind a number is written in the characters that stand higher, so that a footnote is no digit. */
function withRaised(xml: string): string {
  return xml.includes('vertAlign') ? xml.replace(RAISED, (all, ...found) => {
    const { head, kind, text } = found.at(-1) as Readonly<Record<'head' | 'kind' | 'text', string>>;
    if (!followsNumber(xml, found.at(-3) as number)) return all;
    const to = kind === 'superscript' ? '⁰¹²³⁴⁵⁶⁷⁸⁹' : '₀₁₂₃₄₅₆₇₈₉';
    return head + text.replace(/\d/gu, (digit) => to.charAt(Number(digit)));
  }) : xml;
}
