// esbuild bundles our own sources; swc lowers TypeScript first, because esbuild cannot emit decorator metadata.
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';

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

/** Server, worker, command line and the threads that compute: what of them exists is built, sharing their common parts. */
const entryPoints = ['main', 'worker', 'cli'].map((name) => `apps/api/src/${name}.ts`).filter((path) => existsSync(path));

const outdir = 'dist/apps/api';
await rm(outdir, { recursive: true, force: true });
const t = performance.now();
await build({
  entryPoints, outdir, bundle: true, splitting: true, chunkNames: 'chunks/[name]-[hash]', platform: 'node', format: 'esm', target: 'node24',
  outExtension: { '.js': '.mjs' }, sourcemap: true, keepNames: true, plugins: [external, swcDecorators], logLevel: 'warning',
});
console.log(`api built in ${Math.round(performance.now() - t)} ms`);
