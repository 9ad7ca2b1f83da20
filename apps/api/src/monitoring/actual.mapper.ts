import type { ActualBody } from '@jiheng/contract';
import { type Actual, toBaseMagnitude } from '@jiheng/domain';
import type { ActualEntity } from './actual.entity';

/** The columns that the kind of a value decides. */
export type ActualColumns = Pick<ActualEntity,
  'kind' | 'magnitude' | 'unitSymbol' | 'baseMagnitude' | 'numerator' | 'denominator' | 'grade' | 'share' | 'note' | 'answer' | 'deduction' | 'reachedOn' | 'reason'>;

/** The same columns as a statement names them. */
export interface ActualRow {
  readonly kind: ActualEntity['kind'];
  readonly magnitude: string | null;
  readonly unit_symbol: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly grade: 'A' | 'B' | 'C' | null;
  readonly share: string | null;
  readonly note: string | null;
  readonly answer: boolean | null;
  readonly deduction: string | null;
  readonly reached_on: string | null;
  readonly reason: string | null;
}

/** The column list of {@link ActualRow} for a statement that names the table `a`. */
export const ACTUAL_COLUMNS = 'a.kind, a.magnitude, a.unit_symbol, a.numerator, a.denominator, a.grade, a.share, a.note, a.answer, a.deduction, a.reached_on, a.reason';

const SILENT: ActualColumns = {
  kind: 'NOT_REPORTED', magnitude: null, unitSymbol: null, baseMagnitude: null, numerator: null, denominator: null, grade: null, share: null, note: null,
  answer: null, deduction: null, reachedOn: null, reason: null,
};

/** A value as columns: zero, silence and "not applicable" stay three things. */
export function toActualColumns(actual: Actual): ActualColumns {
  switch (actual.kind) {
    case 'REPORTED':
      return {
        ...SILENT, kind: 'REPORTED', magnitude: actual.magnitude, unitSymbol: actual.unit, baseMagnitude: toBaseMagnitude(actual.magnitude, actual.unit),
        numerator: actual.numerator ?? null, denominator: actual.denominator ?? null,
      };
    case 'JUDGED': return { ...SILENT, kind: 'JUDGED', grade: actual.grade, share: actual.share, note: actual.note ?? null };
    case 'ANSWERED': return { ...SILENT, kind: 'ANSWERED', answer: actual.answer, deduction: actual.deduction ?? null };
    case 'DATED': return { ...SILENT, kind: 'DATED', reachedOn: actual.date };
    case 'UNFINISHED': return { ...SILENT, kind: 'UNFINISHED' };
    case 'NOT_APPLICABLE': return { ...SILENT, kind: 'NOT_APPLICABLE', reason: actual.reason };
    case 'NOT_REPORTED': return SILENT;
  }
}

/** A stored value as the domain knows it. */
export function toActual(row: ActualRow): Actual {
  switch (row.kind) {
    case 'REPORTED': {
      const parts = row.numerator === null && row.denominator === null ? {} : { numerator: row.numerator, denominator: row.denominator };
      return { kind: 'REPORTED', magnitude: spoken(row.magnitude), unit: row.unit_symbol, ...parts };
    }
    case 'JUDGED': return { kind: 'JUDGED', grade: spoken(row.grade), share: row.share, ...(row.note === null ? {} : { note: row.note }) };
    case 'ANSWERED': return { kind: 'ANSWERED', answer: spoken(row.answer), ...(row.deduction === null ? {} : { deduction: row.deduction }) };
    case 'DATED': return { kind: 'DATED', date: spoken(row.reached_on) };
    case 'UNFINISHED': return { kind: 'UNFINISHED' };
    case 'NOT_APPLICABLE': return { kind: 'NOT_APPLICABLE', reason: spoken(row.reason) };
    case 'NOT_REPORTED': return { kind: 'NOT_REPORTED' };
  }
}

/** A value from the wire as the domain knows it: what is absent stays absent. */
export function fromActualBody(body: ActualBody): Actual {
  switch (body.kind) {
    case 'REPORTED': {
      const parts = body.numerator == null && body.denominator == null ? {} : { numerator: body.numerator ?? null, denominator: body.denominator ?? null };
      return { kind: 'REPORTED', magnitude: body.magnitude, unit: body.unit === '' ? null : body.unit, ...parts };
    }
    case 'JUDGED': return { kind: 'JUDGED', grade: body.grade, share: body.share, ...(body.note == null ? {} : { note: body.note }) };
    case 'ANSWERED': return { kind: 'ANSWERED', answer: body.answer, ...(body.deduction == null ? {} : { deduction: body.deduction }) };
    default: return body;
  }
}

/** The database's own check promises these columns for their kind. */
function spoken<T>(column: T | null): T {
  if (column === null) throw new Error('a stored actual lacks the column of its kind');
  return column;
}
