import { theTable } from '@jiheng/domain/testing';
import { levelSpans } from './level-spans';

const level1 = (rows: Parameters<typeof levelSpans>[0]) => levelSpans(rows).map((span) => span.level1);
const level2 = (rows: Parameters<typeof levelSpans>[0]) => levelSpans(rows).map((span) => span.level2);

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
  it('are one line longer over a row whose detail stands open', () => {
    const spans = levelSpans(theTable('KZ-A').indicators, 3);
    expect([spans[0]?.level1, spans[0]?.level2, spans[2]?.level2, spans[4]?.level2]).toEqual([9, 2, 3, 4]);
  });
  it('are none for no rows', () => expect(levelSpans([])).toEqual([]));
});
