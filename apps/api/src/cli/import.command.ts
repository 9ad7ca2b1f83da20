import { basename } from 'node:path';
import { type Finding, sayFinding } from '@jiheng/domain';
import type { ReadDocument, RecognisedTable } from '@jiheng/documents';
import { inColumns } from './columns';
import { ReadingThread, readingThread } from '../document-import/document-import.public';
import { type Outcome, readEach, sentenceOf } from './read-each';
import { readTemplates } from './read-templates';
import type { StoreFlags } from './store.command';
import { CommandRefusal, openFile, sayInto, type Sentence, type Terminal, type Tongue } from './terminal';

/** Flags of `import`. */
export interface ImportFlags extends StoreFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** A line of JSON a file, as soon as it is read. */
  readonly each?: boolean;
  /** Fiscal year for tables that name none. */
  readonly year?: number;
  /** JSON files with forms beyond the built-in ones. */
  readonly template?: readonly string[];
}

/**
 * With `--dry-run` reads documents and prints their tables, and nothing is stored: one unreadable file refuses them all, so that nothing is
 * half taken; with `--each` besides, every file stands for itself. Without it, they are brought into the database one by one.
 */
export async function importDocuments(paths: readonly string[], flags: ImportFlags, terminal: Terminal, tongue: Tongue): Promise<void> {
  if (flags.dryRun !== true) {
    const { storeFiles } = await import('./store.command');
    await storeFiles(paths, flags, await readTemplates(flags.template ?? [], terminal), terminal, tongue);
    return;
  }
  const { readDocument, refuseSize, secondsToRead } = await import('@jiheng/documents');
  const templates = await readTemplates(flags.template ?? [], terminal);
  const options = { ...(flags.year === undefined ? {} : { fiscalYear: flags.year }), ...(templates.length === 0 ? {} : { templates }) };
  const program = readingThread();
  const thread = program === null ? null : new ReadingThread(program);
  const readOne = async (path: string): Promise<Outcome> => {
    sayInto(terminal, { zh: `正在读取 ${path} …`, en: `Reading ${path} …` }, tongue === 'both' ? 'zh' : tongue);
    // A file of a gigabyte is refused by its size and never read. A missing file has its own sentence below.
    const size = (await terminal.sizeOf?.(path).catch(() => 0)) ?? 0;
    const tooLarge = refuseSize(size, basename(path));
    if (tooLarge !== null) return { ok: false, refusal: tooLarge };
    const file = { name: basename(path), bytes: await openFile(terminal, path) };
    // As on the server: a file that is slow or heavy is given up with a sentence and takes nobody down with it.
    return thread === null ? readDocument(file.bytes, file.name, options) : thread.read(file, secondsToRead(file.name, file.bytes), options);
  };
  if (flags.each === true) {
    await readEach(paths, readOne, (one) => printedDocument(one, tongue), terminal, tongue);
    return;
  }
  const read: ReadDocument[] = [];
  const refused: Sentence[] = [];
  for (const path of paths) {
    const outcome = await readOne(path);
    if (outcome.ok) read.push(withoutCells(outcome.value));
    else refused.push(sentenceOf(outcome.refusal));
  }
  if (refused.length > 0) throw new CommandRefusal(refused);
  const all = joinDocuments(read);
  terminal.out(flags.json === true ? `${JSON.stringify(printedDocument(all, tongue), null, 2)}\n` : describeTables(all, tongue));
}

/** What is printed of a document; the cells it was read from would fill the memory when there are many. */
function withoutCells({ tables, budgetTables, findings }: ReadDocument): ReadDocument {
  return { tables: tables.map((table) => ({ ...table, indicators: table.indicators.map(({ cells: _cells, ...row }) => row) })), budgetTables, findings };
}

/** What was read, in the file format. */
function printedDocument({ tables, budgetTables, findings }: ReadDocument, tongue: Tongue): object {
  return { tables: tables.map(printedTable), budgetTables, findings: findings.map((one) => printedFinding(one, tongue)) };
}

