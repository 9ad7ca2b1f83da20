import { isFootLine, isPageMark, tightText } from '../recognise/form-words';
import { type FormVocabulary, vocabularyOf } from '../recognise/form-vocabulary';
import type { CellSpan } from '../recognise/source-line';
import type { PageText } from './pdf-page';
import { boundsOf, cellText, joinRuns, type PrintedLine } from './pdf-text';
import { type Block, blockOf, blocksOf, type Hold, holdOf, isOneCell, type Leading, leadingOf, linesByColumn, median } from './unruled-blocks';
import { headRowsOf } from './unruled-head';
import type { UnruledCell, UnruledLine } from './unruled-line';
import { dealLines, edgesOfRows, holdOfRows, type PlacedBlock, reachesOf, rowPlaces, type RowPlace } from './unruled-rows';
import { type Band, bandAt, bandsCrossed, bandsOf, wordsOf } from './unruled-words';

/** The columns of a table that may go on over the page. */
export interface OpenTable {
  readonly bands: readonly Band[];
  /** The column of the indicators' names: levels stand left of it. */
  readonly nameAt: number;
}

/** What was read of a stretch of a page. */
export interface UnruledReading {
  readonly lines: readonly UnruledLine[];
  readonly table: OpenTable;
  /** Something stood where no rule of the reading puts it: another reading of the same may be better. */
  readonly isDoubtful: boolean;
}

/** A line of the page with its words. */
interface WordLine extends PrintedLine {
  readonly texts: readonly PageText[];
}

/** Heads printed across the page at least. */
const FEWEST_HEADS = 3;
/** Letters that a cell may stand beside the place it should stand at, before the reading is doubtful. */
const WELL_PLACED = 0.6;

/**
 * Reads an indicator table that is printed without rules. Its head row is known by its words; the columns are the stretches its texts leave
 * gutters between; a row is where several columns hold a cell at one height; merged level cells reach over the rows whose middle they stand in.
 * @param lines one stretch of a page, holding at most one table
 * @param above the table of the page before that may go on here; null when there is none
 * @returns null when there is no indicator table in the stretch
 */
export function readUnruledTable(lines: readonly PrintedLine[], above: OpenTable | null): UnruledReading | null {
  const vocabulary = vocabularyOf();
  const wordLines: WordLine[] = lines.map((line) => ({ ...line, texts: wordsOf(line.texts) }));
  const headAt = wordLines.findIndex((line) => isHeadLine(line, vocabulary));
  const headLine = wordLines[headAt];
  if (headLine !== undefined) return new TableReading(wordLines, headAt, vocabulary, above).read();
  return above === null ? null : new TableReading(wordLines, null, vocabulary, above).read();
}

/** A line in which the head of the names stands beside heads of levels or of targets, whole or broken. */
function isHeadLine(line: WordLine, vocabulary: FormVocabulary): boolean {
  if (line.texts.length < FEWEST_HEADS) return false;
  let heads = 0;
  let hasName = false;
  for (const { text } of line.texts) {
    const word = tightText(text);
    if (word.length < 2) continue;
    const spelled = vocabulary.headSpellings.filter((spelling) => spelling.word.startsWith(word));
    if (spelled.length === 0) continue;
    heads += 1;
    hasName ||= spelled.some(({ role }) => role === 'name') && /^(?:三级|指标[名内]|绩效)/u.test(word);
  }
  return hasName && heads >= FEWEST_HEADS && heads * 2 >= line.texts.length;
}

/** 执行情 of 1-7月执行情: heads speak of a span of the year, spelled in many ways. */
function withoutPeriod(word: string): string {
  return word.replace(/^(?:(?:\d{1,2}[-—–~至到]+)?\d{0,2}月份?|第?[一二三四1-4]季度|[上下]半年|前三季度)(?=.)/u, '');
}

class TableReading {
  private readonly letter: number;

  constructor(
    private readonly lines: readonly WordLine[],
    private readonly headAt: number | null,
    private readonly vocabulary: FormVocabulary,
    private readonly above: OpenTable | null,
  ) {
    this.letter = median(lines.map((line) => line.height)) ?? 9;
  }

