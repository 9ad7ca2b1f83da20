import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { startApp, type TestApp } from '../../../test/http-app';

const long = (words: string): string => `/* ${words} */ `.repeat(200);

describe('the built web application on the same port', () => {
  let database: TestDatabase;
  let app: TestApp;
  let webRoot: string;

  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), 'jiheng-web-'));
    await mkdir(join(webRoot, 'media'));
    await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>绩衡</title>');
    await writeFile(join(webRoot, 'chunk-Bd-2E_lB.js'), long('as built'));
    // What is compressed differs from what is not, so that the answer tells which file it came from.
    await writeFile(join(webRoot, 'chunk-Bd-2E_lB.js.br'), brotliCompressSync(long('from the .br')));
    await writeFile(join(webRoot, 'chunk-Bd-2E_lB.js.gz'), gzipSync(long('from the .gz')));
    await writeFile(join(webRoot, 'styles-X4XDHCNH.css'), long('without siblings'));
    await writeFile(join(webRoot, 'media', 'emblem-A1b2C3d4.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(webRoot, 'help-download.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    database = await freshDatabase();
    app = await startApp({ url: database.url, env: { WEB_ROOT: webRoot } });
  });

  afterAll(async () => {
    await app.stop();
    await database.stop();
    await rm(webRoot, { recursive: true, force: true });
  });

  const ask = (path: string, encodings: string): Promise<Response> => app.client().fetch(path, { headers: { 'accept-encoding': encodings } });

  it('sends the brotli file that lies beside a script, under the type of the script', async () => {
    const answer = await ask('/chunk-Bd-2E_lB.js', 'gzip, deflate, br');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toMatch(/^(?:text|application)\/javascript/);
    expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await answer.text()).toContain('from the .br');
  });

  it('sends the gzip file to a browser that knows no brotli, and the script itself to one that knows neither', async () => {
    const zipped = await ask('/chunk-Bd-2E_lB.js', 'gzip');
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(await zipped.text()).toContain('from the .gz');
    const plain = await ask('/chunk-Bd-2E_lB.js', 'identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toContain('as built');
  });

  it('compresses on the way what has no file beside it', async () => {
    const answer = await ask('/styles-X4XDHCNH.css', 'br');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(await answer.text()).toContain('without siblings');
  });

  it('lets a browser keep what carries its digest in its name, in every spelling of the builder, and asks again for everything else', async () => {
    const kept = 'public, max-age=31536000, immutable';
    for (const [path, expected] of [
      ['/chunk-Bd-2E_lB.js', kept], ['/styles-X4XDHCNH.css', kept], ['/media/emblem-A1b2C3d4.svg', kept],
      // Eight letters after a stroke make no digest: this name stays when the picture changes.
      ['/help-download.svg', 'no-cache'], ['/index.html', 'no-cache'], ['/', 'no-cache'], ['/tables/1', 'no-cache'],
    ] as const) {
      const answer = await ask(path, 'br');
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, expected]);
    }
  });

  it('answers a script of an older build with "not found" and not with a page', async () => {
    const answer = await ask('/chunk-OLDBUILD.js', 'br');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).not.toMatch(/html/);
  });
});
