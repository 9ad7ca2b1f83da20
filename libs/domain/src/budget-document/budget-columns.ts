/** 表1 … 表11. */
export type BudgetTableNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** One column of amounts. */
export interface BudgetColumn {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  /** What its head cell says, NFKC and without blanks. */
  readonly head: RegExp;
}

/** Parts that add up to a total within one row. */
export interface RowSum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** The shape of one table of the disclosure form: a template as data. */
export interface BudgetTableShape {
  readonly number: BudgetTableNumber;
  readonly zh: string;
  readonly en: string;
  /** Titles, NFKC, without blanks, without the year and the unit. */
  readonly title: RegExp;
  /** Columns of amounts in the order of the form; of tables 1 and 4 those of the right half. */
  readonly columns: readonly BudgetColumn[];
  readonly sums: readonly RowSum[];
  /** functional 类款项 · economic 类款 · none: lines of words. */
  readonly codes: 'FUNCTIONAL' | 'ECONOMIC' | 'NONE';
  /** Whether a column with the project's name stands before the amounts. */
  readonly hasProject: boolean;
}

function column(key: string, zh: string, en: string, head: RegExp): BudgetColumn {
  return { key, zh, en, head };
}
const TOTAL = column('total', '合计', 'total', /^(?:项目支出)?(?:合计|总计)$/u);
const BASIC = column('basic', '基本支出', 'basic', /^基本支出$/u);
const PROJECT = column('project', '项目支出', 'project', /^项目支出$/u);
const SPENDING = [TOTAL, BASIC, PROJECT];
const SPENDING_SUM: RowSum = { total: 'total', parts: ['basic', 'project'] };
const SOURCES = [
  column('general', '一般公共预算', 'general budget', /^一般公共预算(?:拨款)?$/u),
  column('fund', '政府性基金预算', 'government funds', /^政府性基金(?:预算)?$/u),
  column('capital', '国有资本经营预算', 'state capital', /^国有资本经营(?:预算)?$/u),
];
const FUNDED = [TOTAL, column('basicPersonnel', '基本支出·人员经费', 'basic: personnel', /人员经费$/u), column('basicOperating', '基本支出·公用经费', 'basic: operating', /公用经费$/u), PROJECT];
const FUNDED_SUM: RowSum = { total: 'total', parts: ['basicPersonnel', 'basicOperating', 'project'] };
const ECONOMIC = [
  column('wages', '工资福利支出', 'wages and benefits', /^工资福利支出$/u),
  column('goods', '商品和服务支出', 'goods and services', /^商品和?服务支出$/u),
  column('households', '对个人和家庭的补助', 'persons and households', /^对个人和家庭的?补助$/u),
  column('interest', '债务利息及费用支出', 'debt interest and charges', /^债务利息及费用支出$/u),
  column('capitalWorks', '资本性支出（基本建设）', 'capital, works', /^资本性支出\(基本建设\)$/u),
  column('capitalOther', '资本性支出', 'capital', /^资本性支出$/u),
  column('enterpriseWorks', '对企业补助（基本建设）', 'enterprises, works', /^对企业补助\(基本建设\)$/u),
  column('enterprise', '对企业补助', 'enterprises', /^对企业补助$/u),
  column('socialFunds', '对社会保障基金补助', 'social security funds', /^对社会保障基金补助$/u),
  column('otherSpending', '其他支出', 'other', /^其他支出$/u),
];
const INCOME = [
  column('total', '总计', 'total', /^总计$/u),
  column('fiscal', '财政拨款小计', 'fiscal appropriation', /^财政拨款(?:\(补助\))?小计$/u),
  column('general', '一般公共预算', 'general budget', /^一般公共预算$/u),
  column('generalTransfer', '上级一般公共预算安排的转移支付', 'general transfer from above', /^上级一般公共预算安排的?转移支付$/u),
  column('fund', '政府性基金预算', 'government funds', /^政府性基金预算$/u),
  column('fundTransfer', '上级政府性基金安排的转移支付', 'fund transfer from above', /^上级政府性基金(?:预算)?安排的?转移支付$/u),
  column('capital', '国有资本经营预算', 'state capital', /^国有资本经营预算$/u),
  column('capitalTransfer', '上级国有资本经营预算安排的转移支付', 'state capital transfer from above', /^上级国有资本经营预算安排的?转移支付$/u),
  column('special', '财政专户（教育收费）', 'special fiscal account', /^财政专户/u),
  column('own', '单位资金', 'own funds', /^单位资金$/u),
  column('fiscalCarryOver', '财政拨款结转', 'fiscal carry-over', /^财政拨款结转$/u),
  column('otherCarryOver', '非财政拨款结转结余', 'other carry-over', /^非财政拨款结转/u),
];
const CARRIED = [
  column('total', '总计', 'total', /^总计$/u),
  ...([['fiscal', '财政拨款', 'fiscal'], ['other', '非财政拨款', 'other']] as const).flatMap(([key, zh, en]) => [
    column(key, `${zh}·合计`, `${en}: total`, /合计$/u), column(`${key}Personnel`, `${zh}·人员经费`, `${en}: personnel`, /人员经费$/u),
    column(`${key}Operating`, `${zh}·公用经费`, `${en}: operating`, /公用经费$/u), column(`${key}Project`, `${zh}·项目支出`, `${en}: project`, /项目支出$/u),
  ]),
];

