import { RULE_PROFILES, type RuleProfile } from '@jiheng/domain';
import type { Terminal, Tongue } from './terminal';

/** Prints the rule profiles that ship, with every parameter and the clause behind it. */
export function listProfiles(flags: { readonly json?: boolean }, terminal: Terminal, tongue: Tongue): void {
  terminal.out(
    flags.json === true
      ? `${JSON.stringify({ profiles: RULE_PROFILES }, null, 2)}\n`
      : `${RULE_PROFILES.map((profile) => describe(profile, tongue)).join('\n\n')}\n`,
  );
}

function describe(profile: RuleProfile, tongue: Tongue): string {
  const language = tongue === 'en' ? 'en' : 'zh';
  const { name, version, title, notes, clauses, ...parameters } = profile;
  const lines = [`${name} v${version}  ${title[language]}`, `  ${notes[language]}`];
  for (const [path, value] of flatten(parameters)) {
    const clause = clauses[path];
    lines.push(`  ${path} = ${value}${clause === undefined ? '' : `    ${clause}`}`);
  }
  return lines.join('\n');
}

/** Parameters by path, each value on one line; lists stay whole. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, one]) => flatten(one, path === '' ? key : `${path}.${key}`));
}
