import { fitOf, IMPOSSIBLE } from './cell-fit';
import { type ColumnRole, isWording, level1Word, level2Word, ruleWord } from './form-words';
import type { RawBlock, RawRow, RowNote, StrayText } from './raw-table';
import { joinPieces, type TextPiece } from './text-piece';

/*
 * A page's text layer has lost the grid: cells are broken over lines, neighbours glued together, blank cells gone. What is left is
 * the order of the cells and their words. The block is read as the best division of the pieces into cells, row after row, each cell
 * judged by how well its text fits its column. Cost: pieces × columns × LONGEST_CELL.
 */

/** Pieces a cell of a column may be broken into. */
const LONGEST: Readonly<Record<ColumnRole, number>> = {
  level1: 6,
  level2: 7,
  name: 14,
  operator: 2,
  target: 7,
  unit: 2,
  basis: 12,
  previous: 4,
  weight: 1,
  rule: 7,
  evidence: 7,
  other: 0,
};
const LONGEST_CELL = Math.max(...Object.values(LONGEST));
/** Leaving a piece out inside the block. */
const STRAY = -4;
/** Leaving a piece out behind the last row, where other text may follow. */
const BEHIND = -0.05;

/** What a row loses when a column has no text. Levels are merged over rows, last year's value is often blank. */
const MISSING: Readonly<Record<ColumnRole, number>> = {
  level1: 0,
  level2: 0,
  name: -12,
  operator: -3,
  target: -9,
  unit: 0,
  basis: -1.5,
  previous: 0,
  weight: -7,
  rule: -3,
  evidence: -2,
  other: 0,
};

type Step =
  | { readonly kind: 'cell'; readonly column: number; readonly from: number; readonly before: number }
  | { readonly kind: 'stray'; readonly from: number; readonly before: number }
  | { readonly kind: 'row'; readonly before: number };

/** Rows of the block; what stands behind the last row and looks like no part of a table is left alone. */
export function readFlowBlock(pieces: readonly TextPiece[], columns: readonly ColumnRole[]): RawBlock {
  const count = pieces.length;
  const open = columns.length; // State `open`: between rows. State c < open: column c of a row was filled last.
  const states = open + 1;
  const score = new Float64Array((count + 1) * states).fill(IMPOSSIBLE);
  const steps: (Step | undefined)[] = new Array<Step | undefined>((count + 1) * states);
  const reach = (at: number, state: number, value: number, step: Step): void => {
    const cell = at * states + state;
    if (value > (score[cell] as number)) {
      score[cell] = value;
      steps[cell] = step;
    }
  };
  const skipFrom = columns
    .map((_, column) => columns.slice(0, column).reduce((sum, role) => sum + MISSING[role], 0))
    .concat(columns.reduce((sum, role) => sum + MISSING[role], 0));
  const nameColumn = columns.indexOf('name');
  score[open] = 0;

  for (let at = 0; at <= count; at += 1) {
    const fits = fitsAt(pieces, columns, at);
    // A row ends without consuming anything, so filled states come before the state between rows.
    for (let state = 0; state <= open; state += 1) {
      const here = score[at * states + state] as number;
      if (here === IMPOSSIBLE) continue;
      if (state < open && state >= nameColumn) {
        const missing = (skipFrom[open] as number) - (skipFrom[state + 1] as number);
        reach(at, open, here + missing, { kind: 'row', before: state });
      }
    }
    for (let state = 0; state <= open; state += 1) {
      const here = score[at * states + state] as number;
      if (here === IMPOSSIBLE || at === count) continue;
      reach(at + 1, state, here + STRAY, { kind: 'stray', from: at, before: state });
      const next = state === open ? 0 : state + 1;
      for (let column = next; column < open; column += 1) {
        const missing = (skipFrom[column] as number) - (skipFrom[next] as number);
        const lengths = fits[column] as readonly number[];
        for (let length = 1; length < lengths.length; length += 1) {
          const fit = lengths[length] as number;
          if (fit === IMPOSSIBLE) continue;
          reach(at + length, column, here + missing + fit, { kind: 'cell', column, from: at, before: state });
        }
      }
    }
  }
  const end = bestEnd(score, count, states, open);
  return { columns, ...rowsOf(walkBack(steps, end, states, open), pieces, columns, end) };
}

