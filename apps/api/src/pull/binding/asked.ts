import type { PullSourceKind } from '@jiheng/contract';
import { type AskedPeriod, type SourceDraft, isPath, placeFor } from '../source-connector';
import { type Binding, fieldsOf } from './binding';
import type { Heard } from './landing';

/** Longest text of where a value was asked for. */
const LIMIT = 600;
/** Of many files so many are named. */
const MOST_FILES = 3;

type AskedSource = Pick<SourceDraft, 'place' | 'rowsPath' | 'keyField' | 'valueField' | 'settings'> & { readonly kind: PullSourceKind };

/** Where a value was asked for, as a person may read it later: the place with the period filled in, and how its rows were found there, in the words of that kind of source. */
export function askedOf(source: AskedSource, period: AskedPeriod, heard: Pick<Heard, 'binding' | 'files'>): string {
  const place = placeFor(source.place, period);
  return `${place}  ${howAsked(source, place, heard)}`.slice(0, LIMIT);
}

function howAsked(source: AskedSource, place: string, { binding, files }: Pick<Heard, 'binding' | 'files'>): string {
  const columns = `→ ${source.keyField}, ${source.valueField}`;
  switch (source.kind) {
    case 'HTTP_JSON': {
      const fields = fieldsOf([binding]);
      // A field that is a path of its own was looked for by itself, and not among the rows.
      return [...fields.filter(isPath), ...(fields.every(isPath) ? [] : [`${source.rowsPath} ${columns}`])].join('; ');
    }
    case 'DHIS2': return `dataSet ${source.settings.dataSet}, orgUnit ${source.settings.orgUnit}`;
    case 'SQL': return `${source.settings.query.replace(/\s+/gu, ' ').trim()} ${columns}`;
    case 'SHEET_FOLDER':
    case 'SFTP_FOLDER': {
      const named = files.slice(0, MOST_FILES).map((file) => belowPlace(file, place)).filter((file) => file !== '').join(', ');
      return [files.length > MOST_FILES ? `${named} … (${files.length})` : named, columns].filter((text) => text !== '').join(' ');
    }
  }
}

/** A file as it is called in the folder that was asked; of a place that is the file itself only the sheet. */
function belowPlace(file: string, place: string): string {
  const folder = place.replace(/\/+$/u, '');
  return file.startsWith(folder) ? file.slice(folder.length).replace(/^(?:\/| \/ )/u, '') : file;
}

/** How the value was made of what was said, as it is kept and as a formula is typed; '' when it was taken as it stood. `sayFormula` tells readers in their own words. */
export function formulaOf(binding: Binding): string {
  if (binding.formula !== '') return binding.formula;
  return binding.numeratorField === '' ? '' : 'numerator / denominator';
}
