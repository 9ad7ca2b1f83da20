import fc from 'fast-check';
import { KNOWN_UNITS } from '../quantity/unit';
import { readPlainTarget } from './parse-plain-target';
import { parseAnyTarget } from './parse-target';

const SIGNS = ['', '≥', '≤', '=', '>', '<', '＞=', '≧', '不少于', '控制在', '约'];
const WORDS = ['', '%', '元', '万元', '人', '年', '月', '12月', '年底前', '个工作日', '季度', '人次', '万人', '次/年', '分', '以内', '以上', '左右', '元/人', '㎡', '份', '达标', '个点位', '周', '天', '级', '米', '公里',
  ...KNOWN_UNITS.flatMap(({ symbol, aliases }) => [symbol, ...aliases]), ...KNOWN_UNITS.map(({ symbol }) => `${symbol}以内`), ...KNOWN_UNITS.map(({ symbol }) => `万${symbol}`)];
const number = fc.oneof(fc.nat(400).map(String), fc.integer({ min: 1990, max: 2035 }).map(String), fc.integer({ min: 0, max: 10 ** 9 }).map((digits) => `${Math.floor(digits / 1000)}.${digits % 1000}`),
  fc.constantFrom('0', '00', '012', '1,200', '12,34', '1,234,567.80', '1234,567', '2024.12', '2024-12', '20241231', '100.00', '1.', '.5', '12.5.3'));

describe('the short cut for plain targets', () => {
  it('takes the cells of nearly every row', () => {
    for (const raw of ['≥95%', '120人', '300', '≤26.10万元', '=12场次', '≥1,234,567.80元', '0']) expect(readPlainTarget(raw, null)).not.toBeNull();
    for (const raw of ['12月31日前', '≥5万', '5个工作日', '有效提高', '90%以上', '≥95 %']) expect(readPlainTarget(raw, null)).toBeNull();
  });

  it('answers as the long way does, or not at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIGNS), number, fc.constantFrom(...WORDS), fc.constantFrom(null, '人', '万元', '月', '完成时间'), fc.constantFrom(undefined, '完成时间', '培训人数'), (sign, digits, word, nameUnit, name) => {
        const raw = sign + digits + word;
        const short = readPlainTarget(raw, nameUnit);
        if (short !== null) expect(short).toEqual(parseAnyTarget(raw, { fiscalYear: 2025, nameUnit, ...(name === undefined ? {} : { name }) }));
      }),
      { numRuns: 5_000 },
    );
  });
});
