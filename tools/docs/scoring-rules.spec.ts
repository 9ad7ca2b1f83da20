import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const page = readFileSync(join(root, 'docs/scoring/rules.md'), 'utf8');
const sources = readdirSync(join(root, 'libs/domain/src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

describe('the page of scoring rules', () => {
  it('is what libs/domain says: parameters, clauses and numbered cases (else: npm run docs:rules)', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/docs/scoring-rules.mjs'), '--check'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('leads to the code of every rule', () => {
    for (const rule of readdirSync(join(root, 'libs/domain/src/scoring/rules')).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
      expect(page).toContain(`](../../libs/domain/src/scoring/rules/${rule})`);
    }
  });

  it('names every official text that a comment in the domain names', () => {
    const named = new Set(sources.flatMap((file) => readFileSync(join(root, 'libs/domain/src', file), 'utf8').match(/财预〔\d{4}〕\d+号/gu) ?? []));
    expect([...named].filter((clause) => !page.includes(clause))).toEqual([]);
  });
});
