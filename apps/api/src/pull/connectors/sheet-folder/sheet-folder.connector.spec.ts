import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { sayRefusal } from '@jiheng/domain';
import { FOURTH_QUARTER as fourthQuarter, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

const MB = 1_048_576;

describe('reading a folder of sheets', () => {
  let root: string;
  let outside: string;
  const source = aSource({ name: '共享文件夹', place: '100001/社保/{period}', keyField: '指标', valueField: '数值' });
  const connector = () => new SheetFolderConnector({ root, maxBytes: MB, maxRows: 1000, maxFiles: 20, settleMs: 0 });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sheets-'));
    outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await mkdir(join(root, '100001/社保/2024Q4'), { recursive: true });
  });
  afterEach(() => Promise.all([root, outside].map((folder) => rm(folder, { recursive: true, force: true }))));

  it('reads a CSV with a byte order mark and a title above the header', async () => {
    await writeFile(join(root, '100001/社保/2024Q4/a.csv'), '\ufeff2024年四季度参保情况\n指标,数值,单位\n城乡居民养老保险,"264,000人",人\n失业保险,,人\n');
    const fetched = await connector().fetch(source, fourthQuarter);
    expect(fetched.ok && fetched.rows).toMatchObject([{ key: '城乡居民养老保险', verbatim: '264,000人' }]);
  });

  it('reads a CSV written in GB18030', async () => {
    // 指标,数值 / 参保,26.4万人
    await writeFile(join(root, '100001/社保/2024Q4/a.csv'), Buffer.from([0xd6, 0xb8, 0xb1, 0xea, 0x2c, 0xca, 0xfd, 0xd6, 0xb5, 0x0a, 0xb2, 0xce, 0xb1, 0xa3, 0x2c, 0x32, 0x36, 0x2e, 0x34, 0xcd, 0xf2, 0xc8, 0xcb, 0x0a]));
    const fetched = await connector().fetch(source, fourthQuarter);
    expect(fetched.ok && fetched.rows).toMatchObject([{ key: '参保', verbatim: '26.4万人' }]);
  });

  it('takes the stored number of a spreadsheet, not its rounded display, of a percentage too', async () => {
    const sheet = utils.aoa_to_sheet([['指标', '数值'], ['参保', 26.44], ['覆盖率', 0.956]]);
    if (sheet['B2'] !== undefined) sheet['B2'].z = '0.0';
    if (sheet['B3'] !== undefined) sheet['B3'].z = '0.0%';
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '表');
    await writeFile(join(root, '100001/社保/2024Q4/b.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    const fetched = await connector().fetch(source, fourthQuarter);
    expect(fetched.ok && fetched.rows).toMatchObject([{ key: '参保', verbatim: '26.44' }, { key: '覆盖率', verbatim: '95.6%' }]);
  });

  it('an empty or missing folder is "no data for this period"; a sheet without the columns is unreadable', async () => {
    const kind = async () => { const fetched = await connector().fetch(source, fourthQuarter); return fetched.ok ? null : fetched.failure.kind; };
    expect(await kind()).toBe('NOT_THERE');
    await rm(join(root, '100001/社保'), { recursive: true });
    expect(await kind()).toBe('NOT_THERE');
    await mkdir(join(root, '100001/社保/2024Q4'), { recursive: true });
    await writeFile(join(root, '100001/社保/2024Q4/a.csv'), '名称,值\n参保,1\n');
    expect(await kind()).toBe('UNREADABLE_BODY');
  });

  it('leaves the root neither by .. nor by an absolute path nor through a link', async () => {
    await writeFile(join(outside, 'secret.csv'), '指标,数值\n参保,1\n');
    await symlink(outside, join(root, 'way-out'));
    await symlink(join(outside, 'secret.csv'), join(root, '100001/社保/2024Q4/link.csv'));
    for (const place of ['../outside', '100001/社保/../../x', outside, 'way-out', 'way-out/secret.csv', '100001/社保/2024Q4']) {
      const fetched = await connector().fetch({ ...source, place }, fourthQuarter);
      expect([place, fetched.ok ? null : fetched.failure.kind]).toEqual([place, 'MISPLACED']);
    }
    const nowhere = await new SheetFolderConnector({ root: null, maxBytes: MB, maxRows: 1000, maxFiles: 20, settleMs: 0 }).fetch(source, fourthQuarter);
    expect(nowhere.ok ? null : nowhere.failure.kind).toBe('MISPLACED');
  });

  describe('a unit among others', () => {
    const CSV = '指标,数值\n参保,1\n';
    const ask = async (place: string, unitCode = '100001') => short(await connector().fetch({ ...source, place, unitCode }, fourthQuarter));
    beforeEach(async () => {
      for (const folder of ['100001', '100002', '100001x', 'shared/2024Q4']) await mkdir(join(root, folder), { recursive: true });
      for (const file of ['100001/a.csv', '100002/a.csv', '100001x/a.csv', 'shared/2024Q4/a.csv', 'a.csv']) await writeFile(join(root, file), CSV);
    });

    it('reads its own folder and the shared one', async () => {
      for (const place of ['100001', './100001/', '100001/a.csv', 'shared/{period}', 'shared//2024Q4/a.csv']) expect([place, await ask(place)]).toEqual([place, ['参保=1']]);
    });

    it('does not read the folder of another unit nor the root, and is told which two it may read', async () => {
      for (const place of ['100002', '100002/a.csv', './100002', '100001x', '.', 'a.csv', '{period}', '100001/../100002/a.csv', '100001\\..\\100002']) expect([place, await ask(place)]).toEqual([place, ['MISPLACED', 'pull.folder-not-own']]);
      const saved = connector().check(aSource({ place: '100002/2024Q4' }), '100001');
      const sentence = saved.ok ? '' : sayRefusal(saved.refusal, 'en');
      expect([sentence.includes('“100001/”'), sentence.includes('“shared/”'), sentence.includes('“100002/2024Q4”')]).toEqual([true, true, true]);
    });

    it('does not come to it through a link either: of the folder, of a folder in it, of a file', async () => {
      await symlink(join(root, '100002'), join(root, '100001/next'));
      await symlink(join(root, '100002'), join(root, '100003'));
      await mkdir(join(root, '100001/links'));
      await symlink(join(root, '100002/a.csv'), join(root, '100001/links/a.csv'));
      expect([await ask('100001/next'), await ask('100001/next/a.csv'), await ask('100003', '100003'), await ask('100001/links'), await ask('100001/links/a.csv')])
        .toEqual(Array.from({ length: 5 }, () => ['MISPLACED', 'pull.folder-not-own']));
    });

    it('has no folder by a code that would be a way, everybody’s folder, or nothing; the shared one stays', async () => {
      for (const code of ['..', '.', '', '/', '../100002', '100001/../100002', '100002/', 'a\\b', '.100002', 'shared', 'Shared', '100 002']) {
        expect([code, await ask('100002', code), await ask(code, code)]).toEqual([code, ['MISPLACED', 'pull.unit-code-no-folder'], code === 'shared' ? ['NOT_THERE', 'pull.not-there'] : ['MISPLACED', 'pull.unit-code-no-folder']]);
        expect(await ask('shared/2024Q4', code)).toEqual(['参保=1']);
      }
      expect(await ask('653000-132001', '653000-132001')).toEqual(['NOT_THERE', 'pull.not-there']);
    });
  });

  it('a folder with more sheets than are read in one asking is refused with both numbers, and none is read', async () => {
    for (let month = 1; month <= 20; month += 1) await writeFile(join(root, `100001/社保/2024Q4/${100 + month}.csv`), `指标,数值\n${month}月,${month}\n`);
    expect(short(await connector().fetch(source, fourthQuarter))).toHaveLength(20);
    await mkdir(join(root, '100001/社保/2024Q4/旧.csv'));
    expect(short(await connector().fetch(source, fourthQuarter))).toHaveLength(20);
    await writeFile(join(root, '100001/社保/2024Q4/999.csv'), '指标,数值\n最新,26.4\n');
    const fetched = await connector().fetch(source, fourthQuarter);
    expect(fetched.ok ? null : [fetched.failure.kind, fetched.failure.refusal.code, sayRefusal(fetched.failure.refusal)])
      .toEqual(['UNREADABLE_BODY', 'pull.too-many-files', expect.stringContaining('“共享文件夹”的文件夹里有 21 个表格，超过 20 个，一个也没有读取')]);
  });
});
