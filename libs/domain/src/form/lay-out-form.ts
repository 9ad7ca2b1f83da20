import { isDecimalText } from '../decimal';
import type { FormCell, FormRow, FormSheet } from './form-sheet';
import type { FormBlock, FormTemplate, RepeatedColumn, Slot } from './form-template';

/** What is filled into a layout: single fields, and lists of lines. */
export interface FormValues {
  readonly fields: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

/** Cells of one form row that earlier rows reach down into, by column. */
type Taken = Map<number, number>;

function firstFree(taken: Taken, from: number): number {
  let column = from;
  while ((taken.get(column) ?? 0) > 0) column += 1;
  return column;
}

function cell(column: number, text: string, look: Pick<Slot, 'span' | 'rowSpan' | 'style' | 'align'>, isFigure: boolean): FormCell {
  const { span, rowSpan = 1, style = 'TEXT', align = 'left' } = look;
  return { column, text, colSpan: span, rowSpan, style, align, number: isFigure && isDecimalText(text) ? text : null };
}

/** `{period}` in a heading takes the field of that name: 1—6月执行数. */
function fillIn(text: string, fields: FormValues['fields']): string {
  return text.replace(/\{([a-z]+)\}/gu, (mark, name: string) => fields[name] ?? mark);
}

function slotRows(rows: readonly (readonly Slot[])[], values: FormValues): FormRow[] {
  const taken: Taken = new Map();
  return rows.map((slots) => {
    const cells: FormCell[] = [];
    let next = 0;
    for (const slot of slots) {
      const column = firstFree(taken, next);
      const text = slot.field === undefined ? fillIn(slot.text ?? '', values.fields) : (values.fields[slot.field] ?? '');
      cells.push(cell(column, text, slot, slot.style === 'NUMBER'));
      // One more than its height: the row just laid is counted off below.
      for (let at = column; at < column + slot.span; at += 1) taken.set(at, slot.rowSpan ?? 1);
      next = column + slot.span;
    }
    for (const [column, left] of taken) taken.set(column, left - 1);
    return { cells, repeats: false };
  });
}

function headings(columns: readonly RepeatedColumn[], first: number, values: FormValues, repeats: boolean): FormRow[] {
  const hasGroups = columns.some((column) => column.group !== undefined);
  const top: FormCell[] = [];
  const below: FormCell[] = [];
  let at = first;
  columns.forEach((column, index) => {
    const title = fillIn(column.title, values.fields);
    const look = { span: column.span, style: 'HEADER', align: 'center' } as const;
    if (column.group === undefined) top.push(cell(at, title, { ...look, rowSpan: hasGroups ? 2 : 1 }, false));
    else {
      if (columns[index - 1]?.group !== column.group) {
        let span = 0;
        for (let k = index; columns[k]?.group === column.group && k < columns.length; k += 1) span += columns[k]?.span ?? 0;
        top.push(cell(at, column.group, { ...look, span }, false));
      }
      below.push(cell(at, title, look, false));
    }
    at += column.span;
  });
  return hasGroups ? [{ cells: top, repeats }, { cells: below, repeats }] : [{ cells: top, repeats }];
}

/** How many lines from `at` share the merged columns up to this one; 0 when the line above already covers it. */
function mergedHeight(lines: FormValues['lists'][string], at: number, columns: readonly RepeatedColumn[], index: number): number {
  const fields = columns.slice(0, index + 1).filter((column) => column.merges === true).map((column) => column.field);
  const same = (a: number, b: number): boolean => fields.every((name) => lines[a]?.[name] === lines[b]?.[name]);
  if (at > 0 && same(at - 1, at)) return 0;
  let height = 1;
  while (at + height < lines.length && same(at, at + height)) height += 1;
  return height;
}

function repeatedRows(block: Extract<FormBlock, { kind: 'repeat' }>, values: FormValues): FormRow[] {
  const lines = values.lists[block.list] ?? [];
  const first = block.label?.span ?? 0;
  const heading = headings(block.columns, first, values, block.repeatsHeading === true);
  const body = lines.map((line, at) => {
    const cells: FormCell[] = [];
    let column = first;
    block.columns.forEach((spec, index) => {
      const height = spec.merges === true ? mergedHeight(lines, at, block.columns, index) : 1;
      if (height > 0) cells.push(cell(column, line[spec.field] ?? '', { ...spec, rowSpan: height }, spec.style === 'NUMBER'));
      column += spec.span;
    });
    return { cells, repeats: false };
  });
  const rows = [...heading, ...body];
  const [top] = rows;
  if (block.label === undefined || top === undefined) return rows;
  const side = cell(0, fillIn(block.label.text ?? '', values.fields), { ...block.label, rowSpan: rows.length }, false);
  return [{ ...top, cells: [side, ...top.cells] }, ...rows.slice(1)];
}

/** Fills a layout: every cell of the form with its place, spans and text. */
export function layOutForm(template: FormTemplate, values: FormValues): FormSheet {
  const rows = template.blocks.flatMap((block) => (block.kind === 'slots' ? slotRows(block.rows, values) : repeatedRows(block, values)));
  return {
    name: template.name, title: template.title, orientation: template.orientation, columns: template.widths.map((width) => ({ width })), rows,
  };
}
