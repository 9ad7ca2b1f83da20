import type { RecognitionTemplate } from './recognition-template';
import { EVALUATED, LEVELS, YEAR_MONEY } from './usual-columns';

/** F5 as this product prints it where a region has no form of its own; Yunnan's annex has the same columns. */
export const F5: RecognitionTemplate = {
  name: 'F5',
  title: { zh: '单位整体支出绩效自评表', en: 'Self-evaluation of the whole unit' },
  origin: '本系统默认表样；云南决算公开附表列次相同',
  form: 'SELF_EVALUATION',
  subject: 'UNIT',
  titleWords: ['单位整体支出绩效自评表', '部门整体支出绩效自评表', '部门（单位）整体支出绩效自评表', '部门整体支出绩效自评情况'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['年度指标值', '指标值'] },
    ...EVALUATED,
    { role: 'deviation', words: ['偏差原因分析及改进措施', '偏差原因'] },
  ],
  money: {
    columns: YEAR_MONEY.columns,
    rows: [
      { line: 'TOTAL', words: ['年度资金总额'] },
      { line: 'FISCAL', words: ['其中：财政拨款'] },
      { line: 'HIGHER_LEVEL', words: ['其中：上级安排', '上级安排'] },
      { line: 'LOCAL_LEVEL', words: ['本级安排'] },
      { line: 'OTHER', words: ['其他资金'] },
    ],
  },
  sumWords: ['总分', '合计'],
};
