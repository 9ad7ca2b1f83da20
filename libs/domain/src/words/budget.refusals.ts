import type { Words } from './speak';

/** What can be wrong with an amount of money. */
export const budgetRefusals = {
  'budget.negative': { zh: '预算数和执行数不能是负数（预算 {budget}，执行 {executed}），请核对。', en: 'Budget and execution cannot be negative (budget {budget}, executed {executed}). Check them.' },
  'budget-document.not-found': { zh: '“{unit}”还没有 {year} 年的预算公开表，请先导入预算公开文件。', en: 'There is no budget document of “{unit}” for {year} yet. Import the published budget first.' },
} as const satisfies Record<string, Words>;
