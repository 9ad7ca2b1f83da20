import type { RecognitionTemplate } from './recognition-template';
import { EVALUATED, LEVELS, YEAR_MONEY } from './usual-columns';

/** F4 with the columns of F2 beside the national ones, as units whose targets look like F2 may be asked for it. */
export const F4_WITH_BASIS: RecognitionTemplate = {
  name: 'F4-F2',
  title: { zh: '项目支出绩效自评表（含依据、赋分规则、佐证资料）', en: 'Self-evaluation of a project with basis, rule and evidence' },
  origin: '国家表样加 F2 的列；地方表样未见，按推断',
  form: 'SELF_EVALUATION',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效自评表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['指标值', '年度指标值'] },
    { role: 'basis', words: ['指标值设置依据'] },
    { role: 'previous', words: ['上年完成值'] },
    ...EVALUATED,
    { role: 'rule', words: ['指标赋分规则'] },
    { role: 'evidence', words: ['佐证资料'] },
    { role: 'deviation', words: ['偏差原因分析及改进措施'] },
  ],
  money: YEAR_MONEY,
  sumWords: ['总分', '合计'],
};
