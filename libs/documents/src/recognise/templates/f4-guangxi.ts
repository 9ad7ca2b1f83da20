import type { RecognitionTemplate } from './recognition-template';
import { LEVELS, YEAR_MONEY } from './usual-columns';

/** F4 as Guangxi fills it: points taken off beside points given, and a word on what was achieved where nothing was measured. */
export const F4_GUANGXI: RecognitionTemplate = {
  name: 'F4-GX',
  title: { zh: '项目支出绩效自评表（广西）', en: 'Self-evaluation of a project (Guangxi)' },
  origin: '广西 2024 年公开的自评结果',
  form: 'SELF_EVALUATION',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效自评表', '预算项目支出绩效自评表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['年度指标值', '指标值'] },
    { role: 'actual', words: ['实际完成值'] },
    { role: 'actualText', words: ['定性完成情况简述', '定性指标完成情况简述'] },
    { role: 'weight', words: ['分值'] },
    { role: 'deduction', words: ['扣减分数', '扣分'] },
    { role: 'points', words: ['得分'] },
    { role: 'deviation', words: ['偏差原因分析及改进措施', '偏差原因'] },
  ],
  money: YEAR_MONEY,
  sumWords: ['总分', '合计'],
};
