import { dictionary } from '../words/dictionary';

/** Apart from the words of the page: the list of tables says these, too, and shall not load the rest. */
export const startWords = dictionary(
  {
    start: '生成单位自评', starting: '正在汇总…', startReady: '四个季度都已签字，可以汇总全年完成值，生成自评表。', startNotReporter: '四个季度都已签字，等待填报人生成自评。', startMissing: '四个季度都签字后才能生成自评，还差：{list}。', startUnsigned: '{quarter}（{state}）', startUnopened: '{quarter}（尚未开启）', startNotApproved: '目标表批复后，按季度填报、签字，才能开展自评。', startNone: '未开始',
  },
  {
    start: 'Make the self-evaluation', starting: 'Putting the year together…', startReady: 'All four quarters are signed: the year can be put together.', startNotReporter: 'All four quarters are signed; the reporter can make the self-evaluation.', startMissing: 'All four quarters have to be signed first. Missing: {list}.', startUnsigned: '{quarter} ({state})', startUnopened: '{quarter} (not opened)', startNotApproved: 'Once the table is approved, its quarters are entered and signed; then the year can be evaluated.', startNone: 'Not started',
  },
);
