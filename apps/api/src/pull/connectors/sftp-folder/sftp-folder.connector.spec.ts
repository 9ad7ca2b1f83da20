import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { utils as sheets, write } from '@e965/xlsx';
import ssh2 from 'ssh2';
import { Egress } from '../../egress/egress';
import { FOURTH_QUARTER, FIRST_QUARTER, aSource, short } from '../testing/a-source';
import { SftpFolderConnector } from './sftp-folder.connector';

const { Server, utils: { generateKeyPairSync, sftp: { STATUS_CODE, OPEN_MODE } } } = ssh2;
const BOUNDS = { timeoutMs: 20_000, maxBytes: 100_000, maxRows: 100, maxFiles: 5, settleMs: 0 };

/** A file or link of the server; `claims` is the size it tells when it is listed; one that is gone is listed and cannot be opened. */
interface ServedFile { readonly content: Buffer; readonly isLink?: boolean; readonly claims?: number; readonly isGone?: boolean }

/** ssh2's own server with the few requests of SFTP that reading takes. */
function serve(hostKey: string, folders: ReadonlyMap<string, ReadonlyMap<string, ServedFile>>, users: { readonly password: string; readonly publicKey: string }) {
  const keyOfUser = ssh2.utils.parseKey(users.publicKey);
  if (keyOfUser instanceof Error) throw keyOfUser;
  let sessions = 0;
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method === 'password' && context.password === users.password) return context.accept();
      if (context.method === 'publickey' && context.key.data.equals(keyOfUser.getPublicSSH()) && (context.signature === undefined || keyOfUser.verify(context.blob ?? Buffer.alloc(0), context.signature, context.hashAlgo) === true)) return context.accept();
      return context.reject(['password', 'publickey']);
    }).on('session', (accept) => {
      sessions += 1;
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp();
        const handles = new Map<number, { folder?: string; listed?: boolean; file?: ServedFile }>();
        let last = 0;
        const handle = (entry: { folder?: string; file?: ServedFile }): Buffer => { last += 1; handles.set(last, entry); const name = Buffer.alloc(4); name.writeUInt32BE(last); return name; };
        const attrs = (file: ServedFile) => ({ mode: file.isLink === true ? 0o120777 : 0o100644, uid: 0, gid: 0, size: file.claims ?? file.content.length, atime: 0, mtime: 0 });
        const fileAt = (path: string) => folders.get(path.slice(0, path.lastIndexOf('/')))?.get(path.slice(path.lastIndexOf('/') + 1));
        sftp.on('OPENDIR', (id, path) => (folders.has(path) ? sftp.handle(id, handle({ folder: path })) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE)))
          .on('READDIR', (id, name) => {
            const entry = handles.get(name.readUInt32BE());
            if (entry?.folder === undefined || entry.listed === true) return sftp.status(id, STATUS_CODE.EOF);
            entry.listed = true;
            return sftp.name(id, [...folders.get(entry.folder) ?? []].map(([filename, file]) => ({ filename, longname: `${file.isLink === true ? 'l' : '-'}rw-r--r-- 1 a a ${file.content.length} Jan 1 00:00 ${filename}`, attrs: attrs(file) as never })));
          })
          .on('OPEN', (id, path, flags) => { const file = fileAt(path); if (file === undefined || file.isGone === true || (flags & OPEN_MODE.WRITE) !== 0) sftp.status(id, STATUS_CODE.NO_SUCH_FILE); else sftp.handle(id, handle({ file })); })
          .on('READ', (id, name, offset, length) => {
            const content = handles.get(name.readUInt32BE())?.file?.content ?? Buffer.alloc(0);
            if (offset >= content.length) sftp.status(id, STATUS_CODE.EOF); else sftp.data(id, content.subarray(offset, offset + length));
          })
          .on('FSTAT', (id, name) => { const file = handles.get(name.readUInt32BE())?.file; if (file === undefined) sftp.status(id, STATUS_CODE.FAILURE); else sftp.attrs(id, attrs(file)); })
          .on('STAT', (id, path) => { const file = fileAt(path); if (file === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE); else sftp.attrs(id, attrs(file)); })
          .on('LSTAT', (id, path) => { const file = fileAt(path); if (file === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE); else sftp.attrs(id, attrs(file)); })
          .on('REALPATH', (id, path) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]))
          .on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
      });
    });
  });
  return new Promise<{ port: number; sessions(): number; stop(): Promise<void> }>((ready) => server.listen(0, '127.0.0.1', () => ready({
    port: (server.address() as AddressInfo).port, sessions: () => sessions, stop: () => new Promise((done) => server.close(() => done())),
  })));
}

