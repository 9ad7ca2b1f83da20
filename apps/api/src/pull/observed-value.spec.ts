import { theRow } from '@jiheng/domain/testing';
import { readObserved } from './observed-value';

describe('what a source said', () => {
  it.each([
    ['KZ-U1', '96.10', '%', '96.10', '%'], ['KZ-U1', '96.10', '', '96.10', '%'], ['KZ-U1', '96.10%', '', '96.10', '%'], ['KZ-U1', '96.1', '%', '96.1', '%'],
    ['KZ-U6', '26.40', '万人', '26.40', '万人'],
  ])('%s, %s counted in “%s”, keeps its digits: %s %s', (key, verbatim, mapped, magnitude, unit) => {
    expect(readObserved(verbatim, mapped, theRow(key))).toEqual({ ok: true, value: { kind: 'REPORTED', magnitude, unit } });
  });

  it('264000 persons are 26.4万人: what is converted has no digits of its own', () => {
    expect(readObserved('264000', '人', theRow('KZ-U6'))).toEqual({ ok: true, value: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } });
  });

  it('a date is taken as databases and JSON deliver it', () => {
    expect(readObserved('2024-12-20 00:00:00', '', theRow('KZ-L4'))).toEqual({ ok: true, value: { kind: 'DATED', date: '2024-12-20' } });
    expect(readObserved('2024-12-20T00:00:00.000+08:00', '', theRow('KZ-L4'))).toEqual({ ok: true, value: { kind: 'DATED', date: '2024-12-20' } });
  });

  it('days are not persons', () => expect(readObserved('264000', '次', theRow('KZ-U6')).ok).toBe(false));
});
