import { computed, signal } from '@angular/core';
import { type ProfileSentence, type Refusal, type Result, type RuleProfile, isDecimalText, isReservedName, multiplyDecimal, normalizeDecimal, normalizeText, sayRuleProfile, validateRuleProfile } from '@jiheng/domain';
import { type ListParameter, type NumberKind, PARAMETERS, type Parameter, type TypedValues } from './rule-profile-parameters';

/** A row of bands or ratings as typed, by the key of the column. */
export type TypedRow = Readonly<Record<string, string>>;

/** The texts around the parameters. Those in English may be left blank: the Chinese ones stand for them then. */
export interface ProfileTexts { readonly name: string; readonly title: string; readonly titleEn: string; readonly notes: string; readonly notesEn: string }

/** A text that is missing or cannot be what it is. */
export type TextProblem = 'name' | 'title' | 'notes';

/** What the domain refuses, and where: a parameter, in a list with its row and column; `kind` says in which unit it was typed. */
export interface ParameterProblem {
  readonly path: string;
  readonly row: number | null;
  readonly column: string | null;
  readonly refusal: Refusal;
  readonly kind: NumberKind | null;
}

/** A sentence of the draft beside that of the profile it began with. */
export interface DraftSentence { readonly sentence: ProfileSentence; readonly before: ProfileSentence | null }

const NAME_SHAPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const IN_A_LIST = /^(.+)\[(\d+)\](?:\.(\w+))?$/;
const NO_TEXTS: ProfileTexts = { name: '', title: '', titleEn: '', notes: '', notesEn: '' };

/**
 * A rule profile being written: begun from one that is known, typed in the units people think in (a share as a percentage), and at every
 * moment either a whole profile that the domain accepts or problems with their places. Nothing typed is changed.
 */
export class RuleProfileDraft {
  readonly base = signal<RuleProfile | null>(null);
  readonly texts = signal<ProfileTexts>(NO_TEXTS);
  private readonly typed = signal<TypedValues>({});
  private readonly lists = signal<Readonly<Record<string, readonly TypedRow[]>>>({});
  private readonly clauses = signal<Readonly<Record<string, string>>>({});
  private readonly begunAs = signal('');

  /** The version it would get: one more than the last of its name. */
  readonly version = computed(() => 1 + Math.max(0, ...this.known().filter((one) => one.name === this.texts().name.trim()).map((one) => one.version)));
  readonly isTouched = computed(() => this.base() !== null && this.begunAs() !== this.asText());
  private readonly read = computed(() => { const base = this.base(); return base === null ? null : this.readAll(base); });
  /** The first text and the first parameter that are not right yet. */
  readonly textProblem = computed(() => this.problemOfTexts());
  readonly parameterProblem = computed(() => this.problemOfParameters());
  /** The whole profile, once nothing is wrong any more. */
  readonly profile = computed(() => (this.textProblem() !== null || this.parameterProblem() !== null ? null : (this.read()?.profile ?? null)));
  /** What the draft would do, in sentences; empty while a parameter is not right. */
  readonly sentences = computed((): readonly DraftSentence[] => {
    const [base, read] = [this.base(), this.read()];
    if (base === null || read?.result.ok !== true) return [];
    const before = sayRuleProfile(base);
    return sayRuleProfile(read.result.value).map((sentence, at) => ({ sentence, before: before[at]?.words.zh === sentence.words.zh ? null : (before[at] ?? null) }));
  });

  /** @param known names and versions on record */
  constructor(private readonly known: () => readonly { readonly name: string; readonly version: number }[]) {}

  /** Begins from a profile. Its name is kept only where a next version under it may be entered. */
  begin(base: RuleProfile): void {
    this.base.set(base);
    this.texts.set({ name: isReservedName(base.name) ? '' : base.name, title: base.title.zh, titleEn: base.title.en, notes: base.notes.zh, notesEn: base.notes.en });
    this.typed.set(Object.fromEntries(PARAMETERS.flatMap((one) => (one.kind === 'LIST' ? [] : [[one.path, shownOf(one, valueAt(base, one.path))]]))));
    this.lists.set(Object.fromEntries(PARAMETERS.flatMap((one) => (one.kind === 'LIST' ? [[one.path, rowsOf(one, valueAt(base, one.path))]] : []))));
    this.clauses.set({ ...base.clauses });
    this.begunAs.set(this.asText());
  }

