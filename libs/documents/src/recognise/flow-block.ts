import { fitOf, IMPOSSIBLE, isTick } from './cell-fit';
import { bareWord, type ColumnRole, isFootLine, isSumWord, isWording, knowTight, level1Word, level2Word, ruleWord } from './form-words';
import { cellOfPieces } from './raw-cell';
import type { RawBlock, RawCell, RawRow, RawSum, RowNote, StrayText } from './raw-table';
import { readSumNumber } from './read-money';
import { joinPieces, type TextPiece } from './text-piece';

/*
 * A page's text layer has lost the grid: cells are broken over lines, neighbours glued together, blank cells gone. What is left is
 * the order of the cells and their words. The block is read as the best division of the pieces into cells, row after row, each cell
 * judged by how well its text fits its column. Cost: pieces × columns × the pieces of the longest cell a column may hold ({@link LONGEST}).
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
  adjustedTarget: 7,
  actual: 7,
  actualText: 10,
  deduction: 1,
  coefficient: 2,
  points: 2,
  deviation: 14,
  core: 1,
  forecast: 7,
  causeFunds: 1,
  causeSystem: 1,
  causeStaff: 1,
  causeEquipment: 1,
  causeOther: 1,
  certain: 1,
  possible: 1,
  impossible: 1,
  remark: 12,
  explanation: 12,
  method: 3,
  dataSource: 6,
  other: 0,
};
/** What a row must earn to be one. */
const ROW = -5;
/** Leaving a piece out inside the block. */
const STRAY = -4;
/** A first level without a second: 成本指标 alone is the second level of the form of 2020, 服务对象满意度 alone a name. */
const LEVEL_ALONE = -4;
/** So many pieces without another row that fits: the table has ended, what follows is other text. */
const END_OF_ROWS = 400;
/** Pieces read of one block: three thousand rows, far more than any form has. */
const LONGEST_BLOCK = 40_000;
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
  rule: -4,
  evidence: -3,
  adjustedTarget: 0,
  actual: -3,
  actualText: 0,
  deduction: 0,
  coefficient: -2,
  points: -4,
  deviation: 0,
  core: -2,
  forecast: -1,
  causeFunds: 0,
  causeSystem: 0,
  causeStaff: 0,
  causeEquipment: 0,
  causeOther: 0,
  certain: 0,
  possible: 0,
  impossible: 0,
  remark: 0,
  explanation: -1,
  method: -1,
  dataSource: -1,
  other: 0,
};

type Step =
  | { readonly kind: 'cell'; readonly column: number; readonly from: number; readonly before: number }
  | { readonly kind: 'stray'; readonly from: number; readonly before: number }
  | { readonly kind: 'row'; readonly before: number };

/** Rows of the block; what stands behind the last row and looks like no part of a table is left alone. */
export function readFlowBlock(read: readonly TextPiece[], columns: readonly ColumnRole[]): RawBlock {
  const allPieces = withoutFoot(read);
  const sumAt = allPieces.findIndex((piece, at) => isSumWord(piece.text) && readSumNumber(allPieces[at + 1]?.text ?? '') !== null);
  const pieces = allPieces.slice(0, Math.min(LONGEST_BLOCK, sumAt < 0 ? allPieces.length : sumAt));
  const { path, end } = new BlockDivision(pieces, columns).best();
  return { columns, ...rowsOf(path, pieces, columns, end), sums: sumAt < 0 ? [] : [readSum(allPieces, sumAt, columns)] };
}

/** Lines a remark below a table goes on for at most. */
const LONGEST_FOOT = 6;

