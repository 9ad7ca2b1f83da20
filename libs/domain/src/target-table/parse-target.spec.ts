import fc from 'fast-check';
import { thePrintedRows, theSixTables } from '../../testing/the-six-tables';
import { formatTarget } from './format-target';
import { splitNameUnit } from './indicator-name';
import { parseTarget } from './parse-target';

const year = { fiscalYear: 2024 };
const short = (raw: string, nameUnit: string | null = null): string => {
  const { kind, comparator, magnitude, magnitudeHigh, unit, text } = parseTarget(raw, { ...year, nameUnit });
  return kind === 'QUAL' || kind === 'BOOL' ? `${kind} ${text}` : `${kind} ${comparator} ${magnitude}${magnitudeHigh === null ? '' : `..${magnitudeHigh}`} ${unit ?? '-'}`;
};

describe('the fifty rows of the six tables', () => {
  const rows = theSixTables.flatMap((table) => table.indicators.map((indicator) => ({ indicator, year: table.fiscalYear })));

  it.each(rows.map(({ indicator, year: fiscalYear }) => [indicator.key, indicator, fiscalYear] as const))('%s reads as its document means it', (_key, indicator, fiscalYear) => {
    expect(parseTarget(indicator.target.raw, { fiscalYear })).toEqual(indicator.target);
  });

  it.each(thePrintedRows.map(({ id, nameRaw }, at) => [id, nameRaw, rows[at]?.indicator] as const))('%s: the name loses its bracketed unit, which agrees with the target', (_id, nameRaw, indicator) => {
    const { name, unit } = splitNameUnit(nameRaw);
    expect(name).toBe(indicator?.name);
    if (unit !== null) expect(unit).toBe(indicator?.target.unit);
  });

  it('prints every target so that it reads back to the same one', () => {
    for (const { indicator } of rows) {
      const again = parseTarget(formatTarget(indicator.target), year);
      expect({ ...again, raw: '', text: indicator.target.kind === 'DATE' ? '' : again.text })
        .toEqual({ ...indicator.target, raw: '', text: indicator.target.kind === 'DATE' ? '' : indicator.target.text });
    }
  });
});

describe('signs', () => {
  it.each(['>=95%', '≥95%', '≧95%', '＞=95%', '＞＝95%', '>＝95%', '＞ =95%', '＞\n=95%', '＞\n\n=\n95\n%', '≥ 95 ％', '&gt;=95%', '大于等于95%', '大于或等于95%', '不少于95%',
    '不低于95%', '95%以上', '95%及以上', '达到95%以上', '95%（含）以上', '至少95%', '达到不低于95%', '≥百分之95', '≥９５％', '\u200b≥95%\ufeff', "'≥95%"])('%j is at least 95 percent', (raw) => {
    expect(short(raw)).toBe('QUANT GE 95 %');
  });
  it.each(['<=3万元', '≤3 万元', '≦3万元', '＜=3万元', '＜ =3万元', '小于等于3万元', '不超过3万元', '不高于3万元', '控制在3万元以内', '3万元以内', '3万元及以下', '不得超过3万元'])('%j is at most 3 万元', (raw) => {
    expect(short(raw)).toBe('QUANT LE 3 万元');
  });
  it.each([['>5次', 'GT 5 次'], ['＞5 次', 'GT 5 次'], ['大于5次', 'GT 5 次'], ['超过5次', 'GT 5 次'], ['高于5次', 'GT 5 次'], ['<5次', 'LT 5 次'], ['＜5次', 'LT 5 次'], ['小于5次', 'LT 5 次'], ['低于5次', 'LT 5 次'],
    ['=5次', 'EQ 5 次'], ['＝5次', 'EQ 5 次'], ['等于5次', 'EQ 5 次'], ['5次', 'EQ 5 次'], ['5', 'EQ 5 -'], ['达到5次', 'EQ 5 次']])('%j is %s', (raw, expected) => {
    expect(short(raw)).toBe(`QUANT ${expected}`);
  });
  it.each(['90-95%', '90%-95%', '90%~95%', '90～95%', '90%至95%', '≥90%且≤95%', '>=90%，<=95%', '95%-90%', '90%—95%', '在90%-95%之间'])('%j lies between 90 and 95 percent', (raw) => {
    expect(short(raw)).toBe('QUANT BETWEEN 90..95 %');
  });
  it.each([['═5次', 'EQ 5 次'], ['﹦5次', 'EQ 5 次'], ['＞＝5次', 'GE 5 次'], ['≦5次', 'LE 5 次'], ['人数≥5人', 'GE 5 人'], ['参保覆盖率≥95%', 'GE 95 %'], ['经费≤3万元', 'LE 3 万元'], ['万元 9.6', 'EQ 9.6 万元'],
    ['≤万元9.6', 'LE 9.6 万元'], ['万元≤9.6', 'LE 9.6 万元'], ['(万元)9.60', 'EQ 9.60 万元'], ['¥96000', 'EQ 96000 元'], ['%≥95', 'GE 95 %'], ['大于等于户323', 'GE 323 户'], ['等于%89', 'EQ 89 %'], ['控制在万元9.6以内', 'LE 9.6 万元'], ['≤0%', 'LE 0 %'], ['0起', 'EQ 0 件']])('%j is %s', (raw, expected) => {
    expect(short(raw)).toBe(`QUANT ${expected}`);
  });
  it('a sentence with a number in it is no target', () => {
    expect(short('达到国家3A级标准')).toMatch(/^QUAL/u);
    expect(short('建成平台1个并运行')).toMatch(/^QUAL/u);
  });
  it('keeps the printed digits', () => {
    expect(short('≥26.10万人')).toBe('QUANT GE 26.10 万人');
    expect(short('≥1,200人')).toBe('QUANT GE 1200 人');
    expect(short('=-3.50%')).toBe('QUANT EQ -3.50 %');
  });
});

