import type { RecognitionTemplate } from './recognition-template';
import { EVALUATED, LEVELS, YEAR_MONEY } from './usual-columns';

/** F4: the national self-evaluation of a project. */
export const F4: RecognitionTemplate = {
  name: 'F4',
  title: { zh: '项目支出绩效自评表', en: 'Self-evaluation of a project' },
  origin: '财预〔2020〕10号 附 1',
  form: 'SELF_EVALUATION',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效自评表', '项目支出绩效自评情况表', '项目绩效自评表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['年度指标值', '指标值'] },
    ...EVALUATED,
    { role: 'deviation', words: ['偏差原因分析及改进措施', '偏差原因分析', '偏差原因及改进措施'] },
  ],
  money: YEAR_MONEY,
  sumWords: ['总分', '合计'],
};
