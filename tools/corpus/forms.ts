import type { Chance } from './chance';
import type { TrueMoney, TrueRow, TrueTable } from './content';
import { type Hand, spellActual, spellApart, spellTarget } from './spell-target';

// The forms as they are published, written down from the regulations and the published tables and not from the templates the recognition
// knows, so that the two can disagree.

/** What a form may print of a row; the names of the accuracy table. */
export type RowField =
  | 'level1' | 'level2' | 'name' | 'target' | 'weight' | 'basis' | 'previous' | 'rule' | 'evidence' | 'actual' | 'points' | 'deviation' | 'causes' | 'likelihood' | 'explanation';

/** A cell with how far it reaches. */
export interface SpanCell {
  readonly text: string;
  readonly span: number;
  readonly rowSpan?: number;
}

/** A column of the indicator block. */
export interface FormColumn {
  readonly heads: readonly string[];
  readonly group?: string;
  readonly cell: (row: TrueRow, print: RowPrint) => string;
  /** Equal cells below one another are one. */
  readonly isLevel?: 1 | 2;
}

/** Spellings of one row, made once so that a column of its own and a joint cell agree. */
export interface RowPrint {
  readonly target: string;
  readonly apart: { readonly operator: string; readonly target: string; readonly unit: string };
  readonly actual: string;
  readonly level1Points: string;
  /** A tick, and what stands where none is. */
  readonly tick: { readonly on: string; readonly off: string };
}

/** One published form. */
export interface CorpusForm {
  readonly id: string;
  readonly kind: 'TARGET' | 'MONITORING' | 'SELF_EVALUATION';
  readonly subject: 'UNIT' | 'PROJECT';
  readonly frame: '2021' | '2020';
  readonly titles: readonly string[];
  readonly columns: readonly FormColumn[];
  readonly prints: readonly RowField[];
  /** Which amounts of the head are printed. */
  readonly money: readonly (keyof TrueMoney)[];
  /** The form says nowhere whether its money is in 元 or 万元; 万元 is meant. */
  readonly isMoneyUnitSilent?: boolean;
  /** Sign, number and unit have columns of their own: a range cannot be printed. */
  readonly isApart?: boolean;
  readonly head: (table: TrueTable, width: number, chance: Chance, unit: '万元' | '元') => readonly (readonly SpanCell[])[];
  readonly sum?: (table: TrueTable) => Readonly<Record<number, string>>;
}

const one = (text: string): SpanCell => ({ text, span: 1 });
const wide = (text: string, span: number): SpanCell => ({ text, span });
const tall = (text: string, rowSpan: number, span = 1): SpanCell => ({ text, span, rowSpan });
/** A label and its value across what is left. */
const line = (width: number, label: string, value: string): SpanCell[] => [one(label), wide(value, width - 1)];

/** 万元 as kept, or the same in 元. */
function amount(text: string, unit: '万元' | '元'): string {
  if (unit === '万元') return text;
  const [whole = '0', cents = '00'] = text.split('.');
  return `${`${whole}${cents.padEnd(2, '0')}00`.replace(/^0+(?=\d)/u, '')}.00`;
}

const bracketed = ({ name, nameUnit }: TrueRow): string => (nameUnit === null ? name : `${name}(${nameUnit})`);
const short = (level: string): string => level;
const level1: FormColumn = { heads: ['一级指标'], isLevel: 1, cell: ({ level1: word }) => word };
const level2: FormColumn = { heads: ['二级指标'], isLevel: 2, cell: ({ level2: word }) => short(word) };
const name: FormColumn = { heads: ['三级指标'], cell: bracketed };
const target = (...heads: string[]): FormColumn => ({ heads, cell: (_, print) => print.target });
const column = (heads: readonly string[], cell: FormColumn['cell'], group?: string): FormColumn => ({ heads, cell, ...(group === undefined ? {} : { group }) });
const weight = (...heads: string[]): FormColumn => column(heads, (row) => row.weight);
const actual = (...heads: string[]): FormColumn => column(heads, (_, print) => print.actual);
const points = (...heads: string[]): FormColumn => column(heads, (row) => row.points);
const deviation = (...heads: string[]): FormColumn => column(heads, (row) => row.deviation ?? '');
const EMPTY_MARKS = ['', '', '/', '—', '-', '*'] as const;

