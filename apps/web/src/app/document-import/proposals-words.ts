import { dictionary } from '../words/dictionary';

/** Sentences about the values of a monitoring form on their way to a report. */
export const proposalsWords = dictionary(
  {
    title: '作为本期候选值', quarter: '报告期', quarterChoose: '请选择报告期', about: '{n} 个值可提交到 {year} 年{label}的监控报告（目标表第 {version} 版）', openReport: '打开报告', law: '提交后只是候选值：在报告中逐项选择采用，或写明理由保留自己的值。',
    yearToDate: '表中写的是“{printed}”的累计值；以前各期已报的数已扣除，下列为本期值。', ownOnly: '表中写的是“{printed}”的值。', notWhole: '表中期间“{printed}”与所选报告期不一致，请逐项核对后再勾选。', unsaid: '（未写明）',
    columnTake: '提交', columnName: '三级指标', columnPrinted: '表中的值', columnValue: '本期值', columnNow: '报告中现有', take: '提交“{name}”', nameOnly: '仅名称相同，目标表中属于“{level}”', same: '已相同', none: '没有可提交的值。',
    unmatched: '{n} 行不能提交', propose: '提交 {n} 个候选值', proposing: '正在提交…', proposed: '已于 {at} 提交。', again: '改正后可再次提交，尚未选择的候选值会换成新的。',
  },
  {
    title: 'As candidates of the period', quarter: 'Period', quarterChoose: 'Choose the period', about: '{n} values can be proposed to the {year} report of {label} (target table version {version})', openReport: 'Open the report', law: 'They are candidates only: in the report each is taken over, or the own value is kept with a reason.',
    yearToDate: 'The form prints values of “{printed}” together; what earlier periods reported is taken off, and below stands the period alone.', ownOnly: 'The form prints values of “{printed}”.', notWhole: 'The form is about “{printed}”, which is not the chosen period. Check each value before you tick it.', unsaid: '(not said)',
    columnTake: 'Propose', columnName: 'Indicator', columnPrinted: 'In the form', columnValue: 'Of the period', columnNow: 'In the report', take: 'Propose “{name}”', nameOnly: 'Only the name agrees; in the target table it belongs to “{level}”', same: 'the same', none: 'There is no value to propose.',
    unmatched: '{n} rows cannot be proposed', propose: 'Propose {n} candidates', proposing: 'Proposing…', proposed: 'Proposed at {at}.', again: 'Once corrected they may be proposed again; candidates that nobody has settled give way.',
  },
);