  read(): UnruledReading | null {
    const body = this.bodyLines();
    const headLine = this.headAt === null ? null : (this.lines[this.headAt] as WordLine);
    const found = headLine === null ? this.bandsAsAbove(body) : this.findBands(headLine, body);
    if (found === null) return null;
    return this.readWithin(found, body, headLine);
  }

  private readWithin({ bands, nameAt }: OpenTable, body: readonly WordLine[], headLine: WordLine | null): UnruledReading | null {
    const crossing = new Set(body.filter((line) => this.isBeside(line, bands)));
    const words = body.filter((line) => !crossing.has(line)).flatMap((line) => line.texts);
    const columnOf = (word: PageText): number => bandAt(bands, word);
    const columns = linesByColumn(words, bands.length, columnOf);
    const leading = leadingOf(columns);
    const blocks = columns.map((own) => blocksOf(own, leading));
    const hold = holdOfRows(blocks.slice(nameAt), this.letter);
    const head = headLine === null ? null : this.readHeadRows(headLine, columns, bands, leading, hold);
    const joined = head === null ? null : withoutHeadless(bands, head.lines.map(({ line }) => line), nameAt);
    if (joined !== null) return this.readWithin(joined, body, headLine);
    const below = head?.bottom ?? Number.NEGATIVE_INFINITY;
    const rowsRead = this.readRows(columns.map((own) => own.filter((line) => line.y + line.height / 2 > below)), nameAt, leading, hold);
    if (rowsRead === null) return null;
    const printed: { y: number; line: UnruledLine }[] = [...(head?.lines ?? []), ...rowsRead.lines];
    const top = head?.top ?? Number.NEGATIVE_INFINITY;
    for (const line of crossing) printed.push({ y: line.y, line: lineAsPrinted(line) });
    const aboveHead = this.lines.filter((line) => line.y + line.height / 2 < top && !body.includes(line));
    const opened = headRowsOf(aboveHead, bands, leading, hold, this.vocabulary);
    // A line above the head row that is no part of it, though it stands among its words: the last line of a goal.
    return {
      lines: [...opened, ...printed.sort((a, b) => a.y - b.y).map(({ line }) => line)],
      table: { bands, nameAt },
      isDoubtful: rowsRead.isDoubtful,
    };
  }

  /** Lines from the head row on; where there is none, all of them. The upper lines of broken heads belong to it. */
  private bodyLines(): WordLine[] {
    if (this.headAt === null) return [...this.lines];
    const headLine = this.lines[this.headAt] as WordLine;
    const upper: WordLine[] = [];
    for (let at = this.headAt - 1; at >= 0; at -= 1) {
      const line = this.lines[at] as WordLine;
      // Four lines of a head at most stand above its middle.
      if (headLine.y - line.y > line.height * 6 || !this.isPartOfHead(line)) break;
      upper.unshift(line);
    }
    return [...upper, ...this.lines.slice(this.headAt)];
  }

  /** Whether every word of a line is a piece of a head word. */
  private isPartOfHead(line: WordLine): boolean {
    return line.texts.every(({ text }) => {
      const word = withoutPeriod(tightText(text));
      return this.vocabulary.headSpellings.some((spelling) => spelling.word.includes(word)) && this.vocabulary.labelField(text) === null;
    });
  }

  /** Columns by the gutters of all lines below the middle of the head row; as many texts may lie across as leave every head a column. */
  private findBands(headLine: WordLine, body: readonly WordLine[]): OpenTable | null {
    const inTable = body.filter((line) => line.y >= headLine.y - headLine.height * 0.2 && !this.isFoot(line));
    const words = inTable.filter((line) => line.texts.length >= 2 || line.width < this.pageWidth() * 0.25).flatMap((line) => line.texts);
    for (const crossing of [0, 1, 2, 3]) {
      const bands = bandsOf(words, crossing);
      const homes = headLine.texts.map((word) => bandAt(bands, word));
      // Blanks within a head (指标 值) part it into two words of one column.
      const isParted = headLine.texts.every((word, at) => {
        const next = headLine.texts[at + 1];
        return next === undefined || homes[at] !== homes[at + 1] || next.x - word.x - word.width < word.height * 0.4;
      });
      const named = headLine.texts.findIndex(({ text }) => /^(?:三级|指标[名内]|绩效)/u.test(tightText(text)));
      if (isParted && bands.length >= FEWEST_HEADS && named >= 0) return { bands, nameAt: homes[named] as number };
    }
    return null;
  }

