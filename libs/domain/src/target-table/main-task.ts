/** 年度主要任务 of a whole unit with its money (form of 2015): one line. Amounts in 万元 decimal text; null where the cell is blank. */
export interface MainTask {
  readonly name: string;
  /** 主要内容. */
  readonly content: string | null;
  readonly total: string | null;
  readonly fiscal: string | null;
  readonly other: string | null;
}

/** Fields of a task that a person may write. */
export const TASK_FIELDS = ['name', 'content', 'total', 'fiscal', 'other'] as const;
export type TaskField = (typeof TASK_FIELDS)[number];

/** The tasks as one text, for comparing and for showing a change: `甲 229.39；乙 44.58`. */
export function sayTasks(tasks: readonly MainTask[]): string {
  return tasks.map((task) => [task.name, task.content ?? '', task.total ?? '', task.fiscal === null ? '' : `(${task.fiscal})`, task.other === null ? '' : `(${task.other})`].filter((part) => part !== '').join(' ')).join('；');
}
