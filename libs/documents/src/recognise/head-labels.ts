import { normalizeText } from '@jiheng/domain';
import type { MoneyLabel } from './raw-table';

/** What a label of the head stands for. IGNORED labels are known and their values are not taken over (persons, phones, supervisors). */
export type HeadField =
  | 'unit' | 'project' | 'goal' | 'goalAdjusted' | 'goalAchieved' | 'score' | 'ignored' | 'caption' | 'moneyLine' | MoneyLabel;

/** Labels in every usual spelling, whatever the form; templates add their own. */
export const USUAL_LABELS: readonly (readonly [HeadField, readonly string[]])[] = [
  ['unit', ['预算单位', '单位名称', '部门名称', '部门(单位)名称', '单位(部门)名称', '实施单位', '项目单位', '项目实施单位', '申报单位']],
  ['project', ['项目名称']],
  ['goal', ['年度绩效目标', '项目总体目标', '年度总体目标', '总体目标', '年度目标', '整体绩效目标', '项目绩效目标', '年度总体绩效目标', '预期目标', '年初设定目标']],
  ['goalAchieved', ['实际完成情况', '目标完成情况', '年度目标完成情况', '全年完成情况', '总体目标完成情况']],
  ['score', ['自评总分', '自评得分']],
  // Persons named in a document are not taken over: who answers for a project is chosen among the accounts.
  ['ignored', ['项目负责人', '负责人', '单位联系人', '部门联系人', '联系人', '联系电话', '主管部门', '主管部门及代码', '主管部门(及代码)', '项目属性', '项目期', '项目类型', '财政处室']],
  ['caption', ['项目资金', '年度预算', '资金来源', '财政资金', '年度预算资金', '预算资金']],
  ['total', ['年度预算总额', '年度资金总额', '资金总额', '预算总额', '总额', '年度资金总额合计']],
  ['fiscal', ['财政拨款', '其中:财政拨款', '其中财政拨款', '其中:当年财政拨款', '其中:本年一般公共预算拨款']],
  ['higherLevel', ['上级安排', '上级资金', '上级转移支付']],
  ['localLevel', ['本级安排', '本级资金']],
  ['other', ['其他资金', '其他']],
];

/** A label as compared: NFKC, no blanks, no colon at the end, 其中: folded. */
export function compactLabel(text: string): string {
  return normalizeText(text).replace(/\s+/gu, '').replace(/[:]+$/u, '');
}

/** Whether a field is money. */
export function isMoneyLabel(field: HeadField): field is MoneyLabel {
  return field === 'total' || field === 'fiscal' || field === 'other' || field === 'higherLevel' || field === 'localLevel';
}

/** The fiscal year of a title or of the line below it: （2024 年）, 2024年度. */
export function readYear(text: string): number | null {
  const found = /(?<!\d)((?:19|20)\d{2})年/u.exec(normalizeText(text).replace(/\s+/gu, ''));
  return found === null ? null : Number(found[1]);
}

/** A line that holds nothing but the year. */
export function isYearLine(text: string): boolean {
  return /^[([]?(?:19|20)\d{2}年度?[)\]]?$/u.test(normalizeText(text).replace(/\s+/gu, ''));
}
