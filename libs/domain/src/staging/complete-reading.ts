import { moneyInTable7 } from '../checks/check-projects';
import type { BudgetDocument } from '../budget-document/budget-document';
import { compareDecimal, isDecimalText } from '../decimal';
import type { StagedPrint, StagedTable } from './staged-table';

/**
 * The rules by which what is kept of a staged table was counted. One more whenever a check of {@link stagedFindings} says something else, or a
 * new one is added: tables that wait for a person are then counted anew when somebody looks at them.
 */
export const STAGED_RULES = 2;

/** What the notes of a reading call the sums below the main tasks. */
const TASK_SUMS = { 金额合计: 'total', 财政拨款: 'fiscal', 其他资金: 'other' } as const;

/**
 * A reading stored before it was kept what else its document prints, with as much of it as can still be known: the project's row of table 7 out of
 * the stored budget tables, and the printed sums that disagreed when it was read, which its notes name. Sums that agreed then stand in the document alone:
 * where its file cannot be read once more, a correction that breaks one of those, and only those, goes unnoticed. A reading that has its print is given back as it is.
 * @param document the budget tables of the same document; null when it holds none
 */
export function withPrint(read: StagedTable, document: BudgetDocument | null): StagedTable {
  if (read.printed !== undefined) return read;
  const notes = read.notes.filter((note) => note.row === null).map((note) => note.finding);
  const sums = notes.flatMap(({ code, params, found }) => (code === 'R-sum' && found !== null && isDecimalText(found) ? [{ label: params['label'] ?? '', place: params['place'] ?? '', found }] : []));
  const tasks = sums.filter((sum): sum is typeof sum & { label: keyof typeof TASK_SUMS } => sum.label in TASK_SUMS);
  const line = Number(/\d+/u.exec(tasks[0]?.place ?? '')?.[0] ?? 0);
  const printed: StagedPrint = {
    weight: sums.find((sum) => sum.label === '分值')?.found ?? null,
    levels: Object.fromEntries(notes.flatMap(({ code, params, expected }) => (code === 'R-level-points' && expected !== null ? [[params['name'] ?? '', expected]] : []))),
    tasks: tasks.length === 0 ? null : { total: null, fiscal: null, other: null, ...Object.fromEntries(tasks.map((sum) => [TASK_SUMS[sum.label], sum.found])), line },
    table7: table7Of(read, document),
  };
  return { ...read, printed };
}

/** From the budget tables; where they are not stored, as the note says that found another sum there. */
function table7Of({ subject, project, notes }: StagedTable, document: BudgetDocument | null): StagedPrint['table7'] {
  if (subject !== 'PROJECT') return null;
  if (document !== null) return moneyInTable7(document, project);
  const noted = notes.find(({ row, finding }) => row === null && finding.code === 'Q-P2' && finding.params['sentence'] === 'budget')?.finding;
  return noted?.expected == null || !isDecimalText(noted.expected) || compareDecimal(noted.expected, '0') < 0 ? null : { total: noted.expected, place: noted.params['place'] ?? '' };
}
