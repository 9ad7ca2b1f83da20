import { theRow, theTable } from '../../testing/the-six-tables';
import { parseTarget } from './parse-target';
import { adjustTargets, type TargetChange } from './target-adjustment';

const table = theTable('KZ-L');
const target = (raw: string): ReturnType<typeof parseTarget> => parseTarget(raw, { fiscalYear: 2024 });
const outcome = (...changes: TargetChange[]): unknown => {
  const result = adjustTargets(table, changes);
  return result.ok ? { kept: result.value.kept.length, rescored: result.value.rescored, reentered: result.value.reentered, removed: result.value.removed } : result.refusal.code;
};

describe('an adjustment', () => {
  it('keeps what did not change and rescores what did', () => {
    expect(outcome({ operation: 'MODIFY', key: 'KZ-L1', to: { target: target('=6条') } })).toEqual({ kept: 10, rescored: ['KZ-L1'], reentered: [], removed: [] });
    const result = adjustTargets(table, [{ operation: 'MODIFY', key: 'KZ-L1', to: { target: target('=6条') } }]);
    expect(result.ok && result.value.table.indicators[0]?.target.magnitude).toBe('6');
    expect(table.indicators[0]?.target.magnitude).toBe('4');
  });
  it('asks for new values where the old ones can no longer be read', () => {
    expect(outcome({ operation: 'MODIFY', key: 'KZ-L1', to: { target: target('=100%') } })).toMatchObject({ rescored: [], reentered: ['KZ-L1'] });
    expect(outcome({ operation: 'MODIFY', key: 'KZ-L7', to: { target: target('=96000元') } })).toMatchObject({ rescored: ['KZ-L7'], reentered: [] });
  });
  it('holds the sum of the weights', () => {
    expect(outcome({ operation: 'DELETE', key: 'KZ-L1' })).toBe('target-table.weights-not-total');
    expect(outcome({ operation: 'DELETE', key: 'KZ-L1' }, { operation: 'MODIFY', key: 'KZ-L2', to: { weight: '16' } })).toEqual({ kept: 9, rescored: ['KZ-L2'], reentered: [], removed: ['KZ-L1'] });
    expect(outcome({ operation: 'ADD', indicator: { ...theRow('KZ-L1'), key: 'KZ-L12', name: '备用线路数量', weight: '4' } }, { operation: 'MODIFY', key: 'KZ-L1', to: { weight: '4' } }))
      .toEqual({ kept: 10, rescored: ['KZ-L1'], reentered: ['KZ-L12'], removed: [] });
  });
  it('refuses what makes no sense', () => {
    expect(outcome()).toBe('target-table.nothing-changed');
    expect(outcome({ operation: 'MODIFY', key: 'KZ-L1', to: { weight: '8' } })).toBe('target-table.nothing-changed');
    expect(outcome({ operation: 'DELETE', key: 'KZ-L99' })).toBe('target-table.row-unknown');
    expect(outcome({ operation: 'ADD', indicator: theRow('KZ-L1') })).toBe('target-table.row-exists');
  });
});
