import { squeezePrinted } from '@jiheng/domain';
import { type FormVocabulary, periodOf } from './form-vocabulary';
import { isPageMark } from './form-words';
import { compactLabel, type HeadField, isMoneyLabel, isYearLine, readYear } from './head-labels';
import { isMoneyValue, type PlacedText, readMoneyLine } from './money-block';
import { hasMarkup, joinWrappedLines } from './printed-text';
import { cellOfPieces, wholeCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawCell, RawHead, RawMoneyLine } from './raw-table';
import type { SourceLine } from './source-line';
import type { MoneyColumn } from './templates/recognition-template';
import { joinPieces, piecesOf, type TextPiece } from './text-piece';

/** A label may be broken into so many pieces (项目资金(万 · 元)). */
const LONGEST_LABEL = 5;
/** Fewer words of a money block beside one another are no head of one. */
const FEWEST_MONEY_COLUMNS = 3;

interface FoundLabel {
  readonly field: HeadField | 'moneyHead';
  readonly from: number;
  readonly to: number;
  /** Columns of a money block, in order. */
  readonly columns?: readonly MoneyColumn[];
}

/** The head of a table whose cells became lines of text. Labels are found at the starts of words, values are what stands between. */
export function readFlowHead(lines: readonly SourceLine[], part: number, vocabulary: FormVocabulary): RawHead {
  const read: Partial<Record<HeadCell, RawCell>> = {};
  const body: SourceLine[] = [];
  let fiscalYear: number | null = null;
  for (const line of lines) {
    const text = line.cells.join(' ').trim();
    if (isPageMark(text)) continue;
    if (vocabulary.readTitle(text) !== null || isYearLine(text)) {
      fiscalYear ??= readYear(text);
      if (readYear(text) !== null) read.year ??= wholeCell(text, { part, line: line.number, cell: 0 });
    } else body.push(line);
  }
  const pieces = piecesOf(body, part);
  const labels = findLabels(pieces, vocabulary);
  const valueOf = (index: number): TextPiece[] => pieces.slice((labels[index] as FoundLabel).to, labels[index + 1]?.from ?? pieces.length);
  const labelText = ({ from, to }: FoundLabel): string => pieces.slice(from, to).map((piece) => piece.compact).join('');
  const money: Partial<Record<MoneyLabel, string>> = {};
  const moneyLines: RawMoneyLine[] = [];
  let moneyColumns: readonly MoneyColumn[] | null = null;
  let period: string | null = null;
  const prose: Partial<Record<'unit' | 'project' | 'score', string>> = {};
  const goals: Partial<Record<'goal' | 'goalAdjusted' | 'goalAchieved', string>> = {};
  let hadMarkup = false;
  let goalJoined = false;
  let hasGoalSeam = false;
  labels.forEach((label, index) => {
    const { field } = label;
    const value = valueOf(index);
    if (field === 'moneyHead') {
      moneyColumns = label.columns ?? null;
      for (const piece of pieces.slice(label.from, label.to)) period ??= periodOf(piece.text);
      if (moneyColumns !== null && value.length > 1 && value.every((piece) => isMoneyValue(piece.text)))
        moneyLines.push({ line: 'TOTAL', label: '', cells: lineOf(value, moneyColumns) });
      return;
    }
    if (value.length === 0) return;
    const line = moneyColumns === null ? null : vocabulary.moneyLine(labelText(label));
    if (line !== null && moneyColumns !== null) {
      moneyLines.push({ line, label: squeezePrinted(joinPieces(pieces.slice(label.from, label.to))), cells: lineOf(value, moneyColumns) });
      return;
    }
    if (field === 'ignored' || field === 'caption' || field === 'moneyLine') return;
    read[field] ??= cellOfPieces(value);
    if (isMoneyLabel(field)) money[field] ??= joinPieces(value);
    else if (field === 'unit' || field === 'project' || field === 'score') prose[field] ??= squeezePrinted(joinPieces(value));
    else {
      const text = linesOf(value);
      hadMarkup ||= text.some(hasMarkup);
      goals[field] ??= joinWrappedLines(text);
      const before = labels[index - 1];
      goalJoined ||= field === 'goalAchieved' && before?.field === 'goal' && before.to === label.from;
    }
  });
  if (goalJoined && goals.goal === undefined && goals.goalAchieved !== undefined) {
    // 预期目标 and 实际完成情况 stand side by side: their texts follow one another and nothing says where the second begins.
    const at = labels.findIndex(({ field }) => field === 'goalAchieved');
    const value = valueOf(at);
    const seam = seamOf(value);
    hasGoalSeam = seam !== null;
    const [first, second] = [value.slice(0, seam ?? value.length), value.slice(seam ?? value.length)];
    goals.goal = joinWrappedLines(linesOf(first));
    read.goal = cellOfPieces(first);
    delete goals.goalAchieved;
    delete read.goalAchieved;
    if (seam !== null) {
      goals.goalAchieved = joinWrappedLines(linesOf(second));
      read.goalAchieved = cellOfPieces(second);
    }
  }
  const labelWords = labels.map(labelText).join(' ');
  return {
    fiscalYear,
    unit: prose.unit ?? null,
    project: prose.project ?? null,
    goal: goals.goal ?? null,
    goalAdjusted: goals.goalAdjusted ?? null,
    goalAchieved: goals.goalAchieved ?? null,
    score: prose.score ?? null,
    moneyLines,
    period,
    goalJoined,
    hasGoalSeam,
    money,
    moneyUnit: /\(元\)/u.test(labelWords) && !labelWords.includes('万元') ? '元' : '万元',
    hadMarkup,
    cells: read,
  };
}

