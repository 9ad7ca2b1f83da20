import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F2 as two social-insurance centres published it for 2024. */
export const F2: RecognitionTemplate = {
  name: 'F2',
  title: { zh: '项目支出绩效目标表', en: 'Targets of a project' },
  origin: '2024 年公开的部门预算',
  form: 'TARGET',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效目标表', '项目绩效目标表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['指标值'] },
    { role: 'basis', words: ['指标值设置依据'] },
    { role: 'previous', words: ['上年完成值'] },
    { role: 'weight', words: ['指标分值权重', '分值权重'] },
    { role: 'rule', words: ['指标赋分规则'] },
    { role: 'evidence', words: ['佐证资料'] },
  ],
  sumWords: ['合计'],
};
