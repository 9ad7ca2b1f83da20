// `npm run accuracy [-- FOLDER]`: reads the project's own corpus (tools/corpus: seeded, twenty-two layouts, fourteen forms) with the product's reader and
// prints how much of it came back right, field by field, layout by layout, with what the reading thought of its right and wrong cells. With a folder
// of published documents and their *.expected.json (argument or JIHENG_SOURCES) these are compared too; they are not part of the project.
// --count 28 (documents a layout)  --seed 2026  --layout PART  --mistakes (--field F, --form F)  --write (docs/accuracy.md)  --json
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTypeScript, root } from '../bundle-typescript.mjs';
import { endWith } from '../plain-error.mjs';
import { ensureInstalled } from '../installed.mjs';

try { ensureInstalled(); } catch (error) { endWith(error); }
const argv = process.argv.slice(2);
const valueOf = (flag) => (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
const flags = ['--count', '--seed', '--layout', '--field', '--form'];
const folder = argv.find((one, at) => !one.startsWith('--') && !flags.includes(argv[at - 1])) ?? process.env.JIHENG_SOURCES;
const count = Number(valueOf('--count') ?? 28), seed = Number(valueOf('--seed') ?? 2026);

const { LAYOUTS, makeCorpus, readDocument, judge, readPublished, sayConfidence, sayFields, sayGroups, byField, sayShare, shareOf } = await bundleTypeScript('tools/accuracy/entry.ts');
const layouts = LAYOUTS.filter(({ name }) => name.includes(valueOf('--layout') ?? ''));
const judged = [], documents = new Map(), refused = [];
const startedAt = performance.now();
let readingMs = 0, bytes = 0;
for await (const document of makeCorpus(count, seed, layouts)) {
  const from = performance.now();
  const read = await readDocument(document.bytes, document.file);
  readingMs += performance.now() - from;
  bytes += document.bytes.length;
  documents.set(document.layout, (documents.get(document.layout) ?? 0) + 1);
  if (!read.ok) refused.push(`${document.file}: ${read.refusal.code}`);
  judged.push(...judge(document, read.ok ? read.value : null));
}
const total = [...documents.values()].reduce((sum, one) => sum + one, 0);
const published = folder === undefined ? null : await readPublished(folder);
const rows = shareOf(judged.filter(({ field }) => field === 'row' )).all, tables = shareOf(judged.filter(({ field }) => field === 'table')).all;
const sentence = published === null
  ? 'The published documents are not part of this project; where they lie, `npm run accuracy -- FOLDER` compares them with their `*.expected.json`.'
  : `Published documents: ${published.documents}, with ${published.exactTables} of ${published.tables} heads and ${published.exact} of ${published.indicators} indicators exact in every field checked by hand.`;
const text = [
  `${total} documents in ${documents.size} layouts, ${tables} tables, ${rows} rows; seed ${seed}, ${count} a layout; ${refused.length} refused.`, sentence,
  '### By field', sayFields(judged), '### By layout', sayGroups(judged, 'layout', ({ layout }) => layout, documents), '### By form', sayGroups(judged, 'form', ({ form }) => form),
  '### Does confidence warn?', sayConfidence(judged),
].join('\n\n');

if (argv.includes('--json')) {
  const fields = Object.fromEntries([...byField(judged)].map(([field, all]) => [field, shareOf(all)]));
  console.log(JSON.stringify({ documents: total, tables, rows, refused, fields, published, mistakes: judged.filter(({ isRight }) => !isRight) }, null, 2));
} else {
  console.log(text);
  console.error(`\nread in ${(readingMs / 1000).toFixed(1)} s of ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB`);
}
for (const one of refused) console.error(`refused ${one}`);
for (const one of published?.differences ?? []) console.error(`differs: ${one}`);
if (argv.includes('--mistakes')) {
  const field = valueOf('--field'), form = valueOf('--form') ?? '';
  for (const one of judged) if (!one.isRight && (field === undefined || one.field === field) && one.form.includes(form)) console.error(`${one.file} [${one.form}] ${one.field} ${one.confidence ?? ''}: ${one.expected} ← ${one.found}`);
}
if (argv.includes('--write')) {
  const page = join(root, 'docs/accuracy.md');
  const marked = /(<!-- measured -->\n)[\s\S]*?(\n<!-- end -->)/u;
  writeFileSync(page, readFileSync(page, 'utf8').replace(marked, (_, from, to) => from + text + to));
}
process.exitCode = published !== null && published.exact < published.indicators ? 1 : 0;
