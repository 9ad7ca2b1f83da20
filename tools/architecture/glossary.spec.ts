import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bannedWords } from './glossary.mjs';

const root = resolve(__dirname, '../..');
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'libs/**/*.ts', 'apps/**/*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n').filter((file) => file && !file.endsWith('.spec.ts') && !file.includes('trespass'));

/** Words of a name: `targetTableView` → target, Table, View; a banned word counts only as whole words in a row. */
function uses(name: string, word: string): boolean {
  return new RegExp(`(^|[a-z0-9_])${word}(?=[A-Z0-9_]|$)`).test(name) || new RegExp(`^${word[0]?.toLowerCase()}${word.slice(1)}(?=[A-Z0-9_]|$)`).test(name);
}

describe('the glossary', () => {
  it('knows a banned word inside a longer name, and lets a lookalike pass', () => {
    expect(uses('CompanyView', 'Company')).toBe(true);
    expect(uses('loadSelfEval', 'SelfEval')).toBe(true);
    expect(uses('loadSelfEvaluation', 'SelfEval')).toBe(false);
    expect(uses('ActualValue', 'ActualValue')).toBe(true);
  });

  it('keeps one word per thing in every exported name', () => {
    const offences: string[] = [];
    for (const file of sources) {
      let text: string;
      try { text = readFileSync(join(root, file), 'utf8'); } catch { continue; }
      for (const [, name = ''] of text.matchAll(/^export (?:declare |abstract |async )*(?:class|interface|type|function|const|enum) (\w+)/gm)) {
        for (const [word, instead] of Object.entries(bannedWords)) if (uses(name, word)) offences.push(`${file}: ${name} — say ${instead}`);
      }
    }
    expect(sources.length).toBeGreaterThan(20);
    expect(offences).toEqual([]);
  });
});
