import { type Actual, plausibility } from '@jiheng/domain';
import { theRow } from '@jiheng/domain/testing';
import { otherReadings } from './other-readings';
import { readCell } from './read-cell';

function readingsOf(text: string, id: string): readonly string[] {
  const row = theRow(id);
  const reading = readCell(text, row);
  const actual: Actual = reading.ok ? reading.value : { kind: 'NOT_REPORTED' };
  return otherReadings(actual, row, plausibility(actual, row));
}

describe('what an implausible number may have meant', () => {
  it('0.95 for ≥95%: 95%', () => expect(readingsOf('0.95', 'KZ-U1')).toEqual(['95%']));
  it('0.264 for ≥26.10万人: 26.4万人', () => expect(readingsOf('0.264', 'KZ-U6')).toEqual(['26.4万人']));
  it('264000 in a cell of 万人: 264000人 first', () => expect(readingsOf('264000', 'KZ-U6')[0]).toBe('264000人'));
  it('500 audits for ≥5次: 5次', () => expect(readingsOf('500', 'KZ-A1')[0]).toBe('5次'));
  it('nothing for a plausible number', () => expect(readingsOf('26.4', 'KZ-U6')).toEqual([]));
});
