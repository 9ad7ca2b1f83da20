import { theSixTables, theTable } from '../../testing/the-six-tables';
import { aliasedLevel2, canonicalLevel1, canonicalLevel2, frameOf, INDICATOR_FRAMES, isLawful, scoringRuleOf } from './indicator-frame';
import { totalWeight, weightSchemeOf, weightsByLevel1 } from './weight-scheme';

describe('indicator frames', () => {
  it('are found by what a table uses', () => {
    expect(theSixTables.map((table) => frameOf(table).name)).toEqual(['U-34', 'P-101', 'P-101', 'U-34', 'P-101', 'P-101']);
    const [output, ...others] = theTable('KZ-L').indicators.filter((row) => row.level1 !== '成本指标');
    expect(frameOf({ subject: 'PROJECT', indicators: output === undefined ? [] : [{ ...output, level2: '成本指标' }, ...others] }).name).toBe('P-10');
    expect(frameOf({ subject: 'UNIT', indicators: theTable('MN-G').indicators }).name).toBe('U-88');
  });
  it('spell levels in full, whatever the cell did to them', () => {
    expect(canonicalLevel1('产出指 标')).toBe('产出指标');
    expect(canonicalLevel1('产出指标(50分)')).toBe('产出指标');
    expect(canonicalLevel1('产出指标（50分）')).toBe('产出指标');
    expect(canonicalLevel1('服务对象满意\n度')).toBe('服务对象满意度');
    expect(canonicalLevel1('满意\n度指\n标')).toBe('满意度指标');
    expect(canonicalLevel2('经济\n成本\n指标')).toBe('经济成本指标');
    expect(canonicalLevel2('数量')).toBe('数量指标');
    expect(canonicalLevel2('满意度指标')).toBe('满意度指标');
  });
  it('admit what is lawful, and know the alias of both documents', () => {
    const frame = INDICATOR_FRAMES['P-101'];
    expect(isLawful(frame, '产出指标', '数量指标')).toBe(true);
    expect(isLawful(frame, '产出指标', '成本指标')).toBe(false);
    expect(isLawful(INDICATOR_FRAMES['P-10'], '产出指标', '成本指标')).toBe(true);
    expect(isLawful(frame, '满意度指标', '满意度指标')).toBe(true);
    expect(aliasedLevel2(frame, '满意度指标', '满意度指标')).toBe('服务对象满意度指标');
    expect(aliasedLevel2(frame, '产出指标', '数量指标')).toBeNull();
    expect(isLawful(INDICATOR_FRAMES['U-34'], '服务对象满意度', '数量指标')).toBe(true);
    expect(isLawful(INDICATOR_FRAMES['U-34'], '产出指标', '数量指标')).toBe(false);
  });
  it('know the two names of one rule', () => {
    expect(scoringRuleOf('按照正 常比例 赋分')).toBe('PROPORTIONAL');
    expect(scoringRuleOf('按照完成比例赋\n分')).toBe('PROPORTIONAL');
    expect(scoringRuleOf('按评判等级赋分')).toBe('GRADE');
    expect(scoringRuleOf('满意度赋分')).toBe('SATISFACTION');
    expect(scoringRuleOf('直接赋分')).toBe('DIRECT');
    expect(scoringRuleOf('—')).toBeNull();
  });
});

describe('weights', () => {
  it('of all six tables are 90, those of the projects 40/20/20/10', () => {
    expect(theSixTables.map((table) => totalWeight(table.indicators))).toEqual(['90', '90', '90', '90', '90', '90']);
    for (const table of theSixTables.filter((one) => one.subject === 'PROJECT')) {
      expect(Object.fromEntries(weightsByLevel1(table.indicators))).toEqual(weightSchemeOf(table)?.points);
    }
    expect(weightSchemeOf(theTable('MN-U'))).toBeNull();
  });
  it('without satisfaction give its ten points to the benefits', () => {
    const table = theTable('KZ-L');
    expect(weightSchemeOf({ ...table, indicators: table.indicators.filter((row) => row.level1 !== '满意度指标') })?.points).toEqual({ 产出指标: '40', 成本指标: '20', 效益指标: '30' });
  });
});
