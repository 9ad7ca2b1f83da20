import { checkTaskProjects, checkTaskSum, type Finding, meansEmpty, type ProjectMoney, squeezePrinted } from '@jiheng/domain';
import type { FormVocabulary } from './form-vocabulary';
import { bareWord, isSumWord } from './form-words';
import { readMoney } from './read-money';
import type { SourceLine } from './source-line';

/** One of the year's tasks (年度主要任务) of a whole unit, amounts in 万元 decimal text; null where the cell is blank. */
export interface MainTask {
  readonly name: string;
  /** 主要内容. */
  readonly content: string | null;
  readonly total: string | null;
  readonly fiscal: string | null;
  readonly other: string | null;
  /** The line or row it stands in. */
  readonly line: number;
}

/** The year's tasks and the row that adds them up. */
export interface MainTasks {
  readonly tasks: readonly MainTask[];
  /** 金额合计; null where none is printed. */
  readonly sum: Pick<MainTask, 'total' | 'fiscal' | 'other' | 'line'> | null;
}

type Amount = 'total' | 'fiscal' | 'other';
const AMOUNT_WORDS: Readonly<Record<Amount, RegExp>> = { total: /^(?:总额|预算金额|金额|预算总额)$/u, fiscal: /^(?:其中:?)?财政拨款$/u, other: /^其他资金$/u };

interface Columns {
  readonly name: number;
  readonly content: number | null;
  readonly amounts: Partial<Record<Amount, number>>;
}

/**
 * Reads the table of the year's tasks out of the head of a form: 任务名称 ‖ 主要内容 ‖ 预算金额 (总额, 财政拨款, 其他资金). Pure.
 * @param lines the head of the table as rows of cells
 * @returns null when the head has no such table
 */
export function readMainTasks(lines: readonly SourceLine[], vocabulary: FormVocabulary): MainTasks | null {
  const from = lines.findIndex(({ cells }) => cells.some((cell) => bareWord(cell) === '任务名称'));
  const head = lines[from];
  if (head === undefined) return null;
  const at = (words: readonly string[], line: SourceLine): number => line.cells.findIndex((cell) => words.includes(bareWord(cell)));
  const amountsOf = (line: SourceLine | undefined): Columns['amounts'] => {
    const found: Columns['amounts'] = {};
    for (const role of Object.keys(AMOUNT_WORDS) as Amount[]) {
      const column = line?.cells.findIndex((cell) => AMOUNT_WORDS[role].test(bareWord(cell))) ?? -1;
      if (column >= 0) found[role] = column;
    }
    return found;
  };
  const below = lines[from + 1];
  const lower = below !== undefined && below.cells.every((cell) => cell.trim() === '' || Object.values(AMOUNT_WORDS).some((words) => words.test(bareWord(cell)))) ? amountsOf(below) : {};
  const hasStoreys = Object.keys(lower).length > 0;
  const content = at(['主要内容', '任务内容'], head);
  const columns: Columns = { name: at(['任务名称'], head), content: content < 0 ? null : content, amounts: hasStoreys ? lower : amountsOf(head) };
  const unit = [...head.cells, ...(below?.cells ?? [])].some((cell) => /[（(]元[)）]/u.test(cell)) ? '元' : '万元';
  const tasks: MainTask[] = [];
  let sum: MainTasks['sum'] = null;
  for (const line of lines.slice(from + (hasStoreys ? 2 : 1))) {
    const printed = line.cells.filter((cell) => cell.trim() !== '');
    const first = printed[0] ?? '';
    const amounts = { total: amountAt(line, columns.amounts.total, unit), fiscal: amountAt(line, columns.amounts.fiscal, unit), other: amountAt(line, columns.amounts.other, unit) };
    if (printed.some((cell) => isSumWord(cell))) {
      sum = { ...amounts, line: line.number };
      break;
    }
    // The goal, or whatever else the head goes on with.
    const field = vocabulary.labelField(first);
    if (field !== null && field !== 'caption' && field !== 'moneyLine') break;
    const name = squeezePrinted(line.cells[columns.name] ?? '');
    if (name === '' || meansEmpty(name)) continue;
    const said = columns.content === null ? '' : squeezePrinted(line.cells[columns.content] ?? '');
    tasks.push({ name, content: said === '' || meansEmpty(said) ? null : said, ...amounts, line: line.number });
  }
  return tasks.length === 0 ? null : { tasks, sum };
}

function amountAt(line: SourceLine, column: number | undefined, unit: '万元' | '元'): string | null {
  return column === undefined ? null : (readMoney(line.cells[column] ?? '', unit) ?? null);
}

/**
 * Checks the year's tasks against what stands around them: all together make the printed sum, and a task that is one of the projects of the document
 * has the money of that project's table. What they owe to themselves and to the unit's money, `checkTargetTable` says (Q-P5).
 * @param table index of the target table the tasks stand in
 */
export function checkMainTasks({ tasks, sum }: MainTasks, projects: readonly ProjectMoney[], table: number, unitTotal: string | null): readonly Finding[] {
  return [...(sum === null ? [] : checkTaskSum(tasks, sum, unitTotal)), ...checkTaskProjects(tasks, projects)].map((finding) => ({ ...finding, table }));
}
