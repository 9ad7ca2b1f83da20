import type { PrintedLine } from './pdf-text';
import { type Block, blockOf, type Hold, holdOf, isOneCell, type Leading } from './unruled-blocks';

/** A row of a table without rules, by the place its cells are held at. */
export interface RowPlace {
  /** Points: the middle, or the upper edge, of its cells. */
  readonly at: number;
  /** The tallest of its cells. */
  readonly height: number;
}

/** How far apart two cells of one row are held, in letters. */
const SAME_ROW = 0.3;

/** Places at which at least `votes` columns hold a cell, top to bottom. */
export function rowPlaces(columns: readonly (readonly Block[])[], hold: Hold, letter: number, votes: number): RowPlace[] {
  const held = columns.flatMap((blocks, column) => blocks.map((block) => ({ block, column, at: holdOf(block, hold) }))).sort((a, b) => a.at - b.at);
  const groups: (typeof held)[] = [];
  for (const one of held) {
    const last = groups.at(-1);
    if (last !== undefined && one.at - (last[0] as { at: number }).at <= letter * SAME_ROW) last.push(one);
    else groups.push([one]);
  }
  return groups
    .filter((group) => new Set(group.map(({ column }) => column)).size >= votes)
    .map((group) => ({ at: group.reduce((sum, one) => sum + one.at, 0) / group.length, height: Math.max(...group.map(({ block }) => block.height)) }));
}

/** Whether the cells of rows are held by their middles or by their upper edges: whichever puts more of them beside one another. */
export function holdOfRows(columns: readonly (readonly Block[])[], letter: number): Hold {
  const agreement = (hold: Hold): number => {
    const held = columns.flatMap((blocks) => blocks.map((block) => holdOf(block, hold))).sort((a, b) => a - b);
    let sum = 0;
    for (let from = 0; from < held.length; ) {
      let to = from + 1;
      while (to < held.length && (held[to] as number) - (held[from] as number) <= letter * SAME_ROW) to += 1;
      sum += (to - from) ** 2;
      from = to;
    }
    return sum;
  };
  return agreement('top') > agreement('middle') ? 'top' : 'middle';
}

/** Lines of a column that belong to a row, or to none. */
export interface PlacedBlock {
  readonly block: Block;
  readonly row: number | null;
  /** Letters by which it stands beside the place of its row. */
  readonly off: number;
}

/** Leaving lines without a row, in letters beside. */
const WITHOUT_ROW = 1.1;
const LONGEST_CELL = 16;
/** A cell so high that it lies beside the place of another row. */
const SWALLOWS = 1.5;

/**
 * The lines of a column dealt out to rows: stretches of lines in order, each to a row of its own, so that all of them stand as near as possible
 * to the places of their rows. Cells of more lines than the spacing told apart are thereby put together, and cells glued together parted.
 */
export function dealLines(lines: readonly PrintedLine[], rows: readonly RowPlace[], hold: Hold, leading: Leading, letter: number): PlacedBlock[] {
  interface State {
    readonly cost: number;
    readonly lastRow: number;
    readonly before: State | null;
    readonly placed: PlacedBlock | null;
  }
  // For every number of lines dealt out: the best state by the last row used.
  let frontier: Map<number, State>[] = Array.from({ length: lines.length + 1 }, () => new Map<number, State>());
  frontier[0] = new Map([[-1, { cost: 0, lastRow: -1, before: null, placed: null }]]);
  const keep = (at: number, state: State): void => {
    const states = frontier[at] as Map<number, State>;
    const known = states.get(state.lastRow);
    if (known === undefined || state.cost < known.cost) states.set(state.lastRow, state);
  };
  for (let from = 0; from < lines.length; from += 1) {
    const states = [...(frontier[from] as Map<number, State>).values()];
    if (states.length === 0) continue;
    for (let to = from + 1; to <= Math.min(lines.length, from + LONGEST_CELL); to += 1) {
      const stretch = lines.slice(from, to);
      if (!isOneCell(stretch, leading)) break;
      const block = blockOf(stretch);
      const at = holdOf(block, hold);
      const covered = rows.filter((row) => row.at > block.y - letter * 0.3 && row.at < block.y + block.height - letter * 0.3).length;
      const swallowed = Math.max(0, covered - 1) * SWALLOWS;
      const near = rows.flatMap((row, index) => (Math.abs(row.at - at) <= WITHOUT_ROW * letter ? [{ index, off: Math.abs(row.at - at) / letter + swallowed }] : []));
      for (const state of states) {
        // Leaving out lines that stand beside several rows leaves out a cell of each.
        keep(to, { cost: state.cost + WITHOUT_ROW * Math.max(1, covered), lastRow: state.lastRow, before: state, placed: { block, row: null, off: WITHOUT_ROW } });
        for (const { index, off } of near) {
          if (index > state.lastRow) keep(to, { cost: state.cost + off, lastRow: index, before: state, placed: { block, row: index, off } });
        }
      }
    }
    // Only the best of the states that no later line can tell apart need be kept.
    frontier[from] = new Map();
  }
  let best: State | null = null;
  for (const state of (frontier[lines.length] as Map<number, State>).values()) if (best === null || state.cost < best.cost) best = state;
  frontier = [];
  const placed: PlacedBlock[] = [];
  for (let state = best; state !== null && state.placed !== null; state = state.before) placed.push(state.placed);
  return placed.reverse();
}

