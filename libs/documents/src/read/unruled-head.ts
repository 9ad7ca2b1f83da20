import type { FormVocabulary } from '../recognise/form-vocabulary';
import { isYearLine } from '../recognise/head-labels';
import type { PageText } from './pdf-page';
import { boundsOf, cellText, joinRuns, type PrintedLine } from './pdf-text';
import { type Block, blockOf, type Hold, holdOf, type Leading } from './unruled-blocks';
import type { UnruledCell, UnruledLine } from './unruled-line';
import { reachesOf, type RowPlace, edgesOfRows } from './unruled-rows';
import { type Band, bandAt } from './unruled-words';

/** Letters between two cells of the head. */
const CELL_GAP = 0.9;
/** Letters between two cells that stand in different columns of the block below. */
const GUTTER_GAP = 0.28;
const SAME_ROW = 0.35;

/**
 * The head of a form without rules: labels and values by rows. Its cells are wider than the columns of the block below, each begins where one of
 * them begins; labels that stand in the middle of several rows belong to the first of them.
 */
export function headRowsOf(lines: readonly PrintedLine[], bands: readonly Band[], leading: Leading, hold: Hold, vocabulary: FormVocabulary): UnruledLine[] {
  const blocks = headBlocks(lines, bands, leading, vocabulary);
  if (blocks.length === 0) return [];
  const letter = Math.min(...blocks.map((block) => block.lines[0]?.height ?? 9));
  const rows = rowsOf(blocks, hold, letter);
  const tall = blocks.filter((block) => !rows.some((row) => row.blocks.includes(block)));
  for (const block of tall) homeOf(block, rows)?.blocks.push(block);
  liftLabels(rows, hold, letter);
  return rows.map(({ blocks: own }) => lineOf(own, bands));
}

interface HeadRow {
  readonly at: number;
  readonly blocks: Block[];
}

/** Segments of a line that stand apart, put together with those below them that go on with them. */
function headBlocks(lines: readonly PrintedLine[], bands: readonly Band[], leading: Leading, vocabulary: FormVocabulary): Block[] {
  const open: PrintedLine[][] = [];
  // How far a segment could reach: up to its neighbour, or to the edge of the table.
  const rooms = new Map<PrintedLine, number>();
  const edge = Math.max(...bands.map(({ to }) => to), ...lines.map((line) => line.x + line.width));
  const isLabel = (line: PrintedLine): boolean => vocabulary.labelField(joinRuns(line.texts)) !== null || vocabulary.moneyColumn(joinRuns(line.texts)) !== null;
  for (const line of lines) {
    if (standsAlone(line, vocabulary)) {
      open.push([line]);
      continue;
    }
    const segments = segmentsOfHead(line, bands);
    segments.forEach((segment, at) => rooms.set(segment, (segments[at + 1]?.x ?? edge) - segment.x));
    for (const [at, segment] of segments.entries()) {
      const left = segments[at - 1];
      // A value beside a label of its own height is that label's, however close the value above it stands.
      const isOwnValue = left !== undefined && isLabel(left) && !isLabel(segment);
      const above = open.filter((block) => {
        const last = block.at(-1) as PrintedLine;
        const pitch = segment.y + segment.height / 2 - last.y - last.height / 2;
        const first = block[0] as PrintedLine;
        if (standsAlone(first, vocabulary)) return false;
        const isBelow = pitch > 0 && pitch >= leading.least && pitch <= (leading.least > 0 ? leading.widest : segment.height * 1.45) && Math.abs(segment.height - last.height) < 0.5;
        const isUnder = Math.abs(segment.x - first.x) < segment.height * 0.5 || Math.abs(segment.x + segment.width / 2 - first.x - first.width / 2) < segment.height * 0.6;
        if (!isBelow || !isUnder) return false;
        const joined = [...block, segment].map((one) => joinRuns(one.texts)).join('');
        const isWord = vocabulary.labelField(joined) !== null || vocabulary.moneyColumn(joined) !== null;
        if (isWord) return true;
        if (isOwnValue) return false;
        // Rows as close as lines: a label begins a cell of its own, and only what reaches as far as any goes on.
        return !isLabel(segment) && !isLabel(last) && ((pitch <= leading.widest && !leading.isTight) || last.width + segment.height * 2 > (rooms.get(last) ?? 0));
      });
      const home = above.at(-1);
      if (home === undefined) open.push([segment]);
      else home.push(segment);
    }
  }
  return open.map(blockOf);
}

/** A title or a year: nothing stands beside it or goes on with it. */
function standsAlone(line: PrintedLine, vocabulary: FormVocabulary): boolean {
  const text = joinRuns(line.texts);
  return isYearLine(text) || vocabulary.readTitle(text) !== null;
}

function segmentsOfHead(line: PrintedLine, bands: readonly Band[]): PrintedLine[] {
  const segments: PageText[][] = [];
  for (const word of line.texts) {
    const last = segments.at(-1);
    const before = last?.at(-1);
    if (before === undefined || last === undefined) {
      segments.push([word]);
      continue;
    }
    const end = before.x + before.width;
    const gap = (word.x - end) / word.height;
    const isGutter = gap > GUTTER_GAP && (bands.some(({ from }) => from >= end - word.height * 0.6 && from <= word.x + word.height * 0.8) || bandAt(bands, before) !== bandAt(bands, word));
    if (gap > CELL_GAP || isGutter) segments.push([word]);
    else last.push(word);
  }
  return segments.map((texts) => ({ texts, ...boundsOf(texts) }));
}

