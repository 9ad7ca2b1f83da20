import { dictionary } from '../words/dictionary';

export const reconciliationWords = dictionary(
  {
    title: '取数核对', lead: '来源的数与已填的数有多少不一致、差多少、怎么处理的。', empty: '还没有取到过数。建立取数来源并取数后，这里会列出每个来源与填报的差异。', toSources: '查看取数来源',
    bySource: '按来源', source: '来源', observed: '取到', agreed: '一致', accepted: '采用来源', kept: '不采用', open: '待选择', replaced: '已失效', replacedHint: '同一来源后来又取到新值，或不再给出这个值', locked: '已锁定', lockedHint: '取到时监控表已送审、已签字或已过填报截止日，未作为候选', implausible: '其中可疑', unreadable: '读不出', mean: '平均偏差', largest: '最大偏差', lastDisagreement: '最近一次分歧', lastPulled: '最近取数',
    recent: '最近的候选值和处理', indicator: '指标', said: '来源原文', outcome: '处理', deviation: '偏差', why: '理由或提示', who: '处理人', when: '时间', ACCEPTED: '采用来源', KEPT: '不采用', readAs: '读作 {value}', OPEN: '待选择', origin: '出处', none: '—', percent: '{n}%', openReport: '打开填报：{name}',
  },
  {
    title: 'Reconciliation', lead: 'How often sources and people disagree, by how much, and what was chosen.', empty: 'Nothing has been pulled yet. Once a source was asked, its differences stand here.', toSources: 'See the sources',
    bySource: 'By source', source: 'Source', observed: 'Pulled', agreed: 'Equal', accepted: 'Taken', kept: 'Not taken', open: 'Open', replaced: 'Outdated', replacedHint: 'The same source has said something newer since, or does not say it any more', locked: 'Locked', lockedHint: 'The report had been handed on, or its last day was over, when it was pulled; nothing was offered', implausible: 'Of these doubtful', unreadable: 'Unreadable', mean: 'Mean deviation', largest: 'Largest', lastDisagreement: 'Last disagreement', lastPulled: 'Last pull',
    recent: 'Latest candidates and what became of them', indicator: 'Indicator', said: 'What the source said', outcome: 'Outcome', deviation: 'Deviation', why: 'Reason or warning', who: 'By', when: 'When', ACCEPTED: 'Taken', KEPT: 'Not taken', readAs: 'Read as {value}', OPEN: 'Open', origin: 'Origin', none: '—', percent: '{n} %', openReport: 'Open the entry: {name}',
  },
);
