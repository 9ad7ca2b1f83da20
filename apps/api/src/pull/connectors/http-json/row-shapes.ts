import { type SourceRow, boundRow } from '../../source-connector';
import { memberOf, nameOf, rowOf } from './json-rows';

/** How an entry of a list becomes rows: by the names of two members, or as DHIS2 writes its data values, which say of what period and organisation unit they are. */
export type RowShape = { readonly kind: 'MEMBERS'; readonly keyField: string; readonly valueField: string } | { readonly kind: 'DATA_VALUES'; readonly period: string; readonly orgUnit: string };

/**
 * What an answer, as a whole or in one of its entries, says it is of, where that is not what was asked: a server that overlooks a parameter gives last year's values or another office's. Null where all
 * is as asked or nothing is said.
 */
export function strayOf(document: unknown, nodes: readonly unknown[], shape: RowShape): string | null {
  if (shape.kind !== 'DATA_VALUES') return null;
  for (const node of [document, ...nodes]) {
    const [period, orgUnit] = [nameOf(memberOf(node, 'period')), nameOf(memberOf(node, 'orgUnit'))];
    if ((period !== null && period !== shape.period) || (orgUnit !== null && orgUnit !== shape.orgUnit)) return boundRow([period, orgUnit].filter((one) => one !== null).join(', '), LONGEST_STRAY);
  }
  return null;
}

const LONGEST_STRAY = 100;

/** The rows that an entry makes; none where it lacks key or value. */
export function rowsOfNode(node: unknown, shape: RowShape): readonly SourceRow[] {
  if (shape.kind === 'DATA_VALUES') return dataValueRows(node);
  const row = rowOf(node, shape.keyField, shape.valueField);
  return row === null ? [] : [row];
}

/** A value under its data element, and under `dataElement.categoryOptionCombo` for elements that are broken down. */
function dataValueRows(node: unknown): readonly SourceRow[] {
  const [element, combo] = [nameOf(memberOf(node, 'dataElement')), nameOf(memberOf(node, 'categoryOptionCombo'))];
  const verbatim = nameOf(memberOf(node, 'value'));
  if (element === null || verbatim === null || memberOf(node, 'deleted') === true) return [];
  const row = boundRow(JSON.stringify(node));
  return [{ key: element, verbatim, row }, ...(combo === null ? [] : [{ key: `${element}.${combo}`, verbatim, row }])];
}
