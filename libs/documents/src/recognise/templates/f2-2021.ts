import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F2 of 财预〔2021〕101号, annex 2: every indicator says how it is measured and where its number comes from. */
export const F2_2021: RecognitionTemplate = {
  name: 'F2-2021',
  title: { zh: '项目支出绩效目标表（含指标解释与取值方式）', en: 'Targets of a project with measurement (2021 form)' },
  origin: '财预〔2021〕101号 附 2',
  form: 'TARGET',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效目标表', '项目支出绩效指标体系', '核心绩效目标和指标表'],
  columns: [
    ...LEVELS,
    { role: 'explanation', words: ['指标解释', '指标说明', '指标内涵'] },
    { role: 'target', words: ['指标值'] },
    { role: 'basis', words: ['设定依据', '指标值设定依据'] },
    { role: 'method', words: ['取值方式'] },
    { role: 'dataSource', words: ['数据来源'] },
    { role: 'weight', words: ['分值权重'] },
    { role: 'rule', words: ['赋分规则'] },
    { role: 'evidence', words: ['佐证资料'] },
  ],
  sumWords: ['合计'],
};