const TARGET_FIELDS: readonly RowField[] = ['level1', 'level2', 'name', 'target'];
const F2_COLUMNS: readonly FormColumn[] = [
  level1, level2, name, target('指标值'), column(['指标值设置依据', '指标值设定依据', '指标设定依据'], (row) => row.basis ?? ''), column(['上年完成值'], (row) => row.previous ?? ''),
  weight('指标分值权重', '分值权重'), column(['指标赋分规则'], (row) => row.ruleWord), column(['佐证资料', '佐证材料'], (row) => row.evidence),
];

function f2Head(table: TrueTable, width: number, chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const { total, fiscal, other } = table.money;
  const said = (text: string): string => amount(text, unit);
  const colon = chance.pick(['', ':', '：']);
  return [
    [wide(chance.pick(['预算单位', '项目单位', '预算单位']), 2), wide(table.unit, width - 2)],
    [wide('项目名称', 2), wide(table.project ?? '', 3), wide('项目负责人', 2), wide('', width - 7)],
    [wide(`项目资金${chance.pick(['（', '('])}${unit}${chance.pick(['）', ')'])}`, 2), one(`年度预算总额${colon}`), one(said(total)), one(chance.pick(['其中：财政拨款', '其中:财政拨款', '其中： 财政拨款'])), one(said(fiscal)), one(`其他资金${colon}`), wide(said(other), width - 7)],
    [wide('项目总体目标', 2), wide(table.goal, width - 2)],
  ];
}

function f1Head(table: TrueTable, width: number, chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const { higherLevel, localLevel, other } = table.money;
  const who = chance.pick(['单位', '部门']);
  const half = width - 3;
  return [
    line(width, `${who}名称（盖章）`, table.unit),
    [one(`${who}联系人`), wide('', 2), one(chance.pick(['联系电话', '联系电话：'])), wide('', width - 4)],
    line(width, '年度绩效目标', table.goal),
    [tall(`年度预算（${unit}）`, 4), wide('资金来源', 2), wide(`资金总额（${unit}）`, half)],
    [tall(`财政资金（${unit}）`, 2), one('上级安排'), wide(amount(higherLevel, unit), half)],
    [one('本级安排'), wide(amount(localLevel, unit), half)],
    [one(`其他资金（${unit}）`), one('其他'), wide(amount(other, unit), half)],
  ];
}

/** The money block of 财预〔2020〕10号: only the total is scored. */
function yearMoney(table: TrueTable, width: number, unit: '万元' | '元', labels: readonly [string, string, string, string], heads: readonly string[]): SpanCell[][] {
  const { total, fiscal, other, executed, rate, executionPoints } = table.money;
  const said = (text: string): string => amount(text, unit);
  const rest = width - 8;
  const row = (label: string, cells: readonly string[]): SpanCell[] => [one(label), ...cells.map((text, at) => wide(text, at === cells.length - 1 ? 1 + rest : 1))];
  return [
    [tall(`项目资金（${unit}）`, 5), ...row('', heads)],
    row(labels[0], [said(total), said(total), said(executed), '10', rate, executionPoints]),
    row(labels[1], [said(fiscal), said(fiscal), said(fiscal === total ? executed : fiscal), '—', fiscal === total ? rate : '100.00%', '—']),
    row(labels[2], ['0.00', '0.00', '0.00', '—', '—', '—']),
    row(labels[3], [said(other), said(other), fiscal === total ? '0.00' : said(other), '—', '—', '—']),
  ];
}

const NATIONAL_LABELS = ['年度资金总额', '其中：当年财政拨款', '上年结转资金', '其他资金'] as const;
const NATIONAL_HEADS = ['年初预算数', '全年预算数（A）', '全年执行数（B）', '分值', '执行率（B/A）', '得分'] as const;

