import type { CellAlignment, CellStyle } from './form-sheet';

/** A place in a layout: a printed word, or a field that is filled in. */
export interface Slot {
  readonly text?: string;
  readonly field?: string;
  readonly span: number;
  readonly rowSpan?: number;
  readonly style?: CellStyle;
  readonly align?: CellAlignment;
}

/** A column of a repeated block (money lines, indicators). */
export interface RepeatedColumn {
  readonly title: string;
  readonly field: string;
  readonly span: number;
  /** Equal cells one above the other become one (一级指标, 二级指标). */
  readonly merges?: boolean;
  readonly style?: CellStyle;
  readonly align?: CellAlignment;
  /** A word above several columns: 偏差原因分析. */
  readonly group?: string;
}

/** A block of a form, top to bottom. */
export type FormBlock =
  | { readonly kind: 'slots'; readonly rows: readonly (readonly Slot[])[] }
  /** Lines of `list` under a heading row; `label` stands to the left of all of them. */
  | { readonly kind: 'repeat'; readonly list: string; readonly columns: readonly RepeatedColumn[]; readonly label?: Slot; readonly repeatsHeading?: boolean };

/** 表样: the layout of one form as data, so that another province's or year's form is another constant and no code. */
export interface FormTemplate {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly orientation: 'portrait' | 'landscape';
  readonly widths: readonly number[];
  readonly blocks: readonly FormBlock[];
}

const label = (text: string, span: number, more: Partial<Slot> = {}): Slot => ({ text, span, style: 'LABEL', align: 'center', ...more });
const field = (name: string, span: number, more: Partial<Slot> = {}): Slot => ({ field: name, span, style: 'TEXT', align: 'left', ...more });
const figure = (name: string, span: number): Slot => ({ field: name, span, style: 'NUMBER', align: 'right' });
const head = (title: string, subtitle: string, span: number): FormBlock => ({
  kind: 'slots',
  rows: [[{ text: title, span, style: 'TITLE', align: 'center' }], [{ field: subtitle, span, style: 'SUBTITLE', align: 'center' }]],
});
const words = (title: string, name: string, span = 1, more: Partial<RepeatedColumn> = {}): RepeatedColumn => ({ title, field: name, span, style: 'TEXT', align: 'left', ...more });
const centred = (title: string, name: string, span = 1, more: Partial<RepeatedColumn> = {}): RepeatedColumn => words(title, name, span, { align: 'center', ...more });
const number = (title: string, name: string, span = 1, more: Partial<RepeatedColumn> = {}): RepeatedColumn => words(title, name, span, { style: 'NUMBER', align: 'right', ...more });
const levels = [centred('一级指标', 'level1', 1, { merges: true }), centred('二级指标', 'level2', 1, { merges: true }), words('三级指标', 'name')];

/** 年度主要任务 with their money, as the form of 财预〔2015〕88号 prints them. */
const MAIN_TASKS: FormBlock = {
  kind: 'repeat', list: 'tasks', label: label('年度主要任务', 1),
  columns: [words('任务名称', 'name'), words('主要内容', 'content'), ...(['总额', '财政拨款', '其他资金'] as const).map((title, at) => number(title, ['total', 'fiscal', 'other'][at] as string, 1, { group: '预算金额（万元）' }))],
};

const unitTarget = (tasks: readonly FormBlock[]): FormTemplate => ({
  id: 'F1', name: '整体绩效目标表', title: '单位整体绩效目标表', orientation: 'portrait', widths: [18, 14, 36, 16, 20, 12],
  blocks: [
    head('单位整体绩效目标表', 'yearTitle', 6),
    {
      kind: 'slots',
      rows: [
        [label('单位名称（盖章）', 1), field('budgetUnit', 5)],
        [label('单位联系人', 1), field('contact', 2), label('联系电话', 1), field('phone', 2)],
        [label('年度绩效目标', 1), field('goalText', 5)],
        [label('年度预算（万元）', 1, { rowSpan: 4 }), label('资金来源', 2), label('资金总额（万元）', 3)],
        [label('财政资金', 1, { rowSpan: 2 }), label('上级安排', 1), figure('higherLevel', 3)],
        [label('本级安排', 1), figure('localLevel', 3)],
        [label('其他资金', 1), label('其他', 1), figure('other', 3)],
      ],
    },
    ...tasks,
    { kind: 'repeat', list: 'indicators', repeatsHeading: true, columns: [...levels, words('指标值', 'target'), words('指标设定依据', 'basis'), number('分值权重', 'weight')] },
  ],
});

