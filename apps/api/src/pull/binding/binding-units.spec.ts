import { sayRefusal } from '@jiheng/domain';
import { type RowUnits, unitFits } from './binding-units';

describe('the unit of a binding', () => {
  const bound = (unit: string) => ({ indicatorKey: 'KZ-U6', field: 'a', unit, formula: '', numeratorField: '', denominatorField: '' });
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
  it('is refused with the name of the row, what it counts in, and what to do', () => {
    const fits = unitFits(bound('%'), { key: 'KZ-U6', name: '参保人数', units: ['万人'] });
    expect(fits.ok ? null : [fits.refusal.params['indicatorKey'], sayRefusal(fits.refusal, 'zh'), sayRefusal(fits.refusal, 'en')]).toEqual(['KZ-U6',
      '“参保人数”的来源单位“%”与指标单位“万人”不是同一类，取到的数不能换算。请写与“万人”同类的单位；与它相同的可以留空。',
      '“%”, the unit of the source for “参保人数”, does not measure the same thing as “万人”, so no value could be converted. Write a unit of that kind, or leave it empty where it is “万人”.']);
  });
});
