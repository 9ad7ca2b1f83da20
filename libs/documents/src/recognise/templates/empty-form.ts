import type { CellStyle, FormCell, FormRow, FormSheet } from '@jiheng/domain';
import type { HeadField } from '../head-labels';
import type { RecognitionTemplate, TemplateColumn } from './recognition-template';

/** What is known before anybody fills a form in; null leaves a place to write. */
export interface EmptyFormHead {
  readonly fiscalYear: number | null;
  readonly budgetUnit: string | null;
  /** The span of the year a monitoring form is about; 1—6月 when absent. */
  readonly period?: string;
}

/** An empty form and where in it what is written. */
export interface EmptyForm {
  readonly sheet: FormSheet;
  /** 0-based rows for indicators, with the levels that stand beside them; empty levels where the form has none. */
  readonly rows: readonly { readonly row: number; readonly level1: string; readonly level2: string }[];
}

type Branch = readonly [level1: string, level2: string, rows: number];

/** Costs beside the output (财预〔2021〕101号). */
const PROJECT_2021: readonly Branch[] = [
  ['产出指标', '数量指标', 4], ['产出指标', '质量指标', 4], ['产出指标', '时效指标', 3], ['成本指标', '经济成本指标', 3], ['成本指标', '社会成本指标', 1], ['成本指标', '生态环境成本指标', 1],
  ['效益指标', '经济效益指标', 2], ['效益指标', '社会效益指标', 2], ['效益指标', '生态效益指标', 1], ['满意度指标', '服务对象满意度指标', 2],
];
/** Costs are an output, lasting effects a benefit (财预〔2015〕88号, 财预〔2020〕10号). */
const PROJECT_2020: readonly Branch[] = [
  ['产出指标', '数量指标', 4], ['产出指标', '质量指标', 4], ['产出指标', '时效指标', 3], ['产出指标', '成本指标', 3],
  ['效益指标', '经济效益指标', 2], ['效益指标', '社会效益指标', 2], ['效益指标', '生态效益指标', 1], ['效益指标', '可持续影响指标', 1], ['满意度指标', '服务对象满意度指标', 2],
];
const WHOLE_UNIT: readonly Branch[] = [
  ['运行成本', '成本指标', 2], ['管理效率', '数量指标', 2], ['管理效率', '质量指标', 2], ['管理效率', '时效指标', 2], ['履职效能', '数量指标', 3], ['履职效能', '质量指标', 3], ['履职效能', '时效指标', 2],
  ['社会效应', '社会效益指标', 2], ['可持续发展能力', '可持续影响指标', 1], ['服务对象满意度', '服务对象满意度指标', 2],
];
/** Rows of a form without levels, and of the year's tasks. */
const WITHOUT_LEVELS = 16;
const TASKS = 4;

function branchesOf({ columns, subject, form, name }: RecognitionTemplate): readonly Branch[] {
  if (!columns.some(({ role }) => role === 'level1')) return [['', '', WITHOUT_LEVELS]];
  const isOf2015 = name.endsWith('2015');
  if (subject === 'UNIT') return isOf2015 ? PROJECT_2020 : WHOLE_UNIT;
  return isOf2015 || (form !== 'TARGET' && name !== 'F4-F2') ? PROJECT_2020 : PROJECT_2021;
}

/**
 * A form to be filled in elsewhere, drawn up from what the recognition knows of it, so that whatever is known is offered and whatever is offered is
 * read: head, money, goal, the heads of its columns, the levels of its frame with blank rows beside them, and the row that adds up.
 */
export function emptyFormOf(template: RecognitionTemplate, head: EmptyFormHead): EmptyForm {
  const writer = new FormWriter(template, head);
  return writer.write();
}

interface Piece {
  readonly text: string;
  readonly span: number;
  readonly rows?: number;
  readonly style?: CellStyle;
}

const label = (text: string, span = 1, rows = 1): Piece => ({ text, span, rows, style: 'LABEL' });
const blank = (span = 1, text = ''): Piece => ({ text, span, style: 'TEXT' });

