import type { PullSourceSettings } from '@jiheng/contract';
import type { Result } from '@jiheng/domain';
import { type PullFailure, pullFailure } from './pull-failure';
import type { SecretNeeds } from './secrets/pull-secrets';
import type { SourceSecrets } from './secrets/source-secrets';

/** A source as its form has it, before anybody asks it. */
export interface SourceDraft {
  readonly name: string;
  /** URL or folder; may hold {fiscalYear}, {ordinal}, {period} (2024Q4), {startsOn}, {endsOn} behind the host. */
  readonly place: string;
  /** JSONPath (RFC 9535) to the rows; only HTTP_JSON uses it. */
  readonly rowsPath: string;
  /** Member or column that names a row. */
  readonly keyField: string;
  /** Member or column that holds its value. */
  readonly valueField: string;
  /** What it is asked with; each kind reads its own members. */
  readonly settings: PullSourceSettings;
}

/** What a connector has to know to ask. */
export interface SourceAddress extends SourceDraft {
  /** Code of the budget unit that asks. */
  readonly unitCode: string;
  readonly secrets: SourceSecrets;
  /** Names of what is wanted, as bindings have them: keys of rows, or paths into a document ({@link isPath}). */
  readonly wanted: readonly string[];
}

/** Whether a field of a binding names one place of a JSON document (RFC 9535, `$.data.insured.total`) instead of the key of a row. */
export function isPath(field: string): boolean {
  return field.startsWith('$');
}

/** The period asked for. Days as YYYY-MM-DD. */
export interface AskedPeriod {
  readonly fiscalYear: number;
  readonly ordinal: number;
  readonly label: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** One row as the source gave it: no digit added or lost. */
export interface SourceRow {
  readonly key: string;
  /** '' where the source names the key and says nothing for it yet. */
  readonly verbatim: string;
  /**
   * The row as the source gave it (JSON of the node, or the cells joined by tabs), for whoever asks where a value came from. Cut by {@link boundRow}. A single value of
   * a document has the object around it, or itself and its place (http-json/README.md).
   */
  readonly row?: string;
  /** Of a folder: the file that the row stands in, below the folder that is asked, and the sheet in it where it has several (`2024Q4.xlsx / 汇总`). */
  readonly file?: string;
  /** Of a row of a sheet that names a key and says nothing: the line it stands in, counted from 1 as programs for sheets show it, so that whoever fills it in finds it. */
  readonly line?: string;
}

/** A row as it is taken in, without the secrets of its source (secrets/blot-answer.ts). */
export interface AnsweredRow extends SourceRow {
  /** Its value held one: what is left is no value. */
  readonly isBlotted?: true;
}

/** Longest row that is kept beside a value, in characters. */
export const ROW_LIMIT = 4_000;

/**
 * A row no longer than `limit` characters; how many were cut off is said, `length` being those of the whole. What is kept is a copy: a piece of a long text would
 * keep all of it in memory.
 */
export function boundRow(row: string, limit = ROW_LIMIT, length = row.length): string {
  return length <= limit ? row : `${Buffer.from(row.slice(0, limit)).toString()}… (+${length - limit})`;
}

/** What came of asking. `body` is kept as it came (without the secrets it may repeat), under its SHA-256. */
export type Fetched =
  | { readonly ok: true; readonly rows: readonly SourceRow[]; readonly body: Buffer }
  | { readonly ok: false; readonly failure: PullFailure };

/** The same without the secrets that it was asked with. */
export type Answer = (Extract<Fetched, { ok: true }> & { readonly rows: readonly AnsweredRow[] }) | Extract<Fetched, { ok: false }>;

/** 取数源 of one kind (connectors/README.md). Failures are values; only bugs are thrown. */
export interface SourceConnector {
  /**
   * Whether a source may be what its form says, as far as that can be told without asking it. The place comes with the marks of some period filled in.
   * @param unitCode code of the budget unit that will ask
   */
  check(source: SourceDraft, unitCode: string): Result<void>;
  /** Which secrets it uses, and to whom it shows them. Called only after {@link check} has agreed. */
  needs(source: SourceDraft): SecretNeeds;
  /** Asks for one period, within the limits of time, bytes and rows. */
  fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched>;
}

/** A failure as an answer. */
export function failed(...failure: Parameters<typeof pullFailure>): Extract<Fetched, { ok: false }> {
  return { ok: false, failure: pullFailure(...failure) };
}

/** A refusal as an answer: what may not be asked at all. */
export function misplaced(refused: Extract<Result<unknown>, { ok: false }>): Extract<Fetched, { ok: false }> {
  return { ok: false, failure: { kind: 'MISPLACED', refusal: refused.refusal, body: null } };
}

/** What a mark in a place stands for. */
const MARKS: ReadonlyMap<string, (period: AskedPeriod) => string> = new Map([
  ['fiscalYear', ({ fiscalYear }) => String(fiscalYear)], ['ordinal', ({ ordinal }) => String(ordinal)], ['period', ({ fiscalYear, ordinal }) => `${fiscalYear}Q${ordinal}`],
  ['startsOn', ({ startsOn }) => startsOn], ['endsOn', ({ endsOn }) => endsOn],
]);
const MARK = /\{(\w+)\}/gu;

/** The marks that a place may hold, as they are written. */
export const MARKS_OF_PLACES: readonly string[] = [...MARKS.keys()].map((name) => `{${name}}`);

/** A mark of a place that stands for nothing, such as a mistyped one; null where there is none. Nothing would ever be found there, which looks as if there were no data yet. */
export function unknownMark(place: string): string | null {
  return [...place.matchAll(MARK)].find(([, name = '']) => !MARKS.has(name))?.[0] ?? null;
}

/** The place with the marks of the period filled in; `encode` protects a URL from what is filled in. */
export function placeFor(place: string, period: AskedPeriod, encode: (text: string) => string = (text) => text): string {
  return place.replace(MARK, (mark, name: string) => { const said = MARKS.get(name); return said === undefined ? mark : encode(said(period)); });
}
