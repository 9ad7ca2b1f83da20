// package-lock.json must name every platform's optional binary packages, also those that the registry in use does not serve:
// otherwise `npm ci` stops with "Missing: <package>@ from lock file", and other platforms install no binary.
import { readFileSync, writeFileSync } from 'node:fs';
const file = 'package-lock.json', lock = JSON.parse(readFileSync(file, 'utf8')), pk = lock.packages;
const OS = { android: 'android', darwin: 'darwin', freebsd: 'freebsd', linux: 'linux', netbsd: 'netbsd', openbsd: 'openbsd', openharmony: 'openharmony', sunos: 'sunos', win32: 'win32', windows: 'win32', win: 'win32', aix: 'aix' };
const CPU = { x64: 'x64', ia32: 'ia32', arm64: 'arm64', arm: 'arm', ppc64: 'ppc64', riscv64: 'riscv64', s390x: 's390x', loong64: 'loong64', mips64el: 'mips64el', wasm32: 'wasm32' };
const where = (from, name) => { // the place where Node would look, nearest first
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    const k = `${at ? at + '/' : ''}node_modules/${name}`;
    if (pk[k]) return k;
    if (!at.includes('/node_modules/')) { const top = `node_modules/${name}`; return pk[top] ? top : undefined; }
  }
};
const added = [];
for (const [at, p] of Object.entries(pk)) for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
  if (where(at, name)) continue;
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/);
  const os = words.map((w) => OS[w]).find(Boolean), cpu = words.map((w) => CPU[w]).find(Boolean);
  if (!os && !cpu) { console.warn(`not completed: ${name} (needed by ${at || 'the root'})`); continue; }
  const e = { version: range.replace(/^[~^=v]+/, '') };
  if (cpu) e.cpu = [cpu];
  if (p.dev) e.dev = true;
  e.optional = true;
  if (os) e.os = [os];
  if (os === 'linux' && words.includes('musl')) e.libc = ['musl'];
  if (os === 'linux' && words.includes('gnu')) e.libc = ['glibc'];
  pk[`node_modules/${name}`] = e; added.push(name);
}
lock.packages = Object.fromEntries(Object.entries(pk).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log(`${added.length} entries added`);
