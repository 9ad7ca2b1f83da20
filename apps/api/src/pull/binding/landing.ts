import type { PullPlace, StatedCell } from '../../monitoring/monitoring.public';
import { type AnsweredRow, ROW_LIMIT, type SourceRow, boundRow } from '../source-connector';
import { type Binding, type Said, fieldsOf } from './binding';

/** What a source said for one binding, and the rows it said it in. */
export interface Heard {
  readonly binding: Binding;
  readonly said: Said;
  /** The source's rows as they came, one a line, bounded. */
  readonly rowText: string;
  /** The files that these rows stand in, each once; empty where the source is no folder, or does not say. */
  readonly files: readonly string[];
}

/** Where one binding's value would land. */
export interface Landing extends Heard {
  readonly place: PullPlace;
}

/**
 * What a source said for each binding. Every row of a key counts, also where two say the same and where two are the same to the last letter: `A=100 union all A=100` is two
 * counties of a hundred each as likely as one that was listed twice, and nothing in the rows tells which.
 */
export function heardOf(bindings: readonly Binding[], rows: readonly AnsweredRow[]): readonly Heard[] {
  const byKey = new Map<string, AnsweredRow[]>();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known === undefined) byKey.set(row.key, [row]);
    else known.push(row);
  }
  // Rows that are there and say nothing yet are silence. One of them beside a row that says something is not: where two counties share a key, one has not reported.
  const saidOf = (field: string): readonly string[] => {
    const said = field === '' ? [] : (byKey.get(field) ?? []).map((row) => row.verbatim);
    return said.every((verbatim) => verbatim === '') ? [] : said;
  };
  return bindings.map((binding) => {
    const own = fieldsOf([binding]).flatMap((field) => byKey.get(field) ?? []);
    const said: Said = { value: saidOf(binding.field), numerator: saidOf(binding.numeratorField), denominator: saidOf(binding.denominatorField), ...(own.some((row) => row.isBlotted) ? { isBlotted: true } : {}) };
    return { binding, said, rowText: textOf(own), files: [...new Set(own.flatMap((row) => row.file ?? []))] };
  });
}

/** Joins what a source said with the rows of the reports that wait for it; a binding without a report of the period lands nowhere. */
export function landingsOf(bindings: readonly Binding[], places: readonly PullPlace[], rows: readonly AnsweredRow[]): Landing[] {
  return heardOf(bindings, rows).flatMap((heard) => places.filter((place) => place.indicator.key === heard.binding.indicatorKey).map((place) => ({ ...heard, place })));
}

/** The row of a report where it lands. */
export function cellOf({ place }: Pick<Landing, 'place'>): StatedCell {
  return { reportId: place.reportId, indicatorKey: place.indicator.key };
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
