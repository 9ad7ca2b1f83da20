import type { RecognitionTemplate } from '@jiheng/documents';
import { readTemplates } from './read-templates';
import type { Terminal, Tongue } from './terminal';

/** Prints the forms that are known, with their columns in every spelling; files given besides are checked and listed first. */
export async function listTemplates(
  paths: readonly string[],
  flags: { readonly json?: boolean },
  terminal: Terminal,
  tongue: Tongue,
): Promise<void> {
  const { BUILT_IN_TEMPLATES } = await import('@jiheng/documents');
  const templates = [...(await readTemplates(paths, terminal)), ...BUILT_IN_TEMPLATES];
  terminal.out(
    flags.json === true
      ? `${JSON.stringify({ templates }, null, 2)}\n`
      : `${templates.map((template) => describe(template, tongue)).join('\n\n')}\n`,
  );
}

function describe({ name, title, origin, form, subject, titleWords, columns, money }: RecognitionTemplate, tongue: Tongue): string {
  const lines = [
    `${name}  ${title[tongue === 'en' ? 'en' : 'zh']}`,
    `  ${form} · ${subject} · ${origin}`,
    `  ${titleWords.join(' | ')}`,
    ...columns.map(
      ({ role, words, group, optional }) =>
        `  ${role.padEnd(15)} ${group === undefined ? '' : `${group} › `}${words.join(' | ')}${optional === true ? ' ?' : ''}`,
    ),
  ];
  if (money !== undefined) {
    lines.push(`  ${'¥'.padEnd(15)} ${money.columns.map(({ words }) => words[0]).join(' | ')}`);
    if (money.rows.length > 0) lines.push(`  ${'¥'.padEnd(15)} ${money.rows.map(({ words }) => words[0]).join(' / ')}`);
  }
  return lines.join('\n');
}
