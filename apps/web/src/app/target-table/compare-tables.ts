import type { TargetTableView } from '@jiheng/contract';
import { type MainTask, compareDecimal, formatTarget, isDecimalText, normalizeDecimal, roundHalfUp, sayTasks } from '@jiheng/domain';

/** What is compared: a stored version, or a draft as it would be stored. */
export type Comparable = Pick<TargetTableView, 'goalText' | 'budget' | 'lead' | 'project' | 'tasks'> & {
  readonly indicators: readonly Omit<TargetTableView['indicators'][number], 'id' | 'ordinal'>[];
};

/** A cell before and after, as the form prints it. '' where there was nothing. */
export interface CellChange {
  readonly field: 'target' | 'weight' | 'name' | 'level1' | 'level2' | 'direction' | 'scoringRule' | 'accumulation' | 'basis' | 'previousActual' | 'evidence';
  readonly before: string;
  readonly after: string;
}

/** One row that is not as it was. */
export interface RowChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly key: string;
  readonly name: string;
  /** Of an added row its target and weight, of a changed one what changed; empty for a removed row's own cells. */
  readonly cells: readonly CellChange[];
}

/** What differs between two versions, in the order of the form. */
export interface TableChanges {
  readonly head: readonly { readonly field: 'goalText' | 'project' | 'lead' | 'total' | 'fiscal' | 'other' | 'higherLevel' | 'localLevel' | 'tasks'; readonly before: string; readonly after: string }[];
  readonly rows: readonly RowChange[];
  readonly same: number;
}

type Row = Comparable['indicators'][number];

const MONEY = ['total', 'fiscal', 'other', 'higherLevel', 'localLevel'] as const;

/** Compares two versions row by row by the key that stays with a row. */
export function compareTables(before: Comparable, after: Comparable): TableChanges {
  const head: TableChanges['head'][number][] = [];
  for (const field of ['project', 'lead', 'goalText'] as const) {
    const [old, now] = [(before[field] ?? '').trim(), (after[field] ?? '').trim()];
    if (old !== now) head.push({ field, before: old, after: now });
  }
  for (const field of MONEY) {
    const [old, now] = [before.budget[field] ?? '', after.budget[field] ?? ''];
    if (!sameNumber(old, now)) head.push({ field, before: old, after: now });
  }
  const tasks = taskChange(before.tasks ?? [], after.tasks ?? []);
  if (tasks !== null) head.push(tasks);
  const former = new Map(before.indicators.map((row) => [row.key, row]));
  const present = new Set(after.indicators.map((row) => row.key));
  const rows: RowChange[] = [];
  let same = 0;
  for (const row of after.indicators) {
    const old = row.key === '' ? undefined : former.get(row.key);
    if (old === undefined) {
      rows.push({ kind: 'ADDED', key: row.key, name: row.name, cells: [{ field: 'target', before: '', after: formatTarget(row.target) }, { field: 'weight', before: '', after: plain(row.weight) }] });
      continue;
    }
    const cells = cellChanges(old, row);
    if (cells.length === 0) same += 1;
    else rows.push({ kind: 'CHANGED', key: row.key, name: row.name, cells });
  }
  for (const row of before.indicators) {
    if (present.has(row.key)) continue;
    rows.push({ kind: 'REMOVED', key: row.key, name: row.name, cells: [{ field: 'target', before: formatTarget(row.target), after: '' }, { field: 'weight', before: plain(row.weight), after: '' }] });
  }
  return { head, rows, same };
}

/** Tasks line by line; those that are the same on both sides are left out, unless only their order is another. */
function taskChange(before: readonly MainTask[], after: readonly MainTask[]): TableChanges['head'][number] | null {
  const [old, now] = [before, after].map((tasks) => tasks.map((task) => sayTasks([plainMoney(task)])));
  if (old === undefined || now === undefined || old.join('\n') === now.join('\n')) return null;
  const [gone, come] = [old.filter((line) => !now.includes(line)), now.filter((line) => !old.includes(line))];
  const [left, right] = gone.length + come.length === 0 ? [old, now] : [gone, come];
  return { field: 'tasks', before: left.join('\n'), after: right.join('\n') };
}

/** 8 and 8.00 are one amount. */
function plainMoney(task: MainTask): MainTask {
  const amount = (text: string | null): string | null => (text === null ? null : roundHalfUp(text, 2));
  return { ...task, total: amount(task.total), fiscal: amount(task.fiscal), other: amount(task.other) };
}

/** True when nothing differs. */
export function isUnchanged(changes: TableChanges): boolean {
  return changes.head.length === 0 && changes.rows.length === 0;
}

function cellChanges(before: Row, after: Row): CellChange[] {
  const texts = (row: Row): Readonly<Record<CellChange['field'], string>> => ({
    name: row.name, level1: row.level1, level2: row.level2, target: formatTarget(row.target), weight: plain(row.weight), direction: row.direction ?? '',
    scoringRule: row.scoringRule ?? '', accumulation: row.accumulation, basis: row.basis ?? '', previousActual: row.previousActual ?? '', evidence: row.evidence ?? '',
  });
  const [old, now] = [texts(before), texts(after)];
  return (Object.keys(now) as CellChange['field'][]).filter((field) => old[field] !== now[field]).map((field) => ({ field, before: old[field], after: now[field] }));
}

function plain(weight: string): string {
  return isDecimalText(weight) ? normalizeDecimal(weight) : weight;
}

function sameNumber(a: string, b: string): boolean {
  return a === b || (isDecimalText(a) && isDecimalText(b) && compareDecimal(a, b) === 0);
}
