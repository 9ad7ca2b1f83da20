// `npm run bench:score`: one million indicators through the domain kernel, beside a plain loop in the same run; fingerprints must be equal.
// TABLES (100000) PER (10) ROUNDS (15)
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../installed.mjs';
import { fingerprint, generate } from './rows.mjs';
import { scorePlainly } from './plain-loop.mjs';

const tables = Number(process.env.TABLES ?? 100_000), perTable = Number(process.env.PER ?? 10), rounds = Number(process.env.ROUNDS ?? 15);
const out = join(root, 'dist/bench');
mkdirSync(out, { recursive: true });
const bundle = join(out, `domain-${process.pid}.mjs`);
await build({ entryPoints: [join(root, 'libs/domain/src/index.ts')], outfile: bundle, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' });
const { scoreBulk, compileProfile, findProfile } = await import(pathToFileURL(bundle).href);
rmSync(bundle);

const found = findProfile('MOF-2020-10');
if (!found.ok) throw new Error('the default profile is gone');
// What the plain loop has built in, said as parameters of a profile: a satisfaction floor of 60 %, and "above 130 %" instead of "from 130 %".
const profile = { ...found.value, name: 'BENCH', satisfaction: { ...found.value.satisfaction, zeroBelow: '60' }, overCompletion: { ...found.value.overCompletion, inclusive: false } };
const compiled = compileProfile(profile);

const rows = generate(tables, perTable);
const points = new Int32Array(rows.n), flags = new Uint8Array(rows.n), plainPoints = new Int32Array(rows.n), plainFlags = new Uint8Array(rows.n);
// The domain's flags also tell of things the plain loop does not know; the two it knows are compared (and over-completion on ≥ rows only).
const comparable = () => flags.map((flag, i) => (flag & 1) | (rows.rule[i] === 1 ? flag & 2 : 0));
const times = { plain: [], domain: [] };
const time = (name, work) => { const begin = performance.now(); work(); times[name].push(performance.now() - begin); };
for (let round = -2; round < rounds; round++) {
  if (round === 0) { times.plain.length = 0; times.domain.length = 0; }
  if (round % 2) { time('plain', () => scorePlainly(rows, plainPoints, plainFlags)); time('domain', () => scoreBulk(rows, compiled, points, flags)); }
  else { time('domain', () => scoreBulk(rows, compiled, points, flags)); time('plain', () => scorePlainly(rows, plainPoints, plainFlags)); }
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const ratios = times.domain.map((ms, i) => ms / times.plain[i]);
let off = 0;
for (let i = 0; i < rows.n; i++) if (points[i] !== plainPoints[i]) off++;
const [one, two] = [fingerprint(plainPoints, plainFlags), fingerprint(points, comparable())];
const show = (list, digits) => `${median(list).toFixed(digits)} [${Math.min(...list).toFixed(digits)}..${Math.max(...list).toFixed(digits)}]`;
console.log(`${rows.n.toLocaleString('en')} indicators, ${rounds} rounds, Node ${process.version}`);
console.log(`plain loop     ${show(times.plain, 1)} ms   ${one}`);
console.log(`domain kernel  ${show(times.domain, 1)} ms   ${two}`);
console.log(`ratio          ${show(ratios, 2)}   ${(rows.n / median(times.domain) / 1000).toFixed(1)} M rows/s   rows off: ${off}   fingerprints ${one === two ? 'equal' : 'DIFFER'}`);
process.exit(one === two && off === 0 ? 0 : 1);
