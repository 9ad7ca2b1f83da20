import { dictionary } from '../words/dictionary';

/** Sentences about the values of a monitoring form on their way to a report. */
export const proposalsWords = dictionary(
  {
    title: '作为本期候选值', quarter: '报告期', quarterChoose: '请选择报告期', about: '{n} 个值可提交到 {year} 年{label}的监控报告（目标表第 {version} 版）', openReport: '打开报告', law: '提交后只是候选：在报告中逐项选择采用，或保留自己填写的。',
    yearToDate: '表中写的是“{printed}”的累计值；以前各期已报的数已扣除，下列为本期值。', ownOnly: '表中写的是“{printed}”的值。', notWhole: '表中期间“{printed}”与所选报告期不一致，请逐项核对后再勾选。', unsaid: '（未写明）',
    columnTake: '提交', columnName: '三级指标', columnPrinted: '表中的值', columnValue: '本期值', columnNow: '报告中现有', take: '提交“{name}”', nameOnly: '仅名称相同，目标表中属于“{level}”', same: '已相同', none: '没有可提交的值。',
    explanations: '偏差原因、全年预计与完成可能性', inReport: '报告中现有：', forecast: '全年预计 {value}', likelihood: '完成可能性：{value}', money: '预算执行数（万元，年初以来累计）', moneyTake: '一并提交预算执行数', initial: '年初预算 {amount}', adjusted: '全年预算 {amount}', executed: '执行 {amount}',
    unplaced: '{n} 项读出但报告中没有位置，仅供对照', proposeAll: '提交 {n} 个候选值、{explained} 条说明{money}', andMoney: '和预算执行数',
    unmatched: '{n} 行不能提交', propose: '提交 {n} 个候选值', proposing: '正在提交…', proposed: '已于 {at} 提交。', again: '改正后可再次提交，尚未选择的候选值会换成新的。',
  },
  {
    title: 'As candidates of the period', quarter: 'Period', quarterChoose: 'Choose the period', about: '{n} values can be proposed to the {year} report of {label} (target table version {version})', openReport: 'Open the report', law: 'They are candidates only: in the report each is taken over, or the own is kept.',
    yearToDate: 'The form prints values of “{printed}” together; what earlier periods reported is taken off, and below stands the period alone.', ownOnly: 'The form prints values of “{printed}”.', notWhole: 'The form is about “{printed}”, which is not the chosen period. Check each value before you tick it.', unsaid: '(not said)',
    columnTake: 'Propose', columnName: 'Indicator', columnPrinted: 'In the form', columnValue: 'Of the period', columnNow: 'In the report', take: 'Propose “{name}”', nameOnly: 'Only the name agrees; in the target table it belongs to “{level}”', same: 'the same', none: 'There is no value to propose.',
    explanations: 'Causes of deviation, the year’s end and likelihood', inReport: 'In the report: ', forecast: 'expected for the year {value}', likelihood: 'likelihood: {value}', money: 'Budget execution (10,000 yuan, since January)', moneyTake: 'Propose the budget execution as well', initial: 'initial {amount}', adjusted: 'adjusted {amount}', executed: 'executed {amount}',
    unplaced: '{n} things were read that a report has no place for; they are shown alone', proposeAll: 'Propose {n} candidates, {explained} explanations{money}', andMoney: ' and the budget execution',
    unmatched: '{n} rows cannot be proposed', propose: 'Propose {n} candidates', proposing: 'Proposing…', proposed: 'Proposed at {at}.', again: 'Once corrected they may be proposed again; candidates that nobody has settled give way.',
  },
);
