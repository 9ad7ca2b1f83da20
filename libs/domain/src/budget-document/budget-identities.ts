import { addDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import type { Money } from '../budget/money';
import type { PerformanceTargetTable, UnitBudget } from '../target-table/performance-target-table';
import { type BudgetDocumentTable, type BudgetRow, budgetTable } from './budget-document';
import type { BudgetTableNumber } from './budget-columns';
import type { BudgetIdentity, IdentityContext, IdentityEquation, IdentityTerm } from './identity';
import { amountOf, classSums, codeRow, equation, lineRow, rowsOfLength, rowSums, rowWhere, stated, sumOf, term, totalRow, totalSums } from './identity-terms';
import { type BudgetNarrative, projectKey, type StatedAmount } from './read-narrative';

type Equations = BudgetIdentity['equations'];

/** The tables an identity cannot do without; null when one is missing. */
function tablesOf({ budget }: IdentityContext, ...numbers: BudgetTableNumber[]): BudgetDocumentTable[] | null {
  const tables = numbers.map((number) => budgetTable(budget, number));
  return tables.some((table) => table === null) ? null : (tables as BudgetDocumentTable[]);
}

/** Equations that need these tables, and none without them. */
function between(numbers: readonly BudgetTableNumber[], make: (tables: readonly BudgetDocumentTable[], context: IdentityContext) => readonly IdentityEquation[]): Equations {
  return (context) => {
    const tables = tablesOf(context, ...numbers);
    return tables === null ? [] : make(tables, context);
  };
}

function line(table: BudgetDocumentTable | undefined, key: string): IdentityTerm {
  const row = lineRow(table ?? null, key);
  return row === null ? stated(`表1 ${key}`, '0') : term(table?.number ?? 1, row, 'total');
}

/** The lines of table 1 that were printed at all: an absent line is no addend. */
function lines(table: BudgetDocumentTable | undefined, keys: readonly string[]): IdentityTerm[] {
  return keys.filter((key) => lineRow(table ?? null, key) !== null).map((key) => line(table, key));
}

/** A stated amount of the section whose heading matches, by its label. */
function said({ amounts }: BudgetNarrative, section: RegExp, label: RegExp): StatedAmount | null {
  return amounts.find((one) => section.test(one.section) && label.test(one.label)) ?? null;
}

const SECTION = {
  income: /^收入预算情况/u, expenditure: /^支出预算情况/u, generalSize: /当年拨款规模/u, generalUse: /当年拨款具体使用/u,
} as const;

function saidTerm(one: StatedAmount | null, label: string): IdentityTerm[] {
  return one === null ? [] : [stated(label, one.amount)];
}

/** 一般公共预算 基本支出 or 项目支出: of table 5, or as the text states it. */
function generalSpending({ budget, narrative }: IdentityContext, column: 'basic' | 'project'): { term: IdentityTerm; source: IdentityEquation['source'] } | null {
  const total = totalRow(budgetTable(budget, 5));
  if (total !== null) return { term: term(5, total, column), source: 'TABLE' };
  const one = said(narrative, SECTION.generalSize, column === 'basic' ? /基本支出$/u : /项目支出$/u);
  return one === null ? null : { term: stated(`文字：一般公共预算${column === 'basic' ? '基本' : '项目'}支出`, one.amount), source: 'TEXT' };
}

/** 支出类: code and amount on the expenditure side of table 1. */
function classOf(table: BudgetDocumentTable | undefined, code: string): BudgetRow | null {
  return rowWhere(table ?? null, (row) => row.side === 'EXPENDITURE' && row.code === code);
}

/** 功能科目 as budgeted from the general budget: table 5 before 3 before 2. */
function functional({ budget }: IdentityContext, codes: readonly string[]): IdentityTerm[] {
  for (const number of [5, 3, 2] as const) {
    const table = budgetTable(budget, number);
    const found = codes.map((code) => codeRow(table, code)).filter((row): row is BudgetRow => row !== null);
    if (found.length > 0) return found.map((row) => term(number, row, 'total'));
  }
  return [];
}

const ECONOMIC_TO_FUNCTIONAL: readonly (readonly [string, readonly string[]])[] = [
  ['30108', ['2080505']], ['30110', ['2101101', '2101102']], ['30111', ['2101103']], ['30113', ['2210201']],
];

function moneyOfTargets(targets: readonly PerformanceTargetTable[]): IdentityTerm[] {
  return targets.filter(({ subject, budget }) => subject === 'PROJECT' && budget.total !== null)
    .map(({ project, budget }) => stated(`绩效目标表 ${project ?? ''}`, budget.total as Money));
}

/** Projects whose money is fiscal but whose tables are not published. */
function unpublishedFiscal({ unpublished }: BudgetNarrative): IdentityTerm[] {
  return unpublished?.transfer == null ? [] : [stated('文字：上级转移支付项目（不公开）', unpublished.transfer.amount)];
}

function nonFiscal({ goals }: BudgetNarrative): IdentityTerm[] {
  return goals?.nonFiscal == null ? [] : [stated('文字：非财政拨款项目', goals.nonFiscal.amount)];
}

function change(one: StatedAmount | null, label: string): IdentityTerm[] {
  return one?.change == null ? [] : [stated(label, one.change)];
}

/** What stands behind 比上年 … %: change ÷ (amount − change). A base of zero is printed as 100 %. */
function rateEquation({ label, amount, change: moved, rate, section }: StatedAmount): IdentityEquation[] {
  if (moved === null || rate === null) return [];
  const before = subtractDecimal(amount, moved);
  const about = `${section} ${label}`.trim();
  if (compareDecimal(before, '0') === 0) {
    const expected = compareDecimal(moved, '0') === 0 ? '0.00' : '100.00';
    return [{ about, left: [stated('上年为 0，按 100% 列示', expected)], right: [stated('印出的比例', rate)], source: 'TEXT', tolerance: '0' }];
  }
  const computed = roundHalfUp(divideDecimal(multiplyDecimal(moved, '100'), before, 2), 2);
  // Both figures are rounded to 0.01: the true rate may lie this far beside the computed one.
  const wobble = roundHalfUp(divideDecimal('1.5', before.startsWith('-') ? before.slice(1) : before, 2), 2);
  return [{ about, left: [stated(`${moved}÷${before}×100%`, computed)], right: [stated('印出的比例', rate)], source: 'TEXT', tolerance: addDecimal(wobble, '0.01') }];
}

function shareEquations({ amounts }: BudgetNarrative): IdentityEquation[] {
  const groups = new Map<string, StatedAmount[]>();
  for (const one of amounts) if (one.share !== null) groups.set(one.section, [...(groups.get(one.section) ?? []), one]);
  return [...groups].filter(([, parts]) => parts.length > 1)
    .map(([section, parts]) => equation(section, parts.map((one) => stated(one.label, one.share as Money)), [stated('100%', '100.00')], 'TEXT'));
}

function functionalChanges({ narrative }: IdentityContext): IdentityTerm[] {
  return narrative.amounts.filter((one) => SECTION.generalUse.test(one.section) && one.change !== null).map((one) => stated(one.label, one.change as Money));
}

function identity(number: number, zh: string, en: string, equations: Equations, strict = true): BudgetIdentity {
  return { number, zh, en, strict, equations };
}

/** B1 … B36 (fixtures §5): what the eleven tables, the running text and the target tables of one document owe one another. */
export const BUDGET_IDENTITIES: readonly BudgetIdentity[] = [
  identity(1, '表1 收入总计 = 支出总计', 'Table 1: total income = total expenditure', between([1], ([one]) => [
    equation('', [term(1, totalRow(one ?? null, 'INCOME'), 'total')], [term(1, totalRow(one ?? null, 'EXPENDITURE'), 'total')])])),
  identity(2, '表1 本年收入 + 上年结转结余 = 收入总计', 'Table 1: income of the year + carry-over = total income', between([1], ([one]) => [
    equation('', [line(one, 'yearIncome'), line(one, 'carryOver')], [term(1, totalRow(one ?? null, 'INCOME'), 'total')])])),
  identity(3, '表1 本年收入 = 一般公共预算 + 政府性基金 + 国有资本经营 + 财政专户 + 单位资金', 'Table 1: income of the year = general + funds + state capital + special account + own funds',
    between([1], ([one]) => [equation('', [line(one, 'yearIncome')], lines(one, ['general', 'fund', 'capital', 'special', 'own']))])),
  identity(4, '表1 一般公共预算拨款 = 一般财力 + 上级转移支付', 'Table 1: general budget = own revenue + transfers from above',
    between([1], ([one]) => [equation('', [line(one, 'general')], lines(one, ['generalOwn', 'generalTransfer']))])),
  identity(5, '表1 各支出类之和 = 支出总计', 'Table 1: the classes of expenditure add up to the total', ({ budget }) => totalSums(budget, 1)),
  identity(6, '表2 总计 = 表1 收入总计', 'Table 2 total = table 1 total income', between([1, 2], ([one, two]) => [
    equation('', [term(2, totalRow(two ?? null), 'total')], [term(1, totalRow(one ?? null, 'INCOME'), 'total')])])),
  identity(7, '表2 每行：总计 = 财政拨款小计 + 专户 + 单位资金 + 结转', 'Table 2, each row: total = fiscal + special account + own funds + carry-over', ({ budget }) => rowSums(budget, 2)),
  identity(8, '表2 款之和 = 类，项之和 = 款', 'Table 2: sections add up to classes, items to sections', ({ budget }) => classSums(budget, 2, [[3, 5], [5, 7]])),
  identity(9, '表2 类之和 = 总计', 'Table 2: classes add up to the total', ({ budget }) => totalSums(budget, 2)),
  identity(10, '表2 上级转移支付列合计 = 表1 上级转移支付', 'Table 2 transfers from above = table 1', between([1, 2], ([one, two]) => {
    const total = totalRow(two ?? null);
    return total === null ? [] : [equation('', [term(2, total, 'generalTransfer')], [line(one, 'generalTransfer')])];
  })),
  identity(11, '支出 = 基本支出 + 项目支出（表3 各行、各类及总计）', 'Expenditure = basic + project (table 3: rows, classes, total)', (context) => {
    if (budgetTable(context.budget, 3) !== null) return [...rowSums(context.budget, 3), ...classSums(context.budget, 3, [[3, 5], [5, 7]]), ...totalSums(context.budget, 3)];
    const [basic, project] = [said(context.narrative, SECTION.expenditure, /基本支出$/u), said(context.narrative, SECTION.expenditure, /项目支出$/u)];
    const total = totalRow(budgetTable(context.budget, 1), 'EXPENDITURE');
    return basic === null || project === null || total === null ? []
      : [equation('', [...saidTerm(basic, '文字：基本支出'), ...saidTerm(project, '文字：项目支出')], [term(1, total, 'total')], 'TEXT')];
  }),
  identity(12, '表3 总计 = 表1 支出总计，各类相等', 'Table 3 total = table 1 total expenditure, class by class', between([1, 3], ([one, three]) => [
    equation('总计', [term(3, totalRow(three ?? null), 'total')], [term(1, totalRow(one ?? null, 'EXPENDITURE'), 'total')]),
    ...rowsOfLength(three ?? null, 3).map((row) => equation(row.code ?? '', [term(3, row, 'total')], [term(1, classOf(one, row.code ?? ''), 'total')]))])),
  identity(13, '表4 收入总计 = 支出总计 = 表1 当年财政拨款', 'Table 4 income = expenditure = fiscal appropriation of the year in table 1', between([1, 4], ([one, four], { budget }) => {
    const [income, spending] = [totalRow(four ?? null, 'INCOME'), totalRow(four ?? null, 'EXPENDITURE')];
    const carried = lineRow(four ?? null, 'carryOver') === null ? [] : [line(one, 'fiscalCarryOver')];
    return [equation('收支', [term(4, income, 'total')], [term(4, spending, 'total')]),
      equation('与表1', [term(4, income, 'total')], [...lines(one, ['general', 'fund', 'capital']), ...carried]), ...totalSums(budget, 4)];
  })),
  identity(14, '表4 支出合计 = 表5 + 表8 + 表9', 'Table 4 expenditure = tables 5 + 8 + 9', (context) => {
    const total = totalRow(budgetTable(context.budget, 4), 'EXPENDITURE');
    if (total === null) return [];
    const five = totalRow(budgetTable(context.budget, 5));
    const [six, seven] = [totalRow(budgetTable(context.budget, 6)), totalRow(budgetTable(context.budget, 7))];
    // Without table 5 its two parts, tables 6 and 7, stand for it.
    const general = five !== null ? [term(5, five, 'total')] : six !== null && seven !== null ? [term(6, six, 'total'), term(7, seven, 'total')] : null;
    if (general === null) return [];
    const others = ([8, 9] as const).flatMap((number) => {
      const table = budgetTable(context.budget, number);
      return table === null ? [] : [totalRow(table) === null ? stated(`表${number}`, '0') : term(number, totalRow(table), 'total')];
    });
    return [equation('', [term(4, total, 'total')], [...general, ...others])];
  }),
  identity(15, '表5 合计 = 基本支出 + 项目支出（各行、各类及总计）', 'Table 5: total = basic + project (rows, classes, total)',
    ({ budget }) => [...rowSums(budget, 5), ...classSums(budget, 5, [[3, 5], [5, 7]]), ...totalSums(budget, 5)]),
  identity(16, '表6 总计 = 一般公共预算基本支出（表5）', 'Table 6 total = basic expenditure of table 5', between([6], ([six], context) => {
    const basic = generalSpending(context, 'basic');
    return basic === null ? [] : [equation('', [term(6, totalRow(six ?? null), 'total')], [basic.term], basic.source)];
  })),
  identity(17, '表6 总计 = 人员经费 + 公用经费', 'Table 6 total = personnel + operating', between([6], ([six]) => {
    const total = totalRow(six ?? null);
    return [equation('', [term(6, total, 'personnel'), term(6, total, 'operating')], [term(6, total, 'total')])];
  })),
  identity(18, '表6 款之和 = 类，类之和 = 总计', 'Table 6: sections add up to classes, classes to the total', between([6], ([six], { budget }) => {
    const rows = six?.rows.filter((row) => row.kind === 'SUBJECT' && row.code !== null) ?? [];
    const total = totalRow(six ?? null);
    // A class whose row is not printed is the sum of its sections.
    const classes = [...new Set(rows.map((row) => (row.code as string).slice(0, 3)))];
    const totals = (['total', 'personnel', 'operating'] as const).flatMap((column) => {
      if ([total, ...rows].some((row) => row?.origin === 'UNDECIDED' && row.amounts[column] == null)) return [];
      const terms = classes.map((code) => {
        const printed = rows.find((row) => row.code === code);
        const parts = rows.filter((row) => row.code?.length === 5 && row.code.startsWith(code)).map((row) => term(6, row, column));
        return printed === undefined ? stated(`表6 ${code}（无小计，按款合计）`, sumOf(parts)) : term(6, printed, column);
      }).filter(({ amount }) => compareDecimal(amount, '0') !== 0);
      return terms.length === 0 ? [] : [equation(column, terms, [term(6, total, column)])];
    });
    return [...classSums(budget, 6, [[3, 5]]), ...totals];
  })),
  identity(19, '表7 总计 = 一般公共预算项目支出（表5）', 'Table 7 total = project expenditure of table 5', between([7], ([seven], context) => {
    const project = generalSpending(context, 'project');
    return project === null ? [] : [equation('', [term(7, totalRow(seven ?? null), 'total')], [project.term], project.source)];
  })),
  identity(20, '表7 每行合计 = 各经济分类之和，各项目之和 = 总计', 'Table 7: each row = its economic columns, the projects add up to the total', between([7], ([seven], { budget }) => {
    const projects = seven?.rows.filter((row) => row.kind === 'PROJECT') ?? [];
    const total = totalRow(seven ?? null);
    return [...rowSums(budget, 7), ...(projects.length === 0 ? [] : [equation('项目', projects.map((row) => term(7, row, 'total')), [term(7, total, 'total')])])];
  })),
  identity(21, '项目绩效目标表金额 + 不公开项目 = 表7 总计', 'Money of the project target tables + those not published = table 7', between([7], ([seven], { targets, narrative }) => {
    const money = moneyOfTargets(targets);
    if (money.length === 0) return [];
    const perProject = targets.flatMap(({ subject, project, budget }) => {
      const row = rowWhere(seven ?? null, (one) => one.project !== null && projectKey(one.project) === projectKey(project ?? ''));
      return subject !== 'PROJECT' || row === null || budget.total === null ? [] : [equation(project ?? '', [stated(`绩效目标表 ${project ?? ''}`, budget.total)], [term(7, row, 'total')])];
    });
    return [equation('合计', [...money, ...unpublishedFiscal(narrative)], [term(7, totalRow(seven ?? null), 'total')]), ...perProject];
  })),
  identity(22, '表10 合计 = 出国 + 接待 + 公车，公车 = 购置 + 运行', 'Table 10: total = travel abroad + reception + vehicles; vehicles = purchase + running', between([10], ([ten]) => {
    const table = ten ?? null;
    const parts = (keys: readonly string[]): IdentityTerm[] => keys.filter((key) => lineRow(table, key) !== null).map((key) => term(10, lineRow(table, key), 'total'));
    const vehicles = lineRow(table, 'vehicles');
    return [equation('合计', parts(['abroad', 'reception', 'vehicles']), [term(10, totalRow(table), 'total')]),
      ...(vehicles === null ? [] : [equation('公务用车', parts(['vehiclePurchase', 'vehicleRunning']), [term(10, vehicles, 'total')])])];
  })),
  identity(23, '表10 接待费、公车运行费 = 表6 302-17、302-31', 'Table 10 reception and vehicle running = table 6, 302-17 and 302-31', between([6, 10], ([six, ten]) =>
    ([['reception', '30217'], ['vehicleRunning', '30231']] as const).flatMap(([key, code]) => {
      const [public3, economic] = [lineRow(ten ?? null, key), codeRow(six ?? null, code)];
      return public3 === null || economic === null ? [] : [equation(public3.name, [term(10, public3, 'total')], [term(6, economic, 'total')])];
    }))),
  identity(24, '表11 总计 = 表1 上年结转结余', 'Table 11 total = carry-over of table 1', between([1, 11], ([one, eleven]) => {
    const total = totalRow(eleven ?? null);
    return [equation('', [total === null ? stated('表11（空表）', '0') : term(11, total, 'total')], [line(one, 'carryOver')])];
  })),
  identity(25, '项目支出（全部）= 表7 + 表8、表9 项目 + 表11 项目 + 单位资金项目', 'All project expenditure = table 7 + projects of tables 8 and 9 + carried-over projects + projects from own funds', between([7], ([seven], context) => {
    const three = totalRow(budgetTable(context.budget, 3));
    const text = said(context.narrative, SECTION.expenditure, /项目支出$/u);
    const whole = three !== null ? term(3, three, 'project') : text === null ? null : stated('文字：项目支出', text.amount);
    // Own money may pay for projects; only the text says for how much of it.
    const own = lineRow(budgetTable(context.budget, 1), 'own');
    if (whole === null || (context.narrative.goals === null && own !== null && compareDecimal(amountOf(own, 'total'), '0') !== 0)) return [];
    const eleven = totalRow(budgetTable(context.budget, 11));
    const carried = eleven === null ? [] : [term(11, eleven, 'fiscalProject'), term(11, eleven, 'otherProject')];
    const funds = ([8, 9] as const).flatMap((number) => {
      const total = totalRow(budgetTable(context.budget, number));
      return total === null ? [] : [term(number, total, 'project')];
    });
    return [equation('', [whole], [term(7, totalRow(seven ?? null), 'total'), ...funds, ...carried, ...nonFiscal(context.narrative)], three === null ? 'TEXT' : 'TABLE')];
  })),
  identity(26, '机关运行经费 = 表6 公用经费', 'Operating expenses in the text = operating column of table 6', between([6], ([six], { narrative }) =>
    (narrative.operating === null ? [] : [equation('', [stated('文字：机关运行经费', narrative.operating.amount)], [term(6, totalRow(six ?? null), 'operating')], 'TEXT')]))),
  identity(27, '经济分类与功能科目对应（养老、医疗、公务员医疗、公积金）', 'Economic and functional classification agree (pension, medical, housing)', between([6], ([six], context) =>
    ECONOMIC_TO_FUNCTIONAL.flatMap(([code, codes]) => {
      const row = codeRow(six ?? null, code);
      const right = functional(context, codes);
      return row === null || right.length === 0 ? [] : [equation(`${code}`, [term(6, row, 'total')], right)];
    }))),
  identity(28, '表6 303-02 退休费 与 行政事业单位离退休（仅供参考）', 'Table 6 303-02 beside the functional subject of retirement (for information)', between([6], ([six], context) => {
    const row = codeRow(six ?? null, '30302');
    const right = functional(context, ['2080501', '2080502']);
    return row === null || right.length === 0 ? [] : [equation('', [term(6, row, 'total')], right)];
  }), false),
  identity(29, '整体绩效目标表资金 = 表1 收入总计', 'Money of the whole-unit target table = total income of table 1', between([1], ([one], { targets }) =>
    targets.filter(({ subject }) => subject === 'UNIT').flatMap(({ budget }) => {
      const { higherLevel, localLevel, other } = budget as UnitBudget;
      const parts = ([['上级安排', higherLevel], ['本级安排', localLevel], ['其他', other]] as const).filter(([, amount]) => amount !== null);
      return parts.length === 0 ? [] : [equation('', parts.map(([label, amount]) => stated(label, amount as Money)), [term(1, totalRow(one ?? null, 'INCOME'), 'total')])];
    }))),
  identity(30, '政府采购 = 货物 + 工程 + 服务', 'Procurement = goods + works + services', ({ narrative: { procurement } }) => (procurement === null ? []
    : [equation('', [stated('货物', procurement.goods), stated('工程', procurement.works), stated('服务', procurement.services)], [stated('政府采购预算', procurement.total)], 'TEXT')])),
  identity(31, '实有人数 = 在职 + 退休 + 离休', 'Staff = active + retired + honoured retirees', ({ narrative: { staff } }) => (staff === null ? []
    : [equation('', [stated('在职', staff.active), stated('退休', staff.retired), stated('离休', staff.honoured)], [stated('实有人数', staff.present)], 'TEXT')])),
  identity(32, '文字中各项占比之和 = 100%', 'Shares stated in the text add up to 100 %', ({ narrative }) => shareEquations(narrative)),
  identity(33, '文字：变动额 ÷（本年 − 变动额）= 增减比例', 'Text: change ÷ (this year − change) = the printed rate', ({ narrative }) =>
    [...narrative.amounts, ...(narrative.operating === null || narrative.amounts.some(({ label }) => /机关运行经费/u.test(label)) ? [] : [narrative.operating])].flatMap(rateEquation)),
  identity(34, '各功能科目变动之和 = 一般公共预算变动', 'Changes of the functional subjects add up to the change of the general budget', (context) => {
    const parts = functionalChanges(context);
    if (parts.length === 0) return [];
    const { narrative } = context;
    const income = [...change(said(narrative, SECTION.income, /^一般公共预算$/u), '收入：一般公共预算'), ...change(said(narrative, SECTION.income, /^上级一般公共预算/u), '收入：上级转移支付')];
    const spending = [...change(said(narrative, SECTION.generalSize, /基本支出$/u), '一般公共预算基本支出'), ...change(said(narrative, SECTION.generalSize, /项目支出$/u), '一般公共预算项目支出')];
    return [income, spending].filter((right) => right.length > 0).map((right, at) => equation(at === 0 ? '收入' : '基本与项目', parts, right, 'TEXT'));
  }),
  identity(35, '收入变动 = 支出变动', 'Change of income = change of expenditure', ({ narrative }) => {
    const [income, spending] = [SECTION.income, SECTION.expenditure].map((section) => narrative.amounts.filter((one) => section.test(one.section) && one.change !== null)
      .map((one) => stated(one.label, one.change as Money)));
    return income === undefined || spending === undefined || income.length === 0 || spending.length === 0 ? [] : [equation('', income, spending, 'TEXT')];
  }),
  identity(36, '三公经费变动 = 各项变动之和', 'Change of the three public expenses = sum of its parts', ({ narrative: { threePublic } }) => (threePublic === null || threePublic.parts.length === 0 ? []
    : [equation('', threePublic.parts.map((part, at) => stated(String(at + 1), part)), [stated('三公经费变动', threePublic.change)], 'TEXT')])),
];

/** Whether a row holds any amount. */
export function hasAmounts(row: BudgetRow): boolean {
  return row.unassigned.length > 0 || Object.keys(row.amounts).some((key) => compareDecimal(amountOf(row, key), '0') !== 0);
}
