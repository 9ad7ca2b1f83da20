import type { RecognitionTemplate } from './recognition-template';

/** F5 of Chongqing: no levels, the target at the start and after adjustment, one line of money. */
export const F5_CHONGQING: RecognitionTemplate = {
  name: 'F5-CQ',
  title: { zh: '部门整体绩效自评表（重庆）', en: 'Self-evaluation of the whole unit (Chongqing)' },
  origin: '重庆 2021 年公开的自评表',
  form: 'SELF_EVALUATION',
  subject: 'UNIT',
  titleWords: ['部门整体绩效自评表', '部门（单位）整体绩效自评表'],
  labels: {
    unit: ['部门（单位）名称', '部门名称'],
    goal: ['年初目标', '年初绩效目标'],
    goalAdjusted: ['全年（调整）目标', '全年(调整)绩效目标'],
    goalAchieved: ['实际完成', '目标实际完成情况'],
    score: ['自评总分', '自评总分（分）'],
    ignored: ['财政处室', '联系人'],
  },
  columns: [
    { role: 'name', words: ['指标名称'] },
    { role: 'unit', words: ['计量单位'] },
    { role: 'operator', words: ['指标性质'] },
    { role: 'weight', words: ['指标权重'] },
    { role: 'target', words: ['年初指标值'] },
    { role: 'adjustedTarget', words: ['调整指标值'] },
    { role: 'actual', words: ['全年完成值'] },
    { role: 'coefficient', words: ['得分系数（%）', '得分系数'] },
    { role: 'points', words: ['指标得分'] },
    { role: 'core', words: ['是否核心指标'] },
  ],
  money: {
    columns: [
      { role: 'initial', words: ['年初预算数'] },
      { role: 'adjusted', words: ['全年（调整）预算数'] },
      { role: 'executed', words: ['全年执行数'] },
      { role: 'rate', words: ['执行率', '执行率（%）'] },
      { role: 'weight', words: ['执行率权重'] },
      { role: 'points', words: ['执行率得分'] },
    ],
    rows: [],
  },
  sumWords: ['合计', '总分'],
};
