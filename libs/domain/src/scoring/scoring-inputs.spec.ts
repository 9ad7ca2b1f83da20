import { theRow } from '../../testing/index';
import { MOF_2020_10 } from './profiles/mof-2020-10';
import { MOF_2021_101 } from './profiles/mof-2021-101';
import type { ScoringRow } from './score';
import { canonicalInputs } from './scoring-inputs';

const context = { fiscalYear: 2024, periodClosed: false };
const table = (row: Partial<ScoringRow> = {}) => ({
  rows: [{ indicator: theRow('KZ-U6'), actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } as const, ...row }], execution: null, withExecution: false,
});
const text = (row: Partial<ScoringRow> = {}, profile = MOF_2020_10): string => canonicalInputs(table(row), profile, context);

describe('the canonical inputs of a score', () => {
  it('are equal for equal numbers in another spelling', () => {
    expect(text({ actual: { kind: 'REPORTED', magnitude: '26.40', unit: '万人' } })).toBe(text());
  });

  it('do not change with the words around the numbers', () => {
    expect(text({ indicator: { ...theRow('KZ-U6'), basis: '另一文件' }, accumulated: { flags: [], steps: [] } })).toBe(text());
    expect(text({}, { ...MOF_2020_10, notes: { zh: '改写', en: 'reworded' } })).toBe(text());
  });

  it('change with every number that may change the points', () => {
    const others = [
      text({ actual: { kind: 'REPORTED', magnitude: '26.04', unit: '万人' } }), text({ actual: { kind: 'NOT_REPORTED' } }), text({ overCause: 'TARGET_TOO_LOW' }),
      text({ indicator: { ...theRow('KZ-U6'), weight: '15' } }), text({}, MOF_2021_101), text({}, { ...MOF_2020_10, version: 2 }),
      canonicalInputs(table(), MOF_2020_10, { ...context, periodClosed: true }),
    ];
    expect(new Set([text(), ...others]).size).toBe(others.length + 1);
  });
});
