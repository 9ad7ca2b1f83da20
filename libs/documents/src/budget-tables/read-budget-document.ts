import { type BudgetDocument, type BudgetNarrative, checkDocument, type Finding, type PerformanceTargetTable, readNarrative } from '@jiheng/domain';
import type { BudgetTable } from '../recognise/recognised-table';
import type { SourceLine, SourcePart } from '../recognise/source-line';
import { contactsOf } from './contacts-of';
import { paragraphsOf } from './paragraphs-of';
import { type BudgetReading, readBudgetTables } from './read-budget-tables';

/** Which lines a target table took, in which part. */
export interface TargetLines {
  readonly part: SourcePart;
  readonly head: readonly SourceLine[];
  readonly body: readonly SourceLine[];
}

/** What a document holds besides its target tables. */
export interface DocumentReading {
  readonly budgetTables: readonly BudgetTable[];
  /** The budget tables as a model; null when the document holds none. */
  readonly budget: BudgetDocument | null;
  readonly narrative: BudgetNarrative | null;
  /** Findings about the reading of the budget tables and about the document as a whole; `table` is the index of a target table or null. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the budget tables and the running text round target tables, and checks the document as a whole. Pure.
 * @param targets the target tables that were read from the same parts
 * @param targetLines beside each of them the lines it took: these are no running text
 */
export function readBudgetDocument(parts: readonly SourcePart[], targets: readonly PerformanceTargetTable[], targetLines: readonly TargetLines[]): DocumentReading {
  const reading = readBudgetTables(parts);
  // Asked only where a number stands that could be a telephone's, or where there is running text.
  let known: ReturnType<typeof ownersOf> | null = null;
  const owners = (): ReturnType<typeof ownersOf> => (known ??= ownersOf(parts, targetLines));
  const contacts = contactsOf(parts, (part, line) => owners().get(part)?.get(line) ?? null);
  // Sheets of target tables have no running text to speak of: a document is one that prints budget tables or prose in chapters.
  const paragraphs = reading.budgetTables.length > 0 || hasChapters(parts) ? paragraphsOf(parts, withTargets(reading, owners())) : [];
  const narrative = readNarrative(paragraphs);
  const findings = [...reading.findings, ...checkDocument({ targets, budget: reading.budget, narrative, paragraphs, contacts })];
  const isDocument = reading.budgetTables.length > 0 || paragraphs.length > 0;
  return { budgetTables: reading.budgetTables, budget: reading.budgetTables.length > 0 ? reading.budget : null, narrative: isDocument ? narrative : null, findings };
}

function hasChapters(parts: readonly SourcePart[]): boolean {
  // The lines of a part without chapters: the next part may print them again.
  let without: readonly SourceLine[] = [];
  for (const { lines } of parts) {
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at] as SourceLine;
      if (line !== without[at] && line.cells.length === 1 && /^\s*第[一二三四五六七八九十]+部分/u.test(line.cells[0] ?? '')) return true;
    }
    without = lines;
  }
  return false;
}

/** By part and line, the target table. */
function ownersOf(parts: readonly SourcePart[], targetLines: readonly TargetLines[]): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const owners = new Map<number, Map<number, number>>();
  const indices = new Map(parts.map((part, at) => [part, at]));
  targetLines.forEach(({ part, head, body }, table) => {
    const at = indices.get(part) ?? -1;
    const taken = owners.get(at) ?? new Map<number, number>();
    for (const lines of [head, body]) for (const { number } of lines) taken.set(number, table);
    owners.set(at, taken);
  });
  return owners;
}

function withTargets(reading: BudgetReading, owners: ReadonlyMap<number, ReadonlyMap<number, number>>): ReadonlyMap<number, ReadonlySet<number>> {
  const taken = new Map<number, Set<number>>([...reading.taken].map(([part, lines]) => [part, new Set(lines)]));
  for (const [part, lines] of owners) {
    const known = taken.get(part) ?? new Set<number>();
    for (const line of lines.keys()) known.add(line);
    taken.set(part, known);
  }
  return taken;
}

