import { dictionary } from '../words/dictionary';

export const ruleProfilesWords = dictionary(
  {
    title: '评分规则', lead: '各地区、各年度按哪套规则评分；改用另一套规则须先看影响，再由另一人批准。', profiles: '规则', default: '默认', shipped: '随产品提供', by: '{by} 于 {at} 录入', version: '第 {n} 版', clause: '依据：{clause}', notes: '说明', useAsDraft: '以此为底稿',
    assignments: '{year} 年的指定', noAssignments: '{year} 年没有指定，全部单位使用默认规则 {name} 第 {n} 版。', scope: '范围', rules: '规则', state: '状态', who: '办理', PROPOSED: '待批准', APPROVED: '已批准', REJECTED: '已驳回', inForce: '正在使用', replaced: '已被后来的指定取代',
    proposedBy: '{by} 提出：{reason}', decidedBy: '{by} 批复', region: '区划代码 {code}', approve: '批准并重新评分', reject: '驳回', opinion: '意见（驳回须填）', waitsForOther: '须由另一人批准',
    change: '改用另一套规则', scopeUnit: '单位及其下级', scopeRegion: '区划代码开头', unit: '单位', chooseUnit: '请选择单位', regionCode: '区划代码', regionHint: '2 至 12 位数字，例如 6530 表示该州全部单位', profile: '改用', chooseProfile: '请选择规则', show: '看影响', computing: '正在计算…', reason: '理由', propose: '提出', proposeHint: '先看影响，再写理由提出。',
    effect: '影响', effectSentence: '{documents} 份表将重新评分，其中 {changed} 份得分有变化；{kept} 份已签字的保持原来的规则和得分。', notComputed: '另有 {n} 份没有在这里试算，批准后同样重新评分。', ratings: '自评等级', ratingStep: '{from} → {to}：{count} 份', unrated: '未定', movers: '变化最大的', document: '表', from: '现在', to: '改后', difference: '差', noMovers: '没有得分变化。', caption: '得分变化最大的表',
    create: '录入新规则（JSON）', createHint: '与“以此为底稿”的内容同样的格式；版本号须比已有的大。', json: '规则 JSON', jsonBroken: '这不是有效的 JSON 对象，请检查括号和引号。', save: '录入', proposed: '已提出，等待另一人批准。', approved: '已批准，正在重新评分；进度见“后台任务”。', rejected: '已驳回。', created: '已录入。',
  },
  {
    title: 'Scoring rules', lead: 'Which rules score which region in which year. Another profile is shown with its effect first and then approved by a second person.', profiles: 'Profiles', default: 'Default', shipped: 'Ships with the product', by: 'Entered by {by}, {at}', version: 'Version {n}', clause: 'Source: {clause}', notes: 'Notes', useAsDraft: 'Use as a draft',
    assignments: 'Assignments of {year}', noAssignments: 'Nothing is assigned in {year}: every unit uses the default, {name} version {n}.', scope: 'Scope', rules: 'Profile', state: 'State', who: 'By', PROPOSED: 'Waiting', APPROVED: 'Approved', REJECTED: 'Rejected', inForce: 'In force', replaced: 'Replaced by a later one',
    proposedBy: '{by} proposed: {reason}', decidedBy: 'Decided by {by}', region: 'Region {code}', approve: 'Approve and score again', reject: 'Reject', opinion: 'Opinion (needed to reject)', waitsForOther: 'A second person has to approve',
    change: 'Use another profile', scopeUnit: 'A unit and below', scopeRegion: 'A region code', unit: 'Unit', chooseUnit: 'Choose a unit', regionCode: 'Region code', regionHint: '2 to 12 digits; 6530 means every unit of that prefecture', profile: 'Use', chooseProfile: 'Choose a profile', show: 'Show the effect', computing: 'Computing …', reason: 'Reason', propose: 'Propose', proposeHint: 'Show the effect first, then give the reason.',
    effect: 'Effect', effectSentence: '{documents} documents would be scored again, {changed} of them with other points; {kept} signed ones keep their rules and points.', notComputed: '{n} more were not computed here; approval scores them again all the same.', ratings: 'Ratings of the year', ratingStep: '{from} → {to}: {count}', unrated: 'open', movers: 'Largest moves', document: 'Document', from: 'Now', to: 'Then', difference: 'Difference', noMovers: 'No points change.', caption: 'Documents whose points move most',
    create: 'Enter a new profile (JSON)', createHint: 'The form is that of “Use as a draft”; the version must be higher than the last.', json: 'Profile JSON', jsonBroken: 'This is no valid JSON object. Check brackets and quotes.', save: 'Enter', proposed: 'Proposed; a second person has to approve.', approved: 'Approved. Points are being computed again; see “Background jobs”.', rejected: 'Rejected.', created: 'Entered.',
  },
);