describe('units', () => {
  it.each([['=3个月', '月'], ['=12 月', '月'], ['≤5万元/年', '万元/年'], ['=120元/月/人', '元/人/月'], ['=120元/人·月', '元/人/月'], ['≥30羽', '只'], ['≥3艘', '艘'], ['≥2万羽', '万只'], ['≥500㎡', '平方米']])('%j is measured in %s', (raw, unit) => {
    expect(parseTarget(raw, year).unit).toBe(unit);
  });
  it('takes the unit of the name when the cell has none, and multiplies a bare 万', () => {
    expect(short('>=5.83', '万人')).toBe('QUANT GE 5.83 万人');
    expect(short('>=5.83万', '人')).toBe('QUANT GE 5.83 万人');
    expect(short('>=5.83 万人', '人')).toBe('QUANT GE 5.83 万人');
  });
});

describe('dates', () => {
  it.each([['2024年12月', 'DATE EQ 2024-12 -'], ['=2024 年 12 月', 'DATE EQ 2024-12 -'], ['2024-12-31', 'DATE EQ 2024-12-31 -'], ['2024/12/31', 'DATE EQ 2024-12-31 -'], ['2024.12.31', 'DATE EQ 2024-12-31 -'],
    ['12月31日前', 'DATE LE 2024-12-31 -'], ['12月底前', 'DATE LE 2024-12 -'], ['2024年12月31日前完成', 'DATE LE 2024-12-31 -'], ['≤2024年12月31日', 'DATE LE 2024-12-31 -'], ['2024年底前', 'DATE LE 2024-12 -'],
    ['2024-12', 'DATE EQ 2024-12 -'], ['2024年2月29日', 'DATE EQ 2024-02-29 -'], ['2024年1月-12月', 'DATE EQ 2024-12 -']])('%j is %s', (raw, expected) => {
    expect(short(raw)).toBe(expected);
  });
  it.each([['第四季度', 'DATE EQ 2024-12 -'], ['四季度', 'DATE EQ 2024-12 -'], ['第一季度前', 'DATE LE 2024-03 -'], ['2025年第二季度', 'DATE EQ 2025-06 -'], ['第3季度', 'DATE EQ 2024-09 -'], ['≤第三季度', 'DATE LE 2024-09 -'],
    ['年底前', 'DATE LE 2024-12 -'], ['年底前完成', 'DATE LE 2024-12 -'], ['本年末', 'DATE EQ 2024-12 -'], ['年度内', 'DATE LE 2024-12 -'], ['全年', 'DATE EQ 2024-12 -'], ['2023年全年', 'DATE EQ 2023-12 -'],
    ['上半年', 'DATE EQ 2024-06 -'], ['上半年完成', 'DATE EQ 2024-06 -'], ['下半年', 'DATE EQ 2024-12 -'], ['2024年12月底前', 'DATE LE 2024-12 -']])('%j is a part of the year: %s', (raw, expected) => {
    expect(short(raw)).toBe(expected);
  });
  it('four quarters, every quarter and a wording that speaks of the year are no dates', () => {
    expect(short('=4季度')).toBe('QUANT EQ 4 季度');
    expect(short('每季度1次')).toBe('QUANT EQ 1 次/季度');
    expect(short('全年持续稳定运行良好')).toBe('QUAL 全年持续稳定运行良好');
    expect(short('长期')).toBe('QUAL 长期');
  });
  it('knows December by the name of the row', () => {
    expect(parseTarget('12月', { ...year, name: '项目完成时间' })).toMatchObject({ kind: 'DATE', magnitude: '2024-12' });
    expect(parseTarget('12月', { ...year, name: '待遇发放期' })).toMatchObject({ kind: 'QUANT', magnitude: '12', unit: '月' });
    expect(short('2024年1—12月')).toBe('DATE EQ 2024-12 -');
  });
  it('knows twelve months from December, and no 30 February', () => {
    expect(short('=12月')).toBe('QUANT EQ 12 月');
    expect(short('12个月内')).toBe('QUANT LE 12 月');
    expect(parseTarget('2024年2月30日', year).kind).not.toBe('DATE');
  });
});

