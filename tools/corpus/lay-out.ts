import type { FormGrid } from '@jiheng/documents/fixtures';
import { addDecimal } from '@jiheng/domain';
import type { Chance } from './chance';
import type { TrueRow, TrueTable } from './content';
import { blankMark, type CorpusForm, printRow, type SpanCell } from './forms';
import type { Hand } from './spell-target';

/** A form filled in, as a grid, with what a container must know to damage it. */
export interface FilledForm extends FormGrid {
  /** Rows above the frame: title and year. */
  readonly titleRows: number;
  /** First row of the column heads and how many there are. */
  readonly headAt: number;
  readonly headRows: number;
  /** Indicator rows, end excluded. */
  readonly bodyFrom: number;
  readonly bodyTo: number;
  /** Column of the name; the levels stand before it, where the form has any. */
  readonly nameAt: number;
  readonly levelColumns: readonly number[];
}

/** How a person or an office fills the form in. */
export interface FillingHabits {
  readonly hand: Hand;
  readonly moneyUnit: '万元' | '元';
  /** Levels printed in every row instead of merged cells. */
  readonly repeatsLevels: boolean;
  /** 产出, 数量 for 产出指标, 数量指标. */
  readonly hasShortLevels: boolean;
  /** `指标1：`, `……` left by the form between the filled rows. */
  readonly hasPlaceholders: boolean;
  /** 注：…, 填表人： … below the table. */
  readonly hasFoot: boolean;
  readonly hasSum: boolean;
  /** /, — and * where a cell says nothing. */
  readonly marksBlanks: boolean;
}

const PLACEHOLDERS = ['……', '指标1：', '指标2：', '指标3……', '…'] as const;
const YEARS = ['（{year} 年）', '({year}年)', '（{year}年度）', '（{year}年）'] as const;

/** The form as a grid of cells with merges. */
export function layOut(form: CorpusForm, table: TrueTable, habits: FillingHabits, chance: Chance): FilledForm {
  const width = form.columns.length;
  const grid = new GridWriter(width);
  grid.write([{ text: chance.pick(form.titles), span: width }]);
  grid.write([{ text: chance.pick(YEARS).replace('{year}', String(table.year)), span: width }]);
  for (const row of form.head(table, width, chance, habits.moneyUnit)) grid.write(row);
  const headAt = grid.height;
  const hasGroups = form.columns.some(({ group }) => group !== undefined);
  const heads = form.columns.map(({ heads: words }) => chance.pick(words).replace('{period}', table.period));
  if (hasGroups) {
    const top: SpanCell[] = [];
    form.columns.forEach(({ group }, at) => {
      if (group === undefined) top.push({ text: heads[at] ?? '', span: 1, rowSpan: 2 });
      else if (form.columns[at - 1]?.group !== group) top.push({ text: group, span: form.columns.filter((other) => other.group === group).length });
    });
    grid.write(top);
    grid.write(form.columns.flatMap(({ group }, at) => (group === undefined ? [] : [{ text: heads[at] ?? '', span: 1 }])));
  } else grid.write(heads.map((text) => ({ text, span: 1 })));
  const bodyFrom = grid.height;
  writeRows(grid, form, table, habits, chance);
  const bodyTo = grid.height;
  if (habits.hasSum && form.sum !== undefined) {
    const cells = form.sum(table);
    grid.write(form.columns.map((_, at) => ({ text: cells[at] ?? '', span: 1 })));
  }
  if (habits.hasFoot) grid.write([{ text: chance.pick(['注：1.其他资金包括单位自有资金等。', '填表人：            联系电话：            填报日期：', '备注：本表由业务科室填报。']), span: width }]);
  return {
    rows: grid.rows, merges: grid.merges, titleRows: 2, headAt, headRows: hasGroups ? 2 : 1, bodyFrom, bodyTo,
    nameAt: form.columns.findIndex(({ heads: words }) => words.some((word) => /三级指标|指标名称/u.test(word))), levelColumns: form.columns.flatMap(({ isLevel }, at) => (isLevel === undefined ? [] : [at])),
  };
}

function writeRows(grid: GridWriter, form: CorpusForm, table: TrueTable, habits: FillingHabits, chance: Chance): void {
  const pointsOf = (level1: string): string => addDecimal(...table.rows.filter((row) => row.level1 === level1).map(({ weight }) => weight));
  const lines: { row: TrueRow; cells: string[] }[] = [];
  table.rows.forEach((row, at) => {
    const print = printRow(row, habits.hand, chance, pointsOf(row.level1));
    const cells = form.columns.map((column) => {
      const whole = column.cell(row, print);
      const text = column.isLevel !== undefined && habits.hasShortLevels ? whole.replace(/指标(?=\(|$)/u, '') : whole;
      return text === '' && habits.marksBlanks && column.group === undefined && column.heads[0] !== '备注' ? blankMark(chance) : text;
    });
    lines.push({ row, cells });
    const next = table.rows[at + 1];
    const endsGroup = next?.level2 !== row.level2 || next.level1 !== row.level1;
    if (habits.hasPlaceholders && endsGroup && chance.percent(35)) lines.push({ row, cells: form.columns.map(({ isLevel }, column) => (isLevel === undefined ? (/三级|名称/u.test(form.columns[column]?.heads[0] ?? '') ? chance.pick(PLACEHOLDERS) : '') : (cells[column] ?? ''))) });
  });
  const isSame = (a: number, b: number, level: 1 | 2): boolean => lines[a]?.row.level1 === lines[b]?.row.level1 && (level === 1 || lines[a]?.row.level2 === lines[b]?.row.level2);
  lines.forEach(({ cells }, at) => {
    const printed: SpanCell[] = [];
    form.columns.forEach(({ isLevel }, column) => {
      const text = cells[column] ?? '';
      if (isLevel === undefined || habits.repeatsLevels) printed.push({ text, span: 1 });
      else if (at === 0 || !isSame(at - 1, at, isLevel)) {
        let height = 1;
        while (at + height < lines.length && isSame(at, at + height, isLevel)) height += 1;
        printed.push({ text, span: 1, rowSpan: height });
      }
    });
    grid.write(printed);
  });
}

/** Writes rows of spanning cells into a grid, leaving out the places that cells above reach into. */
class GridWriter {
  readonly rows: string[][] = [];
  readonly merges: FormGrid['merges'] = [];
  private readonly reach: number[];

  constructor(private readonly width: number) {
    this.reach = Array.from({ length: width }, () => 0);
  }

  get height(): number {
    return this.rows.length;
  }

  write(cells: readonly SpanCell[]): void {
    const r = this.rows.length;
    const row = Array.from({ length: this.width }, () => '');
    let c = 0;
    for (const { text, span, rowSpan = 1 } of cells) {
      while ((this.reach[c] ?? 0) > r) c += 1;
      if (c + span > this.width) throw new Error(`a cell reaches beyond the form: ${text} at ${c} + ${span} of ${this.width}`);
      row[c] = text;
      if (span > 1 || rowSpan > 1) this.merges.push({ s: { r, c }, e: { r: r + rowSpan - 1, c: c + span - 1 } });
      for (let at = c; at < c + span; at += 1) this.reach[at] = r + rowSpan;
      c += span;
    }
    this.rows.push(row);
  }
}