function f4Head(table: TrueTable, width: number, chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const left = Math.floor((width - 1) / 2);
  const heads = chance.percent(70) ? NATIONAL_HEADS : ['年初预算数', '全年预算数', '全年执行数', '分值', '执行率', '得分'];
  return [
    line(width, '项目名称', table.project ?? ''),
    [one('主管部门'), wide(table.department, 3), one('实施单位'), wide(table.unit, width - 5)],
    ...yearMoney(table, width, unit, NATIONAL_LABELS, heads),
    [tall('年度总体目标', 2), wide('预期目标', left), wide('实际完成情况', width - 1 - left)],
    [wide(table.goal, left), wide(table.achieved, width - 1 - left)],
  ];
}

function f5Head(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const left = Math.floor((width - 1) / 2);
  const { total, higherLevel, localLevel, other, executed, rate, executionPoints } = table.money;
  const said = (text: string): string => amount(text, unit);
  const row = (label: string, cells: readonly string[]): SpanCell[] => [one(label), ...cells.map((text, at) => wide(text, at === 5 ? width - 7 : 1))];
  return [
    line(width, '单位名称', table.unit),
    [tall(`预算资金（${unit}）`, 5), ...row('', NATIONAL_HEADS)],
    row('年度资金总额', [said(total), said(total), said(executed), '10', rate, executionPoints]),
    row('其中：上级安排', [said(higherLevel), said(higherLevel), said(higherLevel), '—', '—', '—']),
    row('本级安排', [said(localLevel), said(localLevel), said(localLevel), '—', '—', '—']),
    row('其他资金', [said(other), said(other), said(other), '—', '—', '—']),
    [tall('年度总体目标', 2), wide('预期目标', left), wide('实际完成情况', width - 1 - left)],
    [wide(table.goal, left), wide(table.achieved, width - 1 - left)],
  ];
}

function sichuanHead(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const { total, fiscal, other, executed, rate, executionPoints } = table.money;
  const said = (text: string): string => amount(text, unit);
  const row = (label: string, cells: readonly string[]): SpanCell[] => [one(label), ...cells.map((text, at) => wide(text, at === 6 ? width - 8 : 1))];
  return [
    line(width, '项目名称', table.project ?? ''),
    [one('主管部门'), wide(table.department, 4), one('实施单位'), wide(table.unit, width - 6)],
    line(width, '项目年度目标', table.goal), line(width, '项目年度目标完成情况', table.achieved),
    [tall('预算执行情况（10分）', 6), ...row('', ['年初预算', '调整后预算数', '预算执行数', '执行率', '权重', '得分', '原因'])],
    row('总额', [said(total), said(total), said(executed), rate, '10', executionPoints, '']),
    row('财政资金', [said(fiscal), said(fiscal), said(fiscal), '100.00%', '', '', '']),
    row('财政专户管理资金', ['0.00', '0.00', '0.00', '', '', '', '']), row('单位资金', ['0.00', '0.00', '0.00', '', '', '', '']),
    row('其他资金', [said(other), said(other), said(other), '', '', '', '']),
  ];
}

function chongqingHead(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const { total, executed, rate, executionPoints } = table.money;
  const said = (text: string): string => amount(text, unit);
  return [
    [wide('部门（单位）名称', 2), wide(table.unit, 3), one('财政处室'), one(''), one('自评总分'), wide(table.totalPoints, width - 8)],
    [tall(`预算资金（${unit}）`, 2, 2), ...['年初预算数', '全年（调整）预算数', '全年执行数', '执行率', '执行率权重', '执行率得分'].map((text, at) => wide(text, at === 5 ? width - 7 : 1))],
    [said(total), said(total), said(executed), rate, '10', executionPoints].map((text, at) => wide(text, at === 5 ? width - 7 : 1)),
    [wide('年初目标', 2), wide(table.goal, width - 2)], [wide('实际完成', 2), wide(table.achieved, width - 2)],
  ];
}

