import type { TemplateColumn, TemplateMoney } from './recognition-template';

// Columns that nearly every form prints; a template picks from them and adds its own.

export const LEVELS: readonly TemplateColumn[] = [
  { role: 'level1', words: ['一级指标'] },
  { role: 'level2', words: ['二级指标'] },
  { role: 'name', words: ['三级指标', '三级指标名称', '指标名称', '绩效指标名称', '指标内容'] },
];

/** Columns of the self-evaluation after the target. */
export const EVALUATED: readonly TemplateColumn[] = [
  { role: 'actual', words: ['实际完成值', '完成值', '全年完成值', '实际完成指标值', '年度完成值', '实际值'] },
  { role: 'weight', words: ['分值', '权重', '分值权重', '指标权重'] },
  { role: 'points', words: ['得分', '自评得分', '指标得分', '自评分'] },
];

/** The money block of 财预〔2020〕10号. */
export const YEAR_MONEY: TemplateMoney = {
  columns: [
    { role: 'initial', words: ['年初预算数', '年初预算'] },
    { role: 'adjusted', words: ['全年预算数（A）', '全年预算数', '全年预算'] },
    { role: 'executed', words: ['全年执行数（B）', '全年执行数', '全年执行', '执行数'] },
    { role: 'weight', words: ['分值'] },
    { role: 'rate', words: ['执行率（B/A）', '执行率', '预算执行率'] },
    { role: 'points', words: ['得分'] },
  ],
  rows: [
    { line: 'TOTAL', words: ['年度资金总额', '资金总额', '年度资金总和'] },
    { line: 'FISCAL', words: ['其中：当年财政拨款', '其中：财政拨款', '当年财政拨款', '财政拨款'] },
    { line: 'CARRY_OVER', words: ['上年结转资金', '上年结转'] },
    { line: 'OTHER', words: ['其他资金'] },
  ],
};
