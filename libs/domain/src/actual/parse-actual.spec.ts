import fc from 'fast-check';
import { theRow, theSixTables } from '../../testing/the-six-tables';
import { parseTarget } from '../target-table/parse-target';
import type { Indicator } from '../target-table/indicator';
import { sayRefusal } from '../words/refusal-words';
import { formatActual } from './format-actual';
import { parseActualText } from './parse-actual';
import { plausibility } from './plausibility';

const read = (text: string, row: Indicator): unknown => {
  const result = parseActualText(text, row);
  return result.ok ? result.value : result.refusal.code;
};
const yesNo: Indicator = { ...theRow('KZ-L8'), name: '是否发生安全事故', target: parseTarget('否', { fiscalYear: 2024 }) };

describe('a number', () => {
  const insured = theRow('KZ-U6');
  it('is read in any unit of its dimension, and kept as written', () => {
    expect(read('26.4', insured)).toEqual({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' });
    expect(read('264,000人', insured)).toEqual({ kind: 'REPORTED', magnitude: '264000', unit: '人' });
    expect(read('0', insured)).toEqual({ kind: 'REPORTED', magnitude: '0', unit: '万人' });
    expect(read('约26万人', insured)).toBe('quantity.approximate');
    expect(read('26万户', insured)).toBe('quantity.unit-mismatch');
  });
  it('of people is never below zero, a growth rate may be', () => {
    expect(read('-1', insured)).toBe('actual.negative');
    expect(read('-3.5%', theRow('KZ-L6'))).toEqual({ kind: 'REPORTED', magnitude: '-3.5', unit: '%' });
    expect(read('-3.5%', theRow('KZ-L3'))).toBe('actual.negative');
    expect(read('-1', theRow('KZ-A9'))).toBe('actual.negative');
    expect(read('-1', { ...theRow('KZ-A9'), name: '审计经费结余' })).toEqual({ kind: 'REPORTED', magnitude: '-1', unit: '万元' });
  });
  it('with a footnote is asked about, and never a digit longer', () => {
    const refused = parseActualText('6.43②', theRow('KZ-U6'));
    expect(refused.ok ? '' : sayRefusal(refused.refusal, 'zh')).toBe('“6.43②”中的“②”是脚注一类的标记还是数字，看不出来；请去掉标记，只留数值。');
    expect([read('95.7①', theRow('KZ-A4')), read('47²/49', theRow('KZ-A3')), read('不适用：见附注①', theRow('KZ-U6'))]).toEqual([
      'quantity.mark-of-digit', 'quantity.mark-of-digit', { kind: 'NOT_APPLICABLE', reason: '见附注1' },
    ]);
  });
  it('of a rate may be given with its parts', () => {
    const compliant = theRow('KZ-A3');
    const parts = { kind: 'REPORTED', magnitude: '95.918367', unit: '%', numerator: '47', denominator: '49' };
    expect(read('47/49', compliant)).toEqual(parts);
    expect(read('95.92%（47/49）', compliant)).toEqual(parts);
    expect(read('95.92% (47/49)', compliant)).toEqual(parts);
    expect(read('90%（47/49）', compliant)).toBe('actual.parts-differ');
    expect(read('0/0', compliant)).toBe('actual.no-denominator');
    expect(read('47/49', theRow('KZ-L1'))).toBe('quantity.several-numbers');
  });
});

describe('silence', () => {
  it.each(['', '  ', '—', '-', '/', '*', '未填报', '未报'])('%j is not zero', (text) => {
    expect(read(text, theRow('KZ-U6'))).toEqual({ kind: 'NOT_REPORTED' });
  });
  it('is not the same as not applicable, which needs a reason', () => {
    expect(read('不适用：项目已撤销', theRow('KZ-L1'))).toEqual({ kind: 'NOT_APPLICABLE', reason: '项目已撤销' });
    expect(read('不适用（项目已撤销）', theRow('KZ-L1'))).toEqual({ kind: 'NOT_APPLICABLE', reason: '项目已撤销' });
    expect(read('不适用', theRow('KZ-L1'))).toBe('actual.reason-needed');
  });
});

describe('a judgement', () => {
  const served = theRow('KZ-L8');
  it.each([
    ['达成', 'A', null, null], ['达成年度指标', 'A', null, null], ['已完成', 'A', null, null], ['A', 'A', null, null], ['达成 95%', 'A', '0.95', null], ['100%', 'A', '1', null], ['有效提高', 'A', null, '有效提高'],
    ['部分达成', 'B', null, null], ['部分达成并具有一定效果', 'B', null, null], ['部分达成 70%：群众排队时间缩短', 'B', '0.7', '群众排队时间缩短'], ['部分达成(65%)', 'B', '0.65', null],
    ['未达成', 'C', null, null], ['未达成年度指标且效果较差', 'C', null, null], ['C级', 'C', null, null], ['未完成：设备未到', 'C', null, '设备未到'],
  ])('%j', (text, grade, share, note) => {
    expect(read(text, served)).toEqual({ kind: 'JUDGED', grade, share, note });
  });
  it.each(['很好', '基本完成', '达成了一部分', '85%', '3', ''.padEnd(3, '好')])('%j is for people to decide', (text) => {
    expect(read(text, served)).toBe('actual.grade-needed');
  });
  it('earns at most all', () => {
    expect(read('达成 101%', served)).toBe('actual.share-outside');
  });
});

describe('an answer', () => {
  it('is good when it is the promised one', () => {
    expect(read('否', yesNo)).toEqual({ kind: 'ANSWERED', answer: true });
    expect(read('是', yesNo)).toEqual({ kind: 'ANSWERED', answer: false });
    expect(read('是', { ...yesNo, target: parseTarget('是', { fiscalYear: 2024 }) })).toEqual({ kind: 'ANSWERED', answer: true });
    expect(read('也许', yesNo)).toBe('actual.answer-needed');
  });
});

describe('a date', () => {
  const finished = theRow('KZ-L4');
  it.each([['2024-12-20', '2024-12-20'], ['2024年12月20日', '2024-12-20'], ['2024/12/20', '2024-12-20'], ['2024.12.20', '2024-12-20'], ['20241220', '2024-12-20'], ['12月20日', '2024-12-20'], ['2024 年 12 月', '2024-12'], ['2024年12月20日完成', '2024-12-20']])('%j', (text, date) => {
    expect(read(text, finished)).toEqual({ kind: 'DATED', date });
  });
  it.each([
    ['2024-12-31 00:00:00', '2024-12-31'], ['2024-12-31 00:00:00.000', '2024-12-31'], ['2024/12/31 0:00', '2024-12-31'], ['2024-12-31T00:00:00', '2024-12-31'], ['2024-12-31T23:59:59.999999', '2024-12-31'],
    ['2024-12-31T08:30:00+08:00', '2024-12-31'], ['2024-12-31 08:30:00+08', '2024-12-31'], ['2024-12-31T00:00:00Z', '2024-12-31'],
    // A moment's day is that of China: midnight here as programs keep it, the minute before, and the last of the year in either direction.
    ['2024-12-30T16:00:00.000Z', '2024-12-31'], ['2024-12-30T15:59:59Z', '2024-12-30'], ['2024-12-31T16:00:00Z', '2025-01-01'], ['2025-01-01T00:30:00+0930', '2024-12-31'], ['2024-12-31T00:00:00-05:00', '2024-12-31'],
  ])('with its time, %j, is the day that is written', (text, date) => {
    expect(read(text, finished)).toEqual({ kind: 'DATED', date });
  });
  it.each(['2024-02-30 00:00:00', '2024-12-31 24:00:00', '2024-12-31 00:60', '2024-12-31T', '2024-12-3100:00:00', '2024-12 00:00', '2024-12-31T00:00:00+99:00', '00:00:00'])('a time makes none of what is none: %j', (text) => {
    expect(read(text, finished)).toBe('actual.date-needed');
  });
  it('may be still to come', () => {
    expect(read('未完成', finished)).toEqual({ kind: 'UNFINISHED' });
    expect(read('进行中', finished)).toEqual({ kind: 'UNFINISHED' });
  });
  it.each(['2024-02-30', '已完成', '45646', '去年'])('%j is none', (text) => {
    expect(read(text, finished)).toBe('actual.date-needed');
  });
});

describe('printing', () => {
  const rows = [...theSixTables.flatMap((table) => table.indicators), yesNo];
  it('reads back to the same actual, for every row of the six tables', () => {
    const entries = ['26.40', '0', '达成', '部分达成 70%：说明', '2024-12-20', '未完成', '是', '否', '不适用：撤销', ''];
    for (const row of rows) {
      for (const entry of entries) {
        const first = parseActualText(entry, row);
        if (first.ok) expect(parseActualText(formatActual(first.value, row), row)).toEqual(first);
      }
    }
  });
  it('speaks English too', () => {
    expect(formatActual({ kind: 'NOT_APPLICABLE', reason: '撤销' }, yesNo, 'en')).toBe('not applicable: 撤销');
    expect(formatActual({ kind: 'ANSWERED', answer: true }, yesNo, 'en')).toBe('no');
    expect(formatActual({ kind: 'JUDGED', grade: 'B', share: '0.7', note: null }, theRow('KZ-L8'), 'en')).toBe('partly reached 70%');
  });
  it('never throws on what is pasted, and each refusal has its sentence', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9./%年月日是否达成不适用:()-]{0,14}$/u)), fc.constantFrom(...rows), (text, row) => {
      const result = parseActualText(text, row);
      if (!result.ok) expect(sayRefusal(result.refusal, 'en').replace(text, '')).not.toMatch(/\{(?:name|text|unit|expected|limit|share|parts)\}/u);
    }));
  });
});

