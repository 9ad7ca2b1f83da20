import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, closeSync, ftruncateSync, rmSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from '../../test/http-app';
import { aWorld, type World, type WorldApp } from '../../test/world';

const ROOT = resolve(__dirname, '../../../..');
const MEGABYTE = 1_048_576;
const SIZE_MB = 300;
/** What may be held while such a file arrives, besides what is held anyway: some times the largest file that is taken, and half of this one at most. */
const MOST_HELD_MB = 150;

describe('a file of 300 MB', () => {
  let folder: string;
  let huge: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiheng-huge-'));
    huge = join(folder, '全省绩效目标.xlsx');
    // The sign of an archive and then nothing, for 300 MB: on the disk it takes a block.
    const file = openSync(huge, 'w');
    writeSync(file, Buffer.from([0x50, 0x4b, 0x03, 0x04]));
    ftruncateSync(file, SIZE_MB * MEGABYTE);
    closeSync(file);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('sent to the server', () => {
    let world: World;
    let app: WorldApp;
    let reporter: Client;
    beforeAll(async () => {
      world = await aWorld({ opened: [] });
      app = await world.start({ role: 'api', today: '2025-01-09', env: { MAX_UPLOAD_MB: '20' } });
      reporter = await app.as('kz.reporter');
    });
    afterAll(async () => { await app.stop(); await world.stop(); });

    /** Sends the file as a browser does, piece by piece, and answers with what the server said; it need not hear the end. */
    function send(): Promise<{ status: number; code: string; sent: number }> {
      const edge = 'edge-of-parts';
      return new Promise((done, failed) => {
        const asked = request(new URL('/api/imports', app.url), {
          method: 'POST', headers: { cookie: reporter.cookie ?? '', 'x-csrf-token': reporter.csrfToken ?? '', 'content-type': `multipart/form-data; boundary=${edge}` },
        });
        let sent = 0;
        let isAnswered = false;
        asked.on('response', (response) => {
          isAnswered = true;
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => { text += piece; }).on('end', () => {
            done({ status: response.statusCode ?? 0, code: (JSON.parse(text) as { code: string }).code, sent });
            asked.destroy();
          });
        });
        // A server that has said no may hang up while the rest is still on its way.
        asked.on('error', (error) => { if (!isAnswered) failed(error); });
        asked.write(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${encodeURIComponent('全省绩效目标.xlsx')}"\r\ncontent-type: application/octet-stream\r\n\r\n`);
        const file = createReadStream(huge, { highWaterMark: 65_536 }).on('data', (piece) => { sent += piece.length; });
        pipeline(file, asked, { end: false }).then(() => asked.end(`\r\n--${edge}--\r\n`), () => undefined);
      });
    }

    it('is refused with a sentence while it arrives, memory stays where it was, and the next request is answered', async () => {
      const before = process.memoryUsage().rss;
      let most = before;
      const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().rss); }, 20);
      const answer = await send();
      clearInterval(watch);
      expect([answer.status, answer.code]).toEqual([413, 'import.too-large']);
      // The sender and the server are one process here: both together hold no more.
      expect((most - before) / MEGABYTE).toBeLessThan(MOST_HELD_MB);
      expect((await reporter.get('/api/imports')).status).toBe(200);
      expect(await world.dataSource.query('select count(*)::int as n from document_import')).toEqual([{ n: 0 }]);
    }, 240_000);
  });

  describe('given to the command line', () => {
    /** The command in a process of its own, and the most memory that process held, in megabytes. */
    function jiheng(...args: string[]): { code: number | null; said: string; heldMb: number } {
      const tell = join(folder, 'tell-peak.cjs');
      const file = openSync(tell, 'w');
      writeSync(file, 'process.on("exit", () => process.stderr.write(`\\nHELD ${process.resourceUsage().maxRSS >> 10}\\n`));');
      closeSync(file);
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/jiheng.mjs'), ...args], {
        encoding: 'utf8', cwd: folder, env: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(tell)}`, DATABASE_URL: '' },
      });
      return { code: status, said: stdout + stderr, heldMb: Math.max(...[...stderr.matchAll(/HELD (\d+)/gu)].map(([, held]) => Number(held))) };
    }

    it('is refused by its size and never read', () => {
      const small = jiheng('import', '没有这个文件.xlsx', '--dry-run');
      const { code, said, heldMb } = jiheng('import', huge, '--dry-run');
      expect([code, said]).toEqual([2, expect.stringContaining('300')]);
      expect(said).toContain('全省绩效目标.xlsx');
      // As much as it takes to refuse a file that is not there, and some leeway.
      expect(heldMb).toBeLessThan(Math.max(small.heldMb, 50) + MOST_HELD_MB);
    }, 240_000);
  });
});
