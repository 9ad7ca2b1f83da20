// TypeScript of this project as a module of this process: its own sources become one file beside the packages, packages stay outside as in the product.
import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = join(import.meta.dirname, '..');

export async function bundleTypeScript(entry) {
  const external = { name: 'packages-outside', setup: (b) => b.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@jiheng/') ? undefined : { path, external: true })) };
  const { outputFiles: [bundle] } = await build({
    absWorkingDir: root, entryPoints: [entry], bundle: true, write: false, platform: 'node', format: 'esm', target: 'es2022', plugins: [external], logLevel: 'warning',
  });
  const folder = mkdtempSync(join(root, 'node_modules/.bundle-'));
  try {
    const file = join(folder, 'bundle.mjs');
    writeFileSync(file, bundle.contents);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
