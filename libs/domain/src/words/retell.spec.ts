import { aFinding, sayFinding } from '../checks/findings';
import { retell } from './retell';

const against = { expected: '≥26.10万人', found: '0.26万人' };

describe('a warning that was kept as a Chinese sentence', () => {
  it.each([
    aFinding('Q-U1', 'ERROR', { name: '城乡居民养老保险参保人数' }, { expected: '万人', found: '户' }),
    aFinding('looks-like-fraction', 'WARN', { name: '参保覆盖率(%)', percent: '95%' }, { expected: '≥95%', found: '0.95%' }),
    aFinding('about-one-hundredth', 'WARN', { name: '城乡居民养老保险参保人数', times: '100', unit: '万人' }, against),
    aFinding('hundred-times', 'WARN', { name: '租用“专线”网络数量', times: '100', unit: '条' }, { expected: '=4条', found: '400条' }),
    aFinding('outside-last-year', 'WARN', { name: '内部审计次数', range: '1次–5次' }, { expected: '1次–5次', found: '60次' }),
    aFinding('hundredth-of-quarter', 'WARN', { name: '工伤保险参保人数', quarter: '2', times: '100' }, { expected: '5.83万人', found: '0.0583万人' }),
    aFinding('hundred-times-quarter', 'WARN', { name: '工伤保险参保人数', quarter: '1', times: '100' }, { expected: '5.8万人', found: '580万人' }),
    aFinding('less-than-quarter', 'WARN', { name: '累计发放社保卡', quarter: '3' }, { expected: '26.4万张', found: '26.1万张' }),
    aFinding('far-below-quarter', 'WARN', { name: '工伤保险参保人数', quarter: '1' }, { expected: '5.8万人', found: '4.6万人' }),
    aFinding('zero-of-source', 'WARN', { name: '工伤保险参保人数' }, { expected: '≥9.21万人', found: '0万人' }),
    aFinding('negative-count', 'WARN', { name: '内部审计次数' }, { expected: '≥5次', found: '-5次' }),
  ])('$code is said again in English, with its numbers', (finding) => {
    expect([retell(finding.message, 'zh'), retell(finding.message, 'en')]).toEqual([finding.message, sayFinding(finding, 'en')]);
  });
  it('stays as it is where its words are not known', () => {
    expect(retell('来源的数值看起来不对。', 'en')).toBe('来源的数值看起来不对。');
  });
});
