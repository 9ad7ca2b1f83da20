// esbuild bundles our own sources; swc lowers TypeScript first, because esbuild cannot emit decorator metadata.
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';

const swcDecorators = {
  name: 'swc-decorators',
  setup(b) {
    b.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), {
        filename: path, sourceMaps: 'inline', configFile: false, swcrc: false,
        jsc: {
          target: 'es2022', keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      });
      return { contents: code, loader: 'js' };
    });
  },
};
const external = { name: 'external-packages', setup(b) {
  b.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@jiheng/') ? undefined : { path, external: true }));
} };

/**
 * Bundles server entry points; packages stay outside. The parts they share become chunks, and what is imported late is loaded late. A thread (`….thread`) shares no
 * chunk with others: each thread of a process loads its program anew, so it holds only what it uses of our sources. The maps name places in the sources and do
 * not repeat them: a process keeps its maps in memory.
 * @param entryPoints sources, or the name of each program → its source
 */
export async function bundle(entryPoints, outdir) {
  const named = Array.isArray(entryPoints) ? entryPoints.map((path) => [basename(path, '.ts'), path]) : Object.entries(entryPoints);
  const isThread = ([name]) => name.endsWith('.thread');
  const together = [named.filter((one) => !isThread(one)), ...named.filter(isThread).map((one) => [one])].filter((list) => list.length > 0);
  await Promise.all(together.map((list) => build({
    entryPoints: Object.fromEntries(list), outdir, bundle: true, splitting: true, chunkNames: 'chunks/[name]-[hash]', platform: 'node', format: 'esm', target: 'node24',
    outExtension: { '.js': '.mjs' }, sourcemap: true, sourcesContent: false, keepNames: true, plugins: [external, swcDecorators], logLevel: 'warning',
  })));
}

if (process.argv[1] === import.meta.filename) {
  // Server, worker, command line and the threads that read documents and what sources answer, score regions and draw forms: what of them exists is built.
  const entryPoints = ['main', 'worker', 'cli', 'store-documents', 'rotate-secrets', 'outbox-replay', 'years', 'recount-roll-up', 'read-document.thread', 'read-answer.thread', 'score-slices.thread', 'draw-forms.thread'].map((name) => `apps/api/src/${name}.ts`).filter((path) => existsSync(path));
  const t = performance.now();
  await rm('dist/apps/api', { recursive: true, force: true });
  await bundle(entryPoints, 'dist/apps/api');
  console.log(`api built in ${Math.round(performance.now() - t)} ms`);
}
