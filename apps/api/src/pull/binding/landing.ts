import type { PullPlace } from '../../monitoring/monitoring.public';
import { ROW_LIMIT, type SourceRow, boundRow } from '../source-connector';
import type { Binding, Said } from './binding';

/** Where one binding's value would land, what the source said for it, and the rows it said it in. */
export interface Landing {
  readonly binding: Binding;
  readonly place: PullPlace;
  readonly said: Said;
  /** The source's rows as they came, one a line, bounded. */
  readonly rowText: string;
}

/** Joins what a source said with the rows of the reports that wait for it; a binding without a report of the period lands nowhere. */
export function landingsOf(bindings: readonly Binding[], places: readonly PullPlace[], rows: readonly SourceRow[]): Landing[] {
  const byKey = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known === undefined) byKey.set(row.key, [row]);
    else known.push(row);
  }
  const saidOf = (field: string): readonly string[] => (field === '' ? [] : [...new Set((byKey.get(field) ?? []).map((row) => row.verbatim))]);
  return bindings.flatMap((binding) => {
    const fields = [...new Set([binding.field, binding.numeratorField, binding.denominatorField])].filter((field) => field !== '');
    const rowText = textOf(fields.flatMap((field) => byKey.get(field) ?? []));
    const said: Said = { value: saidOf(binding.field), numerator: saidOf(binding.numeratorField), denominator: saidOf(binding.denominatorField) };
    return places.filter((place) => place.indicator.key === binding.indicatorKey).map((place) => ({ binding, place, said, rowText }));
  });
}

/** Rows one below the other. The first ones fill the text, the others are counted in characters and never joined: 50,000 rows of 4,000 characters are 200 MB. */
function textOf(rows: readonly SourceRow[]): string {
  const lines: string[] = [];
  let length = -1;
  let kept = 0;
  for (const row of rows) {
    const line = row.row ?? `${row.key}\t${row.verbatim}`;
    length += line.length + 1;
    if (kept <= ROW_LIMIT) { lines.push(line); kept += line.length + 1; }
  }
  const text = lines.join('\n');
  return boundRow(text, ROW_LIMIT, Math.max(length, text.length));
}

/** Under which an observation of a run is kept once. */
export function sourceKeyOf({ binding, place }: Landing): string {
  const parts = binding.numeratorField === '' ? '' : `${binding.numeratorField} / ${binding.denominatorField}`;
  return [[binding.field, parts].filter((text) => text !== '').join('; '), place.tableId, place.indicator.key].join(' → ');
}
