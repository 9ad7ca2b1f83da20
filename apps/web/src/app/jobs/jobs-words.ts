import { dictionary } from '../words/dictionary';

export const jobsWords = dictionary(
  {
    noticesTitle: '需要知道的事', OUTAGE: '出现故障', RECOVERY: '已恢复', read: '知道了', readOf: '知道了：{title}', causesTitle: '失败的任务，按原因', jobsOfCause: '{n} 个任务，例如：{titles}', retryAll: '全部重试（{n}）', retryAllOf: '全部重试：{cause}', retriedAll: '已重新排队 {n} 个任务。', filterKind: '种类', filterFrom: '从', filterTo: '到', filterText: '查找', anyKind: '全部种类',
    'kind-run-pull': '取数', 'kind-score-monitoring-report': '季度计分', 'kind-score-self-evaluation': '自评计分', 'kind-score-region': '地区计分', 'kind-apply-rule-profile': '按新规则重算', 'kind-render-report': '生成报告', 'kind-read-document': '识别文件', 'kind-open-period': '开启填报', title: '后台任务', lead: '取数、计分、生成报告都在这里，关闭页面不影响任务进行。', live: '实时更新', broken: '实时连接已断开，正在重新连接…', all: '全部', refresh: '刷新',
    job: '任务', state: '状态', progress: '进度', by: '发起', time: '时间', nothingFitsTitle: '没有符合条件的任务', nothingFitsText: '请换一个状态，或放宽上面的条件。', toSource: '去处理这个取数来源', heldBack: '另有 {n} 个没有重试，请先处理原因。', emptyTitle: '还没有任务', emptyText: '保存实际值、取数或生成报告时，任务会出现在这里。', at: '正在处理：{at}', noneYet: '尚未开始',
    cause: '原因：{cause}', mender: '请由{mender}处理', attempts: '已试 {n} 次', retry: '重试', cancel: '取消任务', cancelOf: '取消任务：{job}', retried: '已重新排队', open: '查看', took: '用时 {seconds} 秒', tookLess: '用时不到 1 秒', started: '{time} 开始', system: '系统', more: '显示更多',
    menderAdministrator: '系统管理员', menderSourceOwner: '取数来源的负责人', menderReporter: '填报人', menderNobody: '系统自动', overtaken: '之后已经成功，不需要处理。', progressOf: '已完成 {done} / {total}', failedCount: '{n} 个失败',
  },
  {
    noticesTitle: 'To know', OUTAGE: 'Out of order', RECOVERY: 'Works again', read: 'Got it', readOf: 'Got it: {title}', causesTitle: 'Failed jobs by cause', jobsOfCause: 'Jobs: {n}, such as {titles}', retryAll: 'Try all again ({n})', retryAllOf: 'Try all again: {cause}', retriedAll: 'Jobs queued again: {n}.', filterKind: 'Kind', filterFrom: 'From', filterTo: 'To', filterText: 'Find', anyKind: 'All kinds',
    'kind-run-pull': 'Pull', 'kind-score-monitoring-report': 'Score a quarter', 'kind-score-self-evaluation': 'Score a year', 'kind-score-region': 'Score a region', 'kind-apply-rule-profile': 'Score by new rules', 'kind-render-report': 'Make a report', 'kind-read-document': 'Read a document', 'kind-open-period': 'Open a period', title: 'Jobs', lead: 'Pulls, scores and reports run here; closing the page does not stop them.', live: 'Live', broken: 'The live connection broke; connecting again…', all: 'All', refresh: 'Refresh',
    job: 'Job', state: 'State', progress: 'Progress', by: 'Asked for by', time: 'Time', nothingFitsTitle: 'No job fits', nothingFitsText: 'Choose another state, or narrow the list less.', toSource: 'Go to the source', heldBack: 'Not tried again: {n}; mend their cause first.', emptyTitle: 'No jobs yet', emptyText: 'Jobs appear here when actuals are saved, values are pulled or reports are made.', at: 'Now at: {at}', noneYet: 'Not started',
    cause: 'Cause: {cause}', mender: 'To be mended by: {mender}', attempts: '{n} attempts', retry: 'Try again', cancel: 'Cancel', cancelOf: 'Cancel: {job}', retried: 'Queued again', open: 'Open', took: 'took {seconds} s', tookLess: 'took less than 1 s', started: 'started {time}', system: 'System', more: 'Show more',
    menderAdministrator: 'the administrator', menderSourceOwner: 'the owner of the source', menderReporter: 'the reporter', menderNobody: 'the system itself', overtaken: 'A later one succeeded; nothing has to be done.', progressOf: '{done} of {total} done', failedCount: '{n} failed',
  },
);