/** Remarks and signatures (注：…, 填表人：… ) are no cells, wherever a page ends; broken ones go on in the lines below. */
function withoutFoot(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const feet = new Set<number>();
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as TextPiece;
    if (pieces[at - 1]?.number === piece.number || !isFootLine(piece.text)) continue;
    const isRemark = /^(?:注|备注|说明)/u.test(piece.compact);
    let text = '';
    for (let next = at, lines = 0; next < pieces.length && lines <= LONGEST_FOOT; next += 1) {
      const one = pieces[next] as TextPiece;
      if (next > at && one.number !== pieces[next - 1]?.number) {
        lines += 1;
        // 期： of 填报日期：; a remark goes on up to its full stop.
        if (isRemark ? /[。;]$/u.test(text) : !/[:：]/u.test(one.compact) && !/^(?:联系|电话|填报|日期|负责|审核|盖章)/u.test(one.compact)) break;
        if (level1Word(one.text) !== null || level2Word(one.text) !== null) break;
      }
      feet.add(one.number);
      text += one.compact;
    }
  }
  return feet.size === 0 ? pieces : pieces.filter(({ number }) => !feet.has(number));
}

/** The row that adds up ends the block: its numbers in order, and the rating behind them. */
function readSum(pieces: readonly TextPiece[], at: number, columns: readonly ColumnRole[]): RawSum {
  const numbers: TextPiece[] = [];
  let next = at + 1;
  while (next < pieces.length && numbers.length < 2 && readSumNumber((pieces[next] as TextPiece).text) !== null) {
    numbers.push(pieces[next] as TextPiece);
    next += 1;
  }
  const [first, second] = numbers;
  const rating = pieces[next];
  const cell = (piece: TextPiece | undefined): RawCell | null => (piece === undefined ? null : cellOfPieces([piece]));
  const hasWeight = columns.includes('weight');
  return {
    number: (pieces[at] as TextPiece).number,
    weight: hasWeight ? cell(first) : null,
    points: columns.includes('points') ? cell(hasWeight ? second : first) : null,
    rating: rating !== undefined && /^[优良中差]$/u.test(bareWord(rating.text)) ? cell(rating) : null,
  };
}

/**
 * The best division of pieces into rows and cells, by dynamic programming over pieces read × column filled last. State `open` is
 * between rows; state c below it means that column c of a row was filled last.
 */
class BlockDivision {
  private readonly open: number;
  private readonly states: number;
  private readonly nameColumn: number;
  private readonly score: Float64Array;
  private readonly steps: (Step | undefined)[];
  /** Loss of leaving out all columns before one. */
  private readonly lossBefore: readonly number[];
  /** Pieces of the longest cell its columns could hold. */
  private readonly longest: number;

  constructor(
    private readonly pieces: readonly TextPiece[],
    private readonly columns: readonly ColumnRole[],
  ) {
    this.open = columns.length;
    this.states = this.open + 1;
    this.nameColumn = columns.indexOf('name');
    this.score = new Float64Array((pieces.length + 1) * this.states).fill(IMPOSSIBLE);
    this.steps = [];
    const loss = [0];
    for (const role of columns) loss.push((loss.at(-1) as number) + MISSING[role]);
    this.lossBefore = loss;
    this.longest = Math.max(1, ...columns.map((role) => LONGEST[role]));
    this.score[this.open] = 0;
  }

  best(): { readonly path: readonly Step[]; readonly end: number } {
    let end = 0;
    let endScore = IMPOSSIBLE;
    for (let at = 0; at <= this.pieces.length && at - end <= END_OF_ROWS; at += 1) {
      this.closeRows(at);
      // Text behind the table costs next to nothing, so it is never forced into rows.
      const value = this.at(at, this.open) - at * BEHIND;
      if (value >= endScore) {
        endScore = value;
        end = at;
      }
      if (at < this.pieces.length) this.goOn(at);
    }
    return { path: this.pathTo(end), end };
  }

  private at(piece: number, state: number): number {
    return this.score[piece * this.states + state] as number;
  }

  private loss(from: number, to: number): number {
    return (this.lossBefore[to] as number) - (this.lossBefore[from] as number);
  }

  private reach(piece: number, state: number, value: number, step: Step): void {
    const cell = piece * this.states + state;
    if (value <= (this.score[cell] as number)) return;
    this.score[cell] = value;
    this.steps[cell] = step;
  }