  end(): void {
    this.base.set(null);
    this.texts.set(NO_TEXTS);
  }

  say(texts: Partial<ProfileTexts>): void {
    this.texts.update((all) => ({ ...all, ...texts }));
  }

  isAsked(parameter: Parameter): boolean {
    return parameter.isAsked?.(this.typed()) ?? true;
  }

  value(path: string): string {
    return this.typed()[path] ?? '';
  }

  type(path: string, text: string): void {
    this.typed.update((all) => ({ ...all, [path]: text }));
  }

  rows(path: string): readonly TypedRow[] {
    return this.lists()[path] ?? [];
  }

  typeInRow(path: string, row: number, key: string, text: string): void {
    this.setRows(path, this.rows(path).map((one, at) => (at === row ? { ...one, [key]: text } : one)));
  }

  addRow(parameter: ListParameter): void {
    this.setRows(parameter.path, [...this.rows(parameter.path), blankRow(parameter)]);
  }

  removeRow(path: string, row: number): void {
    this.setRows(path, this.rows(path).filter((_, at) => at !== row));
  }

  /** The clause under a key; '' where none is named. */
  clause(key: string): string {
    return this.clauses()[key] ?? '';
  }

  typeClause(key: string, text: string): void {
    this.clauses.update((all) => ({ ...all, [key]: text }));
  }

  /** What stood there in the profile it began with, as typed; null while it still does. */
  before(parameter: Parameter): string | null {
    const base = this.base();
    if (base === null) return null;
    if (parameter.kind !== 'LIST') {
      const old = shownOf(parameter, valueAt(base, parameter.path));
      return sameText(old, this.value(parameter.path)) ? null : old;
    }
    const old = rowsOf(parameter, valueAt(base, parameter.path));
    const now = this.rows(parameter.path);
    const isSame = old.length === now.length && old.every((row, at) => parameter.columns.every(({ key }) => sameText(row[key] ?? '', now[at]?.[key] ?? '')));
    return isSame ? null : old.map((row) => parameter.columns.map(({ key }) => row[key] ?? '').join(' → ')).join('，');
  }

  /** Whether one of these is another than before while the clause still speaks for the old ones. */
  hasOldClause(key: string, parameters: readonly Parameter[]): boolean {
    const clause = this.clause(key).trim();
    return clause !== '' && clause === this.base()?.clauses[key] && parameters.some((one) => this.before(one) !== null);
  }

  /** The draft as it stands as JSON, to be taken elsewhere. */
  json(): string {
    return JSON.stringify(this.read()?.profile ?? {}, null, 2);
  }

  private setRows(path: string, rows: readonly TypedRow[]): void {
    this.lists.update((all) => ({ ...all, [path]: rows }));
  }

  private asText(): string {
    return JSON.stringify([this.texts(), this.typed(), this.lists(), this.clauses()]);
  }

  /** The profile as typed, with what the domain says of it; a name or title that is missing is not its business here. */
  private readAll(base: RuleProfile): { readonly profile: RuleProfile; readonly result: Result<RuleProfile>; readonly rowsOf: ReadonlyMap<string, readonly number[]> } {
    const texts = this.texts();
    const title = texts.title.trim();
    const notes = texts.notes.trim();
    const clauses = Object.fromEntries(Object.entries(this.clauses()).flatMap(([key, clause]) => (clause.trim() === '' ? [] : [[key, clause.trim()]])));
    const root: Record<string, unknown> = {
      ...(JSON.parse(JSON.stringify(base)) as RuleProfile), name: texts.name.trim(), version: this.version(), clauses,
      title: { zh: title, en: texts.titleEn.trim() || title }, notes: { zh: notes, en: texts.notesEn.trim() || notes },
    };
    const kept = new Map<string, readonly number[]>();
    for (const one of PARAMETERS) {
      // What is not asked stays as it was: a slip in it would have no place to be shown.
      if (!this.isAsked(one)) continue;
      if (one.kind !== 'LIST') { put(root, one.path, toValue(one, this.value(one.path))); continue; }
      const rows = this.rows(one.path).map((row, at) => ({ row, at })).filter(({ row }) => one.names === undefined || (row['from'] ?? '').trim() !== '');
      kept.set(one.path, rows.map(({ at }) => at));
      put(root, one.path, rows.map(({ row }) => Object.fromEntries(one.columns.map(({ key, kind }) => [key, kind === 'NAME' ? row[key] : toNumber(kind, row[key] ?? '')]))));
    }
    const checked = { ...root, name: 'draft', title: { zh: 'draft', en: 'draft' }, notes: { zh: 'draft', en: 'draft' } };
    return { profile: root as unknown as RuleProfile, result: validateRuleProfile(checked), rowsOf: kept };
  }

