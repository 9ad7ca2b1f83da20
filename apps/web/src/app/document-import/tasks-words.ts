import { dictionary } from '../words/dictionary';

/** Sentences about the year's tasks of a whole unit. */
export const tasksWords = dictionary(
  {
    title: '年度主要任务（{n} 项）', hint: '金额单位为万元；随目标表一起采纳，并印在导出的整体目标表中。没有名称的任务不会采纳。', name: '任务名称', content: '主要内容', total: '预算金额', fiscal: '财政拨款', other: '其他资金', cell: '第 {n} 项任务的{field}',
    sum: '金额合计', sumShort: '合计 {sum} 万元', add: '增加一项任务', delete: '删除', deleteOne: '删除任务“{name}”',
  },
  {
    title: 'Main tasks of the year ({n})', hint: 'Amounts in 10,000 yuan. They are accepted with the table and printed on its exported form; a task without a name is left out.', name: 'Task', content: 'Content', total: 'Budget', fiscal: 'Fiscal', other: 'Other funds', cell: '{field} of task {n}',
    sum: 'Together', sumShort: 'together {sum} (10,000 yuan)', add: 'Add a task', delete: 'Delete', deleteOne: 'Delete the task “{name}”',
  },
);
