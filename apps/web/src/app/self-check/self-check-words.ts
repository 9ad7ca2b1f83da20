import { dictionary } from '../words/dictionary';

export const selfCheckWords = dictionary(
  {
    title: '规则自检', lead: '在您的浏览器里，用页面正在使用的同一套计分程序，逐条验算规则的编号用例。', run: '重新验算', running: '正在验算…', holds: '全部 {count} 条用例与规则一致', fails: '{failed} 条用例与规则不一致', took: '共 {count} 条，一致 {passed} 条，用时 {ms} 毫秒', broken: '自检没有完成，请刷新页面重试；仍不行请联系系统管理员。',
    engine: '计分程序 {engine}', product: '绩衡 {version}', onlyFailures: '只看不一致', case: '用例', expected: '应得', got: '实得', outcome: '结果', yes: '一致', no: '不一致', groupCount: '{passed} / {count}', advice: '请不要用这台电脑办理签字，并把本页内容发给系统管理员。',
    caseLanguage: '用例按规则原文编号；得分后的大写字母是需要关注的标记。',
  },
  {
    title: 'Rule check', lead: 'Works out every numbered case of the rules in your own browser, with the very code the pages use.', run: 'Check again', running: 'Checking…', holds: 'All {count} cases agree with the rules', fails: '{failed} cases do not agree with the rules', took: '{passed} of {count} agree, in {ms} ms', broken: 'The check did not finish. Reload the page; if that does not help, ask the administrator.',
    engine: 'Scoring engine {engine}', product: 'Jiheng {version}', onlyFailures: 'Only what disagrees', case: 'Case', expected: 'Expected', got: 'Got', outcome: 'Outcome', yes: 'Agrees', no: 'Disagrees', groupCount: '{passed} of {count}', advice: 'Do not sign anything on this computer, and send this page to the administrator.',
    caseLanguage: 'Cases carry the numbers of the rules; capital letters behind the points are flags that somebody should look at.',
  },
);

/** The titles of the groups for English readers; one that is missing here is said in Chinese. */
export const GROUP_TITLES_EN: Readonly<Record<string, string>> = {
  '按照完成比例赋分，正向指标': 'By proportion, more is better', '按照完成比例赋分，反向指标（RATIO 为默认，LIN_2T 另列）': 'By proportion, less is better (RATIO by default, LIN_2T apart)', '等于型指标，高低都不对': 'Exactly the target: both sides are wrong',
  '区间指标': 'Ranges', '时间节点（2024 年 12 月，计划 366 天）': 'Dates (December 2024, 366 days planned)', '直接赋分': 'All or nothing', '按评判等级赋分': 'By grade', '满意度赋分': 'Satisfaction', '预算执行率': 'Budget execution', '超额完成': 'Over-completion',
  '不适用、总分与等级': 'Not applicable, totals and ratings', '完整算例（目标取自公开文本，完成值为虚构）': 'Worked examples (published targets, invented actuals)', '监控灯与结果支出差': 'Lights, and results against spending',
};