/** The eleven tables of a unit's budget disclosure (domain.md §6). */
export const BUDGET_TABLES: readonly BudgetTableShape[] = [
  { number: 1, zh: '单位收支总体情况表', en: 'Income and expenditure of the unit', title: /^(?:单位|部门)?(?:预算)?收支(?:预算)?总(?:体情况|体|)?表$/u,
    columns: [TOTAL], sums: [], codes: 'FUNCTIONAL', hasProject: false },
  { number: 2, zh: '单位收入总体情况表', en: 'Income of the unit', title: /^(?:单位|部门)?(?:预算)?收入(?:预算)?总(?:体情况|体|)?表$/u, columns: INCOME,
    sums: [{ total: 'total', parts: ['fiscal', 'special', 'own', 'fiscalCarryOver', 'otherCarryOver'] },
      { total: 'fiscal', parts: ['general', 'generalTransfer', 'fund', 'fundTransfer', 'capital', 'capitalTransfer'] }], codes: 'FUNCTIONAL', hasProject: false },
  { number: 3, zh: '单位支出总体情况表', en: 'Expenditure of the unit', title: /^(?:单位|部门)?(?:预算)?支出(?:预算)?总(?:体情况|体|)?表$/u,
    columns: SPENDING, sums: [SPENDING_SUM], codes: 'FUNCTIONAL', hasProject: false },
  { number: 4, zh: '财政拨款收支预算总体情况表', en: 'Fiscal appropriation, income and expenditure', title: /^财政拨款收支(?:预算)?总(?:体情况|体|)?表$/u,
    columns: [TOTAL, ...SOURCES], sums: [{ total: 'total', parts: ['general', 'fund', 'capital'] }], codes: 'FUNCTIONAL', hasProject: false },
  { number: 5, zh: '一般公共预算支出情况表', en: 'General budget expenditure', title: /^一般公共预算支出(?:预算)?(?:情况)?表$/u,
    columns: SPENDING, sums: [SPENDING_SUM], codes: 'FUNCTIONAL', hasProject: false },
  { number: 6, zh: '一般公共预算基本支出情况表', en: 'General budget, basic expenditure', title: /^一般公共预算基本支出(?:预算)?(?:情况)?表$/u,
    columns: [TOTAL, column('personnel', '人员经费', 'personnel', /^人员经费$/u), column('operating', '公用经费', 'operating', /^公用经费$/u)],
    sums: [{ total: 'total', parts: ['personnel', 'operating'] }], codes: 'ECONOMIC', hasProject: false },
  { number: 7, zh: '一般公共预算项目支出情况表', en: 'General budget, project expenditure', title: /^一般公共预算项目支出(?:预算)?(?:情况)?表$/u,
    columns: [TOTAL, ...ECONOMIC], sums: [{ total: 'total', parts: ECONOMIC.map(({ key }) => key) }], codes: 'FUNCTIONAL', hasProject: true },
  { number: 8, zh: '政府性基金预算支出情况表', en: 'Government fund expenditure', title: /^政府性基金(?:预算)?支出(?:预算)?(?:情况)?表$/u,
    columns: FUNDED, sums: [FUNDED_SUM], codes: 'FUNCTIONAL', hasProject: false },
  { number: 9, zh: '国有资本经营预算支出情况表', en: 'State capital expenditure', title: /^国有资本经营(?:预算)?支出(?:预算)?(?:情况)?表$/u,
    columns: FUNDED, sums: [FUNDED_SUM], codes: 'FUNCTIONAL', hasProject: false },
  { number: 10, zh: '财政拨款“三公”经费支出情况表', en: 'Three public expenses', title: /^(?:财政拨款|一般公共预算)?["“”']?三公["“”']?经费(?:预算)?(?:支出)?(?:预算)?(?:情况)?表$/u,
    columns: [TOTAL, ...SOURCES], sums: [{ total: 'total', parts: ['general', 'fund', 'capital'] }], codes: 'NONE', hasProject: false },
  { number: 11, zh: '上年结转结余情况明细表', en: 'Carry-over from the year before', title: /^上年结转结余(?:情况)?(?:明细)?表$/u, columns: CARRIED,
    sums: [{ total: 'total', parts: ['fiscal', 'other'] }, { total: 'fiscal', parts: ['fiscalPersonnel', 'fiscalOperating', 'fiscalProject'] },
      { total: 'other', parts: ['otherPersonnel', 'otherOperating', 'otherProject'] }], codes: 'NONE', hasProject: true },
];

/** The shape of a table by its number. */
export function budgetTableShape(number: BudgetTableNumber): BudgetTableShape {
  return BUDGET_TABLES[number - 1] as BudgetTableShape;
}
