import { dictionary } from '../words/dictionary';

export const ruleProfileFormWords = dictionary(
  {
    begin: '在上面任选一套规则，按“以此为底稿”，逐项修改成本地区的规则；也可以读入别处写好的规则（JSON）。', beganFrom: '底稿：{name} 第 {n} 版。改动处标有原来的值，右侧随时显示这套规则将怎样计分。',
    name: '编号', nameHint: '字母、数字、点、横线，例如 XJ-2025；MOF- 开头的留给随产品提供的规则', becomes: '将作为 {name} 第 {n} 版录入。', title: '名称', titleEn: '英文名称（可不填）', notes: '说明', notesEn: '英文说明（可不填）',
    clause: '依据（文件名称和文号）', points: '分', row: '第 {n} 行', add: '加一档', remove: '删除第 {n} 档', before: '原为 {value}', beforeBlank: '原来没有', oldClause: '取值改了，请写明新的依据。',
    says: '这套规则这样计分', unsaid: '还有一处没有填对，填对后这里显示整套规则。', clauseIs: '依据：{clause}',
    nameWrong: '请填编号：字母或数字开头，只用字母、数字、点、横线，最多 64 个；不能以 MOF- 开头。', titleMissing: '请填名称，例如“自治区项目支出绩效评价办法”。', notesMissing: '请写说明：这套规则依据什么、与底稿有什么不同。',
    missing: '请填写。', range: '应是 {low} 到 {high} 之间的数，最多 {places} 位小数。', less: '应小于 {bound}。', atMost: '不能大于 {bound}。', more: '应大于 {bound}。', needsOne: '至少要有一行。', shared: '上一等级从同一个数开始，这里的上限不能再包含它。', wrong: '这个值不正确：{sentence}',
    save: '录入规则', close: '放弃这份底稿', giveUp: '这份规则还没有录入，放弃后要重写。确定放弃吗？',
    json: '以 JSON 带走或读入', jsonHint: '这里是正在写的规则。可以复制到别的地区的系统，也可以把别处的整套规则粘贴进来再按“读入”。', jsonRead: '读入', jsonBroken: '这不是有效的 JSON 对象，请检查括号和引号。',
  },
  {
    begin: 'Take any rules above as a draft and change them to those of your region, or read rules that were written elsewhere (JSON).', beganFrom: 'Begun from {name} version {n}. What is changed shows its former value; beside it stands how these rules score.',
    name: 'Name', nameHint: 'Letters, digits, dots and hyphens, for example XJ-2025; MOF- is kept for rules that ship with the product', becomes: 'It becomes {name} version {n}.', title: 'Title (Chinese)', titleEn: 'Title in English (optional)', notes: 'Notes (Chinese)', notesEn: 'Notes in English (optional)',
    clause: 'Source (document and number)', points: 'points', row: 'Row {n}', add: 'Add a band', remove: 'Remove band {n}', before: 'was {value}', beforeBlank: 'was blank', oldClause: 'The value has changed; name its new source.',
    says: 'How these rules score', unsaid: 'One value is not right yet; the rules are shown here once it is.', clauseIs: 'Source: {clause}',
    nameWrong: 'Enter a name: letters, digits, dots and hyphens, beginning with a letter or digit, at most 64; not beginning with MOF-.', titleMissing: 'Enter a title.', notesMissing: 'Write notes: what these rules follow, and how they differ from the draft.',
    missing: 'Enter a value.', range: 'A number from {low} to {high}, at most {places} decimals.', less: 'Must be less than {bound}.', atMost: 'Must not be more than {bound}.', more: 'Must be more than {bound}.', needsOne: 'At least one row is needed.', shared: 'The grade above begins at the same number, so this upper end cannot include it.', wrong: 'This value is not right: {sentence}',
    save: 'Enter the rules', close: 'Discard the draft', giveUp: 'These rules have not been entered and will be lost. Discard them?',
    json: 'Take away or read in as JSON', jsonHint: 'These are the rules being written. Copy them to the system of another region, or paste whole rules from elsewhere and read them in.', jsonRead: 'Read in', jsonBroken: 'This is no valid JSON object. Check brackets and quotes.',
  },
);
