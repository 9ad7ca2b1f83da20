import { sayRefusal } from '@jiheng/domain';
import { pullFailure } from '../pull-failure';
import { aSource } from '../connectors/testing/a-source';
import { Absent, namingSought, noneOfBound } from './absent';
import { reachedBy, sayThere } from './names-there';

const PERIOD = { fiscalYear: 2024, ordinal: 4, label: '第四季度', startsOn: '2024-10-01', endsOn: '2024-12-31' };
const DOCUMENT = { data: { insured: { total: 26.4, rural: '26万人' }, rows: [{ code: 'a', amount: 1 }, { code: 'b', amount: 2 }], empty: [], nothing: null }, 'as of': '2024-12-31' };
const CORE = { ...aSource({ name: '核心系统' }), kind: 'HTTP_JSON' } as const;
const answer = (rows: readonly string[], document: unknown = { rows }): Absent => new Absent('HTTP_JSON', rows.map((key) => ({ key, verbatim: '1' })), Buffer.from(JSON.stringify(document)));
const bind = (field: string, parts: readonly [string, string] = ['', '']) => ({ indicatorKey: 'KZ-U6', field, unit: '', formula: '', numeratorField: parts[0], denominatorField: parts[1] });

describe('how far a path can be followed', () => {
  it.each([
    ['$.data.insured.totl', '“$.data.insured”下有 total、rural'], ['$.date.insured', '“$”下有 data、as of'], ["$['as of'].day", "“$['as of']”本身是单个值"], ['$.data.rows[*].value', '“$.data.rows[0]”下有 code、amount'],
    ['$.data.rows[7].code', '“$.data.rows”是有 2 项的列表'], ['$.data.empty[*].code', '“$.data.empty”是空列表'], ['$.data.nothing', '“$.data.nothing”是空的'], ['$.data.insured', '“$.data.insured”下有 total、rural'],
    ['$..totl', '“$”下有 data、as of'], ['$.data[?@.x].y', '“$.data”下有 insured、rows、empty、nothing'], ['$.data.constructor', '“$.data”下有 insured、rows、empty、nothing'], ['$.data.rows.length', '“$.data.rows”是有 2 项的列表'],
  ])('%s: %s', (path, there) => {
    expect(sayThere(reachedBy(path, DOCUMENT)).zh).toBe(there);
  });
});

describe('what was looked for and is not there', () => {
  it('is named with a few of the keys that are there instead, and how many there are', () => {
    expect(sayRefusal(answer(['pension', 'injury']).why('pensoin'))).toBe('取到的数据中没有编码为“pensoin”的行，有的是：pension、injury。请核对编码。');
    const many = answer(Array.from({ length: 3_000 }, (_, at) => `key-${at}`)).why('x');
    expect([sayRefusal(many, 'zh'), sayRefusal(many, 'en')]).toEqual([
      '取到的数据中没有编码为“x”的行，有的是：key-0、key-1、key-2、key-3、key-4 等 3000 个。请核对编码。', 'The source has no row with the key “x”; it has key-0, key-1, key-2, key-3, key-4 and 2995 more. Check the key.',
    ]);
    expect(sayRefusal(answer(['长'.repeat(4_000)]).why('x')).length).toBeLessThan(100);
    expect(sayRefusal(answer([]).why('x'))).toBe('取到的数据中没有编码为“x”的行，请核对编码。');
  });
  it('is named as a path, with the names at the place where it goes astray', () => {
    expect(sayRefusal(answer([], DOCUMENT).why('$.data.insured.totl'))).toBe('来源返回的内容中，“$.data.insured.totl”处没有单个值；“$.data.insured”下有 total、rural。请核对路径。');
    // Several pages one below the other, and what is too long to be read twice only for its names.
    expect(sayRefusal(new Absent('HTTP_JSON', [], Buffer.from('{"a":1}\n{"a":2}')).why('$.b'))).toBe('来源返回的内容中，“$.b”处没有单个值，请核对路径。');
    expect(answer([], { a: 'x'.repeat(3_000_000) }).why('$.b').code).toBe('pull.path-absent');
  });
  it('is a key and no path in what is no document', () => {
    expect(new Absent('SQL', [{ key: '$1', verbatim: '1' }], Buffer.from('')).why('$2').params).toMatchObject({ field: '$2', there: '$1' });
  });
  it('or is there without a value: told as that, not as a key that is missing, and of a sheet with the place of its cell', () => {
    const of = (kind: 'SQL' | 'SHEET_FOLDER', ...rows: ConstructorParameters<typeof Absent>[1]): Absent => new Absent(kind, rows, Buffer.from(''));
    expect(sayRefusal(of('SQL', { key: 'pension', verbatim: '' }).why('pension'))).toBe('取数来源有“pension”，但还没有给出数值（空）；已填数值保持不变。');
    const sheet = of('SHEET_FOLDER', { key: '参保', verbatim: '', file: '2024Q4.xlsx / 汇总', line: '7' }, { key: '失业', verbatim: '0', file: '2024Q4.xlsx / 汇总' });
    expect([sheet.why('参保').code, sayRefusal(sheet.why('参保'))]).toEqual(['pull.field-empty-at', expect.stringContaining('取数来源有“参保”（文件“2024Q4.xlsx / 汇总”第 7 行），但还没有给出数值（数值一格是空的，不是 0）')]);
    expect(sheet.why('工伤').code).toBe('pull.field-absent-among');
    // Of a ratio each part says its own.
    expect(sheet.all([bind('', ['参保', '工伤'])]).zh).toMatch(/^取数来源有“参保”（文件[^]*没有编码为“工伤”的行/u);
  });
  it('is said of every part of a binding, and of many bindings only of the first', () => {
    const of = answer(['a']);
    expect(of.all([bind('', ['covered', 'all'])]).zh).toBe('取到的数据中没有编码为“covered”的行，有的是：a。请核对编码。取到的数据中没有编码为“all”的行，有的是：a。请核对编码。');
    expect(noneOfBound(CORE, PERIOD, ['b', 'c', 'd', 'e', 'f'].map((field) => bind(field)), of).params['absent']).toMatch(/“d”的行[^]*另有 2 个字段也没有。$/u);
  });
});