class FormWriter {
  private readonly printed: FormRow[] = [];
  private readonly width: number;
  private readonly columns: readonly TemplateColumn[];
  /** For each column the row it is free again at. */
  private readonly freeAt: number[];

  constructor(
    private readonly template: RecognitionTemplate,
    private readonly head: EmptyFormHead,
  ) {
    this.columns = template.columns;
    this.width = Math.max(this.columns.length, template.name === 'F1-2015' ? 5 : 4);
    this.freeAt = Array.from({ length: this.width }, () => 0);
  }

  write(): EmptyForm {
    const { template, head, width } = this;
    const title = template.titleWords[0] ?? template.title.zh;
    this.row([{ text: title, span: width, style: 'TITLE' }]);
    this.row([{ text: `（${head.fiscalYear ?? '　　　　'}年）`, span: width, style: 'SUBTITLE' }]);
    this.writeNames();
    this.writeMoney();
    this.writeGoals();
    const rows = this.writeBody();
    return {
      sheet: {
        name: title.slice(0, 28), title, orientation: width > 6 ? 'landscape' : 'portrait',
        columns: Array.from({ length: width }, (_, at) => ({ width: widthOf(this.columns[at]) })), rows: this.printed,
      },
      rows,
    };
  }

  private labelOf(field: HeadField, otherwise: string): string {
    return this.template.labels?.[field]?.[0] ?? otherwise;
  }

  private writeNames(): void {
    const { width, template } = this;
    const isProject = template.subject === 'PROJECT';
    const unit = this.labelOf('unit', isProject ? (template.form === 'TARGET' ? '预算单位' : '实施单位') : '单位名称（盖章）');
    if (isProject) this.row([label('项目名称'), blank(width - 1)]);
    if (template.labels?.score !== undefined) this.row([label(unit), blank(width - 3, this.head.budgetUnit ?? ''), label(this.labelOf('score', '自评总分')), blank()]);
    else this.row([label(unit), blank(width - 1, this.head.budgetUnit ?? '')]);
  }

  private writeMoney(): void {
    const { width, template } = this;
    const isProject = template.subject === 'PROJECT';
    const caption = isProject ? '项目资金（万元）' : '年度预算（万元）';
    const { money } = template;
    if (money !== undefined) {
      const hasLines = money.rows.length > 0;
      const front = hasLines ? 2 : 1;
      const last = width - front - (money.columns.length - 1);
      const across = <T>(cells: readonly T[], of: (cell: T, span: number) => Piece): Piece[] => cells.map((cell, at) => of(cell, at === cells.length - 1 ? last : 1));
      const said = (words: readonly string[]): string => this.withPeriod(words[0] ?? '');
      this.row([label(caption, 1, 1 + Math.max(1, money.rows.length)), ...(hasLines ? [label('')] : []), ...across(money.columns, ({ words }, span) => label(said(words), span))]);
      for (const { words } of money.rows) this.row([label(said(words)), ...across(money.columns, (_, span) => blank(span))]);
      if (!hasLines) this.row(across(money.columns, (_, span) => blank(span)));
      return;
    }
    if (template.name === 'F1-2015') {
      this.row([label('年度主要任务', 1, TASKS + 3), label('任务名称', 1, 2), label('主要内容', 1, 2), label('预算金额（万元）', width - 3)]);
      this.row([label('总额'), label('财政拨款')].slice(0, width - 3));
      for (let task = 0; task < TASKS; task += 1) this.row([blank(), blank(), blank(), blank(width - 4)]);
      this.row([label('金额合计', 2), blank(), blank(width - 4)]);
      return;
    }
    const lines = isProject ? ['年度预算总额', '其中：财政拨款', '其他资金'] : ['上级安排', '本级安排', '其他资金'];
    lines.forEach((line, at) => {
      this.row([...(at === 0 ? [label(caption, 1, lines.length)] : []), label(line), blank(width - 2)]);
    });
  }

