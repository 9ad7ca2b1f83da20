import type { Subject } from '@jiheng/domain';
import { bareWord, beginsWithIdeograph, type ColumnRole, compactWord, isPlainNumber, LONGEST_KEPT, USUAL_COLUMN_WORDS } from './form-words';
import { compactLabel, type HeadField, USUAL_LABELS } from './head-labels';
import { BUILT_IN_TEMPLATES } from './templates/built-in-templates';
import type { FormKind, MoneyColumn, MoneyLine, RecognitionTemplate } from './templates/recognition-template';

/** A word of a head row: a column, or a word above several. */
export interface HeadSpelling {
  /** NFKC without blanks; `{period}` in front stands for a span of the year. */
  readonly word: string;
  /** null: a word above several columns. */
  readonly role: ColumnRole | null;
  /** The word above, for columns that stand below one; for a word above, itself. */
  readonly group: string | null;
}

/** What a title says. */
export interface TitleReading {
  /** null: the title does not say. */
  readonly subject: Subject | null;
  readonly form: FormKind;
  /** The same table goes on: 续. */
  readonly continued: boolean;
  /** The title without year and attachment number, compact. */
  readonly word: string;
}

const PERIOD = '(?:(?:19|20)\\d{2}年)?(?:\\d{1,2}(?:[-—–~至到]+)\\d{1,2}月份?|第?[一二三四1-4]季度|上半年|前三季度|Q[1-4])';
const LEADING_PERIOD = new RegExp(`^${PERIOD}(?=.)`, 'u');
const PERIOD_MARK = '{period}';

const FORMS: readonly (readonly [RegExp, FormKind])[] = [
  [/绩效目标(?:申报|批复|调整|公开|情况)?表$/u, 'TARGET'],
  [/绩效(?:目标)?(?:执行|运行|实施|实现)?(?:情况)?监控(?:情况|记录)?表$/u, 'MONITORING'],
  [/绩效(?:目标)?(?:自评|自我评价|评价自评)(?:情况|结果|评分)?表$/u, 'SELF_EVALUATION'],
];

/** The span of the year a head word speaks of: 1—7月 of 1—7月执行情况; null when it speaks of none. */
export function periodOf(text: string): string | null {
  return LEADING_PERIOD.exec(compactWord(text))?.[0] ?? null;
}

function withPeriodFolded(word: string): string {
  return word.replace(LEADING_PERIOD, PERIOD_MARK);
}

/** Answers kept of one dictionary: the words of a thousand tables are the same few hundred. */
const KEPT_ANSWERS = 2_000;

/** A look-up whose answers are kept, a bounded number of them. Numbers are never words of a form unless some form has one as a word. */
class KeptAnswers<T> {
  private readonly answers = new Map<string, T | null>();
  private hasNumbers: boolean | null = null;

  constructor(
    private readonly words: ReadonlyMap<string, unknown>,
    private readonly find: (text: string) => T | null,
  ) {}

  /** Whether a number is one of the words. */
  knowsNumbers(): boolean {
    return (this.hasNumbers ??= [...this.words.keys()].some(isPlainNumber));
  }

  get(text: string): T | null {
    if (isPlainNumber(text)) return this.knowsNumbers() ? this.find(text) : null;
    if (text.length > LONGEST_KEPT) return this.find(text);
    const before = this.answers.get(text);
    if (before !== undefined) return before;
    const found = this.find(text);
    if (this.answers.size >= KEPT_ANSWERS) this.answers.clear();
    this.answers.set(text, found);
    return found;
  }
}

function lookUp<T>(words: ReadonlyMap<string, T>, text: string): T | null {
  return words.get(withPeriodFolded(compactWord(text))) ?? words.get(withPeriodFolded(bareWord(text))) ?? null;
}

/** How a head word stands at a place of a compact text: its length, 0 when it does not. */
export function headWordLength(text: string, at: number, { word }: HeadSpelling): number {
  if (!word.startsWith(PERIOD_MARK)) return text.startsWith(word, at) ? word.length : 0;
  const period = LEADING_PERIOD.exec(text.slice(at, at + 24))?.[0] ?? '';
  const rest = word.slice(PERIOD_MARK.length);
  return period !== '' && text.startsWith(rest, at + period.length) ? period.length + rest.length : 0;
}

