import { boundsOf, cellText, type PrintedLine, segmentsOf } from './pdf-text';
import type { PageText } from './pdf-page';

/** A row of a table without rules: texts by column. */
export interface UnruledRow {
  readonly cells: readonly { readonly text: string; readonly box: { x: number; y: number; width: number; height: number } | null }[];
}

/** Letters between two cells at least. */
const CELL_GAP = 0.9;
/** Letters between columns at least, where every line leaves them free. */
const COLUMN_GAP = 0.3;
/** Lines with so many cells make a table. */
const TABLE_CELLS = 4;
const TABLE_LINES = 3;

/**
 * Rows of lines whose texts stand below one another without rules: columns are the stretches that no text of the wide lines leaves free;
 * null when the lines are no table. Cells may be broken over several lines.
 */
export function readUnruledRows(lines: readonly PrintedLine[]): UnruledRow[] | null {
  const wide = lines.map((line) => segmentsOf(line, CELL_GAP)).filter((segments) => segments.length >= TABLE_CELLS);
  if (wide.length < TABLE_LINES) return null;
  const columns: { from: number; to: number }[] = [];
  for (const { x, width } of lines.flatMap((line) => columnPieces(line)).sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last !== undefined && x <= last.to + 1) last.to = Math.max(last.to, x + width);
    else columns.push({ from: x, to: x + width });
  }
  if (columns.length < TABLE_CELLS) return null;
  const columnAt = (text: PageText): number => {
    const middle = text.x + text.width / 2;
    let best = 0;
    columns.forEach(({ from, to }, at) => {
      const away = (one: { from: number; to: number }): number => (middle < one.from ? one.from - middle : middle > one.to ? middle - one.to : 0);
      if (away({ from, to }) < away(columns[best] as { from: number; to: number })) best = at;
    });
    return best;
  };
  return bandsOf(lines).flatMap((band) => splitBand(band, columns.length)).map((band) => {
    const byColumn: PageText[][] = columns.map(() => []);
    for (const text of band.flatMap((line) => line.texts)) byColumn[columnAt(text)]?.push(text);
    return {
      cells: byColumn.map((texts, at) => {
        const { from, to } = columns[at] as { from: number; to: number };
        return { text: texts.length === 0 ? '' : cellText(texts, to - from), box: texts.length === 0 ? null : boundsOf(texts) };
      }),
    };
  });
}

/**
 * Texts of a line that stand apart by little: cells set close to one another still leave a gap that no line fills, and a gap within a cell
 * is filled by another line. Lines of few texts (a goal, a name across the page) say nothing about columns.
 */
function columnPieces(line: PrintedLine): { x: number; width: number }[] {
  const pieces = segmentsOf(line, COLUMN_GAP);
  return pieces.length >= TABLE_CELLS ? pieces : [];
}

/** Letters by which the space between rows must be wider than the space between the lines of a cell, to tell them apart. */
const CLEAR_STEP = 0.2;
/** Lines of one cell lie no further apart, in letters. */
const WIDEST_LEADING = 0.6;

/**
 * Lines in rows. Where the spaces between lines are of two kinds, the wider part rows; lines that reach into one another (a cell of two lines
 * beside a cell of one, both set in the middle) are always one row.
 */
function bandsOf(lines: readonly PrintedLine[]): PrintedLine[][] {
  const spaces: number[] = [];
  let bottom = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    spaces.push((line.y - bottom) / line.height);
    bottom = line.y + line.height;
  }
  const sorted = spaces.filter(Number.isFinite).sort((a, b) => a - b);
  let parting = 0;
  for (let at = 1; at < sorted.length; at += 1) {
    const [below, above] = [sorted[at - 1] as number, sorted[at] as number];
    if (below <= WIDEST_LEADING && above - below > CLEAR_STEP) parting = (below + above) / 2;
  }
  const bands: PrintedLine[][] = [];
  lines.forEach((line, at) => {
    const last = bands.at(-1);
    if (last !== undefined && (spaces[at] as number) < parting) last.push(line);
    else bands.push([line]);
  });
  return bands;
}

/**
 * A band with several lines that fill most columns is several rows whose merged neighbours, set in their middle, lie between them: each such
 * line is a row, and whatever lies between goes to the nearer.
 */
function splitBand(band: readonly PrintedLine[], columns: number): PrintedLine[][] {
  const anchors = band.filter((line) => segmentsOf(line, CELL_GAP).length >= Math.max(TABLE_CELLS, columns * 0.5));
  if (anchors.length < 2) return [[...band]];
  const rows = anchors.map((anchor) => [anchor]);
  const middle = (line: PrintedLine): number => line.y + line.height / 2;
  for (const line of band) {
    if (anchors.includes(line)) continue;
    let nearest = 0;
    anchors.forEach((anchor, at) => {
      if (Math.abs(middle(anchor) - middle(line)) < Math.abs(middle(anchors[nearest] as PrintedLine) - middle(line))) nearest = at;
    });
    rows[nearest]?.push(line);
  }
  return rows;
}
