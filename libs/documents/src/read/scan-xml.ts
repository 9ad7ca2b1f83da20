import { DEPTH_LIMIT } from './limits';
import { UnfitFile } from './unfit-file';

/** What a scan of XML tells. Names come without their prefix. */
export interface XmlListener {
  /** @param attributes the text between the name and the end of the tag, for {@link attributeOf} */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Text with its references resolved. */
  text?(text: string): void;
}

/**
 * Goes through the elements of an office document's XML in order. Documents of this kind never declare a document type, so one that does is
 * refused: no entity is ever defined, let alone multiplied. Nesting is bounded. Nothing is built; memory is the text itself.
 * Throws {@link UnfitFile} `document.dangerous-xml`, `document.too-deep`, `document.broken-xml`.
 */
export function scanXml(xml: string, part: string, listener: XmlListener): void {
  let at = 0;
  let depth = 0;
  for (;;) {
    const tag = xml.indexOf('<', at);
    if (tag < 0) {
      if (depth > 0) throw new UnfitFile('document.broken-xml', { part });
      return;
    }
    if (tag > at && depth > 0) listener.text?.(decodeReferences(xml.slice(at, tag)));
    const sign = xml.charCodeAt(tag + 1);
    if (sign === EXCLAMATION || sign === QUESTION) {
      at = skipDeclaration(xml, tag, part, listener);
      continue;
    }
    const end = tagEnd(xml, tag, part);
    at = end + 1;
    if (sign === SLASH) {
      depth -= 1;
      listener.close(localName(xml.slice(tag + 2, end).trim()));
      continue;
    }
    const isEmpty = xml.charCodeAt(end - 1) === SLASH;
    const inner = xml.slice(tag + 1, isEmpty ? end - 1 : end);
    const space = inner.search(/\s/u);
    const name = localName(space < 0 ? inner : inner.slice(0, space));
    listener.open(name, space < 0 ? '' : inner.slice(space));
    if (isEmpty) listener.close(name);
    else {
      depth += 1;
      if (depth > DEPTH_LIMIT) throw new UnfitFile('document.too-deep', { limit: String(DEPTH_LIMIT) });
    }
  }
}

const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const SLASH = 0x2f;
const CLOSE = 0x3e;

function skipDeclaration(xml: string, tag: number, part: string, listener: XmlListener): number {
  const [close, length] = xml.startsWith('<!--', tag)
    ? (['-->', 3] as const)
    : xml.startsWith('<![CDATA[', tag)
      ? ([']]>', 3] as const)
      : xml.startsWith('<?', tag)
        ? (['?>', 2] as const)
        : ([null, 0] as const);
  if (close === null) throw new UnfitFile('document.dangerous-xml', { part });
  const end = xml.indexOf(close, tag + 2);
  if (end < 0) throw new UnfitFile('document.broken-xml', { part });
  if (close === ']]>') listener.text?.(xml.slice(tag + 9, end));
  return end + length;
}

/** The bracket that closes a tag; brackets inside quotation marks do not. */
function tagEnd(xml: string, tag: number, part: string): number {
  let quote = 0;
  for (let at = tag + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === CLOSE) return at;
    else if (code === 0x22 || code === 0x27) quote = code;
  }
  throw new UnfitFile('document.broken-xml', { part });
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** By the name of the attribute; only names of the program's own come here. */
const patterns = new Map<string, RegExp>();

/** The value of an attribute, whatever its prefix; null when it is absent. */
export function attributeOf(attributes: string, name: string): string | null {
  let pattern = patterns.get(name);
  if (pattern === undefined) patterns.set(name, (pattern = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u')));
  const found = pattern.exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : decodeReferences(value);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with `&amp;`, `&#22269;` and `&#x56fd;` resolved; any other reference stays as it stands. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/giu, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? '' : String.fromCodePoint(point);
  });
}