  private pageWidth(): number {
    const bounds = boundsOf(this.lines.flatMap((line) => line.texts));
    return bounds.width;
  }

  /** The columns of the page before, when the words of this stretch keep within them. */
  private bandsAsAbove(body: readonly WordLine[]): OpenTable | null {
    if (this.above === null) return null;
    const { bands } = this.above;
    const inside = body.filter((line) => !this.isBeside(line, bands));
    const filled = inside.filter((line) => new Set(line.texts.map((word) => bandAt(bands, word))).size >= FEWEST_HEADS);
    return filled.length > 0 && inside.length * 2 >= body.length ? this.above : null;
  }

  private isFoot(line: WordLine): boolean {
    return isFootLine(joinRuns(line.texts)) || isPageMark(joinRuns(line.texts));
  }

  /** A line that lies across the columns, a remark, a signature, a page number. */
  private isBeside(line: WordLine, bands: readonly Band[]): boolean {
    return this.isFoot(line) || line.texts.some((word) => bandsCrossed(bands, word) >= 3 || (bandsCrossed(bands, word) === 2 && line.texts.length === 1));
  }

  private readHeadRows(headLine: WordLine, columns: readonly (readonly PrintedLine[])[], bands: readonly Band[], leading: Leading, hold: Hold): { lines: { y: number; line: UnruledLine }[]; top: number; bottom: number } {
    const nearby = columns.map((own) => own.filter((line) => Math.abs(line.y - headLine.y) < this.letter * 9));
    // The head words of the line that was found, whole: their place is that of the head row.
    const seeds = nearby.flatMap((own) => {
      const at = own.findIndex((line) => Math.abs(line.y + line.height / 2 - headLine.y - headLine.height / 2) < line.height * 0.5);
      return at < 0 ? [] : [wholeHead(own, at, leading, this.vocabulary)];
    });
    const place = median(seeds.map((block) => holdOf(block, hold))) ?? holdOf(headLine, hold);
    const main = nearby.map((own) => {
      const block = headBlockAt(own, place, hold, leading, this.letter, this.vocabulary);
      if (block === null || this.vocabulary.columnRole(textOf(block)) !== null) return block;
      // A line of a head of the lower storey may stand at the height of the others' middle.
      const whole = blocksOf(own, { ...leading, isTight: false }).find((one) => one.lines.includes(block.lines[0] as PrintedLine));
      return whole !== undefined && (this.vocabulary.columnBelow(textOf(whole)) !== null || this.vocabulary.isGroup(textOf(whole))) ? null : block;
    });
    const inRow = main.flatMap((block) => (block === null ? [] : [block]));
    let top = Math.min(headLine.y, ...inRow.map((block) => block.y));
    let bottom = Math.max(headLine.y + headLine.height, ...inRow.map((block) => block.y + block.height));
    const middle = (top + bottom) / 2;
    // Heads of two storeys: a word above several columns, and heads of their own below it.
    const upper: (Block | null)[] = main.map(() => null);
    const lower: (Block | null)[] = main.map(() => null);
    nearby.forEach((own, column) => {
      if (main[column] !== null) return;
      for (const block of blocksOf(own, { ...leading, isTight: false })) {
        const text = textOf(block);
        if (this.vocabulary.isGroup(text)) upper[column] ??= block;
        else if (this.vocabulary.columnBelow(text) !== null) lower[column] ??= block;
        else if (this.vocabulary.columnRole(text) !== null && block.y < bottom + this.letter && block.y > middle - this.letter * 3) main[column] ??= block;
      }
    });
    const hasLower = lower.some((block) => block !== null);
    for (const block of [...upper, ...lower]) {
      if (block === null) continue;
      top = Math.min(top, block.y);
      bottom = Math.max(bottom, block.y + block.height);
    }
    const first = main.map((block, column) => cellOf(block ?? upper[column] ?? null));
    const printed = [{ y: top, line: { cells: first } }];
    if (hasLower) printed.push({ y: top + 0.1, line: { cells: lower.map(cellOf) } });
    return { lines: printed, top, bottom };
  }

