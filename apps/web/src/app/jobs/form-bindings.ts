import type { PullSourceView } from '@jiheng/contract';

/** A binding that the form of a source shows and does not change: it has a formula or is made of parts. */
export type FixedBinding = PullSourceView['mappings'][number];
/** Key of the indicator → its key and unit in the source. */
export type Mapped = ReadonlyMap<string, { readonly field: string; readonly unit: string }>;

/** The bindings that the form writes. */
export function plainOf(source: PullSourceView | null): Mapped {
  return new Map((source?.mappings ?? []).filter(isPlain).map(({ indicatorKey, field, unit }) => [indicatorKey, { field, unit }]));
}

/** Those that it leaves as they are, by indicator. */
export function fixedOf(source: PullSourceView | null): ReadonlyMap<string, FixedBinding> {
  return new Map((source?.mappings ?? []).filter((one) => !isPlain(one)).map((one) => [one.indicatorKey, one]));
}

function isPlain({ formula, numeratorField, denominatorField }: FixedBinding): boolean {
  return formula === '' && numeratorField === '' && denominatorField === '';
}
