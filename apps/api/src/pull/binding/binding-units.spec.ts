import { sayRefusal } from '@jiheng/domain';
import { type RowUnits, unitFits } from './binding-units';

describe('the unit of a binding', () => {
  const bound = (unit: string, formula = '') => ({ indicatorKey: 'KZ-U6', field: 'a', unit, formula, numeratorField: '', denominatorField: '' });
  const said = (unit: string, ...units: RowUnits['units']): string => {
    const fits = unitFits(bound(unit), { key: 'KZ-U6', name: '参保人数', units });
    return fits.ok ? '' : fits.refusal.code;
  };

  it('is one that can be told in the unit of the row, or none', () => {
    for (const unit of ['', '人', '万人', '亿人', '名']) expect([unit, said(unit, '万人')]).toEqual([unit, '']);
    expect([said('千元', '万元'), said('‰', '%'), said('元/人/月', '元/月/人')]).toEqual(['', '', '']);
  });
  it('is no word that nobody measures with, and none of another kind', () => {
    expect([said('蚂蚁', '万人'), said('%', '万人'), said('万', '人'), said('人次', '人')]).toEqual(['pull.unit-unknown', 'pull.unit-other-kind', 'pull.unit-other-kind', 'pull.unit-other-kind']);
  });
  it('may be a word of its own where the row is measured in it', () => {
    expect([said('蚂蚁', '万蚂蚁'), said('蚂蚁', '蚂蚁')]).toEqual(['', '']);
  });
  it('fits when it fits the row of one year, and a row without a unit whatever it is', () => {
    expect([said('元', '万人', '万元'), said('蚂蚁', null), said('元', '万人', null), said('元')]).toEqual(['', '', '', '']);
  });
  const sentences = (unit: string, row: string, formula = ''): unknown => {
    const fits = unitFits(bound(unit, formula), { key: 'KZ-U6', name: '参保人数', units: [row] });
    return fits.ok ? null : [fits.refusal.params['indicatorKey'], sayRefusal(fits.refusal, 'zh'), sayRefusal(fits.refusal, 'en')];
  };
  it('is refused with the name of the row, what it counts in, and what to do', () => {
    expect(sentences('%', '万人')).toEqual(['KZ-U6',
      '“参保人数”的来源单位“%”与指标单位“万人”不能互相换算。请改写为能换算成“万人”的单位；来源只有这种单位的，请让来源换算成“万人”提供，此处留空。',
      '“%”, the unit of the source for “参保人数”, cannot be converted into “万人”, the unit of the row. Write a unit that converts into “万人”; if the source has no other, have it deliver “万人” and leave this empty.']);
  });
  it('that this system does not know is said to be that and not no unit, and areas that do not convert are not said to be of two kinds', () => {
    for (const [unit, row] of [['斤', '公斤'], ['mg/L', '吨']] as const) {
      expect(sentences(unit, row)).toEqual(['KZ-U6',
        `“参保人数”的来源单位“${unit}”系统不认识，不能换算成“${row}”。请改写为能换算成“${row}”的单位；来源只有这种单位的，请让来源换算成“${row}”提供，此处留空。`,
        `“${unit}”, the unit of the source for “参保人数”, is not a unit this system knows, so nothing in it can be told in “${row}”. Write a unit that converts into “${row}”; if the source has no other, have it deliver “${row}” and leave this empty.`]);
    }
    for (const [unit, row] of [['亩', '公顷'], ['公顷', '亩']] as const) expect(String(sentences(unit, row))).toContain(`的来源单位“${unit}”与指标单位“${row}”不能互相换算。`);
  });
  it('beside a formula is that of its result, and the refusal says so', () => {
    expect(sentences('人', '%', '数值 / 264000 * 100')).toEqual(['KZ-U6',
      '“参保人数”的公式结果的单位“人”与指标单位“%”不能互相换算。设置了公式，此处填的是公式算出的结果的单位，不是来源数值的单位。请让公式算出“%”并留空，或改写为能换算成“%”的单位。',
      '“人”, the unit of what the formula makes for “参保人数”, cannot be converted into “%”, the unit of the row. With a formula this is the unit of its result and not that of the source’s numbers. Let the formula make “%” and leave this empty, or write a unit that converts into “%”.']);
    expect(String(sentences('斤', '公斤', '数值 / 2'))).toContain('“参保人数”的公式结果的单位“斤”系统不认识，不能换算成“公斤”。设置了公式，');
    expect(sentences('‰', '%', '数值 * 10')).toBeNull();
  });
});
