import { dictionary } from '../words/dictionary';

/** Sentences about what imported monitoring forms say of a report beside their values. */
export const remarkWords = dictionary(
  {
    waiting: '导入的监控表还写有 {n} 条偏差说明，尚待选择：', waitingMoney: '预算执行数', waitingMoneyAlone: '导入的监控表写有预算执行数，尚待选择：', from: '“{file}”中写的', take: '采用', keep: '保留我的', taking: '正在采用…',
    law: '采用后写入下面的说明，仍可修改；表中空白的内容保持不变。', lawMoney: '采用后写入上面的金额，仍可修改；表中空白的金额保持不变。', causes: '偏差原因', sentence: '原因说明', measures: '备注（改进措施）', likelihood: '完成目标可能性', forecast: '全年预计',
    money: '{part}：{amounts}', initial: '年初预算 {amount}', adjusted: '全年预算 {amount}', executed: '执行 {amount}', amountsUnit: '（万元）', openRow: '打开“{name}”',
  },
  {
    waiting: 'An imported monitoring form also holds {n} explanations that wait for a choice:', waitingMoney: 'budget execution', waitingMoneyAlone: 'An imported monitoring form holds budget execution that waits for a choice:', from: 'What “{file}” says', take: 'Take over', keep: 'Keep mine', taking: 'Taking over…',
    law: 'It is written into the explanation below and can still be changed; what the form leaves blank stays.', lawMoney: 'It is written into the amounts above and can still be changed; what the form leaves blank stays.', causes: 'Causes', sentence: 'Explanation', measures: 'Remark (measures)', likelihood: 'Likelihood', forecast: 'Expected for the year',
    money: '{part}: {amounts}', initial: 'initial {amount}', adjusted: 'adjusted {amount}', executed: 'executed {amount}', amountsUnit: '(10,000 yuan)', openRow: 'Open “{name}”',
  },
);
