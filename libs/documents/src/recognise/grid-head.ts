import { meansEmpty, squeezePrinted } from '@jiheng/domain';
import { isYearLine, isMoneyLabel, labelField, readYear } from './head-labels';
import { isPageMark, readTitle } from './form-words';
import { hasMarkup, paragraphs } from './printed-text';
import { joinCells, wholeCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawCell, RawHead } from './raw-table';
import type { SourceLine } from './source-line';

type ProseField = 'unit' | 'project' | 'goal';

/** The head of a table that kept its cells: labels and the values right of them; values may go on in the rows below. */
export function readGridHead(lines: readonly SourceLine[], part = 0): RawHead {
  const read: Partial<Record<HeadCell, RawCell>> = {};
  const prose: Partial<Record<ProseField, string>> = {};
  const money: Partial<Record<MoneyLabel, string>> = {};
  let fiscalYear: number | null = null;
  let saysYuan = false;
  let saysTenThousand = false;
  let lastProse = null as ProseField | null;
  for (const line of lines) {
    const printed = line.cells.flatMap((cell, at) => (cell.trim() === '' ? [] : [{ text: cell.trim(), at }]));
    const cells = printed.map((cell) => cell.text);
    const take = (field: HeadCell, index: number): void => {
      const cell = printed[index];
      if (cell !== undefined) read[field] ??= wholeCell(cell.text, { part, line: line.number, cell: cell.at });
    };
    const first = cells[0];
    if (first === undefined || isPageMark(cells.join(''))) continue;
    if (readTitle(first) !== null || isYearLine(first)) {
      fiscalYear ??= readYear(first);
      if (readYear(first) !== null) take('year', 0);
      continue;
    }
    let labels = 0;
    cells.forEach((cell, at) => {
      const field = cell.length <= 30 ? labelField(cell) : null;
      if (field === null) return;
      labels += 1;
      saysTenThousand ||= /万\s*元/u.test(cell);
      saysYuan ||= /[（(]\s*元\s*[)）]/u.test(cell);
      const next = cells[at + 1];
      const value = next === undefined || (next.length <= 30 && labelField(next) !== null) ? null : next;
      if (field === 'unit' || field === 'project' || field === 'goal') {
        lastProse = field;
        if (value !== null && !meansEmpty(value)) {
          prose[field] ??= value;
          take(field, at + 1);
        }
      } else {
        if (field !== 'caption') lastProse = null;
        if (isMoneyLabel(field) && value !== null) {
          money[field] ??= value;
          take(field, at + 1);
        }
      }
    });
    // A row without a label goes on with the text above it.
    if (labels === 0 && lastProse !== null && cells.length === 1) {
      const field: ProseField = lastProse;
      prose[field] = prose[field] === undefined ? first : `${prose[field]}${field === 'goal' ? '\n' : ' '}${first}`;
      read[field] = joinCells(read[field], wholeCell(first, { part, line: line.number, cell: printed[0]?.at ?? 0 }, ['continued']));
    }
  }
  return {
    fiscalYear,
    unit: prose.unit === undefined ? null : squeezePrinted(prose.unit),
    project: prose.project === undefined ? null : squeezePrinted(prose.project),
    goal: prose.goal === undefined ? null : paragraphs(prose.goal),
    money,
    moneyUnit: saysYuan && !saysTenThousand ? '元' : '万元',
    hadMarkup: prose.goal !== undefined && hasMarkup(prose.goal),
    cells: read,
  };
}