/** Fit of every cell that could start at a piece: by column, by number of pieces (index 0 unused). */
function fitsAt(pieces: readonly TextPiece[], columns: readonly ColumnRole[], at: number): readonly (readonly number[])[] {
  const fits: number[][] = columns.map(() => [IMPOSSIBLE]);
  let text = '';
  for (let length = 1; length <= LONGEST_CELL && at + length <= pieces.length; length += 1) {
    text = length === 1 ? (pieces[at] as TextPiece).text : `${text} ${(pieces[at + length - 1] as TextPiece).text}`;
    columns.forEach((role, column) => {
      if (length <= LONGEST[role]) (fits[column] as number[]).push(fitOf(role, text, length));
    });
  }
  return fits;
}

/** The last piece of the block: text behind the table costs next to nothing, so it is never forced into rows. */
function bestEnd(score: Float64Array, count: number, states: number, open: number): number {
  let best = 0;
  let bestScore = IMPOSSIBLE;
  for (let at = 0; at <= count; at += 1) {
    const value = (score[at * states + open] as number) + (count - at) * BEHIND;
    if (value >= bestScore) {
      bestScore = value;
      best = at;
    }
  }
  return best;
}

function walkBack(steps: readonly (Step | undefined)[], end: number, states: number, open: number): Step[] {
  const path: Step[] = [];
  let at = end;
  let state = open;
  for (;;) {
    const step = steps[at * states + state];
    if (step === undefined) break;
    path.push(step);
    state = step.before;
    if (step.kind !== 'row') at = step.from;
    if (at === 0 && state === open) break;
  }
  return path.reverse();
}

function rowsOf(
  path: readonly Step[],
  pieces: readonly TextPiece[],
  columns: readonly ColumnRole[],
  end: number,
): Pick<RawBlock, 'rows' | 'strays'> {
  const rows: RawRow[] = [];
  const strays: StrayText[] = [];
  let cells: Partial<Record<ColumnRole, string>> = {};
  let numbers: number[] = [];
  let notes = new Set<RowNote>();
  path.forEach((step, index) => {
    if (step.kind === 'stray') {
      const piece = pieces[step.from] as TextPiece;
      strays.push({ number: piece.number, text: piece.text });
      return;
    }
    if (step.kind === 'row') {
      if (isGuessedBoundary(cells)) notes.add('uncertain');
      rows.push({ cells, numbers, notes: [...notes] });
      cells = {};
      numbers = [];
      notes = new Set<RowNote>();
      return;
    }
    const role = columns[step.column] as ColumnRole;
    const upTo = endOfCell(path, index, end);
    const taken = pieces.slice(step.from, upTo);
    cells[role] = joinPieces(taken);
    numbers.push(...taken.map((piece) => piece.number));
    if (role === 'target' && new Set(taken.map((piece) => piece.number)).size > 1) notes.add('split');
  });
  strays.push(...tableWordsBehind(pieces.slice(end)));
  return { rows, strays };
}

/** Where the cell of a step ends: where the next step that consumes something begins. */
function endOfCell(path: readonly Step[], index: number, end: number): number {
  for (let next = index + 1; next < path.length; next += 1) {
    const step = path[next] as Step;
    if (step.kind !== 'row') return step.from;
  }
  return end;
}

/** A wording the dictionary does not know beside a name: nothing but the words themselves could tell them apart. */
function isGuessedBoundary(cells: Partial<Record<ColumnRole, string>>): boolean {
  const target = cells.target;
  return target !== undefined && !/\d/u.test(target) && !isWording(target);
}

/** Words of a table behind its last row: something was not understood, and a person must look. */
function tableWordsBehind(pieces: readonly TextPiece[]): StrayText[] {
  return pieces
    .filter(
      (piece) =>
        level2Word(piece.text) !== null ||
        level1Word(piece.text) !== null ||
        ruleWord(piece.text) !== null ||
        /^[<>≥≤]=?\d/u.test(piece.compact),
    )
    .map((piece) => ({ number: piece.number, text: piece.text }));
}
