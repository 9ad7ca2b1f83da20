import type { Chance } from '../chance';
import type { FilledForm } from '../lay-out';

/** How a page's text layer was taken apart. */
export interface PageDamage {
  /** Characters per line of a cell, by how wide a column is: levels, name, others. */
  readonly widths: { readonly level: number; readonly name: number; readonly other: number };
  /** Sign, number and unit on lines of their own. */
  readonly splitOperators: boolean;
  /** A page mark, and the head row again or not. */
  readonly pageBreaks: boolean;
}

function broken(text: string, width: number): string[] {
  const letters = [...text];
  const lines: string[] = [];
  for (let at = 0; at < letters.length; at += width) lines.push(letters.slice(at, at + width).join(''));
  return lines;
}

/** A cell of one line stands behind the cell before it when that has one line too, with a blank between. */
function glue(cells: readonly (readonly string[])[]): string[] {
  const lines: string[] = [];
  let isOpen = false;
  for (const cell of cells) {
    const [first = '', ...more] = cell;
    if (isOpen && more.length === 0) lines.push(`${lines.pop() ?? ''} ${first}`);
    else lines.push(first, ...more);
    isOpen = more.length === 0;
  }
  return lines;
}

/** The form without its grid: cells one after the other, broken over lines where the column ends, blank cells gone. */
export function runningText(form: FilledForm, damage: PageDamage, chance: Chance): string {
  const heads = form.rows.slice(form.headAt, form.headAt + form.headRows).flatMap((row) => row.filter((cell) => cell !== '').flatMap((cell) => broken(cell, 6)));
  const lines: string[] = [];
  const breakAt = damage.pageBreaks && form.bodyTo - form.bodyFrom > 3 ? chance.whole(form.bodyFrom + 2, form.bodyTo - 1) : -1;
  form.rows.forEach((row, at) => {
    const filled = row.map((text, column) => ({ text: text.replace(/\n/gu, ''), column })).filter(({ text }) => text !== '');
    if (filled.length === 0) return;
    if (at < form.headAt) {
      // The head: a label and its value in one line, long values over several.
      const [label, ...values] = filled.map(({ text }) => text);
      const said = [label, ...values].join(' ');
      lines.push(...(said.length <= 44 ? [said] : [label ?? '', ...broken(values.join(' '), 38)]));
      return;
    }
    if (at < form.bodyFrom) {
      if (at === form.headAt) lines.push(...heads);
      return;
    }
    if (at === breakAt) lines.push(`— ${chance.whole(2, 60)} —`, ...(chance.percent(50) ? heads : []));
    lines.push(...glue(filled.map(({ text, column }) => {
      if (form.levelColumns.includes(column)) return broken(text, damage.widths.level);
      if (damage.splitOperators) {
        const parts = /^([＞＜>]\s?)?(=?[≥≤=]?[\d.,]+[%％]?)([\u3400-\u9fff/]*)$/u.exec(text);
        if (parts !== null && chance.percent(60)) return parts.slice(1).filter((part): part is string => part !== undefined && part !== '').map((part) => part.trim());
      }
      return broken(text, column === form.nameAt ? damage.widths.name : damage.widths.other);
    })));
  });
  return `${lines.join('\n\n')}\n`;
}