/** What is written of a year that is over. */
const SAYS_DONE = /已|如期|按期|顺利|基本完成|全部完成|全面完成|完成了|完成年度|完成全年|完成率|实际|达到了|因|受/u;

/**
 * Where the one text ends and the other begins: a full stop with a blank behind it inside a line, else a full stop at the end of a line that has
 * room left, before a sentence that tells of what was done. Null when there is none, or several.
 */
function seamOf(value: readonly TextPiece[]): number | null {
  const stops = value.flatMap((piece, at) => (at + 1 < value.length && /[。!]$/u.test(piece.compact) ? [at + 1] : []));
  const inside = stops.filter((at) => value[at]?.number === value[at - 1]?.number);
  if (inside.length > 0) return inside.length === 1 ? (inside[0] ?? null) : null;
  const isDone = (at: number): boolean => SAYS_DONE.test(joinPieces(value.slice(at, at + 2)).replace(/[。!].*$/su, ''));
  const told = stops.filter((at) => isDone(at));
  return told[0] ?? (stops.length === 1 ? (stops[0] ?? null) : null);
}

function lineOf(value: readonly TextPiece[], columns: readonly MoneyColumn[]): RawMoneyLine['cells'] {
  const values = value
    .filter((piece) => isMoneyValue(piece.text))
    .map(({ text, part, number, cell }): PlacedText => ({ text, at: -1, place: { part, line: number, cell } }));
  return readMoneyLine(values, { columns: columns.map((role, at) => ({ role, at })), period: null });
}

function linesOf(pieces: readonly TextPiece[]): string[] {
  const byLine = new Map<number, TextPiece[]>();
  for (const piece of pieces) {
    const line = byLine.get(piece.number);
    if (line === undefined) byLine.set(piece.number, [piece]);
    else line.push(piece);
  }
  return [...byLine.values()].map(joinPieces);
}

function isGoal(field: FoundLabel['field']): boolean {
  return field === 'goal' || field === 'goalAdjusted' || field === 'goalAchieved';
}

