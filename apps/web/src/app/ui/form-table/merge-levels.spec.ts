import { theTable } from '@jiheng/domain/testing';
import { mergeLevels } from './merge-levels';

const level1 = (rows: Parameters<typeof mergeLevels>[0]) => mergeLevels(rows).map((span) => span.level1);
const level2 = (rows: Parameters<typeof mergeLevels>[0]) => mergeLevels(rows).map((span) => span.level2);

describe('merged level cells', () => {
  it('reach over the rows of one level, as printed in the audit project', () => {
    const rows = theTable('KZ-A').indicators;
    expect(level1(rows)).toEqual([8, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 2, 0]);
    expect(level2(rows)).toEqual([2, 0, 2, 0, 4, 0, 0, 0, 2, 0, 2, 0, 2, 0]);
  });
  it('stop at the border of the first level, even under the same second level', () => {
    const rows = [{ level1: '履职效能', level2: '数量指标' }, { level1: '服务对象满意度', level2: '数量指标' }];
    expect(level2(rows)).toEqual([1, 1]);
  });
  it('begin anew when a level comes back later', () => {
    const rows = ['产出指标', '成本指标', '产出指标'].map((name) => ({ level1: name, level2: '数量指标' }));
    expect(level1(rows)).toEqual([1, 1, 1]);
  });
  it('are none for no rows', () => expect(mergeLevels([])).toEqual([]));
});