  private readRows(columns: readonly (readonly PrintedLine[])[], nameAt: number, leading: Leading, hold: Hold): { lines: { y: number; line: UnruledLine }[]; isDoubtful: boolean } | null {
    const { letter } = this;
    const blocks = columns.map((own) => blocksOf(own, leading));
    const votes = columns.length - nameAt >= 2 ? 2 : 1;
    const places = rowPlaces(blocks.slice(nameAt), hold, letter, votes);
    if (places.length === 0) return null;
    let isDoubtful = leading.isTight;
    const dealt = columns.map((own, column): PlacedBlock[] => (column < nameAt ? [] : dealLines(own, places, hold, leading, letter)));
    // What fits no row is a row of its own: a name nobody filled in, the rest of a cell that the page cut in two.
    const lost = dealt.flatMap((placed) => placed.flatMap(({ block, row }) => (row === null ? [block] : [])));
    const added = rowPlaces([lost], hold, letter, 1);
    if (lost.length > 0) isDoubtful = true;
    const heights = places.map(({ height }, row) => Math.max(0, ...dealt.flatMap((placed) => placed.flatMap((one) => (one.row === row ? [one.block.height] : [])))) || height);
    const rows: RowPlace[] = [...places.map(({ at }, row) => ({ at, height: heights[row] as number })), ...added].sort((a, b) => a.at - b.at);
    const rowOf = (at: number): number => rows.reduce((best, row, index) => (Math.abs(row.at - at) < Math.abs((rows[best] as RowPlace).at - at) ? index : best), 0);
    const cells: (Block | null)[][] = rows.map(() => columns.map(() => null));
    const spans: (CellSpan | null)[][] = rows.map(() => columns.map(() => null));
    dealt.forEach((placed, column) => {
      for (const { block, row, off } of placed) {
        const index = rowOf(row === null ? holdOf(block, hold) : (places[row] as RowPlace).at);
        const own = cells[index] as (Block | null)[];
        own[column] = own[column] === null ? block : blockOf([...(own[column] as Block).lines, ...block.lines]);
        if (row !== null && off > WELL_PLACED) isDoubtful = true;
      }
    });
    const edges = edgesOfRows(stretched(rows, blocks.slice(0, nameAt).flat(), hold, letter), hold);
    let borders: ReadonlySet<number> = new Set<number>();
    for (let column = 0; column < nameAt; column += 1) {
      const words = (blocks[column] as Block[]).filter((block) => block.lines.length > 0);
      const reaches = reachesOf(words, rows, edges, borders, this.above !== null, hold, letter);
      if (reaches.length < words.length) isDoubtful = true;
      const starts = new Set<number>(borders);
      for (const { block, from, to, off } of reaches) {
        (cells[from] as (Block | null)[])[column] = block;
        if (to - from > 1) (spans[from] as (CellSpan | null)[])[column] = { columns: 1, rows: to - from };
        starts.add(from);
        starts.add(to);
        if (off > WELL_PLACED) isDoubtful = true;
      }
      borders = starts;
    }
    return {
      lines: rows.map((row, index) => {
        const own = spans[index] as (CellSpan | null)[];
        return { y: row.at, line: { cells: (cells[index] as (Block | null)[]).map(cellOf), ...(own.some((span) => span !== null) ? { spans: own } : {}), ...(leading.isTight ? { inferred: true } : {}) } };
      }),
      isDoubtful,
    };
  }
}

