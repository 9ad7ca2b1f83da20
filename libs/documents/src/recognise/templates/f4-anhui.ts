import type { RecognitionTemplate } from './recognition-template';
import { EVALUATED, LEVELS, YEAR_MONEY } from './usual-columns';

/** F4 as Anhui publishes it: the first levels carry their points (产出指标(50分)), a met wording reads 达成预期指标. */
export const F4_ANHUI: RecognitionTemplate = {
  name: 'F4-AH',
  title: { zh: '项目支出绩效自评表（安徽）', en: 'Self-evaluation of a project (Anhui)' },
  origin: '安徽池州 2022 年公开的自评表',
  form: 'SELF_EVALUATION',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效自评表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['指标值', '年度指标值'] },
    { role: 'actual', words: ['完成值', '实际完成值'] },
    ...EVALUATED.slice(1),
    { role: 'deviation', words: ['原因', '未完成原因', '未完成原因分析和改进措施', '偏差原因分析及改进措施'] },
  ],
  money: { ...YEAR_MONEY, columns: [...YEAR_MONEY.columns] },
  sumWords: ['总分', '合计'],
};
