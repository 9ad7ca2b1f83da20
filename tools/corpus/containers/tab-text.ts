import type { Chance } from '../chance';
import type { FilledForm } from '../lay-out';

/** What character recognition does to a ruled table; shares in hundredths of the rows. */
export interface ScanDamage {
  /** Rows that stand a column to the right, with those that follow in their group. */
  readonly shifted: number;
  /** The bracketed unit of a name in a row of its own, behind an empty line. */
  readonly continued: number;
  /** Levels printed again although they are merged. */
  readonly repeated: number;
  /** A page break inside the table, with or without its mark. */
  readonly pageBreaks: boolean;
  /** A money row that lost its leading merged cell. */
  readonly lostLeading: number;
}

/** A form as cells between tabs. */
export function tabText(form: FilledForm, damage: ScanDamage | null, chance: Chance): string {
  const lines: string[] = [];
  const breakAt = damage?.pageBreaks === true && form.bodyTo - form.bodyFrom > 3 ? chance.whole(form.bodyFrom + 2, form.bodyTo - 1) : -1;
  let isShifted = false;
  form.rows.forEach((row, at) => {
    const cells = row.map((cell) => cell.replace(/\n/gu, ' '));
    const isBody = at >= form.bodyFrom && at < form.bodyTo;
    if (damage === null) {
      lines.push(cells.join('\t').trimEnd());
      return;
    }
    if (at === breakAt) lines.push('', ...(chance.percent(50) ? [`— ${chance.whole(3, 40)} —`, ''] : []));
    if (!isBody) {
      // 其他资金⇥其他⇥0.00: the row began with a cell merged from above.
      const isMoney = at > form.titleRows && at < form.headAt && cells[0] === '' && chance.percent(damage.lostLeading);
      lines.push((isMoney ? [...cells.slice(cells.findIndex((cell) => cell !== '')), ''] : cells).join('\t'));
      return;
    }
    const [level1 = 0, level2 = 1] = form.levelColumns;
    if (form.levelColumns.length > 0) {
      if ((cells[level1] ?? '') !== '') isShifted = false;
      else if ((cells[level2] ?? '') !== '' && chance.percent(damage.shifted)) isShifted = true;
      if (chance.percent(damage.repeated)) for (const column of form.levelColumns) cells[column] = homeOf(form, at, column);
    }
    const shift = isShifted ? '\t' : '';
    const name = cells[form.nameAt] ?? '';
    const bracket = /\([^()]{1,4}\)$/u.exec(name)?.[0];
    if (bracket !== undefined && chance.percent(damage.continued)) {
      cells[form.nameAt] = name.slice(0, -bracket.length);
      lines.push(shift + cells.join('\t'), '', `${shift}${'\t'.repeat(form.nameAt)}${bracket}${'\t'.repeat(cells.length - form.nameAt - 1)}`);
    } else lines.push(shift + cells.join('\t'));
  });
  return `${lines.join('\n')}\n`;
}

/** The word a merged cell shows in a row. */
function homeOf(form: FilledForm, row: number, column: number): string {
  const merge = form.merges.find(({ s, e }) => row >= s.r && row <= e.r && column >= s.c && column <= e.c);
  return form.rows[merge?.s.r ?? row]?.[merge?.s.c ?? column] ?? '';
}