/** A merged cell with the rows it reaches over. */
export interface Reach {
  readonly block: Block;
  readonly from: number;
  /** End excluded. */
  readonly to: number;
  /** Letters by which its middle lies beside the middle of its rows. */
  readonly off: number;
}

/** A group of rows without a word: at the top of a page it goes on from the page before, elsewhere its cell is blank. */
const GOES_ON = 0.6;
const WITHOUT_WORD = 4;
/** A cell that reaches over the border of the cell left of it. */
const CROSSES = 30;

/**
 * How far merged cells reach, told by where their words stand: rows are divided into groups so that the middle of each group (or the top of its
 * first row) lies where its word is.
 * @param edges upper edge of each row and lower edge of the last: one more than there are rows
 * @param borders rows at which the cells left of these begin
 * @param goesOn whether the first rows may belong to a cell of the page before
 */
export function reachesOf(words: readonly Block[], rows: readonly RowPlace[], edges: readonly number[], borders: ReadonlySet<number>, goesOn: boolean, hold: Hold, letter: number): Reach[] {
  interface State {
    readonly cost: number;
    readonly before: State | null;
    readonly group: { readonly word: number | null; readonly from: number; readonly to: number; readonly off: number } | null;
  }
  const crossed = (from: number, to: number): number => {
    let count = 0;
    for (let row = from + 1; row < to; row += 1) if (borders.has(row)) count += 1;
    return count;
  };
  const offOf = (word: Block, from: number, to: number): number => {
    const middle = Math.abs(word.y + word.height / 2 - ((edges[from] as number) + (edges[to] as number)) / 2) / letter;
    return hold === 'top' ? Math.min(middle, Math.abs(holdOf(word, hold) - (rows[from] as RowPlace).at) / letter) : middle;
  };
  // [rows divided][words used]
  const best: (State | null)[][] = Array.from({ length: rows.length + 1 }, () => Array.from({ length: words.length + 1 }, () => null));
  (best[0] as (State | null)[])[0] = { cost: 0, before: null, group: null };
  const keep = (row: number, word: number, state: State): void => {
    const known = best[row]?.[word] ?? null;
    if (known === null || state.cost < known.cost) (best[row] as (State | null)[])[word] = state;
  };
  for (let from = 0; from < rows.length; from += 1) {
    for (let word = 0; word <= words.length; word += 1) {
      const state = best[from]?.[word] ?? null;
      if (state === null) continue;
      const block = words[word];
      for (let to = from + 1; to <= rows.length; to += 1) {
        const borderLoss = CROSSES * crossed(from, to);
        if (block !== undefined) {
          const off = offOf(block, from, to);
          keep(to, word + 1, { cost: state.cost + off + borderLoss, before: state, group: { word, from, to, off } });
        }
        const blank = from === 0 && goesOn ? GOES_ON : WITHOUT_WORD;
        if (state.group?.word !== null || from === 0) keep(to, word, { cost: state.cost + blank + borderLoss, before: state, group: { word: null, from, to, off: 0 } });
        if (borderLoss > CROSSES) break;
      }
    }
  }
  const reaches: Reach[] = [];
  for (let state = best[rows.length]?.[words.length] ?? null; state !== null && state.group !== null; state = state.before) {
    const { word, from, to, off } = state.group;
    const block = word === null ? undefined : words[word];
    if (block !== undefined) reaches.push({ block, from, to, off });
  }
  return reaches.reverse();
}

/** The edges of rows held by their middles: between two rows in the middle of the space their tallest cells leave. */
export function edgesOfRows(rows: readonly RowPlace[], hold: Hold): number[] {
  const top = (row: RowPlace): number => (hold === 'top' ? row.at : row.at - row.height / 2);
  const bottom = (row: RowPlace): number => top(row) + row.height;
  const inner = rows.slice(1).map((row, at) => (bottom(rows[at] as RowPlace) + top(row)) / 2);
  const padding = Math.max(0, Math.min(...inner.map((edge, at) => edge - bottom(rows[at] as RowPlace)), 20));
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [top(first) - padding, ...inner, bottom(last) + padding];
}
