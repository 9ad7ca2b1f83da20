import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import type { Archive } from './archive';
import { PAGE_LIMIT } from './limits';
import { PartBuilder } from './page-rows';
import { sayPages } from './pdf.reader';
import type { DrawnPage, PageText, Rule } from './pdf-page';
import { attributeOf, scanXml, type XmlListener } from './scan-xml';
import { UnfitFile } from './unfit-file';

/** Points a millimetre: OFD measures in millimetres (GB/T 33190). */
const POINTS = 72 / 25.4;
const A4 = { width: 210 * POINTS, height: 297 * POINTS } as const;
/** Texts and rules of one page beyond this are a drawing, not a document. */
const OBJECT_LIMIT = 50_000;
/** Letters between two signs of a text that stand in different cells. */
const CELL_GAP = 1.7;
const THICKEST = 2.5;
const SHORTEST = 4;

/**
 * Rows and cells of an .ofd file by the places of its texts and its rules, as of a PDF. Fonts, signatures, attachments and pictures are not opened.
 * Throws `UnfitFile` `document.broken-part`, `document.scan`, `document.empty` and what the XML and the archive throw.
 */
export function readOfdParts(archive: Archive): { parts: SourcePart[]; asText: SourcePart[] | null; findings: Finding[] } {
  const root = required(archive, 'OFD.xml');
  const documents = textsOf(root, 'OFD.xml', 'DocRoot');
  const builder = new PartBuilder();
  const scanned: number[] = [];
  let count = 0;
  let pages = 0;
  for (const entry of documents) {
    const path = pathIn('', entry);
    const { pages: places, box } = documentOf(required(archive, path), path);
    pages += places.length;
    for (const place of places) {
      if (count >= PAGE_LIMIT) break;
      count += 1;
      const drawn = pageOf(required(archive, pathIn(path, place)), place, box);
      if (drawn.texts.length === 0 && drawn.hasPicture) scanned.push(count);
      builder.addPage(drawn, count);
    }
  }
  if (!builder.hasText) throw scanned.length > 0 ? new UnfitFile('document.scan', { pages: sayPages(scanned) }) : new UnfitFile('document.empty');
  const findings: Finding[] = [];
  if (scanned.length > 0) findings.push(aFinding('R-scanned-pages', 'WARN', { pages: sayPages(scanned) }));
  if (pages > count) findings.push(aFinding('R-pages-cut', 'WARN', { count: String(pages), limit: String(count) }));
  return { ...builder.parts(), findings };
}

function required(archive: Archive, path: string): string {
  const text = archive.text(path);
  if (text === null) throw new UnfitFile('document.broken-part', { part: path });
  return text;
}