function f3Head(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const { total, fiscal, other, executed, rate } = table.money;
  const said = (text: string): string => amount(text, unit);
  const row = (label: string, cells: readonly string[]): SpanCell[] => [wide(label, 2), ...cells.map((text, at) => wide(text, at === 3 ? width - 12 : 3))];
  return [
    [wide('项目名称', 2), wide(table.project ?? '', width - 2)],
    [wide('主管部门及代码', 2), wide(table.department, 5), wide('实施单位', 2), wide(table.unit, width - 9)],
    [tall(`项目资金（${unit}）`, 4), ...row('', ['年初预算数', `${table.period}执行数`, `${table.period}执行率`, '全年预计执行数'])],
    row('年度资金总额', [said(total), said(executed), rate, said(total)]),
    row('其中：本年一般公共预算拨款', [said(fiscal), said(fiscal === total ? executed : fiscal), fiscal === total ? rate : '100.00%', said(fiscal)]),
    row('其他资金', [said(other), '0.00', '0.00%', said(other)]),
    [wide('年度总体目标', 2), wide(table.goal, width - 2)],
  ];
}

function nationalHead(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const said = (text: string): string => amount(text, unit);
  const { total, fiscal, other } = table.money;
  return [
    line(width, '项目名称', table.project ?? ''),
    [one('主管部门及代码'), one(table.department), one('实施单位'), wide(table.unit, width - 3)],
    [tall(`项目资金（${unit}）`, 3), wide('年度资金总额', 1), wide(said(total), width - 2)], [one('其中：财政拨款'), wide(said(fiscal), width - 2)], [one('其他资金'), wide(said(other), width - 2)],
    line(width, '年度目标', table.goal),
  ];
}

function unit2015Head(table: TrueTable, width: number, _chance: Chance, unit: '万元' | '元'): SpanCell[][] {
  const said = (text: string): string => amount(text, unit);
  const { total, fiscal, other } = table.money;
  return [
    line(width, '部门（单位）名称', table.unit),
    [tall('年度主要任务', 3), tall('任务名称', 2), wide(`预算金额（${unit}）`, width - 2)],
    [one('总额'), ...(width > 4 ? [one('财政拨款'), wide('其他资金', width - 4)] : [one('财政拨款')])],
    [one('保障机构运转'), one(said(total)), one(said(fiscal)), ...(width > 4 ? [wide(said(other), width - 4)] : [])].slice(0, width - 1),
    line(width, '年度总体目标', table.goal),
  ];
}

const evaluationSum = (weightAt: number, pointsAt: number) => (table: TrueTable): Readonly<Record<number, string>> => ({ 0: '总分', [weightAt]: '100', [pointsAt]: table.totalPoints });
const EVALUATED: readonly RowField[] = [...TARGET_FIELDS, 'weight', 'actual', 'points', 'deviation'];
const MONEY_OF_PROJECT = ['total', 'fiscal', 'other'] as const;
const CAUSES = [['经费保障', 'FUNDS'], ['制度保障', 'SYSTEM'], ['人员保障', 'STAFF'], ['硬件条件保障', 'EQUIPMENT'], ['其他', 'OTHER']] as const;
const LIKELIHOODS = [['确定能', 'CERTAIN'], ['有可能', 'POSSIBLE'], ['完全不可能', 'IMPOSSIBLE']] as const;
const withPoints: FormColumn = { heads: ['一级指标'], isLevel: 1, cell: (row, print) => `${row.level1}(${print.level1Points}分)` };

