import type { Language } from '@jiheng/domain';

/** What a command may touch: two streams and files to read. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Rejects with a Node error when the file cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Bytes of a file, asked before it is read; absent where files are not on a disk. */
  readonly sizeOf?: (path: string) => Promise<number>;
}

/** One sentence in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** A command that cannot go on because of what it was given: its sentences go to standard error and it ends with 2. */
export class CommandRefusal extends Error {
  constructor(readonly sentences: readonly Sentence[]) {
    super(sentences.map((one) => one.zh).join('\n'));
    this.name = 'CommandRefusal';
  }
}

/** Ends a command with one sentence. */
export function refuseCommand(zh: string, en: string): never {
  throw new CommandRefusal([{ zh, en }]);
}

/** Which languages a command speaks on standard error: both unless one was chosen. */
export type Tongue = Language | 'both';

/** A sentence as it goes to standard error, one line a language. */
export function sayInto(terminal: Terminal, sentence: Sentence, tongue: Tongue): void {
  if (tongue !== 'en') terminal.err(`${sentence.zh}\n`);
  if (tongue !== 'zh') terminal.err(`${sentence.en}\n`);
}

/** Bytes of a file; why it cannot be opened becomes a sentence. */
export async function openFile(terminal: Terminal, path: string): Promise<Uint8Array> {
  try {
    return await terminal.readFile(path);
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') refuseCommand(`找不到文件“${path}”，请检查路径。`, `There is no file “${path}”. Check the path.`);
    if (code === 'EISDIR') refuseCommand(`“${path}”是文件夹，请指定一个文件。`, `“${path}” is a folder; name a file.`);
    if (code === 'EACCES' || code === 'EPERM') refuseCommand(`没有读取文件“${path}”的权限。`, `You may not read the file “${path}”.`);
    throw fault;
  }
}