/** A place named in a part, as a path of the archive: from the root when it begins with a stroke, else beside the part. */
function pathIn(part: string, place: string): string {
  const from = place.startsWith('/') ? [] : part.split('/').slice(0, -1);
  const path = [...from];
  for (const step of place.split(/[/\\]/u)) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** Texts of the elements of a name. */
function textsOf(xml: string, part: string, wanted: string): string[] {
  const found: string[] = [];
  let open: string | null = null;
  scanXml(xml, part, {
    open: (name) => {
      if (name === wanted) open = '';
    },
    close: (name) => {
      if (name === wanted && open !== null) {
        found.push(open.trim());
        open = null;
      }
    },
    text: (text) => {
      if (open !== null) open += text;
    },
  });
  return found;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Four numbers of a box, in points; null when they are none. */
function boxOf(text: string | null): Box | null {
  const numbers = numbersOf(text);
  const [x, y, width, height] = numbers;
  return numbers.length === 4 && x !== undefined && y !== undefined && width !== undefined && height !== undefined ? { x: x * POINTS, y: y * POINTS, width: width * POINTS, height: height * POINTS } : null;
}

function numbersOf(text: string | null): number[] {
  return (text ?? '').trim().split(/\s+/u).map(Number).filter(Number.isFinite);
}

function documentOf(xml: string, part: string): { pages: string[]; box: { width: number; height: number } } {
  const pages: string[] = [];
  scanXml(xml, part, {
    open: (name, attributes) => {
      const place = name === 'Page' ? attributeOf(attributes, 'BaseLoc') : null;
      if (place !== null) pages.push(place);
    },
    close: () => undefined,
  });
  return { pages, box: boxOf(textsOf(xml, part, 'PhysicalBox')[0] ?? null) ?? A4 };
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const UPRIGHT: Matrix = [1, 0, 0, 1, 0, 0];

/** Goes through a page and keeps its texts and its straight rules. */
class PageListener implements XmlListener {
  readonly texts: PageText[] = [];
  readonly level: Rule[] = [];
  readonly upright: Rule[] = [];
  hasPicture = false;
  private object: { box: Box; matrix: Matrix; size: number } | null = null;
  private code: { x: number; y: number; deltas: number[]; text: string } | null = null;
  private path: string | null = null;

  open(name: string, attributes: string): void {
    switch (name) {
      case 'ImageObject':
        this.hasPicture = true;
        return;
      case 'TextObject':
      case 'PathObject':
        this.object = { box: boxOf(attributeOf(attributes, 'Boundary')) ?? { x: 0, y: 0, width: 0, height: 0 }, matrix: matrixOf(attributeOf(attributes, 'CTM')), size: (numbersOf(attributeOf(attributes, 'Size'))[0] ?? 3.5) * POINTS };
        return;
      case 'TextCode': {
        const at = (of: string): number => numbersOf(attributeOf(attributes, of))[0] ?? 0;
        this.code = { x: at('X') * POINTS, y: at('Y') * POINTS, deltas: deltasOf(attributeOf(attributes, 'DeltaX')), text: '' };
        return;
      }
      case 'AbbreviatedData':
        this.path = '';
        return;
    }
  }

  close(name: string): void {
    if (name === 'TextCode') this.addText();
    else if (name === 'AbbreviatedData') this.addPath();
    else if (name === 'TextObject' || name === 'PathObject') this.object = null;
  }

  text(text: string): void {
    if (this.code !== null) this.code.text += text;
    if (this.path !== null) this.path += text;
  }

  private place(x: number, y: number): [number, number] {
    const { box, matrix: m } = this.object as { box: Box; matrix: Matrix };
    return [box.x + m[0] * x + m[2] * y + m[4] * POINTS, box.y + m[1] * x + m[3] * y + m[5] * POINTS];
  }

  /** Signs of a text in runs: a step much wider than a sign leads into another cell. */
  private addText(): void {
    const { object, code } = this;
    this.code = null;
    if (object === null || code === null || this.texts.length >= OBJECT_LIMIT) return;
    const [a, b, , d] = object.matrix;
    // Watermarks and stamps stand askew.
    if (Math.abs(b) > Math.abs(a) * 0.05) return;
    const size = object.size * Math.abs(d);
    let run: { text: string; from: number; to: number } | null = null;
    let x = code.x;
    const flush = (): void => {
      if (run === null || run.text.trim() === '') return;
      const [left, base] = this.place(run.from, code.y);
      const [right] = this.place(run.to, code.y);
      this.texts.push({ text: run.text, x: left, y: base - size * 0.85, width: Math.max(1, right - left), height: size });
      run = null;
    };
    [...code.text].forEach((sign, at) => {
      const own = (sign > '\u2e7f' ? 1 : 0.5) * object.size;
      if (run !== null && x - run.to > object.size * (CELL_GAP - 1)) flush();
      if (run === null) run = { text: sign, from: x, to: x + own };
      else run = { text: run.text + sign, from: run.from, to: x + own };
      x += code.deltas[at] ?? own;
    });
    flush();
  }

  /** Straight strokes of a path: M from, L to, C closes. Thin closed strips are rules too: their long sides lie together. */
  private addPath(): void {
    const words = (this.path ?? '').trim().split(/\s+/u);
    this.path = null;
    if (this.object === null) return;
    let start: [number, number] | null = null;
    let last: [number, number] | null = null;
    for (let at = 0; at < words.length; ) {
      const word = words[at] ?? '';
      at += 1;
      if (word === 'M' || word === 'S' || word === 'L') {
        const to = this.place(Number(words[at]) * POINTS, Number(words[at + 1]) * POINTS);
        at += 2;
        if (!to.every(Number.isFinite)) return;
        if (word === 'L' && last !== null) this.addRule(last, to);
        else start = to;
        last = to;
      } else if (word === 'C') {
        if (start !== null && last !== null) this.addRule(last, start);
        last = start;
      } else if (word === 'Q' || word === 'B' || word === 'A') {
        const count = word === 'Q' ? 4 : word === 'B' ? 6 : 7;
        last = this.place(Number(words[at + count - 2]) * POINTS, Number(words[at + count - 1]) * POINTS);
        at += count;
      }
    }
  }

  private addRule([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): void {
    if (this.level.length + this.upright.length >= OBJECT_LIMIT) return;
    const [wide, high] = [Math.abs(x1 - x2), Math.abs(y1 - y2)];
    if (wide >= SHORTEST && high < THICKEST / 4) this.level.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    else if (high >= SHORTEST && wide < THICKEST / 4) this.upright.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }
}

function matrixOf(text: string | null): Matrix {
  const numbers = numbersOf(text);
  return numbers.length === 6 ? (numbers as unknown as Matrix) : UPRIGHT;
}

/** Steps from sign to sign, in points; `g 12 3.5` says one step twelve times. */
function deltasOf(text: string | null): number[] {
  const words = (text ?? '').trim().split(/\s+/u).filter((word) => word !== '');
  const deltas: number[] = [];
  for (let at = 0; at < words.length && deltas.length < OBJECT_LIMIT; ) {
    if (words[at] === 'g') {
      const [count, step] = [Number(words[at + 1]), Number(words[at + 2])];
      for (let times = 0; times < Math.min(count, OBJECT_LIMIT - deltas.length); times += 1) deltas.push(step * POINTS);
      at += 3;
    } else {
      deltas.push(Number(words[at]) * POINTS);
      at += 1;
    }
  }
  return deltas.map((delta) => (Number.isFinite(delta) ? delta : 0));
}

function pageOf(xml: string, part: string, document: { readonly width: number; readonly height: number }): DrawnPage {
  const listener = new PageListener();
  scanXml(xml, part, listener);
  const { width, height } = boxOf(textsOf(xml, part, 'PhysicalBox')[0] ?? null) ?? document;
  return { width, height, texts: listener.texts, level: listener.level, upright: listener.upright, hasPicture: listener.hasPicture };
}
