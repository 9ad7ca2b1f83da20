// Brings a database to the product's schema by the product's own migrations.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../installed.mjs';

/** Runs every migration that has not run; answers their names. */
export async function migrateTo(url) {
  const { bundle } = await import('../build-api.mjs');
  // Below the repository, where the packages are found.
  mkdirSync(join(root, 'tmp'), { recursive: true });
  const out = mkdtempSync(join(root, 'tmp/schema-'));
  try {
    await bundle({ schema: join(root, 'apps/api/src/platform/database/data-source.ts') }, out);
    const { makeDataSource, migrate } = await import(pathToFileURL(join(out, 'schema.mjs')).href);
    const dataSource = await makeDataSource({ url, entities: [], poolSize: 2 }).initialize();
    try { return await migrate(dataSource); } finally { await dataSource.destroy(); }
  } finally { rmSync(out, { recursive: true, force: true }); }
}