/** The words of all forms that are looked for: those of every form, of the built-in templates and of templates a user gave. */
export class FormVocabulary {
  /** Longest first, so that 指标值设置依据 is tried before 指标值. */
  readonly headSpellings: readonly HeadSpelling[];
  readonly labelWords: readonly string[];
  private readonly columns = new Map<string, ColumnRole>();
  private readonly below = new Map<string, { role: ColumnRole; group: string }>();
  private readonly groups = new Set<string>();
  private readonly labels = new Map<string, HeadField>();
  private readonly moneyColumns = new Map<string, MoneyColumn>();
  private readonly moneyLines = new Map<string, MoneyLine>();
  private readonly sums = new Map<string, true>();
  private readonly columnRoles = new KeptAnswers(this.columns, (text) => lookUp(this.columns, text));
  private readonly columnsBelow = new KeptAnswers(this.below, (text) => lookUp(this.below, text));
  private readonly labelFields = new KeptAnswers(this.labels, (text) => this.findLabel(text));
  private readonly moneyColumnRoles = new KeptAnswers(this.moneyColumns, (text) => lookUp(this.moneyColumns, text));
  private readonly moneyLineRoles = new KeptAnswers(this.moneyLines, (text) => lookUp(this.moneyLines, text));
  private readonly openings = new KeptAnswers<true>(this.labels, (text) => (this.opensTable(firstWord(text)) ? true : null));
  private readonly sumWords = new KeptAnswers<true>(this.sums, (text) => (this.sums.has(compactWord(text)) || this.sums.has(bareWord(text)) ? true : null));
  private readonly readTitles = new KeptAnswers<TitleReading>(new Map(), (text) => this.findTitle(text));
  /** The first characters of the heads of names; nearly every cell begins with another. */
  private nameOpenings: ReadonlySet<number> | null = null;
  private readonly titles: { readonly word: string; readonly subject: Subject; readonly form: FormKind }[] = [];

  /** Forms to choose from, a user's own first: of two that fit equally well it counts. */
  readonly templates: readonly RecognitionTemplate[];

  /** @param given forms beyond the built-in ones; where both know a word, the built-in meaning is the usual one */
  constructor(given: readonly RecognitionTemplate[] = []) {
    this.templates = [...given, ...BUILT_IN_TEMPLATES];
    for (const [role, words] of Object.entries(USUAL_COLUMN_WORDS) as [ColumnRole, readonly string[]][]) {
      for (const word of words) this.columns.set(compactWord(word), role);
    }
    for (const [field, words] of USUAL_LABELS) for (const word of words) this.labels.set(compactLabel(word), field);
    for (const template of [...BUILT_IN_TEMPLATES, ...given]) this.learn(template);
    this.headSpellings = [
      ...[...this.columns].filter(([, role]) => role !== 'other').map(([word, role]) => ({ word, role, group: null })),
      ...[...this.below].map(([word, { role, group }]) => ({ word, role, group })),
      ...[...this.groups].map((word) => ({ word, role: null, group: word })),
    ].sort((a, b) => b.word.length - a.word.length);
    this.labelWords = [...this.labels.keys()].sort((a, b) => b.length - a.length);
  }

  // What one form calls so must not be called otherwise by another: the first meaning of a word stays.
  private learn({ columns, labels, money, titleWords, subject, form, sumWords }: RecognitionTemplate): void {
    for (const { role, words, group } of columns) {
      for (const word of words.map(compactWord)) {
        if (group === undefined) addNew(this.columns, word, role);
        else addNew(this.below, word, { role, group: compactWord(group) });
      }
      if (group !== undefined) this.groups.add(compactWord(group));
    }
    for (const { role, words } of money?.columns ?? []) for (const word of words) addNew(this.moneyColumns, compactWord(word), role);
    for (const { line, words } of money?.rows ?? []) {
      for (const word of words) {
        addNew(this.moneyLines, compactWord(word), line);
        addNew(this.labels, compactLabel(word), 'moneyLine');
      }
    }
    for (const [field, words] of Object.entries(labels ?? {}) as [HeadField, readonly string[]][]) {
      for (const word of words) addNew(this.labels, compactLabel(word), field);
    }
    for (const word of titleWords) this.titles.push({ word: compactWord(word), subject, form });
    for (const word of sumWords) this.sums.set(compactWord(word), true);
  }

  /** The role of a column by its head cell, brackets ignored; null when the cell is no column head. */
  columnRole(text: string): ColumnRole | null {
    return this.columnRoles.get(text);
  }

