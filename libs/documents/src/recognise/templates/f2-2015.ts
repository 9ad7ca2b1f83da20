import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

/** F2 of 财预〔2015〕88号: no weights. */
export const F2_2015: RecognitionTemplate = {
  name: 'F2-2015',
  title: { zh: '项目支出绩效目标申报表', en: 'Targets of a project (2015 form)' },
  origin: '财预〔2015〕88号',
  form: 'TARGET',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效目标申报表', '项目绩效目标申报表'],
  labels: { goal: ['年度目标', '总体目标'], total: ['年度资金总额'], ignored: ['中期目标', '中期资金总额', '项目属性', '项目期'] },
  columns: [...LEVELS, { role: 'target', words: ['指标值'] }],
  sumWords: ['合计'],
};
