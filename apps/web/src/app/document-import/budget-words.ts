import { dictionary } from '../words/dictionary';

/** Sentences of the check of the budget tables. */
export const budgetWords = dictionary(
  {
    counts: '不相符 {fails} · 四舍五入后相符 {rounding} · 相符 {holds} · 不适用 {none}', stored: '已随采纳存为 {year} 年预算公开表', waits: '采纳任一目标表时，一并存为 {year} 年预算公开表', alone: '尚未存为 {year} 年预算公开表', HOLDS: '相符', HOLDS_BY_ROUNDING: '四舍五入后相符', DOES_NOT_HOLD: '不相符', NOT_APPLICABLE: '不适用',
    sides: '左边合计 {left}，右边合计 {right}，相差 {difference}（万元）', noEquation: '文件中没有可核对的数。', tables: '识别出的预算表', table: '表{n} {title}', rows: '{n} 行', empty: '空表',
  },
  {
    counts: 'Do not hold {fails} · hold by rounding {rounding} · hold {holds} · do not apply {none}', stored: 'Stored as the published budget of {year}', waits: 'Stored as the published budget of {year} with the first table accepted', alone: 'Not stored yet as the published budget of {year}', HOLDS: 'Holds', HOLDS_BY_ROUNDING: 'Holds by rounding', DOES_NOT_HOLD: 'Does not hold', NOT_APPLICABLE: 'Does not apply',
    sides: 'Left {left}, right {right}, difference {difference} (10,000 yuan)', noEquation: 'The document has no numbers to compare.', tables: 'Budget tables that were read', table: 'Table {n} {title}', rows: '{n} rows', empty: 'empty',
  },
);