  private problemOfTexts(): TextProblem | null {
    const { name, title, notes } = this.texts();
    if (!NAME_SHAPE.test(name.trim()) || isReservedName(name.trim())) return 'name';
    if (title.trim() === '') return 'title';
    return notes.trim() === '' ? 'notes' : null;
  }

  private problemOfParameters(): ParameterProblem | null {
    const read = this.read();
    if (read === null || read.result.ok) return null;
    const { rowsOf: kept } = read;
    const { refusal } = read.result;
    const path = refusal.params['path'] ?? '';
    const [, list = path, row, column] = IN_A_LIST.exec(path) ?? [];
    const parameter = PARAMETERS.find((one) => one.path === list);
    const kind = parameter === undefined ? null : parameter.kind === 'LIST' ? (parameter.columns.find(({ key }) => key === column)?.kind ?? null) : parameter.kind;
    return {
      path: list, row: row === undefined ? null : (kept.get(list)?.[Number(row)] ?? Number(row)), column: column ?? null, refusal,
      kind: kind === 'POINTS' || kind === 'PERCENT' || kind === 'SHARE' ? kind : null,
    };
  }
}

/** A number of the profile as people type it. */
export function shownNumber(kind: NumberKind, value: string): string {
  if (!isDecimalText(value)) return value;
  return normalizeDecimal(kind === 'SHARE' ? multiplyDecimal(value, '100') : value);
}

/** A typed number as the profile has it; what is no number goes in as it is and is refused there. */
function toNumber(kind: NumberKind, typed: string): string {
  const text = normalizeText(typed).replace(/%$/, '').trim();
  return kind === 'SHARE' && isDecimalText(text) ? normalizeDecimal(multiplyDecimal(text, '0.01')) : text;
}

function toValue(parameter: Exclude<Parameter, ListParameter>, typed: string): unknown {
  if ('choices' in parameter) return parameter.kind === 'YES_NO' ? typed === 'true' : typed;
  return typed.trim() === '' && parameter.blank !== undefined ? null : toNumber(parameter.kind, typed);
}

function shownOf(parameter: Exclude<Parameter, ListParameter>, value: unknown): string {
  if (value === null || value === undefined) return '';
  return 'choices' in parameter ? String(value) : shownNumber(parameter.kind, String(value));
}

function rowsOf(parameter: ListParameter, value: unknown): readonly TypedRow[] {
  const rows = (value as readonly Record<string, string>[]).map((row) => Object.fromEntries(parameter.columns.map(({ key, kind }) => [key, kind === 'NAME' ? (row[key] ?? '') : shownNumber(kind, row[key] ?? '')])));
  if (parameter.names !== undefined) return parameter.names.map((name) => rows.find((row) => row['name'] === name) ?? { ...blankRow(parameter), name });
  return rows.length === 0 ? [blankRow(parameter)] : rows;
}

function blankRow(parameter: ListParameter): TypedRow {
  return Object.fromEntries(parameter.columns.map(({ key }) => [key, '']));
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [toNumber('POINTS', one), toNumber('POINTS', other)];
  return a === b || (isDecimalText(a) && isDecimalText(b) && normalizeDecimal(a) === normalizeDecimal(b));
}

function valueAt(profile: RuleProfile, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], profile);
}

function put(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const at = keys.reduce<Record<string, unknown>>((into, key) => into[key] as Record<string, unknown>, root);
  at[last] = value;
}
