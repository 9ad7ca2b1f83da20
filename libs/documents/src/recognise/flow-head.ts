import { squeezePrinted } from '@jiheng/domain';
import { isPageMark, readTitle } from './form-words';
import { compactLabel, type HeadField, isMoneyLabel, isYearLine, LABEL_WORDS, labelField, readYear } from './head-labels';
import { hasMarkup, joinWrappedLines } from './printed-text';
import { cellOfPieces, wholeCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawCell, RawHead } from './raw-table';
import type { SourceLine } from './source-line';
import { joinPieces, piecesOf, type TextPiece } from './text-piece';

/** A label may be broken into so many pieces (项目资金(万 · 元)). */
const LONGEST_LABEL = 5;

interface FoundLabel {
  readonly field: HeadField;
  readonly from: number;
  readonly to: number;
}

/** The head of a table whose cells became lines of text. Labels are found at the starts of words, values are what stands between. */
export function readFlowHead(lines: readonly SourceLine[], part = 0): RawHead {
  const read: Partial<Record<HeadCell, RawCell>> = {};
  const body: SourceLine[] = [];
  let fiscalYear: number | null = null;
  for (const line of lines) {
    const text = line.cells.join(' ').trim();
    if (isPageMark(text)) continue;
    if (readTitle(text) !== null || isYearLine(text)) {
      fiscalYear ??= readYear(text);
      if (readYear(text) !== null) read.year ??= wholeCell(text, { part, line: line.number, cell: 0 });
    } else body.push(line);
  }
  const pieces = piecesOf(body, part);
  const labels = findLabels(pieces);
  const valueOf = (index: number): TextPiece[] => pieces.slice((labels[index] as FoundLabel).to, labels[index + 1]?.from ?? pieces.length);
  const money: Partial<Record<MoneyLabel, string>> = {};
  let unit: string | null = null;
  let project: string | null = null;
  let goal: string | null = null;
  let hadMarkup = false;
  labels.forEach(({ field }, index) => {
    const value = valueOf(index);
    if (value.length === 0) return;
    if (field !== 'ignored' && field !== 'caption') read[field] ??= cellOfPieces(value);
    if (field === 'unit') unit ??= squeezePrinted(joinPieces(value));
    else if (field === 'project') project ??= squeezePrinted(joinPieces(value));
    else if (field === 'goal') {
      const text = linesOf(value);
      hadMarkup = text.some(hasMarkup);
      goal ??= joinWrappedLines(text);
    } else if (isMoneyLabel(field)) money[field] ??= joinPieces(value);
  });
  const labelText = labels
    .map(({ from, to }) =>
      pieces
        .slice(from, to)
        .map((piece) => piece.compact)
        .join(''),
    )
    .join(' ');
  return {
    fiscalYear,
    unit,
    project,
    goal,
    money,
    moneyUnit: /\(元\)/u.test(labelText) && !labelText.includes('万元') ? '元' : '万元',
    hadMarkup,
    cells: read,
  };
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

function findLabels(pieces: readonly TextPiece[]): FoundLabel[] {
  const found: FoundLabel[] = [];
  let inGoal = false;
  for (let at = 0; at < pieces.length; at += 1) {
    const label = labelAt(pieces, at);
    if (label === null) continue;
    // The goal is prose and may speak of 财政资金 itself. Only a label that fills its whole line ends it.
    if (inGoal && !fillsLine(pieces, label)) continue;
    inGoal = label.field === 'goal';
    found.push(label);
    at = label.to - 1;
  }
  return found;
}

/** The longest label that starts at a piece and ends with one. */
function labelAt(pieces: readonly TextPiece[], from: number): FoundLabel | null {
  let best: FoundLabel | null = null;
  let text = '';
  for (let to = from; to < pieces.length && to < from + LONGEST_LABEL; to += 1) {
    text += (pieces[to] as TextPiece).compact;
    const label = compactLabel(text);
    if (!LABEL_WORDS.some((word) => word.startsWith(label) || label.startsWith(word))) break;
    const field = labelField(text);
    if (field !== null && isClosed(text)) best = { field, from, to: to + 1 };
  }
  return best;
}

function isClosed(text: string): boolean {
  return (text.match(/\(/gu) ?? []).length === (text.match(/\)/gu) ?? []).length;
}

function fillsLine(pieces: readonly TextPiece[], { from, to }: FoundLabel): boolean {
  const first = pieces[from] as TextPiece;
  const last = pieces[to - 1] as TextPiece;
  return pieces[from - 1]?.number !== first.number && pieces[to]?.number !== last.number;
}
