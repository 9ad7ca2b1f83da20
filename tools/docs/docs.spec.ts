import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const pages = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
const markdown = ['README.md', ...pages('docs'), ...['domain', 'contract', 'documents'].map((library) => `libs/${library}/README.md`)].filter((file) => existsSync(join(root, file)));

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

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const unknown: string[] = [];
    for (const page of markdown) {
      for (const [, name = ''] of readFileSync(join(root, page), 'utf8').matchAll(/npm run (?:-s )?([a-z][a-z0-9:-]*)/g)) if (!scripts[name]) unknown.push(`${relative(root, page)}: npm run ${name}`);
    }
    expect(unknown).toEqual([]);
  });
});
