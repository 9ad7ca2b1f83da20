import { pullSourceSettings } from '@jiheng/contract';
import { FOURTH_QUARTER, aSource } from '../connectors/testing/a-source';
import { askedOf } from './asked';

const bind = (field: string, parts: readonly [string, string] = ['', '']) => ({ indicatorKey: 'KZ-U6', field, unit: '', formula: '', numeratorField: parts[0], denominatorField: parts[1] });
const asked = (kind: Parameters<typeof askedOf>[0]['kind'], over: object, binding = bind('a'), files: readonly string[] = []): string => askedOf({ ...aSource(), kind, ...over }, FOURTH_QUARTER, { binding, files });

describe('where a value was asked for', () => {
  it('of a web address is the path to the rows, or the path of the value itself', () => {
    const place = { place: 'http://10.1.2.3/insured?period={period}' };
    expect(asked('HTTP_JSON', place)).toBe('http://10.1.2.3/insured?period=2024Q4  $.rows[*] → key, value');
    expect(asked('HTTP_JSON', place, bind('$.data.total'))).toBe('http://10.1.2.3/insured?period=2024Q4  $.data.total');
    expect(asked('HTTP_JSON', place, bind('', ['$.data.covered', 'all']))).toBe('http://10.1.2.3/insured?period=2024Q4  $.data.covered; $.rows[*] → key, value');
  });
  it('of a folder is the file and the columns, and no path of a document that it does not have', () => {
    const folder = { place: '653000-132001/{period}', keyField: '指标编码', valueField: '数值' };
    expect(asked('SHEET_FOLDER', folder, bind('a'), ['参保.xlsx / 汇总'])).toBe('653000-132001/2024Q4  参保.xlsx / 汇总 → 指标编码, 数值');
    expect(asked('SFTP_FOLDER', { ...folder, place: 'sftp://kz@10.1.2.3/out' }, bind('a'), ['1.csv', '2.csv', '3.csv', '4.csv'])).toBe('sftp://kz@10.1.2.3/out  1.csv, 2.csv, 3.csv … (4) → 指标编码, 数值');
    expect(asked('SHEET_FOLDER', folder, bind('a'), ['653000-132001/2024Q4/参保.xlsx / 汇总'])).toBe('653000-132001/2024Q4  参保.xlsx / 汇总 → 指标编码, 数值');
    expect(asked('SHEET_FOLDER', { ...folder, place: '653000-132001/{period}.csv' }, bind('a'), ['653000-132001/2024Q4.csv'])).toBe('653000-132001/2024Q4.csv  → 指标编码, 数值');
    expect(asked('SHEET_FOLDER', { ...folder, place: '653000-132001/{period}.xlsx' }, bind('a'), ['653000-132001/2024Q4.xlsx / 汇总'])).toBe('653000-132001/2024Q4.xlsx  汇总 → 指标编码, 数值');
    // A row that does not say its file: nothing is made up.
    expect(asked('SHEET_FOLDER', folder)).toBe('653000-132001/2024Q4  → 指标编码, 数值');
  });
  it('of a database is its statement, of a DHIS2 the data set and the unit', () => {
    const settings = pullSourceSettings.parse({ query: 'select k as key,\n  v as value\nfrom head_count', dataSet: 'pBOMPrpg1QX', orgUnit: 'DiszpKrYNg8' });
    expect(asked('SQL', { place: 'postgresql://kz@10.1.2.3/core', settings })).toBe('postgresql://kz@10.1.2.3/core  select k as key, v as value from head_count → key, value');
    expect(asked('DHIS2', { place: 'https://dhis2.example', settings })).toBe('https://dhis2.example  dataSet pBOMPrpg1QX, orgUnit DiszpKrYNg8');
  });
});
