import type { FormVocabulary, TitleReading } from './form-vocabulary';
import { bareWord, beginsWithIdeograph, isChapterHead } from './form-words';
import { type HeadRow, isSecondHeadRow, readColumns, withSecondHeadRow } from './head-row';
import { isYearLine } from './head-labels';
import { type AlikeLines, type FormerRow, type FormerRows, rowsUnder } from './rows-like-before';
import type { SourceLine, SourcePart } from './source-line';

/** The stretch of lines that holds one table. */
export interface TableRegion {
  readonly part: SourcePart;
  /** Index of the part. */
  readonly partIndex: number;
  /** What the title says; null where there is none. */
  readonly title: TitleReading | null;
  /** Lines above the head row of the indicator block (the title among them). */
  readonly head: readonly SourceLine[];
  /** The head row where the text kept its cells; null for running text, where `body` starts with the head row. */
  readonly columns: HeadRow | null;
  readonly body: readonly SourceLine[];
  /** Lines of the body that print the head row again, as at the top of the next page. */
  readonly repeated: ReadonlySet<SourceLine>;
  /** Beside each line of the body the row that said the same but for its numbers, and of which rows it is one; null where none is known. */
  readonly alike?: AlikeLines | null;
}

const NONE_REPEATED: ReadonlySet<SourceLine> = new Set();

interface OpenRegion {
  title: TitleReading | null;
  head: SourceLine[];
  columns: HeadRow | null;
  body: SourceLine[];
  hasColumns: boolean;
  hasLabels: boolean;
  /** The rows that stood under the same head row. */
  former: FormerRows | null;
  /** Beside each line of the body. */
  rows: (FormerRow | null)[];
}

function openRegion(title: TitleReading | null = null): OpenRegion {
  return { title, head: [], columns: null, body: [], hasColumns: false, hasLabels: false, former: null, rows: [] };
}

function firstText({ cells }: SourceLine): string {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return cell;
  return '';
}

function countFilled({ cells }: SourceLine): number {
  let filled = 0;
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') filled += 1;
  return filled;
}

/** The first word of a head row in running text: 一级指标, or 一级 alone on its line. */
function startsFlowColumns(line: SourceLine, first: string): boolean {
  // A common ideograph in front stays in front, whatever is folded or left out behind it.
  if (beginsWithIdeograph(first) && !first.startsWith('一') && !first.startsWith('指')) return false;
  return /^(?:一级(?:指标)?(?:二级|三级|$)|指标名称(?:$|.{0,60}指标值))/u.test(bareWord(line.cells.join('')));
}

/**
 * Cuts a part into tables. A table begins with its title, or with the label of its unit or project when rows stand above; it ends
 * where the next begins or another chapter opens. Titles without an indicator block (lists of contents) are no tables.
 */
export function findRegions(part: SourcePart, partIndex: number, vocabulary: FormVocabulary): TableRegion[] {
  const regions: OpenRegion[] = [];
  let repeated: Set<SourceLine> | null = null;
  let current = openRegion();
  let closed = false;
  const start = (title: TitleReading | null): void => {
    current = openRegion(title);
    regions.push(current);
    closed = false;
  };
  regions.push(current);
  for (const line of part.lines) {
    // A row that was met before, but for its numbers, is none of what is looked for here: neither title nor head nor label nor chapter.
    const row = current.former === null || closed || line.inferred === true ? null : current.former.like(line.cells);
    if (row !== null) {
      current.body.push(line);
      current.rows.push(row);
      continue;
    }
    const first = firstText(line);
    if (first === '') continue;
    const filled = countFilled(line);
    const title = filled === 1 ? vocabulary.readTitle(first) : null;
    if (title !== null) {
      // The title again on the next page: the table goes on.
      if (title.continued && current.hasColumns) continue;
      start(title);
      current.head.push(line);
      continue;
    }
    const columns = readColumns(line.cells, vocabulary);
    const opens = filled > 1 || !part.broken || /^[^，。]{1,40}$/u.test(first) ? vocabulary.opensRegion(first) : false;
    if (opens && current.hasColumns && (closed || columns === null)) start(null);
    if (closed) {
      if (columns === null && !opens) continue;
      if (columns !== null) start(null);
    }
    if (current.hasColumns) {
      if (filled === 1 && isChapterHead(first) && !isYearLine(first)) {
        closed = true;
        continue;
      }
      if (current.columns !== null && current.body.length === 0 && current.columns.groups.length > 0 && isSecondHeadRow(line.cells, vocabulary))
        current.columns = withSecondHeadRow(current.columns, line.cells, vocabulary);
      else {
        current.body.push(line);
        current.rows.push(null);
        if (columns !== null) (repeated ??= new Set()).add(line);
      }
      continue;
    }
    current.hasLabels ||= opens;
    if (columns !== null) {
      current.columns = columns;
      current.hasColumns = true;
      current.former = part.broken ? null : rowsUnder(columns, vocabulary);
    } else if (filled <= 3 && startsFlowColumns(line, first)) {
      current.body.push(line);
      current.rows.push(null);
      current.hasColumns = true;
    } else current.head.push(line);
  }
  return mergeContinued(regions.filter((region) => region.hasColumns)).map(({ title, head, columns, body, former, rows }) => ({
    part,
    partIndex,
    title,
    head: lastHead(head, vocabulary),
    columns,
    body,
    repeated: repeated ?? NONE_REPEATED,
    alike: former === null ? null : { former, rows },
  }));
}

/** A title and a head row repeated without any label between them: the next page of the table before. */
function mergeContinued(regions: readonly OpenRegion[]): OpenRegion[] {
  const merged: OpenRegion[] = [];
  for (const region of regions) {
    const before = merged.at(-1);
    const isBare =
      before !== undefined && before.hasLabels && !region.hasLabels && !region.head.some((line) => isYearLine(firstText(line)));
    if (isBare && region.head.length <= 1 && (region.columns === null) === (before.columns === null)) {
      for (const line of region.body) before.body.push(line);
      for (const row of region.rows) before.rows.push(region.former === before.former ? row : null);
    } else merged.push(region);
  }
  return merged;
}

/** Without a title, prose may stand above the head: it begins with the line that names the unit or the project. */
function lastHead(head: readonly SourceLine[], vocabulary: FormVocabulary): readonly SourceLine[] {
  if (head.some((line) => vocabulary.readTitle(firstText(line)) !== null)) return head;
  const from = head.findIndex((line) => vocabulary.opensRegion(firstText(line)));
  if (from < 0) return head.slice(-12);
  // The year stands right above it.
  return head.slice(Math.max(0, from - 2));
}
