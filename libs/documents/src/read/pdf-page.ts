import type { PdfLibrary } from './pdf-library';

type PdfPageProxy = Awaited<ReturnType<Awaited<ReturnType<PdfLibrary['getDocument']>['promise']>['getPage']>>;

/** A run of text on a page. Points; the origin is the upper left corner, `y` is the upper edge of the run. */
export interface PageText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The size of its letters. */
  readonly height: number;
}

/** A rule along one axis. */
export interface Rule {
  /** The coordinate across: y of a level rule, x of an upright one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** What a page draws that a table is made of. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PageText[];
  readonly level: readonly Rule[];
  readonly upright: readonly Rule[];
  /** Something is drawn that is neither text nor a rule: a picture. */
  readonly hasPicture: boolean;
}

type Matrix = readonly [number, number, number, number, number, number];

/** Rules thicker than this are bars or shaded areas. */
const THICKEST = 2.5;
/** Shorter strokes are underlines of a character, ticks, parts of drawings. */
const SHORTEST = 4;
/** Rules of a page beyond this are a drawing (a map, a chart), not a table. */
const RULE_LIMIT = 20_000;

/** Reads one page: its texts with their places, and the rules its tables are drawn with. */
export async function readPage(page: PdfPageProxy, library: PdfLibrary): Promise<DrawnPage> {
  // The viewport takes the page's rotation into account; its matrix turns PDF space into page space with the origin upper left.
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const toPage = transform as unknown as Matrix;
  const content = await page.getTextContent();
  const texts: PageText[] = [];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const text = placeText(item.str, multiply(toPage, item.transform as unknown as Matrix), item.width, item.height);
    if (text !== null) texts.push(text);
  }
  const drawing = new Drawing(library, toPage);
  const operators = await page.getOperatorList();
  operators.fnArray.forEach((operator, at) => drawing.take(operator, operators.argsArray[at] as unknown));
  return { width, height, texts, level: drawing.level, upright: drawing.upright, hasPicture: drawing.hasPicture };
}

function placeText(text: string, matrix: Matrix, width: number, height: number): PageText | null {
  const [a, b, c, d, x, y] = matrix;
  const size = Math.hypot(c, d) || height;
  // Watermarks and stamps stand askew; they are no part of a table.
  if (Math.abs(b) > Math.abs(a) * 0.05) return null;
  return size <= 0 ? null : { text, x, y: y - size * 0.85, width, height: size };
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** Follows the drawing operators of a page and keeps the straight rules. */
class Drawing {
  readonly level: Rule[] = [];
  readonly upright: Rule[] = [];
  hasPicture = false;
  private matrix: Matrix;
  private readonly saved: Matrix[] = [];
  private readonly strokes: ReadonlySet<number>;
  private readonly fills: ReadonlySet<number>;

  constructor(
    private readonly library: PdfLibrary,
    toPage: Matrix,
  ) {
    this.matrix = toPage;
    const { OPS } = library;
    this.strokes = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke]);
    this.fills = new Set([OPS.fill, OPS.eoFill, ...this.strokes]);
  }

  take(operator: number, args: unknown): void {
    const { OPS } = this.library;
    switch (operator) {
      case OPS.save:
        this.saved.push(this.matrix);
        break;
      case OPS.restore:
        this.matrix = this.saved.pop() ?? this.matrix;
        break;
      case OPS.transform:
        this.matrix = multiply(this.matrix, args as Matrix);
        break;
      case OPS.paintFormXObjectBegin: {
        this.saved.push(this.matrix);
        const [own] = args as [ArrayLike<number> | null];
        if (own !== null) this.matrix = multiply(this.matrix, Array.from(own) as unknown as Matrix);
        break;
      }
      case OPS.paintFormXObjectEnd:
        this.matrix = this.saved.pop() ?? this.matrix;
        break;
      case OPS.constructPath: {
        const [paint, [path]] = args as [number, [ArrayLike<number> | null]];
        if (path !== null && path !== undefined && (this.strokes.has(paint) || this.fills.has(paint))) this.readPath(path, this.strokes.has(paint));
        break;
      }
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
      case OPS.paintImageXObjectRepeat:
        this.hasPicture = true;
        break;
    }
  }

  private readPath(path: ArrayLike<number>, isStroked: boolean): void {
    const outline: [number, number][] = [];
    let isStraight = true;
    const flush = (): void => {
      if (outline.length > 1 && isStraight) this.readOutline(outline, isStroked);
      outline.length = 0;
      isStraight = true;
    };
    for (let at = 0; at < path.length; ) {
      const operation = path[at];
      at += 1;
      if (operation === 0) {
        flush();
        outline.push(this.point(path, at));
        at += 2;
      } else if (operation === 1) {
        outline.push(this.point(path, at));
        at += 2;
      } else if (operation === 4) {
        const [start] = outline;
        if (start !== undefined) outline.push(start);
      } else {
        isStraight = false;
        at += operation === 2 ? 6 : 4;
      }
    }
    flush();
  }

  private point(path: ArrayLike<number>, at: number): [number, number] {
    const [x, y] = [path[at] ?? 0, path[at + 1] ?? 0];
    const m = this.matrix;
    return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
  }

  private readOutline(points: readonly (readonly [number, number])[], isStroked: boolean): void {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Word processors print a border as a thin filled strip: its middle is the rule.
    if (right - left <= THICKEST || bottom - top <= THICKEST) {
      if (right - left > bottom - top) this.addLevel((top + bottom) / 2, left, right);
      else this.addUpright((left + right) / 2, top, bottom);
      return;
    }
    if (!isStroked || points.length > 2_000) return;
    for (let at = 1; at < points.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [points[at - 1] as [number, number], points[at] as [number, number]];
      if (Math.abs(y1 - y2) < 0.5) this.addLevel((y1 + y2) / 2, Math.min(x1, x2), Math.max(x1, x2));
      else if (Math.abs(x1 - x2) < 0.5) this.addUpright((x1 + x2) / 2, Math.min(y1, y2), Math.max(y1, y2));
    }
  }

  private addLevel(at: number, from: number, to: number): void {
    if (to - from >= SHORTEST && this.level.length < RULE_LIMIT) this.level.push({ at, from, to });
  }

  private addUpright(at: number, from: number, to: number): void {
    if (to - from >= SHORTEST && this.upright.length < RULE_LIMIT) this.upright.push({ at, from, to });
  }
}
