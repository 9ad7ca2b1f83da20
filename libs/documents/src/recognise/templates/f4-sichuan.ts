import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F4 as Sichuan prints it from the integrated system since 2023: sign, number and unit in columns of their own. */
export const F4_SICHUAN: RecognitionTemplate = {
  name: 'F4-SC',
  title: { zh: '部门预算项目支出绩效自评表（四川）', en: 'Self-evaluation of a project (Sichuan)' },
  origin: '四川 2023 年公开的自评表（510000_0013zp）',
  form: 'SELF_EVALUATION',
  subject: 'PROJECT',
  titleWords: ['部门预算项目支出绩效自评表', '部门预算项目绩效自评表'],
  labels: {
    goal: ['项目年度目标', '年度目标'],
    goalAchieved: ['项目年度目标完成情况', '实施内容及过程概述'],
    caption: ['预算执行情况（10分）', '预算执行情况'],
    ignored: ['评价结论', '存在问题', '改进措施', '财务负责人'],
  },
  columns: [
    ...LEVELS,
    { role: 'operator', words: ['指标性质'] },
    { role: 'target', words: ['指标值'] },
    { role: 'unit', words: ['度量单位'] },
    { role: 'actual', words: ['完成值'] },
    { role: 'weight', words: ['权重'] },
    { role: 'points', words: ['得分'] },
    { role: 'deviation', words: ['未完成原因分析'] },
  ],
  money: {
    columns: [
      { role: 'initial', words: ['年初预算', '年初预算数'] },
      { role: 'adjusted', words: ['调整后预算数'] },
      { role: 'executed', words: ['预算执行数'] },
      { role: 'rate', words: ['执行率', '预算执行率'] },
      { role: 'weight', words: ['权重'] },
      { role: 'points', words: ['得分'] },
      { role: 'reason', words: ['原因'] },
    ],
    rows: [
      { line: 'TOTAL', words: ['总额'] },
      { line: 'FISCAL', words: ['财政资金', '其中：财政资金'] },
      { line: 'SPECIAL_ACCOUNT', words: ['财政专户管理资金', '财政专户'] },
      { line: 'UNIT_FUNDS', words: ['单位资金'] },
      { line: 'OTHER', words: ['其他资金'] },
    ],
  },
  sumWords: ['合计', '总分'],
};