  /** A row may end here; it consumes nothing. */
  private closeRows(at: number): void {
    for (let state = this.nameColumn; state < this.open; state += 1) {
      const here = this.at(at, state);
      if (here !== IMPOSSIBLE) this.reach(at, this.open, here + ROW + this.loss(state + 1, this.open), { kind: 'row', before: state });
    }
  }

  /** From every state at a piece: leave it out, or start a cell of a later column with it. */
  private goOn(at: number): void {
    const fits = fitsAt(this.pieces, this.columns, at, this.longest);
    for (let state = 0; state <= this.open; state += 1) {
      const here = this.at(at, state);
      if (here === IMPOSSIBLE) continue;
      this.reach(at + 1, state, here + STRAY, { kind: 'stray', from: at, before: state });
      const next = state === this.open ? 0 : state + 1;
      for (let column = next; column < this.open; column += 1) {
        const lengths = fits[column] as readonly number[];
        const lost = this.loss(next, column) + (this.leavesLevelAlone(state, column) ? LEVEL_ALONE : 0);
        for (let length = 1; length < lengths.length; length += 1) {
          const fit = lengths[length] as number;
          if (fit === IMPOSSIBLE) continue;
          this.reach(at + length, column, here + lost + fit, { kind: 'cell', column, from: at, before: state });
        }
      }
    }
  }

  /** A first level with no second level behind it: where the first changes, the second is printed too. */
  private leavesLevelAlone(state: number, column: number): boolean {
    return this.columns[state] === 'level1' && this.columns[state + 1] === 'level2' && column > state + 1;
  }

  private pathTo(end: number): readonly Step[] {
    const path: Step[] = [];
    let at = end;
    let state = this.open;
    for (;;) {
      const step = this.steps[at * this.states + state];
      if (step === undefined) return path.reverse();
      path.push(step);
      state = step.before;
      if (step.kind !== 'row') at = step.from;
    }
  }
}

/** Columns whose words no dictionary knows: where they end is told by their lines too. */
const BROKEN_ANYWHERE: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['name', 'basis', 'evidence', 'deviation', 'explanation', 'actualText', 'remark']);
/** What a cell loses that has a line well shorter than a later one. */
const TORN = 1.5;
/** Half the width of a Chinese character each: what punctuation and letters may leave open at the end of a line. */
const RAGGED = 4;

/** Lines of a cell: all but the last are full, so a short one before a longer one ended its cell. */
class CellLines {
  isTorn = false;
  private shortest = Number.POSITIVE_INFINITY;
  private width = 0;
  private number: number | null = null;

  add({ number, width }: TextPiece): void {
    if (this.number !== null && this.number !== number) {
      this.shortest = Math.min(this.shortest, this.width);
      this.width = 0;
    }
    this.number = number;
    this.width += width;
    this.isTorn ||= this.width > this.shortest + RAGGED;
  }
}

/** Fit of every cell that could start at a piece: by column, by number of pieces (index 0 unused). */
function fitsAt(pieces: readonly TextPiece[], columns: readonly ColumnRole[], at: number, longest: number): readonly (readonly number[])[] {
  const fits: number[][] = columns.map(() => [IMPOSSIBLE]);
  const lines = new CellLines();
  let text = '';
  let tight = '';
  for (let length = 1; length <= longest && at + length <= pieces.length; length += 1) {
    const piece = pieces[at + length - 1] as TextPiece;
    text = length === 1 ? piece.text : `${text} ${piece.text}`;
    tight += piece.compact;
    lines.add(piece);
    const cutLoss = lossOfCut(text);
    if (length > 1) knowTight(text, tight);
    columns.forEach((role, column) => {
      if (length <= LONGEST[role]) (fits[column] as number[]).push(fitOf(role, text, length) - (lines.isTorn && BROKEN_ANYWHERE.has(role) ? TORN : 0) - cutLoss);
    });
  }
  return fits;
}

/** What a text loses that was cut from its neighbour: 条例》649人, 台(. */
const CUT_OFF = 3;

function lossOfCut(text: string): number {
  return /^[)）》”】/、，。：:]/u.test(text) || /[(（《“【/]$/u.test(text) ? CUT_OFF : 0;
}

