import { theTable } from '@jiheng/domain/testing';
import { levelSpans } from './level-spans';

describe('merged cells of the form', () => {
  it('KZ-A: 产出 over 8 rows, 成本 over 2, 效益 over 2, 满意度 over 2; 数量 over 2, 质量 over 2, 时效 over 4', () => {
    const spans = levelSpans(theTable('KZ-A').indicators);
    expect(spans.map((span) => span.level1)).toEqual([8, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 2, 0]);
    expect(spans.map((span) => span.level2)).toEqual([2, 0, 2, 0, 4, 0, 0, 0, 2, 0, 2, 0, 2, 0]);
  });

  it('an open row makes the cells that cover it one line longer', () => {
    const spans = levelSpans(theTable('KZ-A').indicators, 3);
    expect([spans[0]?.level1, spans[0]?.level2, spans[2]?.level2, spans[4]?.level2]).toEqual([9, 2, 3, 4]);
  });
});
