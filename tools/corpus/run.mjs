// `npm run corpus -- FOLDER [--count 14] [--seed 2026] [--layout PART]`: writes the project's own corpus as files, so that it can be looked at, fed to the
// command line or imported by hand. The truth stands beside each document as JSON (`….truth.json`) with --truth.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTypeScript } from '../bundle-typescript.mjs';
import { ensureInstalled } from '../installed.mjs';
import { endWith } from '../plain-error.mjs';

try { ensureInstalled(); } catch (error) { endWith(error); }
const argv = process.argv.slice(2);
const valueOf = (flag) => (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
const folder = argv.find((one, at) => !one.startsWith('--') && !['--count', '--seed', '--layout'].includes(argv[at - 1]));
if (folder === undefined) {
  console.error('Name a folder: npm run corpus -- FOLDER [--count 14] [--seed 2026] [--layout PART] [--truth]');
  process.exit(2);
}
const { LAYOUTS, makeCorpus } = await bundleTypeScript('tools/accuracy/entry.ts');
const target = join(process.env.npm_lifecycle_event === 'corpus' ? (process.env.INIT_CWD ?? '.') : '.', folder);
mkdirSync(folder.startsWith('/') ? folder : target, { recursive: true });
let count = 0;
for await (const { file, bytes, tables } of makeCorpus(Number(valueOf('--count') ?? 14), Number(valueOf('--seed') ?? 2026), LAYOUTS.filter(({ name }) => name.includes(valueOf('--layout') ?? '')))) {
  const path = join(folder.startsWith('/') ? folder : target, file);
  writeFileSync(path, bytes);
  if (argv.includes('--truth')) writeFileSync(`${path}.truth.json`, JSON.stringify(tables.map(({ form, table }) => ({ form: form.id, ...table })), null, 2));
  count += 1;
}
console.log(`${count} documents`);