/** F1 单位整体绩效目标表 as published in 2024. */
export const UNIT_TARGET_TEMPLATE: FormTemplate = unitTarget([]);

/** The same with the year's tasks of the form of 2015, for a unit that has them. */
export const UNIT_TARGET_TEMPLATE_WITH_TASKS: FormTemplate = unitTarget([MAIN_TASKS]);

/** F2 项目支出绩效目标表 as published in 2024. */
export const PROJECT_TARGET_TEMPLATE: FormTemplate = {
  id: 'F2', name: '项目绩效目标表', title: '项目支出绩效目标表', orientation: 'landscape', widths: [18, 14, 28, 16, 16, 14, 14, 20, 12],
  blocks: [
    head('项目支出绩效目标表', 'yearTitle', 9),
    {
      kind: 'slots',
      rows: [
        [label('预算单位', 1), field('budgetUnit', 8)],
        [label('项目名称', 1), field('project', 4), label('项目负责人', 2), field('lead', 2)],
        [label('项目资金（万元）', 1), label('年度预算总额', 1), figure('total', 1), label('其中：财政拨款', 2), figure('fiscal', 1), label('其他资金', 1), figure('other', 2)],
        [label('项目总体目标', 1), field('goalText', 8)],
      ],
    },
    {
      kind: 'repeat', list: 'indicators', repeatsHeading: true,
      columns: [...levels, words('指标值', 'target'), words('指标值设置依据', 'basis'), words('上年完成值', 'previousActual'), number('指标分值权重', 'weight'), words('指标赋分规则', 'rule'), words('佐证资料', 'evidence')],
    },
  ],
};

/** The monitoring form under a title; `subject` stands beside the name of what is monitored. */
const monitoring = (id: string, title: string, subject: string, money: string): FormTemplate => ({
  id, name: '执行监控表', title, orientation: 'landscape', widths: [11, 12, 22, 13, 14, 14, 6, 6, 6, 8, 6, 22, 7, 7, 9, 16],
  blocks: [
    head(title, 'yearTitle', 16),
    {
      kind: 'slots',
      rows: [
        [label(subject, 2), field('project', 14)],
        [label('主管部门', 2), field('department', 6), label('实施单位', 3), field('budgetUnit', 5)],
      ],
    },
    {
      kind: 'repeat', list: 'money', label: label(money, 2),
      columns: [words('', 'part', 2), number('年初预算数', 'initial', 2), number('{period}执行数', 'executed', 4), number('{period}执行率', 'rate', 3), number('全年预计执行数', 'forecast', 3)],
    },
    { kind: 'slots', rows: [[label('年度总体目标', 2), field('goalText', 14)]] },
    {
      kind: 'repeat', list: 'indicators', repeatsHeading: true,
      columns: [
        ...levels, words('年度指标值', 'target'), words('{period}执行情况', 'actual'), words('全年预计完成情况', 'forecast'),
        centred('经费保障', 'FUNDS', 1, { group: '偏差原因分析' }), centred('制度保障', 'SYSTEM', 1, { group: '偏差原因分析' }),
        centred('人员保障', 'STAFF', 1, { group: '偏差原因分析' }), centred('硬件条件保障', 'EQUIPMENT', 1, { group: '偏差原因分析' }),
        centred('其他', 'OTHER', 1, { group: '偏差原因分析' }), words('原因说明', 'sentence', 1, { group: '偏差原因分析' }),
        centred('确定能', 'CERTAIN', 1, { group: '完成目标可能性' }), centred('有可能', 'POSSIBLE', 1, { group: '完成目标可能性' }),
        centred('完全不可能', 'IMPOSSIBLE', 1, { group: '完成目标可能性' }), words('备注', 'remark'),
      ],
    },
  ],
});

