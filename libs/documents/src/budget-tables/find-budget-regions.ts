import { BUDGET_TABLES, type BudgetTableShape, normalizeText } from '@jiheng/domain';
import type { SourceLine, SourcePart } from '../recognise/source-line';

/** The stretch of lines that holds one budget table. */
export interface BudgetRegion {
  readonly part: SourcePart;
  /** Index of the part. */
  readonly at: number;
  readonly shape: BudgetTableShape;
  readonly title: string;
  /** Lines below the title. */
  readonly lines: readonly SourceLine[];
  readonly titleLine: number;
}

const LONGEST_TITLE = 45;

/** The text of a line without any blank, NFKC. */
export function tightLine(line: SourceLine): string {
  return normalizeText(line.cells.join('')).replace(/\s+/gu, '');
}

/** The table whose title a line is; null when it is none. Numbers of lists and of annexes before it, the year and the unit do not matter. */
export function readBudgetTitle(text: string): BudgetTableShape | null {
  if (text.length > LONGEST_TITLE || !/表(?:\([^()]*\))?$/u.test(text)) return null;
  const bare = text.replace(/^[-*•]+/u, '').replace(/^(?:附?[表件](?:\d+|[一二三四五六七八九十]+)(?:-\d+)?[-—.、:．]?|[一二三四五六七八九十]+、|\d+[.、．])/u, '')
    .replace(/(?:\([^()]*\))+$/u, '').replace(/^(?:19|20)\d{2}年(?:度)?/u, '');
  for (const shape of BUDGET_TABLES) if (shape.title.test(bare)) return shape;
  return null;
}

/** Titles of target tables: these stand behind the budget tables. */
const TARGET_TITLE = /^.{0,30}(?:绩效目标|绩效自评|绩效运行监控)[^。,;]{0,12}表(?:\(.*\))?$/u;

/** A heading or a title that ends a budget table. */
function endsTable(text: string): boolean {
  return /^第[一二三四五六七八九十]+部分/u.test(text) || (text.length <= 80 && /^[一二三四五六七八九十]+、(?:关于|其他重要)/u.test(text)) || TARGET_TITLE.test(text);
}

/** What only a printed table has below its title: 编制单位, 单位：万元, heads of columns. A list of contents has none. */
function showsTable(lines: readonly SourceLine[]): boolean {
  return lines.slice(0, 14).some((line) => /编制(?:单位|部门)|单位:(?:万)?元|^类?款?项?$|科目编码|预算数|合计|总计|项目名称|经费支出内容/u.test(tightLine(line)) && tightLine(line) !== '');
}

/** Filled cells of a line, counted no further than `most`. */
function countFilled({ cells }: SourceLine, most: number): number {
  let filled = 0;
  for (const cell of cells) {
    if (cell === '' || cell.trim() === '') continue;
    filled += 1;
    if (filled === most) return filled;
  }
  return filled;
}

/** Whether a line may end in 表 or in a bracket: a common ideograph or a plain sign at its end stays what it is. */
function mayEndTitle({ cells }: SourceLine): boolean {
  for (let at = cells.length - 1; at >= 0; at -= 1) {
    const cell = cells[at] as string;
    if (cell === '') continue;
    const last = cell.charCodeAt(cell.length - 1);
    if (last >= 0x4e00 && last <= 0x9fff) return last === TABLE_WORD;
    return last <= 0x20 || last >= 0x7f || last === CLOSING_BRACKET;
  }
  return false;
}

/** 表 */
const TABLE_WORD = 0x8868;
const CLOSING_BRACKET = 0x29;

type OpenRegion = Omit<BudgetRegion, 'lines'> & { readonly lines: SourceLine[] };

/** The title a line is; null when it is none. Titles and headings stand alone or beside one other text. */
function titleOf(line: SourceLine): BudgetTableShape | null {
  const filled = countFilled(line, 3);
  if (filled === 0 || filled > 2 || !mayEndTitle(line)) return null;
  const text = tightLine(line);
  return text.endsWith('表') || text.endsWith(')') ? readBudgetTitle(text) : null;
}

/** Index of the first title; as many as there are lines where none is one. @param without lines of which none is a title: printed again they are none either */
function firstTitle(lines: readonly SourceLine[], without: readonly SourceLine[]): number {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    if (line !== without[at] && titleOf(line) !== null) return at;
  }
  return lines.length;
}

/** The budget tables of a part. @param from index of its first title */
function regionsFrom(part: SourcePart, at: number, from: number): OpenRegion[] {
  const regions: OpenRegion[] = [];
  let current: OpenRegion | null = null;
  for (let index = from; index < part.lines.length; index += 1) {
    const line = part.lines[index] as SourceLine;
    const filled = countFilled(line, 3);
    if (filled === 0) continue;
    const text: string = filled <= 2 && (current !== null || mayEndTitle(line)) ? tightLine(line) : '';
    // Most lines of most documents are neither title nor heading: look closer only at those that could be.
    const shape = text.endsWith('表') || text.endsWith(')') ? readBudgetTitle(text) : null;
    if (shape !== null) {
      // The title again on the next page: the table goes on.
      if (current !== null && current.shape === shape && current.lines.length > 0) continue;
      current = { part, at, shape, title: text.replace(/^[-*•]+/u, '').replace(/^表[\d一二三四五六七八九十]+/u, ''), lines: [], titleLine: line.number };
      regions.push(current);
    } else if (current !== null) {
      if (text !== '' && endsTable(text)) current = null;
      else current.lines.push(line);
    }
  }
  return regions;
}

/** Cuts the parts of a document into its budget tables, in order. Lines of a contents list are none. */
export function findBudgetRegions(parts: readonly SourcePart[]): BudgetRegion[] {
  const found: BudgetRegion[] = [];
  // The lines of a part without a title: where the next part prints the same line, it is none either.
  let without: readonly SourceLine[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as SourcePart;
    const first = firstTitle(part.lines, without);
    if (first === part.lines.length) without = part.lines;
    else found.push(...regionsFrom(part, at, first).filter(({ lines }) => showsTable(lines)));
  }
  return found;
}
