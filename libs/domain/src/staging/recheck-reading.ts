import { checkTaskProjects, checkTaskSum } from '../checks/check-main-tasks';
import { checkAgainstTable7 } from '../checks/check-projects';
import type { Finding } from '../checks/finding';
import { aFinding } from '../checks/findings';
import { addDecimal, compareDecimal, isDecimalText } from '../decimal';
import { canonicalLevel1 } from '../target-table/indicator-frame';
import { normalizeText } from '../text';
import type { HeadField, ReadingNote, StagedSurroundings, StagedTable } from './staged-table';

/** Checks of one target table (`checkTargetTable`): whatever the reading said under these codes, the table as it stands says again. */
const OF_ONE_TABLE = /^Q-(?:W\d|T\d|K\d|M\d|N\d|D\d|H\d|C1|P2|P3|P5|R1|R2|R4|U1|X4)$/u;
/** Sentences under the same codes that look at the rest of the document. */
const OF_THE_DOCUMENT: Readonly<Record<string, string>> = { 'Q-P2': 'budget', 'Q-R4': 'duty' };

/**
 * What the table as it stands has to agree with in its document: the sum printed below the weights, points printed in the cells of levels, the
 * sum below the main tasks, the tables of the projects they are, and the project's row of table 7.
 */
export function checkAgainstDocument(table: StagedTable, around: StagedSurroundings | null): readonly Finding[] {
  const { printed, budget } = table;
  const tasks = table.subject === 'UNIT' ? (table.tasks ?? []).filter((task) => task.name.trim() !== '') : [];
  const found: Finding[] = around === null ? [] : [...checkTaskProjects(tasks, around.projects)];
  if (printed === undefined) return found;
  if (printed.tasks !== null && table.subject === 'UNIT') found.push(...checkTaskSum(tasks, printed.tasks, budget.total));
  if (printed.table7 !== null && table.subject === 'PROJECT') found.push(...checkAgainstTable7(budget.total, printed.table7));
  const weights = table.rows.map((row) => row.weight);
  if (printed.weight !== null && weights.every(isDecimalText) && weights.length > 0) {
    const sum = addDecimal(...weights);
    if (compareDecimal(sum, printed.weight) !== 0) found.push(aFinding('R-sum', 'WARN', { label: '分值', place: placeOf(table) }, { found: printed.weight, expected: sum }));
  }
  for (const [level, points] of Object.entries(printed.levels)) {
    const below = table.rows.filter((row) => canonicalLevel1(row.level1) === canonicalLevel1(level)).map((row) => row.weight);
    if (!below.every(isDecimalText)) continue;
    const sum = addDecimal('0', ...below);
    if (compareDecimal(sum, points) !== 0) found.push(aFinding('R-level-points', 'WARN', { name: level }, { expected: points, found: sum }));
  }
  return found;
}

/** Whether what a note says is looked at again in the table as it stands, so that the note itself is out of date. */
export function isCheckedAgain({ row, finding }: ReadingNote, table: StagedTable, around: StagedSurroundings | null): boolean {
  const { code, params } = finding;
  if (code === 'Q-P4') return around !== null;
  if (code === 'R-sum' || code === 'R-level-points') return table.printed !== undefined && row === null;
  if (OF_THE_DOCUMENT[code] !== undefined && params['sentence'] === OF_THE_DOCUMENT[code]) return code === 'Q-P2' && table.printed !== undefined;
  // A mark of web pages is taken out of a text while it is read: the text as it stands no longer shows it.
  return OF_ONE_TABLE.test(code) && !(code === 'Q-X4' && params['sentence'] === 'html');
}

const MONEY_FIELDS: Readonly<Record<string, HeadField>> = { 年度预算总额: 'total', 财政拨款: 'fiscal', 其他资金: 'other', 上级安排: 'higherLevel', 本级安排: 'localLevel' };

/** Whether a person has since written what a note about the head doubts. */
export function isMended({ row, finding }: ReadingNote, table: StagedTable): boolean {
  if (row !== null) return false;
  const { code, params, found } = finding;
  const isWritten = (field: HeadField): boolean => table.headCorrected?.includes(field) ?? false;
  switch (code) {
    case 'R-year': return isWritten('fiscalYear');
    case 'R-goal-joined': case 'Q-X4': return isWritten('goalText');
    case 'R-no-weights': return table.rows.every(({ weight }) => isDecimalText(weight) && compareDecimal(weight, '0') > 0);
    case 'R-money': case 'R-yuan': {
      const field = MONEY_FIELDS[params['label'] ?? ''];
      return field !== undefined && isWritten(field);
    }
    default: return isWritten('goalText') && found !== null && isGone(found, table);
  }
}

/** Words that stood in the goal as it was read and stand there no longer. */
function isGone(words: string, { headCells, goalText }: StagedTable): boolean {
  const plain = (text: string): string => normalizeText(text).replace(/\s+/gu, '');
  const before = headCells['goalText']?.raw ?? '';
  return plain(before).includes(plain(words)) && !plain(goalText).includes(plain(words));
}

/** Where the table begins, as sentences say it: the number of its line. */
function placeOf({ place }: StagedTable): string {
  return /\d+/u.exec(place)?.[0] ?? place;
}