/** F3 项目支出绩效目标执行监控表 (财预〔2019〕136号). */
export const MONITORING_TEMPLATE: FormTemplate = monitoring('F3', '项目支出绩效目标执行监控表', '项目名称', '项目资金（万元）');

/** F3 for the unit as a whole: no national form exists, so it has the columns of the project's. */
export const UNIT_MONITORING_TEMPLATE: FormTemplate = monitoring('F3-UNIT', '单位整体支出绩效目标执行监控表', '监控对象', '年度预算（万元）');

const goals: readonly (readonly Slot[])[] = [
  [label('年度总体目标', 1, { rowSpan: 2 }), label('预期目标', 3), label('实际完成情况', 4)],
  [field('goalText', 3), field('goalAchieved', 4)],
];
const evaluated: FormBlock = {
  kind: 'repeat', list: 'indicators', repeatsHeading: true,
  columns: [
    ...levels, words('年度指标值', 'target'), words('实际完成值', 'actual'), number('分值', 'weight'), number('得分', 'points'), words('偏差原因分析及改进措施', 'explanation'),
  ],
};
const moneyOfYear = (text: string): FormBlock => ({
  kind: 'repeat', list: 'money', label: label(text, 1),
  columns: [
    words('', 'part'), number('年初预算数', 'initial'), number('全年预算数（A）', 'adjusted'), number('全年执行数（B）', 'executed'),
    number('分值', 'weight'), number('执行率（B/A）', 'rate'), number('得分', 'points', 1, { align: 'center' }),
  ],
});
const closing: FormBlock = {
  kind: 'slots',
  rows: [
    [label('总分', 5), figure('fullMarks', 1), figure('total', 1), field('rating', 1, { align: 'center' })],
    [field('notes', 8, { style: 'NOTE' })],
  ],
};

/** F4 项目支出绩效自评表, the national form (财预〔2020〕10号). */
export const PROJECT_SELF_EVALUATION_TEMPLATE: FormTemplate = {
  id: 'F4', name: '项目自评表', title: '项目支出绩效自评表', orientation: 'landscape', widths: [18, 24, 30, 17, 17, 10, 14, 38],
  blocks: [
    head('项目支出绩效自评表', 'yearTitle', 8),
    { kind: 'slots', rows: [[label('项目名称', 1), field('project', 7)], [label('主管部门', 1), field('department', 3), label('实施单位', 1), field('budgetUnit', 3)]] },
    moneyOfYear('项目资金（万元）'),
    { kind: 'slots', rows: goals },
    evaluated, closing,
  ],
};

/** F5 部门（单位）整体支出绩效自评表: no national form exists; the default of the product. */
export const UNIT_SELF_EVALUATION_TEMPLATE: FormTemplate = {
  id: 'F5', name: '整体自评表', title: '单位整体支出绩效自评表', orientation: 'landscape', widths: [18, 22, 36, 17, 17, 10, 14, 38],
  blocks: [
    head('单位整体支出绩效自评表', 'yearTitle', 8),
    { kind: 'slots', rows: [[label('单位名称（盖章）', 1), field('budgetUnit', 3), label('主管部门', 1), field('department', 3)]] },
    moneyOfYear('年度预算（万元）'),
    { kind: 'slots', rows: goals },
    evaluated, closing,
  ],
};

/** Every layout, by its number in the field. */
export const FORM_TEMPLATES: readonly FormTemplate[] = [
  UNIT_TARGET_TEMPLATE, PROJECT_TARGET_TEMPLATE, MONITORING_TEMPLATE, UNIT_MONITORING_TEMPLATE, PROJECT_SELF_EVALUATION_TEMPLATE, UNIT_SELF_EVALUATION_TEMPLATE,
];
