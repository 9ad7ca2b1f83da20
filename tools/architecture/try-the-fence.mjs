// Tries every file of trespass/ against the fence it names on its first line, and prints what each fence said, as JSON.
import { readFileSync, readdirSync, mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { cruise } from 'dependency-cruiser';
import configuration from './dependency-cruiser.cjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '../..');
const yard = join(here, 'trespass');
const files = readdirSync(yard, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(yard, join(entry.parentPath, entry.name)));
const trespassers = files.map((file) => ({ file, text: readFileSync(join(yard, file), 'utf8') }))
  .map(({ file, text }) => ({ file, text, claim: /^\/\/ refused by: (\S+) (\S+)/.exec(text) }))
  .filter(({ claim }) => claim).map(({ file, text, claim }) => ({ file, text, fence: claim[1], rule: claim[2] }));

// ESLint sees each text as if it stood at its place in the house.
const eslint = new ESLint({ cwd: root });
const said = {};
for (const { file, text, fence } of trespassers) {
  if (fence === 'eslint') said[file] = (await eslint.lintText(text, { filePath: join(root, file) }))[0]?.messages.map((message) => message.ruleId) ?? [];
}
// dependency-cruiser sees the yard as a house of its own, with the same paths.
process.chdir(yard);
const { forbidden, options: { tsConfig: _unused, ...options } } = configuration;
const cruised = await cruise(['apps', 'libs'], { ...options, baseDir: yard, exclude: { path: '^dist/' }, validate: true, ruleSet: { forbidden } });
for (const violation of cruised.output.summary.violations) (said[violation.from] ??= []).push(violation.rule.name);
process.chdir(root);
// The compiler sees each file with the settings of the project it names; a lawful file beside it shows that the settings as such compile.
const compiles = (text, settings) => {
  const folder = mkdtempSync(join(root, 'libs/domain/.trespass-'));
  try {
    writeFileSync(join(folder, 'one.ts'), text);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, settings), include: ['one.ts'], exclude: [] }));
    return spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]).status === 0;
  } finally { rmSync(folder, { recursive: true, force: true }); }
};
for (const { file, text, rule } of trespassers.filter((one) => one.fence === 'tsc')) {
  if (!compiles('export const lawful = 1;', rule)) throw new Error(`${rule} refuses even a lawful file`);
  said[file] = compiles(text, rule) ? [] : [rule];
}
console.log(JSON.stringify(trespassers.map(({ file, fence, rule }) => ({ file, fence, rule, said: said[file] ?? [] }))));
