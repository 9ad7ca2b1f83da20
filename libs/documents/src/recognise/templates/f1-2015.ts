import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F1 of 财预〔2015〕88号: the year's tasks with their money, and indicators without weights. */
export const F1_2015: RecognitionTemplate = {
  name: 'F1-2015',
  title: { zh: '部门（单位）整体支出绩效目标申报表', en: 'Targets of the whole unit (2015 form)' },
  origin: '财预〔2015〕88号',
  form: 'TARGET',
  subject: 'UNIT',
  titleWords: ['部门（单位）整体支出绩效目标申报表', '部门整体支出绩效目标申报表', '部门（单位）整体支出绩效目标表', '整体支出绩效目标表'],
  labels: { unit: ['部门（单位）名称'], goal: ['年度总体目标'], caption: ['年度主要任务', '年度履职目标'] },
  columns: [...LEVELS, { role: 'target', words: ['指标值'] }, { role: 'remark', words: ['备注'], optional: true }],
  sumWords: ['合计', '金额合计'],
};