/** Rows by the heights at which cells stand; one that lies between others and holds less is no row: its labels reach over several. */
function rowsOf(blocks: readonly Block[], hold: Hold, letter: number): HeadRow[] {
  const sorted = [...blocks].sort((a, b) => holdOf(a, hold) - holdOf(b, hold));
  const groups: HeadRow[] = [];
  for (const block of sorted) {
    const last = groups.at(-1);
    const at = holdOf(block, hold);
    if (last !== undefined && at - last.at <= letter * SAME_ROW) last.blocks.push(block);
    else groups.push({ at, blocks: [block] });
  }
  // How far to the right a row reaches: labels of several rows stand at the left.
  const reach = (row: HeadRow): number => Math.max(...row.blocks.map((block) => block.x + block.width));
  const least = (row: HeadRow): number => Math.min(...row.blocks.map((block) => block.height));
  const kept: HeadRow[] = [];
  for (const row of [...groups].sort((a, b) => reach(b) - reach(a) || b.blocks.length - a.blocks.length)) {
    if (kept.every((other) => Math.abs(other.at - row.at) > ((least(row) + least(other)) / 2) * 1.15)) kept.push(row);
  }
  return kept.sort((a, b) => a.at - b.at);
}

function homeOf(block: Block, rows: readonly HeadRow[]): HeadRow | undefined {
  const middle = block.y + block.height / 2;
  const isFree = (row: HeadRow): boolean => row.blocks.every((one) => one.x >= block.x + block.width || one.x + one.width <= block.x);
  // The first of the rows that surround it and leave its place free.
  const below = rows.findIndex((row) => row.at >= middle);
  let from = below < 0 ? rows.length : below;
  let to = from;
  while (from > 0 && isFree(rows[from - 1] as HeadRow)) {
    const next = rows[to];
    if (next === undefined || !isFree(next)) break;
    from -= 1;
    to += 1;
  }
  return rows[from] ?? rows[from - 1] ?? rows.at(-1);
}

/** Labels at the left that stand in the middle of several rows are moved into the first of them. */
function liftLabels(rows: HeadRow[], hold: Hold, letter: number): void {
  if (hold === 'top') return;
  // The column of the labels: whatever stands above or below the one furthest to the left, at the left or in the middle of its cell.
  const beside = rows.flatMap((row) => (row.blocks.length > 1 ? row.blocks : []));
  const leftmost = beside.reduce<Block | null>((best, block) => (best === null || block.x < best.x ? block : best), null);
  if (leftmost === null) return;
  const shares = (block: Block, from: number, to: number): number => Math.min(to, block.x + block.width) - Math.max(from, block.x);
  const column = beside.filter((block) => shares(block, leftmost.x, leftmost.x + leftmost.width) > block.width * 0.3);
  const [left, right] = [leftmost.x, Math.max(...column.map((block) => Math.min(block.x + block.width, leftmost.x + leftmost.width * 1.3)))];
  const labelOf = (row: HeadRow): Block | undefined => row.blocks.find((block) => shares(block, left, right) > block.width * 0.5);
  const from = rows.findIndex((row) => row.blocks.length > 1 && labelOf(row) !== undefined);
  const stretch = rows.slice(from < 0 ? rows.length : from);
  if (stretch.length === 0 || stretch.every((row) => labelOf(row) !== undefined)) return;
  const firstBare = from > 0 ? rows.slice(0, from).findLastIndex((row) => row.blocks.length === 1) + 1 : 0;
  const all = rows.slice(firstBare);
  const words = all.flatMap((row) => labelOf(row) ?? []);
  const places: RowPlace[] = all.map((row) => {
    const others = row.blocks.filter((block) => block !== labelOf(row));
    return { at: row.at, height: Math.max(letter, ...(others.length === 0 ? row.blocks : others).map((block) => block.height)) };
  });
  const reaches = reachesOf(words, places, edgesOfRows(places, hold), new Set(), false, hold, letter);
  if (reaches.length < words.length) return;
  for (const row of all) {
    const label = labelOf(row);
    if (label !== undefined) row.blocks.splice(row.blocks.indexOf(label), 1);
  }
  for (const { block, from: first } of reaches) (all[first] as HeadRow).blocks.push(block);
}

/** Cells in the columns in which they begin; two that begin in one stand side by side. */
function lineOf(blocks: readonly Block[], bands: readonly Band[]): UnruledLine {
  const cells: UnruledCell[] = bands.map(() => ({ text: '', box: null }));
  let next = 0;
  for (const block of [...blocks].sort((a, b) => a.x - b.x)) {
    const column = Math.max(next, bandAt(bands, { x: block.x, width: (block.lines[0]?.height ?? 9) * 0.9 }));
    const { x, y, width, height } = block;
    cells[column] = { text: cellText(block.lines.flatMap((line) => line.texts), width), box: { x, y, width, height } };
    next = column + 1;
  }
  return { cells };
}
