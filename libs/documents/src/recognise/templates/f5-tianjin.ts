import type { RecognitionTemplate } from './recognition-template';
import { YEAR_MONEY } from './usual-columns';

/** F5 of Tianjin: the goal of the year beside what came of it, the sign of a target in a column of its own. */
export const F5_TIANJIN: RecognitionTemplate = {
  name: 'F5-TJ',
  title: { zh: '部门整体绩效自评表（天津）', en: 'Self-evaluation of the whole unit (Tianjin)' },
  origin: '天津 部门整体绩效自评',
  form: 'SELF_EVALUATION',
  subject: 'UNIT',
  titleWords: ['部门整体绩效自评表', '部门整体支出绩效自评表'],
  labels: { goal: ['年度绩效目标'], goalAchieved: ['实际完成'], unit: ['部门名称'] },
  columns: [
    { role: 'level1', words: ['一级指标'], optional: true },
    { role: 'level2', words: ['二级指标'], optional: true },
    { role: 'name', words: ['指标名称', '三级指标'] },
    { role: 'operator', words: ['计算符号'] },
    { role: 'target', words: ['指标值'] },
    { role: 'actual', words: ['实际完成值'] },
    { role: 'unit', words: ['计量单位'] },
    { role: 'weight', words: ['分值'] },
    { role: 'points', words: ['得分'] },
    { role: 'deviation', words: ['偏差', '偏差原因'] },
  ],
  money: YEAR_MONEY,
  sumWords: ['总分', '合计'],
};
