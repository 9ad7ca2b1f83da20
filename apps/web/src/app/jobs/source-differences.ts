import type { BindingBody, PullSourceView } from '@jiheng/contract';
import { NO_SETTINGS } from './source-settings';

/** One thing that stands otherwise on the server than on the page; '' for nothing there. */
export interface Difference {
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

/** What of a form is compared as it is written. */
export type ComparedField = 'name' | 'kind' | 'place' | 'rowsPath' | 'keyField' | 'valueField';
const COMPARED: readonly ComparedField[] = ['name', 'kind', 'place', 'rowsPath', 'keyField', 'valueField'];

/** What the form of a source would write. */
export interface TypedSource extends Readonly<Record<ComparedField, string>> {
  readonly settings: unknown;
  /** Plain bindings that it carries; an empty field takes one away. */
  readonly mappings: readonly { readonly indicatorKey: string; readonly field: string; readonly unit: string }[];
}

/** Where a form and the source as it is now differ: fields, whether it is asked otherwise, and the bindings that saving would change. */
export function sourceDifferences(typed: TypedSource, present: PullSourceView): { readonly fields: readonly ComparedField[]; readonly isAskedOtherwise: boolean; readonly bindings: readonly string[] } {
  const there = new Map(present.mappings.map((one) => [one.indicatorKey, one]));
  return {
    fields: COMPARED.filter((field) => typed[field].trim() !== present[field]),
    isAskedOtherwise: JSON.stringify(typed.settings) !== JSON.stringify(present.settings ?? NO_SETTINGS),
    bindings: typed.mappings.filter(({ indicatorKey, field, unit }) => {
      const now = there.get(indicatorKey);
      return field.trim() === '' ? now !== undefined : now?.field !== field.trim() || now.unit !== unit.trim();
    }).map(({ indicatorKey }) => indicatorKey),
  };
}

/** A binding as one line; '' for none. */
export function sayBinding(one: Omit<BindingBody, 'indicatorKey'> | undefined): string {
  if (one === undefined) return '';
  const parts = one.numeratorField === '' ? '' : `${one.numeratorField} ÷ ${one.denominatorField}`;
  return [[one.field, parts, one.formula].filter((part) => part !== '').join(' · '), one.unit].filter((part) => part !== '').join(' → ');
}

type Named = BindingBody & { readonly indicatorName: string };

/** Bindings that stand otherwise on the server than on the page, those of one side only included. */
export function bindingDifferences(mine: readonly Named[], theirs: readonly Named[]): readonly Difference[] {
  const [own, there] = [new Map(mine.map((one) => [one.indicatorKey, one])), new Map(theirs.map((one) => [one.indicatorKey, one]))];
  return [...new Map([...there, ...own]).values()].map((one) => ({ label: one.indicatorName, theirs: sayBinding(there.get(one.indicatorKey)), mine: sayBinding(own.get(one.indicatorKey)) }))
    .filter((one) => one.theirs !== one.mine);
}