describe('a slip of the pen', () => {
  const asked = (magnitude: string, row: Indicator, unit: string | null = row.target.unit): string => plausibility({ kind: 'REPORTED', magnitude, unit }, row).map((one) => one.code).join();
  it('0.95 for ≥95% is asked about and taken as 0.95 %', () => {
    const row = theRow('KZ-A13');
    expect(read('0.95', row)).toEqual({ kind: 'REPORTED', magnitude: '0.95', unit: '%' });
    expect(plausibility({ kind: 'REPORTED', magnitude: '0.95', unit: '%' }, row)[0]?.message).toBe('“受益群众满意度”填写的是 0.95%，是 0.95% 还是 95%？');
    expect(asked('1', row)).toBe('looks-like-fraction');
    expect(asked('1.01', row)).toBe('about-one-hundredth');
  });
  it('is asked about from one fiftieth down', () => {
    const row = theRow('KZ-U6'); // 26.10 万人; a fiftieth is 0.522
    expect(asked('0.522', row)).toBe('about-one-hundredth');
    expect(asked('0.523', row)).toBe('');
    expect(asked('26.4', row, '人')).toBe('about-one-hundredth');
  });
  it('is asked about from fifty times up', () => {
    const row = theRow('KZ-A1'); // 5 次
    expect(asked('249.99', row)).toBe('');
    expect(asked('250', row)).toBe('hundred-times');
    expect(asked('264000', theRow('KZ-U6'))).toBe('hundred-times');
  });
  it('is not suspected in zero, in a target of zero, or in a small percentage of a small target', () => {
    expect(asked('0', theRow('KZ-A1'))).toBe('');
    expect(asked('500', theRow('KZ-L6'))).toBe('');
    expect(asked('0.9', { ...theRow('KZ-A3'), target: parseTarget('≤1.5%', { fiscalYear: 2024 }) })).toBe('');
  });
  it('below zero is named as such, another dimension too', () => {
    expect(asked('-1', theRow('KZ-A1'))).toBe('negative-count');
    expect(asked('5', theRow('KZ-A1'), '人')).toBe('Q-U1');
  });
});
