import type { BudgetDocument, Paragraph } from '../budget-document/budget-document';
import { type BudgetNarrative, projectKey, type ProjectStatement } from '../budget-document/read-narrative';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { normalizeText } from '../text';

/** A telephone number or the like that stands in a document. Its digits stay here and never enter a finding. */
export interface PrintedContact {
  readonly text: string;
  /** Whether a label (联系电话) says that it is a telephone number. */
  readonly isLabelled: boolean;
  readonly place: string;
  /** Index of the target table whose head it stands in; null elsewhere. */
  readonly table: number | null;
}

/** All that checks of a whole document look at. */
export interface DocumentContext {
  readonly targets: readonly PerformanceTargetTable[];
  readonly budget: BudgetDocument;
  readonly narrative: BudgetNarrative;
  /** Running text outside tables. */
  readonly paragraphs: readonly Paragraph[];
  readonly contacts: readonly PrintedContact[];
}

/** A stretch of prose with its place and the target table it belongs to. */
export interface Prose {
  /** NFKC, no blanks. */
  readonly text: string;
  readonly place: string;
  readonly table: number | null;
}

/** Prose longer than this is no goal and no sentence. */
const LONGEST_PROSE = 8000;

/** NFKC without any blank, at most {@link LONGEST_PROSE} characters: how prose is compared. */
export function plainText(text: string): string {
  return normalizeText(text.slice(0, LONGEST_PROSE)).replace(/\s+/gu, '');
}

/** Index of the target table of a project; null when the document publishes none. */
export function tableOfProject(targets: readonly PerformanceTargetTable[], name: string): number | null {
  const at = targets.findIndex(({ project }) => project !== null && projectKey(project) === projectKey(name));
  return at < 0 ? null : at;
}

// Several checks go through the same prose.
const kept = new WeakMap<DocumentContext, readonly Prose[]>();

/** Paragraphs and goal texts; a paragraph of a project's statement belongs to that project's table. */
export function proseOf(context: DocumentContext): readonly Prose[] {
  let prose = kept.get(context);
  if (prose === undefined) kept.set(context, (prose = gatherProse(context)));
  return prose;
}

function gatherProse({ targets, narrative, paragraphs }: DocumentContext): readonly Prose[] {
  const tableAt = new Map<string, number>();
  for (const statement of narrative.projects) {
    const table = tableOfProject(targets, statement.name);
    if (table !== null) for (const { place } of statement.fields) tableAt.set(place, table);
  }
  // Projects of one unit often share a goal, word for word.
  const plainGoals = new Map<string, string>();
  const plainGoal = (goal: string): string => {
    let plain = plainGoals.get(goal);
    if (plain === undefined) plainGoals.set(goal, (plain = plainText(goal)));
    return plain;
  };
  return [
    ...paragraphs.map(({ text, place }) => ({ text: plainText(text), place, table: tableAt.get(place) ?? null })),
    ...targets.map(({ goalText, subject }, table) => ({ text: plainGoal(goalText), place: subject === 'UNIT' ? '年度绩效目标' : '项目总体目标', table })),
  ];
}

/** The statement of a project in part three; null when there is none. */
export function statementOf({ narrative }: Pick<DocumentContext, 'narrative'>, table: PerformanceTargetTable): ProjectStatement | null {
  return table.project === null ? null : (narrative.projects.find(({ name }) => projectKey(name) === projectKey(table.project ?? '')) ?? null);
}

/** Pairs of neighbouring letters, for likeness. */
export function letterPairs(text: string): ReadonlySet<string> {
  const letters = [...text];
  return new Set(letters.slice(1).map((letter, at) => (letters[at] ?? '') + letter));
}