describe('a folder of sheets over SFTP', () => {
  const host = generateKeyPairSync('ed25519');
  const user = generateKeyPairSync('ed25519');
  const publicOfHost = ssh2.utils.parseKey(host.public);
  if (publicOfHost instanceof Error) throw publicOfHost;
  const fingerprint = `SHA256:${createHash('sha256').update(publicOfHost.getPublicSSH()).digest('base64').replace(/=+$/u, '')}`;
  const csv = (text: string): ServedFile => ({ content: Buffer.from(text) });
  const folders = new Map<string, ReadonlyMap<string, ServedFile>>([
    ['/out/2024Q4', new Map([['b.csv', csv('指标,数值\n失业保险,68300人\n')], ['a.csv', csv('指标,数值\n养老保险,264000人\n')], ['passwd.csv', { ...csv('指标,数值\nroot,1\n'), isLink: true }], ['notes.txt', csv('x')]])],
    ['/big', new Map([['a.csv', { content: Buffer.alloc(200_000, 0x61) }]])],
    ['/growing', new Map([['a.csv', { content: Buffer.alloc(200_000, 0x61), claims: 10 }]])],
    ['/many', new Map(Array.from({ length: 6 }, (_, at) => [`${at + 1}.csv`, csv(`指标,数值\n${at + 1}月,${at + 1}\n`)]))],
    ['/half', new Map([['a.csv', { ...csv('指标,数值\n养老保险,264'), claims: 60 }]])],
    ['/gone', new Map([['a.csv', { ...csv('指标,数值\n养老保险,264000\n'), isGone: true }]])],
    ['/texts', new Map([['a.txt', csv('x')]])],
    ['/year', new Map([['2024.xlsx', { content: quarters({ 第3季度: 68300, 第4季度: 68500 }) }]])],
    ['/empty', new Map()],
  ]);
  let server: Awaited<ReturnType<typeof serve>>;
  const connector = new SftpFolderConnector(new Egress(['127.0.0.1:*']), BOUNDS);
  const source = (path = '/out/{period}', hostKey = fingerprint, secrets: object = { PASSWORD: 's3cret' }) => aSource({ name: '对方文件夹', place: `sftp://kz@127.0.0.1:${server.port}${path}`, keyField: '指标', valueField: '数值', settings: { hostKey }, secrets });
  beforeAll(async () => { server = await serve(host.private, folders, { password: 's3cret', publicKey: user.public }); });
  afterAll(() => server.stop());

  it('reads its sheets in the order of their names, and neither links nor other files', async () => {
    expect(short(await connector.fetch(source(), FOURTH_QUARTER))).toEqual(['养老保险=264000人', '失业保险=68300人']);
  });
  it('lets itself in with a private key instead of a password', async () => {
    expect(short(await connector.fetch(source('/out/{period}', fingerprint, { PRIVATE_KEY: user.private }), FOURTH_QUARTER))).toHaveLength(2);
  });
  it('reads of a workbook the sheet that its settings name, and is told which there are', async () => {
    const named = (sheet: string) => connector.fetch(aSource({ ...source('/year'), settings: { hostKey: fingerprint, sheet }, secrets: { PASSWORD: 's3cret' } }), FOURTH_QUARTER);
    expect(short(await named(''))).toEqual(['UNREADABLE_BODY', 'pull.sheets-alike']);
    expect(short(await named('第{ordinal}季度'))).toEqual(['失业保险=68500']);
    const missing = await named('第5季度');
    expect(missing.ok ? null : [missing.failure.refusal.code, missing.failure.refusal.params['there']]).toEqual(['pull.sheet-not-there', '第3季度、第4季度']);
  });
  it('a folder that is not there or holds nothing is a period without data', async () => {
    expect(short(await connector.fetch(source(), FIRST_QUARTER))).toEqual(['NOT_THERE', 'pull.not-there']);
    expect(short(await connector.fetch(source('/empty'), FOURTH_QUARTER))).toEqual(['NOT_THERE', 'pull.not-there']);
  });
  it('a file that is being written or was taken away is left for the next try, and other files are named', async () => {
    expect(short(await connector.fetch(source('/half'), FOURTH_QUARTER))).toEqual(['SOURCE_AWAY', 'pull.file-unsettled']);
    expect(short(await connector.fetch(source('/gone'), FOURTH_QUARTER))).toEqual(['SOURCE_AWAY', 'pull.file-unsettled']);
    expect(short(await connector.fetch(source('/texts'), FOURTH_QUARTER))).toEqual(['NOT_THERE', 'pull.no-sheets-there']);
  });
  it('shows its password to nobody whose host key is not the pinned one, and says which key was shown', async () => {
    const before = server.sessions();
    const unknown = await connector.fetch(source('/out/{period}', ''), FOURTH_QUARTER);
    expect(unknown.ok ? null : [unknown.failure.refusal.code, unknown.failure.refusal.params['shown']]).toEqual(['pull.host-key-unknown', fingerprint]);
    const changed = await connector.fetch(source('/out/{period}', `SHA256:${'A'.repeat(43)}`), FOURTH_QUARTER);
    expect(short(changed)).toEqual(['NOT_ALLOWED', 'pull.host-key-changed']);
    expect(server.sessions()).toBe(before);
  });
  it('a wrong password is said without the password', async () => {
    const fetched = await connector.fetch(source('/out/{period}', fingerprint, { PASSWORD: 'wr0ng' }), FOURTH_QUARTER);
    expect([short(fetched), JSON.stringify(fetched).includes('wr0ng')]).toEqual([['NOT_ALLOWED', 'pull.not-allowed'], false]);
  });
  it('stops at the bound of bytes, also when a file is larger than it was said to be', async () => {
    expect(short(await connector.fetch(source('/big'), FOURTH_QUARTER))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
    expect(short(await connector.fetch(source('/growing'), FOURTH_QUARTER))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
  });
  it('a folder with more sheets than are read in one asking is refused with both numbers: the newest could be the sixth of five', async () => {
    const fetched = await connector.fetch(source('/many'), FOURTH_QUARTER);
    expect(fetched.ok ? null : [fetched.failure.kind, fetched.failure.refusal.code, fetched.failure.refusal.params]).toEqual(['UNREADABLE_BODY', 'pull.too-many-files', { source: '对方文件夹', count: '6', limit: '5' }]);
  });
  it('a server that is away is away; a host that is not listed is not asked', async () => {
    expect(short(await connector.fetch(aSource({ ...source(), place: 'sftp://kz@127.0.0.1:1/x', settings: { hostKey: fingerprint }, secrets: {} }), FOURTH_QUARTER))).toEqual(['SOURCE_AWAY', 'pull.source-away']);
    const lawful = connector.check(aSource({ place: 'sftp://kz@10.1.2.3/out' }));
    expect(lawful.ok ? '' : lawful.refusal.code).toBe('pull.address-forbidden');
    const climbing = connector.check(aSource({ place: `sftp://kz@127.0.0.1:${server.port}/out/%2e%2e/etc` }));
    expect(climbing.ok && new URL(`sftp://x/out/%2e%2e/etc`).pathname).toBe('/etc');
  });
});

/** A workbook with one number a sheet. */
function quarters(values: Readonly<Record<string, number>>): Buffer {
  const book = sheets.book_new();
  for (const [name, value] of Object.entries(values)) sheets.book_append_sheet(book, sheets.aoa_to_sheet([['指标', '数值'], ['失业保险', value]]), name);
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}