  /** Whether a head cell names the column of the indicators' names, as every head row has it. */
  isNameHead(text: string): boolean {
    if (beginsWithIdeograph(text)) {
      this.nameOpenings ??= new Set([...this.columns].flatMap(([word, role]) => (role === 'name' ? [word.charCodeAt(0)] : [])));
      // A head that begins with a span of the year may begin with any of its words.
      if (!this.nameOpenings.has(text.charCodeAt(0)) && !this.nameOpenings.has(PERIOD_MARK.charCodeAt(0))) return false;
    }
    return text !== '' && this.columnRole(text) === 'name';
  }

  /** Whether a number may be the head of a column: no form known has one, a user's own could. */
  knowsNumbers(): boolean {
    return this.columnRoles.knowsNumbers() || this.columnsBelow.knowsNumbers();
  }

  /** The role of a head cell that stands below another (经费保障 below 偏差原因分析); null when it is none. */
  columnBelow(text: string): { readonly role: ColumnRole; readonly group: string } | null {
    return this.columnsBelow.get(text);
  }

  /** Whether a head cell stands above several columns. */
  isGroup(text: string): boolean {
    return this.groups.has(compactWord(text)) || this.groups.has(bareWord(text));
  }

  /** What a label cell of the head means; brackets such as （盖章） and （万元） may follow. */
  labelField(text: string): HeadField | null {
    return this.labelFields.get(text);
  }

  private findLabel(text: string): HeadField | null {
    const label = compactLabel(text);
    return this.labels.get(label) ?? this.labels.get(label.replace(/\([^()]*\)/gu, '').replace(/[:]+$/u, '')) ?? null;
  }

  /** Whether the label is one that opens a table (the unit or the project it is about). */
  opensTable(text: string): boolean {
    const field = this.labelField(text);
    return field === 'unit' || field === 'project';
  }

  /** Whether the first word of a cell opens a table. */
  opensRegion(text: string): boolean {
    return this.openings.get(text) !== null;
  }

  /** What a column of the money block holds. */
  moneyColumn(text: string): MoneyColumn | null {
    return this.moneyColumnRoles.get(text);
  }

  /** Which line of the money block a label opens. */
  moneyLine(text: string): MoneyLine | null {
    return this.moneyLineRoles.get(text);
  }

  /** Whether a row that begins so only adds up. */
  isSum(text: string): boolean {
    return this.sumWords.get(text) !== null;
  }

  /** A title of a form: 项目支出绩效目标表, 部门（单位）整体支出绩效自评表, with a year before or behind; null when it is none. */
  readTitle(text: string): TitleReading | null {
    return this.readTitles.get(text);
  }

  private findTitle(text: string): TitleReading | null {
    const line = compactWord(text).replace(/^附(?:件|表)?[\d一二三四五六七八九十]*[-—.:]?\d*/u, '');
    if (line.length > 40 || /[。,;!?]/u.test(line)) return null;
    const tail = /((?:\([^()]*\)|\d{4}年度?|[-—]*续\d*)*)$/u.exec(line)?.[1] ?? '';
    const word = line.slice(0, line.length - tail.length).replace(/^(?:19|20)\d{2}年?度?/u, '');
    const continued = /续/u.test(tail);
    const form = FORMS.find(([pattern]) => pattern.test(word))?.[1];
    const known = this.titles.find((title) => title.word === word) ?? (form === undefined ? this.titles.find((title) => word.endsWith(title.word)) : undefined);
    if (form === undefined) return known === undefined ? null : { subject: known.subject, form: known.form, continued, word };
    const subject = /整体/u.test(word) ? 'UNIT' : /项目/u.test(word) ? 'PROJECT' : (known?.subject ?? null);
    return { subject, form, continued, word };
  }
}

function firstWord(text: string): string {
  const word = text.trim();
  const end = word.search(/\s/u);
  return end < 0 ? word : word.slice(0, end);
}

function addNew<T>(words: Map<string, T>, word: string, meaning: T): void {
  if (!words.has(word)) words.set(word, meaning);
}

let usual: FormVocabulary | null = null;

/** The vocabulary of the built-in templates and of those given besides. */
export function vocabularyOf(given: readonly RecognitionTemplate[] = []): FormVocabulary {
  if (given.length > 0) return new FormVocabulary(given);
  usual ??= new FormVocabulary();
  return usual;
}