/** Cells whose border could lie elsewhere at little loss. */
const CLOSE = 0.6;

/**
 * The cells of a path that end or begin doubtfully: their last piece would have fitted nearly as well into the cell behind, or the first of that into
 * them, or their first pieces into a cell that is blank.
 */
function closeCells(path: readonly Step[], pieces: readonly TextPiece[], columns: readonly ColumnRole[], end: number): ReadonlySet<Step> {
  const close = new Set<Step>();
  const cells = path.flatMap((step, index) => (step.kind === 'cell' ? [{ step, to: endOfCell(path, index, end) }] : []));
  const fit = (column: number, from: number, to: number): number => {
    const role = columns[column] as ColumnRole;
    if (to <= from || to - from > LONGEST[role]) return IMPOSSIBLE;
    const text = joinPieces(pieces.slice(from, to));
    const lines = new CellLines();
    for (const piece of pieces.slice(from, to)) lines.add(piece);
    return fitOf(role, text, to - from) - (lines.isTorn && BROKEN_ANYWHERE.has(role) ? TORN : 0) - lossOfCut(text);
  };
  cells.forEach(({ step, to }, at) => {
    const next = cells[at + 1];
    if (next === undefined || next.step.from !== to) return;
    const own = fit(step.column, step.from, to) + fit(next.step.column, to, next.to);
    for (const by of [-2, -1, 1, 2]) {
      const border = to + by;
      if (border <= step.from || border >= next.to) continue;
      if (own - fit(step.column, step.from, border) - fit(next.step.column, border, next.to) > CLOSE) continue;
      close.add(step);
      close.add(next.step);
    }
    // Blank columns between two rows: the first pieces of the next cell may be what they held.
    const blank = columns.findIndex((role, column) => column > step.column && BROKEN_ANYWHERE.has(role) && MISSING[role] === 0);
    if (next.step.column > step.column || blank < 0) return;
    for (const by of [1, 2, 3]) {
      const border = to + by;
      if (border >= next.to) break;
      if (fit(next.step.column, to, next.to) - fit(blank, to, border) - fit(next.step.column, border, next.to) <= CLOSE) close.add(next.step);
    }
  });
  return close;
}

function rowsOf(
  path: readonly Step[],
  pieces: readonly TextPiece[],
  columns: readonly ColumnRole[],
  end: number,
): Pick<RawBlock, 'rows' | 'strays'> {
  const rows: RawRow[] = [];
  const strays: StrayText[] = [];
  let cells: Partial<Record<ColumnRole, RawCell>> = {};
  let numbers: number[] = [];
  let notes = new Set<RowNote>();
  const close = closeCells(path, pieces, columns, end);
  path.forEach((step, index) => {
    if (step.kind === 'stray') {
      const piece = pieces[step.from] as TextPiece;
      strays.push({ number: piece.number, text: piece.text });
      return;
    }
    if (step.kind === 'row') {
      if (isGuessedBoundary(cells)) {
        notes.add('uncertain');
        for (const role of ['name', 'target'] as const) {
          const cell = cells[role];
          if (cell !== undefined) cells[role] = { ...cell, notes: [...cell.notes, 'uncertain'] };
        }
      }
      rows.push({ cells, numbers, notes: [...notes] });
      cells = {};
      numbers = [];
      notes = new Set<RowNote>();
      return;
    }
    const role = columns[step.column] as ColumnRole;
    const upTo = endOfCell(path, index, end);
    const taken = pieces.slice(step.from, upTo);
    const isSplit = new Set(taken.map((piece) => piece.number)).size > 1;
    cells[role] = cellOfPieces(taken, [...(isSplit ? ['split' as const] : []), ...(close.has(step) ? ['close' as const] : [])]);
    numbers.push(...taken.map((piece) => piece.number));
    if (role === 'target' && isSplit) notes.add('split');
    if (isTick(role)) cells[role] = cellOfPieces(taken, ['uncertain']);
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
function isGuessedBoundary(cells: Partial<Record<ColumnRole, RawCell>>): boolean {
  const target = cells.target?.text;
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