/** Several documents as one: the findings' table numbers go on counting. */
function joinDocuments(documents: readonly ReadDocument[]): ReadDocument {
  let before = 0;
  const findings: Finding[] = [];
  for (const { tables, findings: own } of documents) {
    const offset = before;
    findings.push(...own.map((one) => (one.table === null ? one : { ...one, table: one.table + offset })));
    before += tables.length;
  }
  return { tables: documents.flatMap((one) => one.tables), budgetTables: documents.flatMap((one) => one.budgetTables), findings };
}

/**
 * A table in the file format. Persons named in a document are not taken over, so the lead is always left open. The cells it was read
 * from are for pages that show the source beside it; a file holds what was read, once.
 */
function printedTable(table: RecognisedTable): object {
  const { form, template, templateScores, subject, fiscalYear, budgetUnit, project, budget, goalText, indicators, source } = table;
  const { goalAchieved, goalAdjusted, period, levelPoints, execution, printedSum, mainTasks } = table;
  return {
    form,
    template,
    templateScores,
    subject,
    fiscalYear,
    budgetUnit,
    project,
    lead: null,
    budget,
    goalText,
    indicators: indicators.map(({ key: _key, passThreshold: _threshold, cells: _cells, ...row }) => row),
    source,
    // Only forms that print them have these keys.
    ...Object.fromEntries(Object.entries({ goalAchieved, goalAdjusted, period, levelPoints, mainTasks }).filter(([, value]) => value !== undefined)),
    ...(execution === undefined ? {} : { execution: execution.map(({ cells: _cells, ...line }) => line) }),
    ...(printedSum === undefined ? {} : { printedSum: { weight: printedSum.weight, points: printedSum.points, rating: printedSum.rating } }),
  };
}

/** A finding in the file format, its sentence in the chosen language. */
export function printedFinding(finding: Finding, tongue: Tongue): object {
  const { code, severity, table, row, expected, found } = finding;
  return { code, severity, table, row, message: tongue === 'en' ? sayFinding(finding, 'en') : finding.message, expected, found };
}

function describeTables({ tables, budgetTables, findings }: ReadDocument, tongue: Tongue): string {
  const english = tongue === 'en';
  const lines: string[] = [];
  tables.forEach((table, at) => {
    lines.push(
      `${at + 1}. ${table.fiscalYear} ${table.budgetUnit}${table.project === null ? '' : ` · ${table.project}`}`,
      `   ${table.source.file}, ${table.source.place}`,
      `   ${english ? 'Form' : '表样'} ${table.templateScores.map(({ name, confidence }) => `${name} ${confidence}`).join(' > ')}`,
    );
    lines.push(
      inColumns(
        [
          english
            ? ['', 'Level 1', 'Level 2', 'Indicator', 'Target', 'Weight', 'Sure', 'Place']
            : ['', '一级指标', '二级指标', '三级指标', '指标值', '分值', '把握', '位置'],
          ...table.indicators.map((row, index) => [
            String(index + 1),
            row.level1,
            row.level2,
            row.name,
            row.target.raw.replace(/\s+/gu, ''),
            row.weight,
            row.confidence,
            row.source.place,
          ]),
        ],
        [0, 5],
      ),
      '',
    );
  });
  if (tables.length === 0) lines.push(english ? 'No target tables.' : '没有绩效目标表。');
  if (budgetTables.length > 0) {
    lines.push(english ? `Budget tables (${budgetTables.length}):` : `预算表（${budgetTables.length} 张）：`);
    for (const { number, title, rows } of budgetTables) lines.push(english ? `  ${number} ${title}, ${rows.length} rows` : `  表${number} ${title}，${rows.length} 行`);
  }
  if (findings.length > 0) lines.push(english ? `Findings (${findings.length}):` : `检查发现（${findings.length} 条）：`);
  for (const finding of findings) {
    const place = [finding.table === null ? '' : `${finding.table + 1}`, finding.row === null ? '' : `${finding.row + 1}`]
      .filter((part) => part !== '')
      .join('.');
    // A finding about the document as a whole stands nowhere in particular.
    lines.push(`  ${finding.severity} ${finding.code}${place === '' ? '' : ` [${place}]`} ${sayFinding(finding, english ? 'en' : 'zh')}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
