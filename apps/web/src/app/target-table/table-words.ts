import { dictionary } from '../words/dictionary';

export const tableWords = dictionary(
  {
    title: '绩效目标表', subtitle: '{year} 年度 · 共 {n} 张', find: '查找', findHint: '项目名称或单位', import: '导入', columnTable: '目标表', columnBudget: '预算（万元）', columnRows: '指标', columnQuarters: '季度监控', columnYear: '单位自评',
    rowsCount: '{n} 项 · {weight} 分', wholeUnit: '单位整体', emptyTitle: '{year} 年还没有目标表', emptyText: '导入已批复的绩效目标表（Word 转出的文本、Excel 或 CSV），核对后生成草稿。', emptySearch: '没有符合条件的目标表。', doImport: '导入目标表', clearSearch: '清除条件',
    quarter1: '一季度', quarter2: '二季度', quarter3: '三季度', quarter4: '四季度', quarterProgress: '已填 {done}/{total}', noReports: '批复后按季度开放填报', evaluationOpen: '查看自评', evaluationNone: '未开始', evaluationTotal: '{total} 分',
    projectGoal: '项目总体目标', unitGoal: '年度绩效目标', 
    weightSum: '分值权重合计 {sum} 分', weightsOfLevel: '{level} {weight}', findingsTitle: '检查发现', findingsCount: '错误 {errors} · 提醒 {warnings} · 提示 {infos}', findingAtRow: '第 {row} 行', findingAtHead: '表头', adjustHint: '调整目标请重新导入调整后的目标表。',
    quartersTitle: '季度监控', evaluationTitle: '单位自评', evaluationStart: '生成单位自评', evaluationStarting: '正在汇总…', evaluationHint: '四个季度签字后汇总全年完成值，生成自评表。', historyTitle: '办理记录', versionsTitle: '版本', versionHere: '当前查看', toList: '返回列表', moved: '已办理：{move}', indicators: '指标',
    sourceCell: '原文：{raw}', weightPoints: '{weight} 分', last: '上年 {value}', enter: '去填报', review: '查看',
  },
  {
    title: 'Target tables', subtitle: '{year} · {n} tables', find: 'Find', findHint: 'Project or unit', import: 'Import', columnTable: 'Table', columnBudget: 'Budget (10,000 yuan)', columnRows: 'Indicators', columnQuarters: 'Quarters', columnYear: 'Self-evaluation',
    rowsCount: '{n} rows · {weight} points', wholeUnit: 'Whole unit', emptyTitle: 'No target tables for {year} yet', emptyText: 'Import the approved target tables (text taken from Word, Excel or CSV), check them and make drafts.', emptySearch: 'No table fits.', doImport: 'Import target tables', clearSearch: 'Clear the search',
    quarter1: 'Q1', quarter2: 'Q2', quarter3: 'Q3', quarter4: 'Q4', quarterProgress: '{done} of {total}', noReports: 'Opens quarter by quarter once approved', evaluationOpen: 'Open', evaluationNone: 'Not started', evaluationTotal: '{total} points',
    projectGoal: 'Overall goal of the project', unitGoal: 'Goal of the year', 
    weightSum: 'Weights add up to {sum}', weightsOfLevel: '{level} {weight}', findingsTitle: 'Findings', findingsCount: '{errors} errors · {warnings} warnings · {infos} notes', findingAtRow: 'Row {row}', findingAtHead: 'Head', adjustHint: 'To adjust targets, import the adjusted table.',
    quartersTitle: 'Quarterly monitoring', evaluationTitle: 'Self-evaluation', evaluationStart: 'Make the self-evaluation', evaluationStarting: 'Putting the year together…', evaluationHint: 'Takes the year together from the signed quarters and makes the form.', historyTitle: 'History', versionsTitle: 'Versions', versionHere: 'shown', toList: 'Back to the list', moved: 'Done: {move}', indicators: 'Indicators',
    sourceCell: 'In the source: {raw}', weightPoints: '{weight} points', last: 'Last year {value}', enter: 'Enter', review: 'View',
  },
);
export type TableKey = keyof (typeof tableWords)['zh'];
