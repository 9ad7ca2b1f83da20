import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const pages = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
const markdown = ['README.md', 'CONTRIBUTING.md', ...pages('docs'), ...pages('tools'), ...pages('apps'), ...['domain', 'contract', 'documents'].map((library) => `libs/${library}/README.md`)].filter((file) => existsSync(join(root, file)));

/** Programs that want Node 24, started by whatever `node` the machine has: 20.19 is enough for `npm`, which then takes the one it has installed. */
const bareNode = (text: string): string[] => [...text.matchAll(/(?<![\w./-])node (?:--?[\w=-]+ )*(?:[^\s`]+\.ts\b|(?:\.\/)?dist\/[^\s`]+|(?:\.\/)?tools\/jest\.mjs)/gu)]
  .filter(({ index }) => !/docker compose exec|in a container/u.test(text.slice(Math.max(0, index - 40), index))).map(([command]) => command);

describe('the documents', () => {
  it('number decisions alike in file name and heading, without gaps', () => {
    const decisions = readdirSync(join(root, 'docs/decisions')).sort();
    decisions.forEach((file, i) => {
      const number = String(i + 1).padStart(4, '0');
      expect(file.startsWith(`${number}-`)).toBe(true);
      expect(readFileSync(join(root, 'docs/decisions', file), 'utf8').startsWith(`# ${number} `)).toBe(true);
    });
  });

  it('link only to files that exist', () => {
    const broken: string[] = [];
    for (const page of markdown) {
      for (const [, target = ''] of readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        if (!existsSync(resolve(root, dirname(page), target))) broken.push(`${page} → ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('tell nobody to run by a bare `node` what wants Node 24, but in a container, which has it', () => {
    expect(bareNode('`node tools/fake-source/server.ts 4010` or node --enable-source-maps dist/apps/api/main.mjs or\nnode tools/jest.mjs -c x')).toEqual(['node tools/fake-source/server.ts', 'node --enable-source-maps dist/apps/api/main.mjs', 'node tools/jest.mjs']);
    expect(bareNode('`docker compose exec worker node dist/apps/api/cli.mjs years` and `node tools/complete-lock.mjs`')).toEqual([]);
    expect(markdown.flatMap((page) => bareNode(readFileSync(join(root, page), 'utf8')).map((command) => `${page}: ${command}`))).toEqual([]);
  });

  it('call no program that only npm finds', () => {
    const lost = markdown.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/(?:^|`)((?:nx|tsc|eslint|jest|depcruise) [a-z-][^`\n]*)/gmu)].map(([, command = '']) => `${page}: ${command}`));
    expect(lost).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const unknown: string[] = [];
    for (const page of markdown) {
      for (const [, name = ''] of readFileSync(join(root, page), 'utf8').matchAll(/npm run (?:-s )?([a-z][a-z0-9:-]*)/g)) if (!scripts[name]) unknown.push(`${relative(root, page)}: npm run ${name}`);
    }
    expect(unknown).toEqual([]);
  });
});
