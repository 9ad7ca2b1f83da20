import { bareWord, type ColumnRole, compactWord } from './form-words';
import { periodOf, type TitleReading } from './form-vocabulary';
import type { RecognitionTemplate } from './templates/recognition-template';

/** How well a form fits what is printed. */
export interface TemplateScore {
  /** Name of the template. */
  readonly name: string;
  /** 0…1, decimal text with two places. */
  readonly confidence: string;
}

/** The form a table was printed in. */
export interface TemplateMatch {
  readonly template: RecognitionTemplate;
  /** The winner and the runner-up. */
  readonly scores: readonly TemplateScore[];
}

/** What is seen of a form: its title and its head row. */
export interface SeenForm {
  readonly title: TitleReading | null;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly roles: readonly (ColumnRole | null)[];
  /** Beside each column its head, compact; empty where it could only be guessed. */
  readonly words: readonly string[];
}

/** A head of a column: what it holds and how it may be spelled. */
interface SeenHead {
  readonly role: ColumnRole;
  readonly forms: readonly string[];
}

// Shares in hundredths. A head that means the same but is spelled otherwise counts, only less.
const SAME_MEANING = 60;
const COLUMN_SHARE = 80;
const TITLE_SHARE = 20;
const OTHER_FORM = 25;
const OTHER_SUBJECT = 50;

// A workbook of a thousand sheets prints the same form a thousand times: what was found out about a title and a head row is kept.
const found = new WeakMap<readonly RecognitionTemplate[], Map<string, TemplateMatch>>();
const KEPT_MATCHES = 200;

/** The template that fits best. Of two that fit equally well the one listed first. */
export function detectTemplate(templates: readonly RecognitionTemplate[], seen: SeenForm): TemplateMatch {
  const { title, subject, roles, words } = seen;
  const before = lastSeen.get(words);
  if (before?.templates === templates && before.roles === roles && before.subject === subject && before.form === title?.form && before.word === title?.word) return before.match;
  const match = detectBySpelling(templates, seen);
  lastSeen.set(words, { templates, roles, subject, form: title?.form, word: title?.word, match });
  return match;
}

interface LastSeen {
  readonly templates: readonly RecognitionTemplate[];
  readonly roles: SeenForm['roles'];
  readonly subject: SeenForm['subject'];
  readonly form: TitleReading['form'] | undefined;
  readonly word: string | undefined;
  readonly match: TemplateMatch;
}

/** What was found last of the same head row: one head row of a thousand sheets is one object. */
const lastSeen = new WeakMap<readonly string[], LastSeen>();

function detectBySpelling(templates: readonly RecognitionTemplate[], seen: SeenForm): TemplateMatch {
  let matches = found.get(templates);
  if (matches === undefined) found.set(templates, (matches = new Map<string, TemplateMatch>()));
  const key = JSON.stringify([seen.subject, seen.title?.form, seen.title?.word, seen.roles, seen.words]);
  let match = matches.get(key);
  if (match === undefined) {
    match = findTemplate(templates, seen);
    if (matches.size >= KEPT_MATCHES) matches.clear();
    matches.set(key, match);
  }
  return match;
}

function findTemplate(templates: readonly RecognitionTemplate[], seen: SeenForm): TemplateMatch {
  const heads = seen.roles.flatMap((role, at): SeenHead[] => (role === null || role === 'other' ? [] : [{ role, forms: formsOf(seen.words[at] ?? '') }]));
  const scored = templates
    .map((template, order) => ({ template, order, score: scoreOf(template, seen, heads) }))
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const [best, second] = scored;
  if (best === undefined) throw new Error('there is no template to choose from');
  const told = [best, ...(second === undefined ? [] : [second])];
  return { template: best.template, scores: told.map(({ template, score }) => ({ name: template.name, confidence: asDecimal(score) })) };
}

