import { meansEmpty, squeezePrinted } from '@jiheng/domain';
import { CERTAIN, lessSure } from './certainty';
import { linesCovered, showCell } from './raw-cell';
import type { RawCell, RawHead, RawSum } from './raw-table';
import { readMoney, readSumNumber } from './read-money';
import type { ExecutionLine, PrintedSum, RecognisedCell } from './recognised-table';
import type { MoneyColumn } from './templates/recognition-template';

/** The money block of a form, line by line: amounts in 万元, the rest as printed. */
export function readExecution(head: RawHead, isRunning: boolean): readonly ExecutionLine[] {
  return head.moneyLines.map(({ line, label, cells }) => {
    const text = (role: MoneyColumn): string | null => {
      const printed = cells[role]?.text;
      return printed === undefined || meansEmpty(printed) ? null : squeezePrinted(printed).replace(/\s+/gu, '');
    };
    const amount = (role: MoneyColumn): string | null => {
      const printed = text(role);
      return printed === null ? null : (readMoney(printed, head.moneyUnit) ?? null);
    };
    const number = (role: MoneyColumn): string | null => {
      const printed = text(role);
      return printed === null ? null : readSumNumber(printed);
    };
    return {
      line,
      label,
      initial: amount('initial'),
      adjusted: amount('adjusted'),
      executed: amount('executed'),
      forecast: amount('forecast'),
      rate: text('rate'),
      weight: number('weight'),
      points: number('points'),
      reason: text('reason'),
      cells: Object.fromEntries((Object.entries(cells) as [MoneyColumn, RawCell][]).map(([role, cell]) => [role, shown(cell, isRunning)])),
    };
  });
}

function shown(cell: RawCell, isRunning: boolean): RecognisedCell {
  let sure = isRunning ? lessSure(CERTAIN, 97) : CERTAIN;
  if (cell.notes.includes('shifted')) sure = lessSure(sure, 95);
  if (linesCovered(cell) > 1) sure = lessSure(sure, 98);
  return showCell(cell, sure);
}

/** What the row that adds up prints, or the total in the head where a form has it there; null when neither is. */
export function printedSumOf(sum: RawSum | undefined, head: RawHead, isRunning: boolean): PrintedSum | null {
  const score = head.score === null ? null : readSumNumber(head.score);
  const cells = { weight: sum?.weight ?? null, points: sum?.points ?? (score === null ? null : (head.cells.score ?? null)), rating: sum?.rating ?? null };
  const number = (cell: RawCell | null): string | null => (cell === null ? null : readSumNumber(cell.text));
  const [weight, points] = [number(cells.weight), number(cells.points)];
  if (weight === null && points === null) return null;
  const shownCells: Partial<Record<keyof typeof cells, RecognisedCell>> = {};
  for (const role of ['weight', 'points', 'rating'] as const) {
    const cell = cells[role];
    if (cell !== null) shownCells[role] = shown(cell, isRunning);
  }
  return { weight, points, rating: cells.rating === null ? null : (/[优良中差]/u.exec(cells.rating.text)?.[0] ?? null), cells: shownCells };
}