describe('frequencies', () => {
  it.each([['每月1次', 'QUANT EQ 1 次/月'], ['≥每季度2次', 'QUANT GE 2 次/季度'], ['不少于每年4次', 'QUANT GE 4 次/年'], ['=120元/人/月', 'QUANT EQ 120 元/人/月'], ['每人每月120元', 'QUANT EQ 120 元/人/月']])('%j is %s', (raw, expected) => {
    expect(short(raw)).toBe(expected);
  });
});

describe('printing', () => {
  const magnitude = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.option(fc.stringMatching(/^\d{1,6}$/u), { nil: null })).map(([whole, fraction]) => `${whole}${fraction === null ? '' : `.${fraction}`}`);
  const unit = fc.constantFrom('人', '万人', '%', '‰', '元', '万元', '月', '天', '次', '条', '元/人/月', '万元/年', '平方米', '工作日');
  it('reads back whatever sign, number and unit', () => {
    fc.assert(fc.property(fc.constantFrom('GE', 'GT', 'EQ', 'LE', 'LT'), magnitude, unit, (comparator, value, symbol) => {
      const target = { kind: 'QUANT', comparator: comparator as 'GE', magnitude: value, magnitudeHigh: null, unit: symbol, text: null, raw: '' } as const;
      expect({ ...parseTarget(formatTarget(target), year), raw: '' }).toEqual(target);
    }));
  });
  it('reads back ranges and dates', () => {
    fc.assert(fc.property(fc.nat(1000), fc.nat(1000), unit, (low, more, symbol) => {
      const target = { kind: 'QUANT', comparator: 'BETWEEN', magnitude: String(low), magnitudeHigh: String(low + more), unit: symbol, text: null, raw: '' } as const;
      // 19xx~… and 20xx~… would be years.
      expect({ ...parseTarget(formatTarget(target), year), raw: '' }).toEqual(target);
    }));
    fc.assert(fc.property(fc.integer({ min: 1990, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 28 }), { nil: null }), fc.constantFrom('EQ', 'LE', 'LT'), (y, m, d, comparator) => {
      const date = `${y}-${String(m).padStart(2, '0')}${d === null ? '' : `-${String(d).padStart(2, '0')}`}`;
      const target = { kind: 'DATE', comparator: comparator as 'EQ', magnitude: date, magnitudeHigh: null, unit: null, text: null, raw: '' } as const;
      expect({ ...parseTarget(formatTarget(target), year), raw: '', text: null }).toEqual(target);
    }));
  });
  it('never throws, whatever is pasted', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[<>=≥≤0-9.,%~至年月日前以上内且每人次万元-]{0,14}$/u)), (raw) => {
      const read = parseTarget(raw, year);
      expect(read.raw).toBe(raw);
      if (read.kind === 'QUANT') expect(read.magnitude).toMatch(/^-?\d+(?:\.\d+)?$/u);
      if (read.kind === 'DATE') expect(read.magnitude).toMatch(/^\d{4}-\d{2}(?:-\d{2})?$/u);
    }), { numRuns: 2000 });
  });
});

describe('wordings', () => {
  it.each(['有效维护', '完善保障', '有效⏎提高'.replace('⏎', '\n'), '达到国家3A级标准', '一个平台建成并稳定运行'])('%j is qualitative', (raw) => {
    expect(parseTarget(raw, year)).toMatchObject({ kind: 'QUAL', comparator: 'NONE', magnitude: null, unit: null });
  });
  it('are yes or no when they say just that', () => {
    expect(short('是')).toBe('BOOL 是');
    expect(short('否')).toBe('BOOL 否');
  });
  it('never throw, whatever is in the cell', () => {
    for (const raw of ['', ' ', '—', '≥', '=', '%', '9'.repeat(40), '>=>=5', '1.2.3', '12-', '-', '5~', '。'.repeat(5000), '5'.repeat(20000), ' '.repeat(20000) + '5']) expect(parseTarget(raw, year).raw).toBe(raw);
  });
});