function asDecimal(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** 0…100. */
function scoreOf(template: RecognitionTemplate, seen: SeenForm, heads: readonly SeenHead[]): number {
  let score = Math.round((columnScore(template, heads) * COLUMN_SHARE + titleScore(template, seen) * TITLE_SHARE) / 100);
  const form = seen.title?.form ?? formOfRoles(seen.roles);
  if (form !== template.form) score = Math.round((score * OTHER_FORM) / 100);
  if (seen.subject !== template.subject) score = Math.round((score * OTHER_SUBJECT) / 100);
  return score;
}

/** Without a title the columns tell what a form is for. */
export function formOfRoles(roles: readonly (ColumnRole | null)[]): RecognitionTemplate['form'] {
  if (roles.includes('certain') || roles.includes('forecast')) return 'MONITORING';
  return roles.includes('actual') || roles.includes('points') ? 'SELF_EVALUATION' : 'TARGET';
}

function titleScore(template: RecognitionTemplate, { title }: SeenForm): number {
  if (title === null) return 50;
  if (template.titleWords.some((word) => compactWord(word) === title.word)) return 100;
  return title.form === template.form ? 70 : 0;
}

/** A column of a template with its spellings made ready for comparison. */
interface ReadyColumn {
  readonly role: ColumnRole;
  readonly isBelow: boolean;
  readonly isNeeded: boolean;
  readonly words: ReadonlySet<string>;
}

const ready = new WeakMap<RecognitionTemplate, readonly ReadyColumn[]>();

function columnsOf(template: RecognitionTemplate): readonly ReadyColumn[] {
  const before = ready.get(template);
  if (before !== undefined) return before;
  const columns = template.columns.map(({ role, words, group, optional }) => ({
    role,
    isBelow: group !== undefined,
    isNeeded: optional !== true,
    words: new Set(words.flatMap((word) => [compactWord(word), bareWord(word)])),
  }));
  ready.set(template, columns);
  return columns;
}

/** The forms in which a head may stand among the spellings of a template. */
function formsOf(word: string): readonly string[] {
  const period = periodOf(word);
  const folded = period === null ? word : `{period}${word.slice(period.length)}`;
  return [word, folded, bareWord(folded)];
}

function spells({ words }: ReadyColumn, forms: readonly string[]): boolean {
  return forms.some((form) => form !== '' && words.has(form));
}

/** How well the columns agree, in both directions: every head explained, every column of the form there. */
function columnScore(template: RecognitionTemplate, heads: readonly SeenHead[]): number {
  const columns = columnsOf(template);
  const agreement = (column: ReadyColumn, head: SeenHead): number => (spells(column, head.forms) ? 100 : column.role === head.role ? SAME_MEANING : 0);
  const best = (agreements: readonly number[]): number => agreements.reduce((most, one) => Math.max(most, one), 0);
  const needed = columns.filter(({ isNeeded }) => isNeeded);
  const explained = heads.reduce((sum, head) => sum + best(columns.map((column) => agreement(column, head))), 0) / Math.max(1, heads.length);
  const present = needed.reduce((sum, column) => sum + best(heads.map((head) => agreement(column, head))), 0) / Math.max(1, needed.length);
  return explained + present === 0 ? 0 : Math.round((2 * explained * present) / (explained + present));
}

/** The columns as the template that won means them: a word may hold something else in one province than in the others. */
export function rolesOf(template: RecognitionTemplate, roles: readonly (ColumnRole | null)[], words: readonly string[]): readonly (ColumnRole | null)[] {
  const before = lastMeant.get(words);
  if (before?.template === template && before.roles === roles) return before.own;
  const own = ownRoles(template, roles, words);
  lastMeant.set(words, { template, roles, own });
  return own;
}

const lastMeant = new WeakMap<readonly string[], { readonly template: RecognitionTemplate; readonly roles: SeenForm['roles']; readonly own: SeenForm['roles'] }>();

function ownRoles(template: RecognitionTemplate, roles: readonly (ColumnRole | null)[], words: readonly string[]): readonly (ColumnRole | null)[] {
  const columns = columnsOf(template);
  const own = roles.map((role, at) => {
    const word = words[at] ?? '';
    if (word === '') return role;
    const forms = formsOf(word);
    return columns.find((column) => spells(column, forms) && (role === null || !column.isBelow))?.role ?? role;
  });
  // A column twice would swallow the other; then the usual meaning stays.
  const filled = own.filter((role) => role !== null && role !== 'other');
  return new Set(filled).size === filled.length ? own : roles;
}
