import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readConfig } from '../config/app-config';
import { LocalFileStore } from './local-file-store';

describe('the file store', () => {
  let folder: string;
  let store: LocalFileStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jiheng-files-'));
    store = new LocalFileStore(readConfig({ DATABASE_URL: 'postgres://x', DATA_DIR: folder }));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back the very bytes under their digest, and keeps the same bytes once', async () => {
    const bytes = Buffer.from('参保人数 26.4 万人');
    const first = await store.put(bytes);
    const again = await store.put(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]));
    expect(again).toEqual(first);
    expect(first.size).toBe(bytes.length);
    expect(await buffer(store.open(first.sha256))).toEqual(bytes);
    expect(await readdir(join(folder, 'files', first.sha256.slice(0, 2)))).toEqual([first.sha256]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const broken = Readable.from((async function* () { yield Buffer.from('half'); throw new Error('the browser left'); })());
    await expect(store.put(broken)).rejects.toThrow('the browser left');
    expect(await readdir(join(folder, 'files', 'arriving'))).toEqual([]);
  });

  it('knows what it has, and lets no name reach outside its folder', async () => {
    expect(await store.exists('0'.repeat(64))).toBe(false);
    await expect(buffer(store.open('0'.repeat(64)))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => store.open('../../etc/passwd')).toThrow('not a SHA-256 digest');
  });
});
