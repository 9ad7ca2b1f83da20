import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F1 as two social-insurance centres published it for 2024. */
export const F1: RecognitionTemplate = {
  name: 'F1',
  title: { zh: '单位（部门）整体绩效目标表', en: 'Targets of the whole unit' },
  origin: '2024 年公开的部门预算',
  form: 'TARGET',
  subject: 'UNIT',
  titleWords: ['单位整体绩效目标表', '部门整体绩效目标表', '部门（单位）整体绩效目标表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['指标值'] },
    { role: 'basis', words: ['指标设定依据', '指标值设定依据'] },
    { role: 'weight', words: ['分值权重'] },
  ],
  sumWords: ['合计'],
};
