import { dictionary } from '../words/dictionary';

export const tableWords = dictionary(
  {
    title: '绩效目标表', subtitle: '{year} 年度 · 共 {n} 张', find: '查找', findHint: '项目名称或单位', import: '导入', newTable: '新建目标表', columnTable: '目标表', columnBudget: '预算（万元）', columnRows: '指标', columnQuarters: '季度监控', columnYear: '单位自评',
    rowsCount: '{n} 项 · {weight} 分', wholeUnit: '单位整体', emptyTitle: '{year} 年还没有目标表', emptyText: '导入已批复的绩效目标表（Word 转出的文本、Excel 或 CSV），核对后生成草稿。', emptySearch: '没有符合条件的目标表。', doImport: '导入目标表', clearSearch: '清除条件',
    quarter1: '一季度', quarter2: '二季度', quarter3: '三季度', quarter4: '四季度', quarterProgress: '已填 {done}/{total}', noReports: '批复后按季度开放填报', evaluationOpen: '查看自评', evaluationTotal: '{total} 分',
    projectGoal: '项目总体目标', unitGoal: '年度绩效目标',
    weightSum: '分值权重合计 {sum} 分', weightsOfLevel: '{level} {weight}', findingsTitle: '检查发现', findingsCount: '错误 {errors} · 提醒 {warnings} · 提示 {infos}', findingRow: '第 {n} 行', findingsBeside: '另有 {n} 条写在下表对应的行里。', accept: '写明理由后接受', acceptReason: '接受这条提醒的理由（随表留存，审核人和签字人可见）', acceptReasonMissing: '请写明理由，至少两个字。', acceptConfirm: '接受', acceptedTitle: '已写明理由的提醒 {n} 条', acceptedBecause: '理由：{reason}（{by}，{at}）',
    discard: '删除草稿', discardAsk: '删除“{title}”第 {n} 版草稿？', discardFirst: '草稿从未送审，删除后不能恢复；操作日志会留下一条记录。', discardAdjustment: '这份调整草稿从未送审，删除后不能恢复；现行版本不受影响，操作日志会留下一条记录。', discardConfirm: '删除草稿', discarding: '正在删除…',
    quartersTitle: '季度监控', evaluationTitle: '单位自评', historyTitle: '办理记录', versionsTitle: '版本', moved: '已办理：{move}',
    weightPoints: '{weight} 分', last: '上年 {value}', tasks: '年度主要任务', taskAmount: '{total} 万元', taskFiscal: '财政拨款 {value}', taskOther: '其他资金 {value}', taskSum: '金额合计 {total} 万元', downloadSheet: '下载 Excel', downloadDocument: '下载 Word',
  },
  {
    title: 'Target tables', subtitle: '{year} · {n} tables', find: 'Find', findHint: 'Project or unit', import: 'Import', newTable: 'New table', columnTable: 'Table', columnBudget: 'Budget (10,000 yuan)', columnRows: 'Indicators', columnQuarters: 'Quarters', columnYear: 'Self-evaluation',
    rowsCount: '{n} rows · {weight} points', wholeUnit: 'Whole unit', emptyTitle: 'No target tables for {year} yet', emptyText: 'Import the approved target tables (text taken from Word, Excel or CSV), check them and make drafts.', emptySearch: 'No table fits.', doImport: 'Import target tables', clearSearch: 'Clear the search',
    quarter1: 'Q1', quarter2: 'Q2', quarter3: 'Q3', quarter4: 'Q4', quarterProgress: '{done} of {total}', noReports: 'Opens quarter by quarter once approved', evaluationOpen: 'Open', evaluationTotal: '{total} points',
    projectGoal: 'Overall goal of the project', unitGoal: 'Goal of the year',
    weightSum: 'Weights add up to {sum}', weightsOfLevel: '{level} {weight}', findingsTitle: 'Findings', findingsCount: 'Errors {errors} · Warnings {warnings} · Notes {infos}', findingRow: 'Row {n}', findingsBeside: '{n} more stand beside their rows in the table below.', accept: 'Accept with a reason', acceptReason: 'Why this warning stands (kept with the table; reviewer and signer see it)', acceptReasonMissing: 'Give a reason of at least two characters.', acceptConfirm: 'Accept', acceptedTitle: '{n} warnings accepted with a reason', acceptedBecause: 'Reason: {reason} ({by}, {at})',
    discard: 'Delete the draft', discardAsk: 'Delete the draft of “{title}”, version {n}?', discardFirst: 'It was never submitted. It cannot be brought back; the log keeps a line about it.', discardAdjustment: 'This adjustment was never submitted. It cannot be brought back; the version in force stays as it is, and the log keeps a line about it.', discardConfirm: 'Delete the draft', discarding: 'Deleting…',
    quartersTitle: 'Quarterly monitoring', evaluationTitle: 'Self-evaluation', historyTitle: 'History', versionsTitle: 'Versions', moved: 'Done: {move}',
    weightPoints: '{weight} points', last: 'Last year {value}', tasks: 'Main tasks of the year', taskAmount: '{total} (10,000 yuan)', taskFiscal: 'fiscal {value}', taskOther: 'other funds {value}', taskSum: 'Together {total} (10,000 yuan)', downloadSheet: 'Excel', downloadDocument: 'Word',
  },
);
export type TableKey = keyof (typeof tableWords)['zh'];
