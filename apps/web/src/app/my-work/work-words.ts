import { dictionary } from '../words/dictionary';

export const workWords = dictionary(
  {
    title: '我的工作', wholeUnit: '单位整体绩效', greeting: '{name}，您好', period: '{label}', periodDue: '{day} 截止', itemsCount: '共 {n} 件待办', emptyTitle: '都办完了', emptyText: '眼下没有等您办理的事项。新的季度开始，或有人送审、退回时，会出现在这里。', seeTables: '查看绩效目标表',
    doWhat: '{what}：{title}', kindDRAFT_TABLE: '目标表草稿', doDRAFT_TABLE: '核对后送审', kindENTER: '填报', kindRETURNED: '退回修改', kindREVIEW: '待审核', kindSIGN: '待签字', kindSELF_EVALUATE: '单位自评', kindCANDIDATES: '候选值待确认', kindFAILED_JOB: '任务失败', kindNOTICE: '任务通知', kindAPPROVE_TABLE: '目标表审批', kindAPPROVE_RULES: '评分规则待批准', kindACCEPT: '待确认',
    doENTER: '去填报', doRETURNED: '去修改', doREVIEW: '去审核', doSIGN: '去签字', doSELF_EVALUATE: '去自评', doCANDIDATES: '去确认', doFAILED_JOB: '查看', doNOTICE: '查看', doAPPROVE_TABLE: '去办理', doAPPROVE_RULES: '去批准', doACCEPT: '去确认',
    dueToday: '今天截止', daysLeft: '还剩 {n} 天', overdue: '已逾期 {n} 天', progress: '已填 {done} / {total} 项', opinion: '退回意见：', urgent: '需要尽快办理', later: '其他待办', waiting: '待办',
  },
  {
    title: 'My work', wholeUnit: 'The whole unit', greeting: 'Good day, {name}', period: '{label}', periodDue: 'due {day}', itemsCount: '{n} waiting', emptyTitle: 'All done', emptyText: 'Nothing waits for you now. When a quarter opens, or someone submits or returns something, it shows up here.', seeTables: 'See the target tables',
    doWhat: '{what}: {title}', kindDRAFT_TABLE: 'Draft target table', doDRAFT_TABLE: 'Check and submit', kindENTER: 'Entry', kindRETURNED: 'Returned', kindREVIEW: 'Review', kindSIGN: 'Sign-off', kindSELF_EVALUATE: 'Self-evaluation', kindCANDIDATES: 'Candidates to settle', kindFAILED_JOB: 'Failed job', kindNOTICE: 'Notice of a job', kindAPPROVE_TABLE: 'Table to approve', kindAPPROVE_RULES: 'Rules to approve', kindACCEPT: 'To accept',
    doENTER: 'Enter', doRETURNED: 'Correct', doREVIEW: 'Review', doSIGN: 'Sign', doSELF_EVALUATE: 'Evaluate', doCANDIDATES: 'Settle', doFAILED_JOB: 'Look', doNOTICE: 'Look', doAPPROVE_TABLE: 'Open', doAPPROVE_RULES: 'Approve', doACCEPT: 'Open',
    dueToday: 'Due today', daysLeft: '{n} days left', overdue: '{n} days overdue', progress: '{done} of {total} filled in', opinion: 'Returned with: ', urgent: 'Urgent', later: 'Other work', waiting: 'To do',
  },
);
export type WorkKey = keyof (typeof workWords)['zh'];