/** The columns with those that have no head put to the nearer neighbour: a gap inside their cells (11 万元) stood in every row. Null when all have one. */
function withoutHeadless(bands: readonly Band[], heads: readonly UnruledLine[], nameAt: number): OpenTable | null {
  const isHeaded = (at: number): boolean => heads.some(({ cells }) => (cells[at]?.text ?? '') !== '');
  const at = bands.findIndex((_, column) => !isHeaded(column));
  const own = bands[at];
  if (own === undefined || bands.length <= FEWEST_HEADS) return null;
  const [left, right] = [bands[at - 1], bands[at + 1]];
  const toLeft = right === undefined || (left !== undefined && own.from - left.to <= right.from - own.to);
  const first = toLeft ? at - 1 : at;
  const [one, other] = [bands[first], bands[first + 1]];
  if (one === undefined || other === undefined) return null;
  const joined = [...bands.slice(0, first), { from: one.from, to: other.to }, ...bands.slice(first + 2)];
  return { bands: joined, nameAt: nameAt > first ? nameAt - 1 : nameAt };
}

/** Rows that a taller level cell of their own stretches, where their neighbours leave the room. */
function stretched(rows: readonly RowPlace[], levels: readonly Block[], hold: Hold, letter: number): RowPlace[] {
  if (hold === 'top') return [...rows];
  return rows.map((row, at) => {
    const tallest = Math.max(0, ...levels.filter((block) => Math.abs(holdOf(block, hold) - row.at) < letter * 0.3).map((block) => block.height));
    const [above, below] = [rows[at - 1], rows[at + 1]];
    const hasRoom = (other: RowPlace | undefined): boolean => other === undefined || Math.abs(other.at - row.at) >= (other.height + tallest) / 2;
    return tallest > row.height && hasRoom(above) && hasRoom(below) ? { at: row.at, height: tallest } : row;
  });
}

function textOf(block: Block): string {
  return block.lines.map((line) => joinRuns(line.texts)).join('');
}

function cellOf(block: Block | null): UnruledCell {
  if (block === null) return { text: '', box: null };
  const { x, y, width, height } = block;
  return { text: cellText(block.lines.flatMap((line) => line.texts), width), box: { x, y, width, height } };
}

function lineAsPrinted(line: WordLine): UnruledLine {
  return { cells: [{ text: joinRuns(line.texts), box: { x: line.x, y: line.y, width: line.width, height: line.height } }] };
}

/** The head a line of it belongs to: with the lines around it that make it a word of the forms, as few as will do. */
function wholeHead(own: readonly PrintedLine[], at: number, leading: Leading, vocabulary: FormVocabulary): Block {
  for (let size = 1; size <= 5; size += 1) {
    for (let from = Math.max(0, at - size + 1); from <= at && from + size <= own.length; from += 1) {
      const lines = own.slice(from, from + size);
      if (!isOneCell(lines, leading)) continue;
      const block = blockOf(lines);
      if (vocabulary.columnRole(textOf(block)) !== null) return block;
    }
  }
  return blockOf([own[at] as PrintedLine]);
}

/** The lines of a column that stand at a place as one cell: those that make a word of the forms, else as many as the spacing allows. */
function headBlockAt(own: readonly PrintedLine[], place: number, hold: Hold, leading: Leading, letter: number, vocabulary: FormVocabulary): Block | null {
  let best: Block | null = null;
  for (let from = 0; from < own.length; from += 1) {
    for (let to = from + 1; to <= Math.min(own.length, from + 8); to += 1) {
      const lines = own.slice(from, to);
      if (!isOneCell(lines, leading)) break;
      const block = blockOf(lines);
      if (Math.abs(holdOf(block, hold) - place) > letter * 0.35) continue;
      if (vocabulary.columnRole(textOf(block)) !== null) return block;
      // Where rows are as close as lines, or cells begin at one height, more lines would always seem to belong.
      if (best === null || (lines.length > best.lines.length && !leading.isTight && hold === 'middle')) best = block;
    }
  }
  return best;
}
