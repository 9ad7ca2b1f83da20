import type { PullSourceKind } from '@jiheng/contract';
import { type Refusal, type Words, periodWords, refuse, sayRefusal } from '@jiheng/domain';
import { withoutQuery } from '../connectors/place-url';
import type { PullFailure } from '../pull-failure';
import { type AskedPeriod, type SourceDraft, type SourceRow, isPath, placeFor } from '../source-connector';
import { type Binding, fieldsOf } from './binding';
import { reachedBy, sayThere, someOf } from './names-there';

/** A longer answer is not read once more only to name what is in it. */
const MOST_READ = 2_097_152;
/** Of many fields that are not there, so many are said. */
const MOST_SAID = 3;

type AskedSource = SourceDraft & { readonly kind: PullSourceKind };

/** What a source answered: of a field that is not in it, says that it was looked for and a few of the names that are there instead. */
export class Absent {
  private keys: ReadonlySet<string> | null = null;
  private names: readonly string[] | null = null;
  private document: { readonly read: unknown } | null = null;

  constructor(private readonly kind: PullSourceKind, private readonly rows: readonly SourceRow[], private readonly body: Buffer) {}

  /** Why a field of a binding has no value. */
  why(field: string): Refusal {
    this.keys ??= new Set(this.rows.map((row) => row.key));
    if (this.keys.has(field)) return this.empty(field);
    if (this.kind !== 'HTTP_JSON' || !isPath(field)) {
      this.names ??= [...this.keys].filter((key) => this.kind !== 'HTTP_JSON' || !isPath(key));
      const { zh, en } = someOf(this.names);
      return this.names.length === 0 ? refuse('pull.field-absent', { field }).refusal : refuse('pull.field-absent-among', { field, there: zh, thereEn: en }).refusal;
    }
    this.document ??= { read: readJson(this.body) };
    if (this.document.read === undefined) return refuse('pull.path-absent', { path: field }).refusal;
    const { zh, en } = sayThere(reachedBy(field, this.document.read));
    return refuse('pull.path-absent-below', { path: field, there: zh, thereEn: en }).refusal;
  }

  /** Of a field that is there and has no value; in a sheet with the place of its cell. */
  private empty(field: string): Refusal {
    const blank = this.rows.filter(({ key, line }) => key === field && line !== undefined);
    const [first] = blank;
    if (first === undefined) return refuse('pull.field-empty', { field }).refusal;
    const { file = '', line = '' } = first;
    const more = blank.length - 1;
    return refuse('pull.field-empty-at', { field, at: `文件“${file}”第 ${line} 行${more > 0 ? `等，共 ${blank.length} 行` : ''}`, atEn: `line ${line} of the file “${file}”${more > 0 ? ` and ${more} more` : ''}` }).refusal;
  }

  /** A refusal as it came, unless it is about a field that is not there. */
  told(refusal: Refusal): Refusal {
    return refusal.code === 'pull.field-absent' && refusal.params['field'] !== undefined ? this.why(refusal.params['field']) : refusal;
  }

  /** The sentences about all fields of these bindings; of many, the first few and how many more there are. */
  all(bindings: readonly Binding[]): Words {
    const fields = fieldsOf(bindings);
    const said = fields.slice(0, MOST_SAID).map((field) => this.why(field));
    const more = fields.length - said.length;
    return {
      zh: said.map((refusal) => sayRefusal(refusal, 'zh')).join('') + (more > 0 ? `另有 ${more} 个字段也没有。` : ''),
      en: said.map((refusal) => sayRefusal(refusal, 'en')).join(' ') + (more > 0 ? ` ${more} more field(s) are not there either.` : ''),
    };
  }
}

/** A source answered, and nothing of what is bound is in it. */
export function noneOfBound(source: AskedSource, period: AskedPeriod, bindings: readonly Binding[], absent: Absent): Refusal {
  const { zh, en } = absent.all(bindings);
  return refuse('pull.none-of-bound', { source: source.name, ...periodWords(period), absent: zh, absentEn: en }).refusal;
}

/** What the refusal of a failed asking leaves open when nothing was found: what was looked for, and what is there instead. Any other failure stays as it is. */
export function namingSought(failure: PullFailure, source: AskedSource, period: AskedPeriod, wanted: readonly string[]): PullFailure {
  const { code, params } = failure.refusal;
  const columns = `${source.keyField}, ${source.valueField}`;
  if (code === 'pull.not-there') {
    const rows = source.kind === 'HTTP_JSON' ? `${source.rowsPath} → ` : isFolder(source) && source.settings.sheet !== '' ? `${placeFor(source.settings.sheet, period)} → ` : '';
    const sought = `${withoutQuery(placeFor(source.place, period))}  ${rows}${columns}`;
    const beside = source.kind === 'HTTP_JSON' ? saidBeside(readJson(failure.body ?? Buffer.alloc(0))) : null;
    return { ...failure, refusal: refuse('pull.not-there-sought', { ...params, sought: `${sought}${beside?.zh ?? ''}`, soughtEn: `${sought}${beside?.en ?? ''}` }).refusal };
  }
  const document = code === 'pull.unreadable-body' && source.kind === 'HTTP_JSON' && params['cause']?.endsWith(`→ ${columns}`) === true ? readJson(failure.body ?? Buffer.alloc(0)) : undefined;
  if (document === undefined) return failure;
  const places = new Map([...wanted.filter(isPath), source.rowsPath].map((path) => { const there = sayThere(reachedBy(path, document)); return [there.zh, there] as const; }));
  const said = [...places.values()].slice(0, MOST_SAID);
  const beside = saidBeside(document);
  return {
    ...failure,
    refusal: refuse('pull.nothing-found', { source: source.name, sought: params['cause'] ?? '', there: `${said.map(({ zh }) => zh).join('；')}${beside?.zh ?? ''}`, thereEn: `${said.map(({ en }) => en).join('; ')}${beside?.en ?? ''}` }).refusal,
  };
}

function isFolder({ kind }: AskedSource): boolean {
  return kind === 'SHEET_FOLDER' || kind === 'SFTP_FOLDER';
}

/** Names under which interfaces put what they have to say in words: `{ "code": 401, "msg": "token已过期", "rows": [] }`. */
const IN_WORDS = ['msg', 'message', 'errmsg', 'errorMessage', 'error_description', 'error', 'detail'] as const;
const LONGEST_WORDS = 200;

/** What a document without rows says in words at its top, as the end of a sentence; null where it says nothing. */
function saidBeside(document: unknown): Words | null {
  if (typeof document !== 'object' || document === null) return null;
  const said = IN_WORDS.map((name) => (document as Record<string, unknown>)[name]).find((value): value is string => typeof value === 'string' && value.trim() !== '');
  if (said === undefined) return null;
  const words = said.replace(/\s+/gu, ' ').trim();
  const short = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
  return { zh: `；对方附言：“${short}”`, en: `; it says: “${short}”` };
}

/** The document of an answer; undefined where it is none, too long, or several pages one below the other. */
function readJson(body: Buffer): unknown {
  if (body.length === 0 || body.length > MOST_READ) return undefined;
  try { return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown; } catch { return undefined; }
}