function findLabels(pieces: readonly TextPiece[], vocabulary: FormVocabulary): FoundLabel[] {
  const found: FoundLabel[] = [];
  let inGoal = false;
  for (let at = 0; at < pieces.length; at += 1) {
    const label = moneyHeadAt(pieces, at, vocabulary) ?? labelAt(pieces, at, vocabulary);
    if (label === null) continue;
    // The goal is prose and may speak of 财政资金 itself. Only a label that fills its whole line ends it.
    const goesOnAsHead = isGoal(label.field) && found.at(-1)?.to === at;
    if (inGoal && label.field !== 'moneyHead' && !goesOnAsHead && !fillsLine(pieces, label) && !endsGoal(pieces, label, vocabulary)) continue;
    inGoal = isGoal(label.field);
    found.push(label);
    at = label.to - 1;
  }
  return found;
}

/** Words of a money block beside one another: 年初预算数 全年预算数（A） 全年执行数（B） 分值 … */
function moneyHeadAt(pieces: readonly TextPiece[], from: number, vocabulary: FormVocabulary): FoundLabel | null {
  const columns: MoneyColumn[] = [];
  let at = from;
  for (;;) {
    const next = moneyWordAt(pieces, at, vocabulary);
    if (next === null || columns.includes(next.role)) break;
    columns.push(next.role);
    at = next.to;
  }
  const hasAmount = columns.some((role) => role === 'initial' || role === 'adjusted' || role === 'executed');
  return columns.length >= FEWEST_MONEY_COLUMNS && hasAmount ? { field: 'moneyHead', from, to: at, columns } : null;
}

function moneyWordAt(pieces: readonly TextPiece[], from: number, vocabulary: FormVocabulary): { role: MoneyColumn; to: number } | null {
  let best: { role: MoneyColumn; to: number } | null = null;
  let text = '';
  for (let to = from; to < pieces.length && to < from + LONGEST_LABEL; to += 1) {
    text += (pieces[to] as TextPiece).compact;
    if (text.length > 20) break;
    const role = isClosed(text) ? vocabulary.moneyColumn(text) : null;
    if (role !== null) best = { role, to: to + 1 };
  }
  return best;
}

/** The longest label that starts at a piece and ends with one. */
function labelAt(pieces: readonly TextPiece[], from: number, vocabulary: FormVocabulary): FoundLabel | null {
  let best: FoundLabel | null = null;
  let text = '';
  for (let to = from; to < pieces.length && to < from + LONGEST_LABEL; to += 1) {
    text += (pieces[to] as TextPiece).compact;
    const label = compactLabel(text);
    if (!vocabulary.labelWords.some((word) => word.startsWith(label) || label.startsWith(word))) break;
    const field = vocabulary.labelField(text);
    if (field !== null && isClosed(text)) best = { field, from, to: to + 1 };
  }
  return best;
}

function isClosed(text: string): boolean {
  return (text.match(/\(/gu) ?? []).length === (text.match(/\)/gu) ?? []).length;
}

/**
 * Whether the goal's prose ends before a label that has its value beside it: behind a full stop, at the start of a line, a label that prose does
 * not begin with (its unit in brackets, 完成情况 of the goal), or nothing but labels in the line.
 */
function endsGoal(pieces: readonly TextPiece[], { field, from, to }: FoundLabel, vocabulary: FormVocabulary): boolean {
  const first = pieces[from] as TextPiece;
  const before = pieces[from - 1];
  if (before === undefined || before.number === first.number || !/[。!;]$/u.test(before.compact)) return false;
  const words = pieces.slice(from, to).map((piece) => piece.compact).join('');
  if (isGoal(field) || /\(万?元\)$/u.test(words)) return true;
  let at = to;
  while (pieces[at]?.number === first.number) {
    const next = labelAt(pieces, at, vocabulary);
    if (next === null) return false;
    at = next.to;
  }
  return true;
}

function fillsLine(pieces: readonly TextPiece[], { from, to }: FoundLabel): boolean {
  const first = pieces[from] as TextPiece;
  const last = pieces[to - 1] as TextPiece;
  return pieces[from - 1]?.number !== first.number && pieces[to]?.number !== last.number;
}
