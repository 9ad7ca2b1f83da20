// Writes `.br` (quality 11) and `.gz` (level 9) beside the built web files, so that the server sends them without work.
// `nx run web:compress` runs it after the build; the image and the transfer benchmark use that. `npm start` does not: there the server
// compresses as it goes, and seconds of waiting would buy nothing on one's own machine. usage: compress-web.mjs [FOLDER]
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from './installed.mjs';

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

/**
 * Only names that carry a digest of their content: a sibling of `index.html` that outlives a build would send the old page to everybody.
 * Small files go out as they are; the frame of a compressed answer would eat what is saved.
 */
const HASHED = /-[\w-]{8}\.(?:js|css|svg|json|wasm)$/;
const SMALLEST_BYTES = 512;

const folder = process.argv[2] ?? join(root, 'dist/apps/web/browser');
const begin = performance.now();
const names = await readdir(folder, { recursive: true });
// What an earlier run left beside files that are gone.
await Promise.all(names.filter((name) => /\.(?:br|gz)$/.test(name) && !names.includes(name.slice(0, -3))).map((name) => rm(join(folder, name))));

/** Whole or not at all: a server that is running reads either no sibling or a complete one. */
async function put(path, bytes) {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

const sums = await Promise.all(names.filter((name) => HASHED.test(name)).map(async (name) => {
  const path = join(folder, name);
  const content = await readFile(path);
  if (content.length < SMALLEST_BYTES) return { files: 0, raw: 0, br: 0, gz: 0 };
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
  const [br, gz] = await Promise.all([brotli(content, { params }), zip(content, { level: 9 })]);
  await Promise.all([put(`${path}.br`, br), put(`${path}.gz`, gz)]);
  return { files: 1, raw: content.length, br: br.length, gz: gz.length };
}));
const total = (part) => sums.reduce((sum, one) => sum + one[part], 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
console.log(`web compressed in ${Math.round(performance.now() - begin)} ms: ${total('files')} files, ${kB(total('raw'))} → brotli ${kB(total('br'))}, gzip ${kB(total('gz'))}`);
