import { dictionary } from '../words/dictionary';

export const signOffWords = dictionary(
  {
    title: '审核与签字', targetTable: '绩效目标表', period: '{year}年 · {label}', ofKind: '（{kind}）', due: '{day} 截止', quarters: '本年度各季度', toEntry: '去填报', print: '打印', form: '监控表', formAs: '下载监控表（{format}）', loading: '正在载入监控表…',
    moved: '已办理：{move}', caughtUp: '页面已更新为最新内容，请核对后再办理。', returned: '{by}退回，意见：{opinion}', goTo: '查看“{name}”',
    signs: '签字确认的内容：本表第 {revision} 次修订，得分 {points} / {weight}。签字人须不是填报人。',
    changedTitle: '您打开页面后，得分有变化', changedText: '请核对下列指标。核对前签字会被拒绝。', changedLine: '{name}：{before} → {after}', changedPoints: '{value}，{points} 分', looked: '已核对，按新的得分办理',
    sinceNone: '第一次送审，没有可比的上一次。', sinceSUBMIT: '上次送审（{at}）后改了 {n} 项', sinceSIGN: '上次签字（{at}）后改了 {n} 项', sinceOther: '上次办理（{at}）后改了 {n} 项', sinceNothing: '送回修改后，没有指标的数值变化。', was: '原为', changed: '已改', emptyBefore: '空',
    extend: '延长填报期', extendUntil: '延长至', extendWhy: '延长理由', extendWhyHint: '理由会记入办理记录', extendPut: '确定延长', extendedTo: '填报期已延长至 {day}。', extendMissing: '请选择日期并写明理由。', attention: '需要关注', attentionNone: '没有发现需要关注的问题。', attentionCount: '{n} 项', attentionMore: '其余 {n} 项', quarterShort: '{n}季度', gravityOWED: '须补充', gravityDOUBTFUL: '须核实', gravityKNOWN: '请了解',
    unanswered: '未填报', unscored: '不能计分', explanation: '缺偏差说明', executionMissing: '缺预算执行数', warning: '数值可疑', candidate: '与候选值不一致', over: '超过目标值 130%', red: '红灯', evidence: '缺佐证资料', executionSlow: '执行率明显偏低', overBudget: '执行数超过预算', belowWeight: '得分低于分值', yellow: '黄灯',
    formTitlePROJECT: '项目支出绩效目标执行监控表', formTitleUNIT: '单位整体支出绩效目标执行监控表', subtitle: '（{year}年度 {label}）',
    columnEarlier: '以前季度', columnCurrent: '本季度完成值', columnYearToDate: '累计完成值', columnLight: '预警', columnExplanation: '偏差原因及改进措施', columnEvidence: '佐证资料', columnWeight: '分值', columnPoints: '得分',
    causes: '原因', sentence: '说明', measures: '措施', likelihood: '完成可能性', forecast: '全年预计', owed: '须说明偏差原因', candidateIs: '候选值（来自“{source}”）：{value}', noEvidence: '未上传', by: '{by} {at}',
    moneyTitle: '项目资金（万元）', moneyTitleUNIT: '年度预算（万元）', moneyInitial: '年初预算数', moneyAdjusted: '全年预算数', moneyExecuted: '累计执行数', moneyRate: '执行率', moneyReason: '执行情况说明', moneyNone: '还没有填报预算执行数。', moneyName: '预算执行',
    partTOTAL: '年度资金总额', partFISCAL: '其中：财政拨款', partCARRY_OVER: '上年结转资金', partHIGHER_LEVEL: '财政资金：上级安排', partLOCAL_LEVEL: '财政资金：本级安排', partOTHER: '其他资金', goal: '年度总体目标', sumRow: '合计', budgetUnit: '实施单位', project: '项目名称',
    signedOn: '日期',
  },
  {
    title: 'Review and sign-off', targetTable: 'Target table', period: '{year} · {label}', ofKind: ' ({kind})', due: 'due {day}', quarters: 'Quarters of this year', toEntry: 'Go to entry', print: 'Print', form: 'Form', formAs: 'Download the monitoring form ({format})', loading: 'Loading the report…',
    moved: 'Done: {move}', caughtUp: 'The page now shows what there is; look again before you go on.', returned: 'Returned by {by}: {opinion}', goTo: 'Go to “{name}”',
    signs: 'What is signed: revision {revision} of this report, {points} of {weight} points. Whoever recorded a value cannot sign.',
    changedTitle: 'Points changed since you opened this page', changedText: 'Look at the rows below. A signature is refused until you have.', changedLine: '{name}: {before} → {after}', changedPoints: '{value}, {points} points', looked: 'I have looked; go by the new points',
    sinceNone: 'Submitted for the first time: nothing to compare with.', sinceSUBMIT: '{n} rows changed since it was last submitted ({at})', sinceSIGN: '{n} rows changed since it was last signed ({at})', sinceOther: '{n} rows changed since {at}', sinceNothing: 'No value changed since it came back.', was: 'was', changed: 'changed', emptyBefore: 'empty',
    extend: 'Give more time', extendUntil: 'Until', extendWhy: 'Reason', extendWhyHint: 'The reason is kept in the record', extendPut: 'Give more time', extendedTo: 'May still be filled in until {day}.', extendMissing: 'Choose a day and write the reason.', attention: 'Worth a look', attentionNone: 'Nothing found that needs attention.', attentionCount: '{n}', attentionMore: '{n} more', quarterShort: 'Q{n}', gravityOWED: 'Owed', gravityDOUBTFUL: 'To be checked', gravityKNOWN: 'To be known',
    unanswered: 'Not reported', unscored: 'Cannot be scored', explanation: 'Explanation missing', executionMissing: 'No execution figures', warning: 'Doubtful value', candidate: 'Differs from the candidate', over: 'Above 130 % of the target', red: 'Red light', evidence: 'Evidence missing', executionSlow: 'Execution far behind', overBudget: 'More spent than budgeted', belowWeight: 'Points below weight', yellow: 'Yellow light',
    formTitlePROJECT: 'Monitoring report of a project', formTitleUNIT: 'Monitoring report of the whole unit', subtitle: '({year}, {label})',
    columnEarlier: 'Earlier quarters', columnCurrent: 'This quarter', columnYearToDate: 'Year to date', columnLight: 'Light', columnExplanation: 'Causes and measures', columnEvidence: 'Evidence', columnWeight: 'Weight', columnPoints: 'Points',
    causes: 'Causes', sentence: 'Explanation', measures: 'Measures', likelihood: 'Will the target be reached', forecast: 'Expected by year end', owed: 'An explanation is owed', candidateIs: 'Candidate from “{source}”: {value}', noEvidence: 'None', by: '{by} {at}',
    moneyTitle: 'Funds of the project (10,000 yuan)', moneyTitleUNIT: 'Budget of the year (10,000 yuan)', moneyInitial: 'Initial budget', moneyAdjusted: 'Adjusted budget', moneyExecuted: 'Executed so far', moneyRate: 'Rate', moneyReason: 'Reason', moneyNone: 'No execution figures have been entered yet.', moneyName: 'Budget execution',
    partTOTAL: 'Total of the year', partFISCAL: 'of which fiscal', partCARRY_OVER: 'carried over', partHIGHER_LEVEL: 'fiscal: higher level', partLOCAL_LEVEL: 'fiscal: this level', partOTHER: 'other funds', goal: 'Overall goal of the year', sumRow: 'Total', budgetUnit: 'Unit', project: 'Project',
    signedOn: 'Date',
  },
);
export type SignOffKey = keyof (typeof signOffWords)['zh'];
