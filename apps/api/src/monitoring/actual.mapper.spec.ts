import type { Actual } from '@jiheng/domain';
import { type ActualRow, toActual, toActualColumns } from './actual.mapper';

/** Columns as the statement names them. */
function stored(actual: Actual): ActualRow {
  const { unitSymbol, reachedOn, ...columns } = toActualColumns(actual);
  return { ...columns, unit_symbol: unitSymbol, reached_on: reachedOn };
}

describe('a value and its columns', () => {
  it.each<[string, Actual]>([
    ['26.4万人 of KZ-U6', { kind: 'REPORTED', magnitude: '26.4', unit: '万人' }],
    ['zero is a number', { kind: 'REPORTED', magnitude: '0', unit: '%' }],
    ['a rate with its parts', { kind: 'REPORTED', magnitude: '95.92', unit: '%', numerator: '47', denominator: '49' }],
    ['a survey whose share is known only by its responses', { kind: 'REPORTED', magnitude: '96', unit: '%', numerator: null, denominator: '120' }],
    ['有效维护, judged A in full', { kind: 'JUDGED', grade: 'A', share: '1.00', note: '有效维护' }],
    ['a judgement that asks for the default share', { kind: 'JUDGED', grade: 'B', share: null }],
    ['a plain no', { kind: 'ANSWERED', answer: false }],
    ['a no with points taken off', { kind: 'ANSWERED', answer: false, deduction: '2' }],
    ['a day', { kind: 'DATED', date: '2024-12-20' }],
    ['not finished', { kind: 'UNFINISHED' }],
    ['silence', { kind: 'NOT_REPORTED' }],
    ['not applicable, with its reason', { kind: 'NOT_APPLICABLE', reason: '当年无整改事项' }],
  ])('%s comes back as it was', (_, actual) => {
    expect(toActual(stored(actual))).toEqual(actual);
  });

  it('keeps the base magnitude: 26.4 万人 are 264000 people, exactly', () => {
    expect(toActualColumns({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' }).baseMagnitude).toBe('264000');
  });

  it('will not read a reported row without its number', () => {
    expect(() => toActual({ ...stored({ kind: 'REPORTED', magnitude: '1', unit: null }), magnitude: null })).toThrow();
  });
});
