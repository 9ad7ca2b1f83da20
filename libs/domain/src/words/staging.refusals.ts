import type { Words } from './speak';

/** What can be wrong while a document is being taken in: a correction, the step into the books, the step back. */
export const stagingRefusals = {
  'staging.row-unknown': { zh: '要改的这一行已不在表中（可能已被合并或删除），请刷新后再改。', en: 'The row to be changed is no longer in the table (merged or deleted meanwhile). Refresh and try again.' },
  'staging.two-rows-needed': { zh: '合并至少需要两行，请先选中相邻的行。', en: 'Merging needs two rows at least. Select neighbouring rows first.' },
  'staging.last-row': { zh: '不能删除全部指标；不需要这张表时，不采纳它即可。', en: 'Not all indicators can be deleted. If the table is not needed, simply do not accept it.' },
  'staging.name-in-two': { zh: '拆分“{name}”时两个名称都要填写。', en: 'To split “{name}”, write both names.' },
  'staging.year-unreadable': { zh: '年度“{text}”读不懂，请填写四位年份，如 2024。', en: 'The year “{text}” cannot be read. Write four digits, such as 2024.' },
  'staging.money-unreadable': { zh: '金额“{text}”读不懂，请填写不小于 0 的数，单位万元（也可写“96000元”）。', en: 'The amount “{text}” cannot be read. Write a number of 0 or more in 万元 (or with its unit, 96000元).' },
  'import.not-found': { zh: '没有找到这次导入，请返回导入页重新打开。', en: 'This import was not found. Go back to the import page and open it again.' },
  'import.table-not-found': { zh: '这次导入中没有第 {table} 张表，请刷新页面。', en: 'This import has no table {table}. Refresh the page.' },
  'import.not-staged': { zh: '这次导入为“{state}”，不能再改动识别结果。', en: 'This import is “{state}”; what was read can no longer be changed.' },
  'import.stale-revision': { zh: '这张表刚刚被{by}改过，已为您取回最新内容，请核对后再改。', en: 'This table has just been changed by {byEn}. The newest state is shown; check it, then change it again.' },
  'import.unit-needed': { zh: '请先选择这份文件属于哪个单位。', en: 'First choose the unit this document belongs to.' },
  'import.nothing-chosen': { zh: '没有可采纳的表：选中的表都已采纳过。', en: 'There is no table to accept: those chosen are accepted already.' },
  'import.gaps': { zh: '第 {table} 张表“{title}”还不能采纳：{what}。请补全后再采纳。', en: 'Table {table} “{titleEn}” cannot be accepted yet: {whatEn}. Complete it, then accept it.' },
  'import.matches-open': { zh: '第 {table} 张表“{title}”中有 {count} 行与现有指标名称相近，请逐行确认是同一指标还是新增指标。', en: 'In table {table} “{titleEn}”, {count} rows have names close to present indicators. Say for each whether it is the same indicator or a new one.' },
  'import.under-way': { zh: '“{title}”{year} 年的目标表正在办理中（{state}），不能用导入改写；请先退回或办结后再导入。', en: 'The {year} table of “{titleEn}” is under way ({stateEn}) and cannot be rewritten by an import. Have it returned or finished first.' },
  'import.reason-needed': { zh: '“{title}”的目标表已经批复，采纳将形成目标调整稿，请填写调整理由。', en: 'The table of “{titleEn}” is in force; accepting makes an adjustment draft. Write the reason for it.' },
  'import.twice-in-file': { zh: '文件中有两张表是同一单位、同一年度的“{title}”（第 {table} 张重复），请只采纳其中一张或改正项目名称。', en: 'Two tables of the document are the same year\'s “{titleEn}” (table {table} repeats it). Accept only one, or correct the project.' },
  'import.already-undone': { zh: '这次导入没有可撤销的内容。', en: 'There is nothing of this import to undo.' },
  'import.sent-on': { zh: '不能撤销：由它生成的“{title}”已为“{state}”。请先取消送审或请审核人退回，再撤销导入。', en: 'It cannot be undone: “{titleEn}” made by it is “{stateEn}” by now. Withdraw it or have it returned first.' },
  'import.draft-edited': { zh: '由它生成的“{title}”草稿在导入之后又被改过。撤销会丢掉这些改动；确实要撤销，请再次确认。', en: 'The draft “{titleEn}” made by it has been changed since. Undoing loses those changes; confirm once more if you mean it.' },
  'import.too-many-rows': { zh: '第 {table} 张表“{title}”有 {rows} 条指标，一张目标表最多 {limit} 条，请先删去或拆分。', en: 'Table {table} “{titleEn}” has {rows} indicators; a target table takes {limit} at most. Delete rows or split it first.' },
  'import.unit-unknown': { zh: '没有编码为“{code}”的单位，请核对 --unit。', en: 'There is no unit with the code “{code}”. Check --unit.' },
  'import.operator-unknown': { zh: '没有登录名为“{login}”的在用人员，请核对 --by。', en: 'There is no active person with the login “{login}”. Check --by.' },
  'import.operator-open': { zh: '请用 --by 登录名 指明以谁的名义写草稿（该单位的填报人：{logins}）。', en: 'Say with --by LOGIN in whose name drafts are written (reporters of the unit: {logins}).' },
} as const satisfies Record<string, Words>;