describe('an asking that found nothing', () => {
  const source = { ...CORE, place: 'http://10.1.2.3/insured?token=s3cret&q={period}' };
  it('says where and what was looked for, without the key that the address may carry', () => {
    const told = namingSought(pullFailure('NOT_THERE', 'pull.not-there', { source: '核心系统', period: '第四季度' }), source, PERIOD, []);
    expect(told.kind).toBe('NOT_THERE');
    expect(sayRefusal(told.refusal)).toBe('取数来源“核心系统”没有 第四季度 的数据，已填数值保持不变；请过几日再取，或直接填报。查找的是：http://10.1.2.3/insured?…  $.rows[*] → key, value。');
    const folder = namingSought(pullFailure('NOT_THERE', 'pull.not-there', { source: '台账', period: '第四季度' }), { ...source, kind: 'SHEET_FOLDER' as const, place: '100001/{period}.csv', keyField: '编码', valueField: '数值' }, PERIOD, []);
    expect(sayRefusal(folder.refusal)).toContain('查找的是：100001/2024Q4.csv  编码, 数值。');
    const named = (kind: 'SHEET_FOLDER' | 'SFTP_FOLDER' | 'SQL') => sayRefusal(namingSought(pullFailure('NOT_THERE', 'pull.not-there', { source: '台账', period: '第四季度' }),
      { ...aSource({ place: 'shared/{fiscalYear}.xlsx', keyField: '编码', valueField: '数值', settings: { sheet: '{period}汇总' } }), kind }, PERIOD, []).refusal);
    for (const kind of ['SHEET_FOLDER', 'SFTP_FOLDER'] as const) expect(named(kind)).toContain('查找的是：shared/2024.xlsx  2024Q4汇总 → 编码, 数值。');
    expect(named('SQL')).toContain('查找的是：shared/2024.xlsx  编码, 数值。');
  });
  it('repeats what the other side says in words beside its empty list, and in place of it', () => {
    const tell = (code: 'pull.not-there' | 'pull.unreadable-body', document: unknown) => sayRefusal(namingSought(pullFailure(code === 'pull.not-there' ? 'NOT_THERE' : 'UNREADABLE_BODY', code,
      { source: '核心系统', period: '第四季度', cause: '$.rows[*] → key, value' }, Buffer.from(JSON.stringify(document))), source, PERIOD, []).refusal);
    expect(tell('pull.not-there', { code: 401, msg: 'token已过期\n请重新登录', rows: [] })).toContain('→ key, value；对方附言：“token已过期 请重新登录”。');
    expect(tell('pull.unreadable-body', { code: 500, message: '', error: '期间未开放' })).toContain('“$”下有 code、message、error；对方附言：“期间未开放”');
    expect(tell('pull.not-there', { msg: '长'.repeat(5_000), rows: [] }).length).toBeLessThan(400);
    expect(tell('pull.not-there', { msg: 7, rows: [] })).not.toContain('附言');
  });
  it('in a document that has other names says which', () => {
    const body = Buffer.from(JSON.stringify(DOCUMENT));
    const told = namingSought(pullFailure('UNREADABLE_BODY', 'pull.unreadable-body', { source: '核心系统', cause: '$.data.totl, $.rows[*] → key, value' }, body), source, PERIOD, ['$.data.totl', 'pension']);
    expect([told.kind, told.body]).toEqual(['UNREADABLE_BODY', body]);
    expect(sayRefusal(told.refusal)).toBe('取数来源“核心系统”有应答，但按“$.data.totl, $.rows[*] → key, value”没有找到数据：“$.data”下有 insured、rows、empty、nothing；“$”下有 data、as of。请对照取数设置核对。');
  });
  it('stays as it was said where something else is wrong', () => {
    for (const [code, cause] of [['pull.unreadable-body', 'utf-8 JSON'], ['pull.source-away', 'ECONNREFUSED']] as const) {
      const failure = pullFailure('UNREADABLE_BODY', code, { source: '核心系统', cause }, Buffer.from('{}'));
      expect(namingSought(failure, source, PERIOD, [])).toBe(failure);
    }
  });
});
