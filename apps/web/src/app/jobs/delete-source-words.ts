import { dictionary } from '../words/dictionary';

export const deleteSourceWords = dictionary(
  {
    title: '删除来源', lead: '建错了、从没取到过数的来源可以删除。', begin: '删除这个来源…', ask: '删除来源“{name}”？', along: '一并删除：{what}。', bindings: '对应关系 {n} 项', secrets: '保存的密码和密钥 {n} 个', pulls: '没有取到数的取数记录 {n} 次', schedule: '自动取数的设置',
    underWay: '正在等待或进行的取数会取消。', final: '删除后不能恢复；取过数的任务仍列在“后台任务”中，留作历史；操作日志会留下一条记录。', deleting: '正在删除…', stays: '这个来源已经取到过数，这些数以它为出处，不能删除。不再使用的，请停用：停用后不再取数，已取到的数仍查得到出处。', toSwitch: '去停用',
  },
  {
    title: 'Delete the source', lead: 'A source that was set up by mistake and never brought a value can be deleted.', begin: 'Delete this source…', ask: 'Delete the source “{name}”?', along: 'What goes with it: {what}.', bindings: 'bindings ({n})', secrets: 'stored secrets ({n})', pulls: 'pulls that brought nothing ({n})', schedule: 'its schedule',
    underWay: 'A pull that waits or runs is cancelled.', final: 'It cannot be brought back; its pulls stay among the jobs as history, and the log keeps a line about it.', deleting: 'Deleting…', stays: 'This source has brought values, and they point at it as where they come from, so it cannot be deleted. If it is no longer used, switch it off: then nobody asks it, and every value keeps its origin.', toSwitch: 'To the switch',
  },
);
