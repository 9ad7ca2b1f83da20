import { dictionary } from '../words/dictionary';

export const sourceCareWords = dictionary(
  {
    back: '返回取数来源', bindings: '指标与来源的对应', bindingsLead: '一项指标取来源的哪一行、怎样换算。来源字段填数据行的编码；网络接口也可填 JSONPath（如 $.data.total），取其中一个值。公式可用：数值、分子、分母、数字、+ - × ÷、括号、abs、min、max、round；按精确小数计算。', indicator: '指标', field: '来源字段', unit: '单位', formula: '公式', numerator: '分子字段', denominator: '分母字段',
    formulaHint: '例如 数值 / 10000', add: '加入指标', addLabel: '要加入的指标', remove: '移除', removeOf: '移除：{name}', preview: '用最近一期试算', previewing: '正在试算…', save: '保存对应关系', saving: '正在保存…', saved: '已保存。', none: '尚未对应任何指标。',
    wouldChange: '{period}：来源给出 {rows} 行，将改变 {n} 个值（保存前不会写入任何数据）。', present: '现有值', offered: '来源候选值', judgement: '判断', said: '来源原文', SAME: '一致', CANDIDATE: '将作为候选', IMPLAUSIBLE: '可疑', LOCKED: '已锁定，不改', UNREADABLE: '读不出', SILENT: '来源没有这一项', NO_REPORT: '该期没有监控表', nothing: '（空）', row: '来源原始行',
    schedule: '自动取数', scheduleLead: '到点自动取数；停机期间错过的，恢复后补取一次。同一来源同时只取一次。时间为北京时间。', kind: '什么时候', QUARTER_END: '每季度结束后', MONTHLY: '每月', CRON: '自定义规则', day: '季后第几天（0 为季末当天）', dayOfMonth: '几号（当月没有则取月末）', time: '时间', cron: '规则（分 时 日 月 周）', cronHint: '例如 30 7 * * 1-5 表示工作日 7:30',
    window: '只在时段内取数', from: '从', to: '到', gap: '两次取数至少间隔（分钟）', setSchedule: '启用自动取数', changeSchedule: '保存设置', pause: '暂停', resume: '恢复', take: '取消自动取数', noSchedule: '尚未启用自动取数。', paused: '已暂停', next: '接下来：{times}', last: '上次自动取数：{time}', missed: '（补取，之前错过 {n} 次）', note: '上次未取：{note}',
  },
  {
    back: 'Back to the sources', bindings: 'What goes into which indicator', bindingsLead: 'Which row of the source makes the value, and how. A field is the key of a row; of a web address also a JSONPath such as $.data.total to one value. A formula takes value, numerator, denominator, numbers, + - * /, brackets, abs, min, max and round, in exact decimals.', indicator: 'Indicator', field: 'Field', unit: 'Unit', formula: 'Formula', numerator: 'Numerator', denominator: 'Denominator',
    formulaHint: 'Such as value / 10000', add: 'Add', addLabel: 'Indicator to add', remove: 'Remove', removeOf: 'Remove: {name}', preview: 'Try on the last period', previewing: 'Trying…', save: 'Save the bindings', saving: 'Saving…', saved: 'Saved.', none: 'Nothing is bound yet.',
    wouldChange: '{period}: {rows} rows came; would change {n} values (nothing is written before you save).', present: 'Present', offered: 'From the source', judgement: 'Judgement', said: 'Verbatim', SAME: 'Equal', CANDIDATE: 'Would be offered', IMPLAUSIBLE: 'Doubtful', LOCKED: 'Locked', UNREADABLE: 'Unreadable', SILENT: 'Not in the source', NO_REPORT: 'No report of the period', nothing: '(empty)', row: 'Row of the source',
    schedule: 'Pull by itself', scheduleLead: 'Pulls when its time comes; what was missed while the server was down is pulled once. One pull at a time per source. Times are those of Beijing.', kind: 'When', QUARTER_END: 'After each quarter', MONTHLY: 'Each month', CRON: 'By a rule', day: 'Days after the quarter (0: its last day)', dayOfMonth: 'Day of the month (or its last)', time: 'Time', cron: 'Rule (minute hour day month weekday)', cronHint: 'Such as 30 7 * * 1-5 for 7:30 on working days',
    window: 'Only within these hours', from: 'From', to: 'To', gap: 'Minutes between two pulls, at least', setSchedule: 'Pull by itself', changeSchedule: 'Save', pause: 'Pause', resume: 'Resume', take: 'Take away', noSchedule: 'Not pulled by itself.', paused: 'Paused', next: 'Next: {times}', last: 'Last time: {time}', missed: '(made up for {n} missed before it)', note: 'Not pulled last time: {note}',
  },
);
