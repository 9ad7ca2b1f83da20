import { basename } from 'node:path';
import type { RecognitionTemplate } from '@jiheng/documents';
import { type Refusal, REFUSAL_WORDS, speak } from '@jiheng/domain';
import { serverProgram } from './server-program';
import { CommandRefusal, openFile, refuseCommand, sayInto, type Sentence, type Terminal, type Tongue } from './terminal';

/** Flags of `import` without `--dry-run`. */
export interface StoreFlags {
  readonly json?: boolean;
  readonly year?: number;
  /** Code of the unit the documents belong to; without it, as each document names it. */
  readonly unit?: string;
  /** Login of the person in whose name drafts are written. */
  readonly by?: string;
  /** Takes the tables into the books as drafts at once. */
  readonly accept?: boolean;
  /** Why tables in force are adjusted. */
  readonly reason?: string;
}

/** One document of the batch, as it is printed. */
interface Outcome {
  readonly file: string;
  readonly state: 'STAGED' | 'ACCEPTED' | 'REFUSED';
  readonly importId: string | null;
  readonly unit: string | null;
  readonly tables: number;
  readonly rows: number;
  readonly drafts: readonly string[];
  readonly refusal: { readonly code: string; readonly zh: string; readonly en: string } | null;
}

interface StoreProgram { readonly openDocumentStore: typeof import('../store-documents').openDocumentStore }

/**
 * Brings documents into the database of the server: staged for a person to check, or with `--accept` as drafts. One document that fails does
 * not keep the others out; the summary names each, and the command ends with 2 when one was refused.
 */
export async function storeFiles(paths: readonly string[], flags: StoreFlags, templates: readonly RecognitionTemplate[], terminal: Terminal, tongue: Tongue): Promise<void> {
  if ((process.env['DATABASE_URL'] ?? '') === '') {
    refuseCommand(
      '请用环境变量 DATABASE_URL 指明数据库（与服务器相同，DATA_DIR 也要相同）；只想试读，请加上 --dry-run。',
      'Name the database with DATABASE_URL (the server\'s own, and the same DATA_DIR); to only read, add --dry-run.',
    );
  }
  const { openDocumentStore } = await serverProgram<StoreProgram>('store-documents', { zh: '存入系统', en: 'Storing' });
  const opened = await openDocumentStore(process.env, {
    unitCode: flags.unit ?? null, by: flags.by ?? null, fiscalYear: flags.year ?? null, accept: flags.accept === true, reason: flags.reason ?? '', templates,
  });
  if (!opened.ok) throw new CommandRefusal([sentenceOf(opened.refusal)]);
  const outcomes: Outcome[] = [];
  try {
    for (const path of paths) {
      sayInto(terminal, { zh: `正在导入 ${path} …`, en: `Importing ${path} …` }, tongue === 'both' ? 'zh' : tongue);
      outcomes.push(await outcomeOf(path, (bytes) => opened.value.store({ name: basename(path), bytes: Buffer.from(bytes) }), terminal));
    }
  } finally {
    await opened.value.close();
  }
  terminal.out(flags.json === true ? `${JSON.stringify({ documents: outcomes }, null, 2)}\n` : describe(outcomes, tongue));
  const refused = outcomes.filter((one) => one.refusal !== null);
  if (refused.length > 0) throw new CommandRefusal(refused.map(({ file, refusal }) => ({ zh: `${file}：${refusal?.zh ?? ''}`, en: `${file}: ${refusal?.en ?? ''}` })));
}

type Stored = Awaited<ReturnType<Extract<Awaited<ReturnType<StoreProgram['openDocumentStore']>>, { ok: true }>['value']['store']>>;

async function outcomeOf(path: string, store: (bytes: Uint8Array) => Promise<Stored>, terminal: Terminal): Promise<Outcome> {
  const file = basename(path);
  const refused = (refusal: Outcome['refusal']): Outcome => ({ file, state: 'REFUSED', importId: null, unit: null, tables: 0, rows: 0, drafts: [], refusal });
  let bytes: Uint8Array;
  // A file of a gigabyte is refused by its size and never read.
  const size = (await terminal.sizeOf?.(path).catch(() => 0)) ?? 0;
  const tooLarge = (await import('@jiheng/documents')).refuseSize(size, file);
  if (tooLarge !== null) return refused({ code: tooLarge.code, ...sentenceOf(tooLarge) });
  try {
    bytes = await openFile(terminal, path);
  } catch (fault) {
    // A missing file of a batch is one line of the summary.
    const [sentence] = fault instanceof CommandRefusal ? fault.sentences : [];
    if (sentence === undefined) throw fault;
    return refused({ code: 'document.unreadable', ...sentence });
  }
  const stored = await store(bytes);
  if (!stored.ok) return refused({ code: stored.refusal.code, ...sentenceOf(stored.refusal) });
  const { refusal } = stored.value;
  return { file, ...stored.value, refusal: refusal === null ? null : 'params' in refusal ? { code: refusal.code, ...sentenceOf(refusal) } : refusal };
}

function sentenceOf({ code, params }: Refusal): Sentence {
  return { zh: speak(REFUSAL_WORDS[code], params, 'zh'), en: speak(REFUSAL_WORDS[code], params, 'en') };
}

function describe(outcomes: readonly Outcome[], tongue: Tongue): string {
  const english = tongue === 'en';
  const words = english ? { STAGED: 'staged', ACCEPTED: 'accepted as drafts', REFUSED: 'refused' } : { STAGED: '待核对', ACCEPTED: '已采纳为草稿', REFUSED: '未能导入' };
  const lines = outcomes.map((one) => `${words[one.state]}  ${one.file}${one.tables === 0 ? '' : english ? `  ${one.tables} tables, ${one.rows} rows` : `  ${one.tables} 张表，${one.rows} 项指标`}${one.unit === null ? '' : `  ${one.unit}`}`);
  const count = (state: Outcome['state']): number => outcomes.filter((one) => one.state === state).length;
  lines.push(english
    ? `${outcomes.length} documents: ${count('ACCEPTED')} accepted, ${count('STAGED')} staged, ${count('REFUSED')} refused.`
    : `共 ${outcomes.length} 个文件：采纳 ${count('ACCEPTED')}，待核对 ${count('STAGED')}，未能导入 ${count('REFUSED')}。`);
  return `${lines.join('\n')}\n`;
}
