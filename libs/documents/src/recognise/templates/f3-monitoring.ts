import type { RecognitionTemplate } from './recognition-template';
import { LEVELS } from './usual-columns';

const CAUSES = '偏差原因分析';
const LIKELIHOOD = '完成目标可能性';

/** F3 of 财预〔2019〕136号. The period in the heads is whatever was watched: 1—6月, 1—7月, 第二季度. */
export const F3: RecognitionTemplate = {
  name: 'F3',
  title: { zh: '项目支出绩效目标执行监控表', en: 'Monitoring of a project' },
  origin: '财预〔2019〕136号',
  form: 'MONITORING',
  subject: 'PROJECT',
  titleWords: ['项目支出绩效目标执行监控表', '项目支出绩效运行监控表', '绩效目标执行监控表', '绩效运行监控情况表'],
  columns: [
    ...LEVELS,
    { role: 'target', words: ['年度指标值'] },
    { role: 'actual', words: ['{period}执行情况', '{period}完成情况', '{period}完成值'] },
    { role: 'forecast', words: ['全年预计完成情况', '全年预计完成值'] },
    { role: 'causeFunds', words: ['经费保障'], group: CAUSES },
    { role: 'causeSystem', words: ['制度保障'], group: CAUSES },
    { role: 'causeStaff', words: ['人员保障'], group: CAUSES },
    { role: 'causeEquipment', words: ['硬件条件保障'], group: CAUSES },
    { role: 'causeOther', words: ['其他'], group: CAUSES },
    { role: 'deviation', words: ['原因说明'], group: CAUSES },
    { role: 'certain', words: ['确定能'], group: LIKELIHOOD },
    { role: 'possible', words: ['有可能'], group: LIKELIHOOD },
    { role: 'impossible', words: ['完全不可能'], group: LIKELIHOOD },
    { role: 'remark', words: ['备注'] },
  ],
  money: {
    columns: [
      { role: 'initial', words: ['年初预算数'] },
      { role: 'executed', words: ['{period}执行数'] },
      { role: 'rate', words: ['{period}执行率'] },
      { role: 'forecast', words: ['全年预计执行数'] },
    ],
    rows: [
      { line: 'TOTAL', words: ['年度资金总额'] },
      { line: 'FISCAL', words: ['其中：本年一般公共预算拨款', '其中：当年财政拨款'] },
      { line: 'OTHER', words: ['其他资金'] },
    ],
  },
  sumWords: ['合计'],
};
