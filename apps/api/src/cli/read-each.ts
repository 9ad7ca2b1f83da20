import { type Refusal, REFUSAL_WORDS, speak } from '@jiheng/domain';
import type { ReadDocument } from '@jiheng/documents';
import { CommandRefusal, type Sentence, sayInto, type Terminal, type Tongue } from './terminal';

/** What was read of one file, or why it could not be. */
export type Outcome = { readonly ok: true; readonly value: ReadDocument } | { readonly ok: false; readonly refusal: Refusal };

/** Why a file could not be read, in both languages. */
export function sentenceOf({ code, params }: Refusal): Sentence {
  return { zh: speak(REFUSAL_WORDS[code], params, 'zh'), en: speak(REFUSAL_WORDS[code], params, 'en') };
}

/**
 * Reads a batch file by file and prints a line of JSON for each as soon as it is read, so that a thousand documents need the memory of one:
 * `{ file, tables, budgetTables, findings }`, or `{ file, refusal }` for one that could not be read, which keeps no other out. The last sentence
 * on standard error sums up. Ends with 2 when a file was refused.
 * @param print what is printed of a document, without its file
 */
export async function readEach(paths: readonly string[], readOne: (path: string) => Promise<Outcome>, print: (read: ReadDocument) => object, terminal: Terminal, tongue: Tongue): Promise<void> {
  const startedAt = performance.now();
  let [tables, rows, findings, refused] = [0, 0, 0, 0];
  for (const path of paths) {
    const outcome = await asOutcome(readOne(path));
    if ('sentences' in outcome) {
      refused += 1;
      const [sentence] = outcome.sentences;
      terminal.out(`${JSON.stringify({ file: path, refusal: { code: 'file', message: sentence?.[tongue === 'en' ? 'en' : 'zh'] ?? '' } })}\n`);
    } else if (!outcome.ok) {
      refused += 1;
      terminal.out(`${JSON.stringify({ file: path, refusal: { code: outcome.refusal.code, message: sentenceOf(outcome.refusal)[tongue === 'en' ? 'en' : 'zh'] } })}\n`);
    } else {
      tables += outcome.value.tables.length;
      rows += outcome.value.tables.reduce((sum, table) => sum + table.indicators.length, 0);
      findings += outcome.value.findings.length;
      terminal.out(`${JSON.stringify({ file: path, ...print(outcome.value) })}\n`);
    }
  }
  const seconds = Math.max(1, Math.round((performance.now() - startedAt) / 100));
  const time = `${Math.floor(seconds / 10)}.${seconds % 10}`;
  const summary: Sentence = {
    zh: `共 ${paths.length} 份文件：读出 ${paths.length - refused} 份，未能读取 ${refused} 份；绩效目标表 ${tables} 张，指标 ${rows} 条，检查发现 ${findings} 条；用时 ${time} 秒。`,
    en: `${paths.length} files: ${paths.length - refused} read, ${refused} refused; ${tables} tables, ${rows} indicators, ${findings} findings; ${time} s.`,
  };
  if (refused > 0) throw new CommandRefusal([summary]);
  sayInto(terminal, summary, tongue);
}

/** A file that cannot be opened is refused like one that cannot be read: a batch goes on. */
async function asOutcome(reading: Promise<Outcome>): Promise<Outcome | CommandRefusal> {
  try {
    return await reading;
  } catch (fault) {
    if (fault instanceof CommandRefusal) return fault;
    throw fault;
  }
}