/** Every form of the corpus. */
export const FORMS: readonly CorpusForm[] = [
  {
    id: 'F1', kind: 'TARGET', subject: 'UNIT', frame: '2021', titles: ['单位整体绩效目标表', '部门整体绩效目标表'], prints: [...TARGET_FIELDS, 'basis', 'weight'], money: ['higherLevel', 'localLevel', 'other'], head: f1Head,
    columns: [level1, level2, name, target('指标值'), column(['指标设定依据', '指标值设定依据'], (row) => row.basis ?? ''), weight('分值权重')],
  },
  {
    id: 'F2', kind: 'TARGET', subject: 'PROJECT', frame: '2021', titles: ['项目支出绩效目标表', '项目支出绩效目标表', '项目绩效目标表'], prints: [...TARGET_FIELDS, 'basis', 'previous', 'weight', 'rule', 'evidence'], money: MONEY_OF_PROJECT, head: f2Head,
    columns: F2_COLUMNS,
  },
  {
    id: 'F2, weights only', kind: 'TARGET', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效目标表', '项目绩效目标表'], prints: [...TARGET_FIELDS, 'weight'], money: MONEY_OF_PROJECT, head: nationalHead,
    columns: [level1, level2, name, target('指标值', '年度指标值'), weight('分值', '权重', '分值权重')],
  },
  {
    id: 'F1, 2015', kind: 'TARGET', subject: 'UNIT', frame: '2020', titles: ['部门（单位）整体支出绩效目标申报表', '部门整体支出绩效目标申报表'], prints: TARGET_FIELDS, money: [], head: unit2015Head,
    columns: [level1, level2, name, target('指标值'), column(['备注'], () => '')],
  },
  {
    id: 'F2, 2015', kind: 'TARGET', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效目标申报表'], prints: TARGET_FIELDS, money: MONEY_OF_PROJECT, head: nationalHead,
    columns: [level1, level2, name, target('指标值')],
  },
  {
    id: 'F2, 2021', kind: 'TARGET', subject: 'PROJECT', frame: '2021', titles: ['项目支出绩效目标表'], prints: [...TARGET_FIELDS, 'basis', 'weight', 'rule', 'evidence', 'explanation'], money: MONEY_OF_PROJECT, head: f2Head,
    columns: [
      level1, level2, name, column(['指标解释'], (row) => row.explanation), target('指标值'), column(['设定依据'], (row) => row.basis ?? ''), column(['取值方式'], () => '直接证明'), column(['数据来源'], () => '业务系统'),
      weight('分值权重'), column(['赋分规则'], (row) => row.ruleWord), column(['佐证资料'], (row) => row.evidence),
    ],
  },
  {
    id: 'F3', kind: 'MONITORING', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效目标执行监控表'], prints: [...TARGET_FIELDS, 'actual', 'causes', 'likelihood', 'deviation'], money: MONEY_OF_PROJECT, head: f3Head,
    columns: [
      level1, level2, name, target('年度指标值'), actual('{period}执行情况'), column(['全年预计完成情况'], (_, print) => print.actual),
      ...CAUSES.map(([head, cause]) => column([head], (row, print) => (row.causes.includes(cause) ? print.tick.on : print.tick.off), '偏差原因分析')), column(['原因说明'], (row) => row.deviation ?? '', '偏差原因分析'),
      ...LIKELIHOODS.map(([head, likelihood]) => column([head], (row, print) => (row.likelihood === likelihood ? print.tick.on : print.tick.off), '完成目标可能性')), column(['备注'], () => ''),
    ],
  },
  {
    id: 'F4', kind: 'SELF_EVALUATION', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效自评表'], prints: EVALUATED, money: MONEY_OF_PROJECT, head: f4Head, sum: evaluationSum(5, 6),
    columns: [level1, level2, name, target('年度指标值'), actual('实际完成值'), weight('分值'), points('得分'), deviation('偏差原因分析及改进措施')],
  },
  {
    id: 'F4, Anhui', kind: 'SELF_EVALUATION', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效自评表'], prints: EVALUATED, money: MONEY_OF_PROJECT, head: f4Head, sum: evaluationSum(5, 6),
    columns: [withPoints, level2, name, target('年度指标值', '指标值'), actual('实际完成值', '完成值'), weight('分值'), points('得分'), deviation('偏差原因分析及改进措施', '未完成原因分析和改进措施')],
  },
  {
    id: 'F4, Sichuan', kind: 'SELF_EVALUATION', subject: 'PROJECT', frame: '2020', titles: ['部门预算项目支出绩效自评表'], prints: EVALUATED, money: MONEY_OF_PROJECT, head: sichuanHead, isApart: true, isMoneyUnitSilent: true,
    columns: [
      level1, level2, name, column(['指标性质'], (_, print) => print.apart.operator), column(['指标值'], (_, print) => print.apart.target), column(['度量单位'], (_, print) => print.apart.unit),
      column(['完成值'], (row) => row.actual), weight('权重'), points('得分'), deviation('未完成原因分析'),
    ],
  },
  {
    id: 'F4, Guangxi', kind: 'SELF_EVALUATION', subject: 'PROJECT', frame: '2020', titles: ['项目支出绩效自评表', '预算项目支出绩效自评表'], prints: EVALUATED, money: MONEY_OF_PROJECT, head: f4Head, sum: evaluationSum(6, 8),
    columns: [
      level1, level2, name, target('年度指标值'), actual('实际完成值'), column(['定性完成情况简述'], (row) => (row.target.kind === 'QUAL' ? '各项工作按要求完成' : '')), weight('分值'),
      column(['扣减分数'], (row) => (row.points === row.weight ? '0' : String(Math.round((Number(row.weight) - Number(row.points)) * 100) / 100))), points('得分'), deviation('偏差原因分析及改进措施'),
    ],
  },
  {
    id: 'F5', kind: 'SELF_EVALUATION', subject: 'UNIT', frame: '2021', titles: ['单位整体支出绩效自评表', '部门整体支出绩效自评表'], prints: EVALUATED, money: ['higherLevel', 'localLevel', 'other'], head: f5Head, sum: evaluationSum(5, 6),
    columns: [level1, level2, name, target('年度指标值'), actual('实际完成值'), weight('分值'), points('得分'), deviation('偏差原因分析及改进措施')],
  },
  {
    id: 'F5, Chongqing', kind: 'SELF_EVALUATION', subject: 'UNIT', frame: '2021', titles: ['部门（单位）整体绩效自评表', '部门整体绩效自评表'], prints: ['name', 'target', 'weight', 'actual', 'points'], money: ['total'], head: chongqingHead, isApart: true,
    columns: [
      { heads: ['指标名称'], cell: ({ name: word }) => word }, column(['计量单位'], (_, print) => print.apart.unit), column(['指标性质'], (_, print) => print.apart.operator), weight('指标权重'), column(['年初指标值'], (_, print) => print.apart.target), column(['调整指标值'], () => ''),
      column(['全年完成值'], (row) => row.actual), column(['得分系数（%）'], (row) => (row.points === row.weight ? '100' : '80')), points('指标得分'), column(['是否核心指标'], (row) => (Number(row.weight) >= 10 ? '是' : '否')),
    ],
  },
  {
    id: 'F5, Tianjin', kind: 'SELF_EVALUATION', subject: 'UNIT', frame: '2021', titles: ['部门整体绩效自评表', '部门整体支出绩效自评表'], prints: EVALUATED, money: ['higherLevel', 'localLevel', 'other'], head: f5Head, sum: evaluationSum(7, 8), isApart: true,
    columns: [
      level1, level2, { heads: ['指标名称', '三级指标'], cell: ({ name: word }) => word }, column(['计算符号'], (_, print) => print.apart.operator), column(['指标值'], (_, print) => print.apart.target), column(['实际完成值'], (row) => row.actual),
      column(['计量单位'], (_, print) => print.apart.unit), weight('分值'), points('得分'), deviation('偏差原因', '偏差'),
    ],
  },
];

/** The form by its name; a fault when there is none. */
export function formOf(id: string): CorpusForm {
  const form = FORMS.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(`no form ${id}`);
  return form;
}

/** Ticks as offices make them: some tick boxes and leave the others open. */
const TICKS: Readonly<Record<Hand['range'], RowPrint['tick']>> = { '-': { on: '√', off: '' }, '~': { on: '✓', off: '' }, 至: { on: '☑', off: '' }, both: { on: '☑', off: '□' } };

/** The spellings of a row in one hand. */
export function printRow(row: TrueRow, hand: Hand, chance: Chance, level1Points: string): RowPrint {
  return { target: spellTarget(row, hand, chance), apart: spellApart(row, hand), actual: spellActual(row, hand), level1Points, tick: TICKS[hand.range] };
}

/** A blank cell as people leave it. */
export function blankMark(chance: Chance): string {
  return chance.pick(EMPTY_MARKS);
}