  private writeGoals(): void {
    const { width, template } = this;
    const usual = template.form === 'TARGET' ? (template.subject === 'PROJECT' ? '项目总体目标' : '年度绩效目标') : '年度总体目标';
    const goal = this.labelOf('goal', usual);
    if (template.form !== 'SELF_EVALUATION') {
      this.row([label(goal), blank(width - 1)]);
      return;
    }
    if (template.labels?.goalAchieved === undefined) {
      const left = Math.floor((width - 1) / 2);
      this.row([label(goal, 1, 2), label('预期目标', left), label('实际完成情况', width - 1 - left)]);
      this.row([blank(left), blank(width - 1 - left)]);
      return;
    }
    this.row([label(goal), blank(width - 1)]);
    if (template.labels.goalAdjusted !== undefined) this.row([label(this.labelOf('goalAdjusted', '')), blank(width - 1)]);
    this.row([label(this.labelOf('goalAchieved', '实际完成情况')), blank(width - 1)]);
  }

  private writeBody(): EmptyForm['rows'] {
    const { columns, template } = this;
    const hasGroups = columns.some(({ group }) => group !== undefined);
    const top: Piece[] = [];
    columns.forEach(({ words, group }, at) => {
      const last = at === columns.length - 1 ? this.width - columns.length : 0;
      if (group === undefined) top.push({ text: this.withPeriod(words[0] ?? ''), span: 1 + last, rows: hasGroups ? 2 : 1, style: 'HEADER' });
      else if (columns[at - 1]?.group !== group) top.push({ text: group, span: columns.filter((other) => other.group === group).length, style: 'HEADER' });
    });
    this.row(top, true);
    if (hasGroups) this.row(columns.flatMap(({ words, group }): Piece[] => (group === undefined ? [] : [{ text: words[0] ?? '', span: 1, style: 'HEADER' }])), true);
    const branches = branchesOf(template);
    const rows: { row: number; level1: string; level2: string }[] = [];
    branches.forEach(([level1, level2, count], at) => {
      for (let line = 0; line < count; line += 1) {
        const isFirst = line === 0 && branches[at - 1]?.[0] !== level1;
        const height = branches.filter(([other]) => other === level1).reduce((sum, [, , own]) => sum + own, 0);
        rows.push({ row: this.printed.length, level1, level2 });
        this.row(columns.flatMap(({ role }, column): Piece[] => {
          const last = column === columns.length - 1 ? this.width - columns.length : 0;
          if (role === 'level1') return isFirst ? [label(level1, 1, height)] : [];
          if (role === 'level2') return line === 0 ? [label(level2, 1, count)] : [];
          return [blank(1 + last)];
        }));
      }
    });
    if (template.form === 'SELF_EVALUATION') this.row([label(template.sumWords[0] ?? '总分'), ...columns.slice(1).map((_, at) => blank(at === columns.length - 2 ? 1 + this.width - columns.length : 1))]);
    return rows;
  }

  private withPeriod(word: string): string {
    return word.replace('{period}', this.head.period ?? '1—6月');
  }

  private row(pieces: readonly Piece[], repeats = false): void {
    const at = this.printed.length;
    const cells: FormCell[] = [];
    let column = 0;
    for (const { text, span, rows = 1, style = 'TEXT' } of pieces) {
      while ((this.freeAt[column] ?? 0) > at) column += 1;
      cells.push({ column, text, colSpan: span, rowSpan: rows, style, align: style === 'TEXT' ? 'left' : 'center', number: null });
      this.freeAt.fill(at + rows, column, column + span);
      column += span;
    }
    this.printed.push({ cells, repeats });
  }
}

/** Characters a column is wide. */
function widthOf(column: TemplateColumn | undefined): number {
  switch (column?.role) {
    case 'name':
      return 24;
    case 'target':
    case 'actual':
    case 'basis':
    case 'deviation':
    case 'explanation':
    case 'rule':
      return 16;
    case 'level1':
    case 'level2':
    case 'evidence':
      return 12;
    default:
      return 9;
  }
}
