import type { DrawnPage, PageText, Rule } from './pdf-page';

/** A cell between rules. Points; the origin is the upper left corner of the page. */
export interface RuledCell {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly texts: PageText[];
}

/** A table drawn with rules. */
export interface RuledTable {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Left edges of the columns and the right edge of the last. */
  readonly edges: readonly number[];
  /** Row by row from left to right. */
  readonly cells: readonly RuledCell[];
  readonly rows: number;
  readonly columns: number;
}

/** Rules this close are one rule drawn twice (each cell draws its own frame). */
const SAME = 3;
/** Rules that end this far from one another still meet: corners are drawn apart. */
const TOUCH = 3;
/** An end that stands out so far beyond the last rule is an open side of the table. */
const OPEN_SIDE = 10;
const GRID_LIMIT = 60_000;

/** The tables of a page that are drawn with rules, and the texts that stand in none. */
export function findRuledTables(page: DrawnPage): { readonly tables: RuledTable[]; readonly outside: PageText[] } {
  const level = joinRules(page.level);
  const upright = joinRules(page.upright);
  const tables = level.length * upright.length > 4_000_000 ? [] : gridsOf(level, upright);
  // A table may lie in a cell of another: the smaller takes its texts first.
  const bySize = [...tables].sort((a, b) => a.width * a.height - b.width * b.height);
  const outside: PageText[] = [];
  for (const text of page.texts) {
    const table = bySize.find((one) => contains(one, text.x + Math.min(text.width, text.height) / 2, text.y + text.height / 2));
    if (table === undefined) outside.push(text);
    else fillCells(table, text);
  }
  return { tables: tables.filter((table) => table.cells.some((cell) => cell.texts.length > 0)).sort((a, b) => a.y - b.y), outside };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Rules on one line as one rule, pieces that meet put together. */
function joinRules(rules: readonly Rule[]): Rule[] {
  const sorted = [...rules].sort((a, b) => a.at - b.at);
  const joined: Rule[] = [];
  for (let start = 0; start < sorted.length; ) {
    const first = sorted[start] as Rule;
    let end = start;
    while (end < sorted.length && (sorted[end] as Rule).at - first.at <= SAME / 2) end += 1;
    const group = sorted.slice(start, end);
    const at = group.reduce((sum, rule) => sum + rule.at, 0) / group.length;
    let open: { from: number; to: number } | null = null;
    for (const { from, to } of group.sort((a, b) => a.from - b.from)) {
      if (open !== null && from <= open.to + TOUCH) open.to = Math.max(open.to, to);
      else {
        if (open !== null) joined.push({ at, ...open });
        open = { from, to };
      }
    }
    if (open !== null) joined.push({ at, ...open });
    start = end;
  }
  return joined;
}

function gridsOf(level: readonly Rule[], upright: readonly Rule[]): RuledTable[] {
  const owner = Array.from({ length: level.length + upright.length }, (_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (owner[root] !== root) root = owner[root] as number;
    owner[at] = root;
    return root;
  };
  level.forEach((across, a) => {
    upright.forEach((down, b) => {
      if (down.at >= across.from - TOUCH && down.at <= across.to + TOUCH && across.at >= down.from - TOUCH && across.at <= down.to + TOUCH)
        owner[find(a)] = find(level.length + b);
    });
  });
  const groups = new Map<number, { level: Rule[]; upright: Rule[] }>();
  const groupOf = (at: number): { level: Rule[]; upright: Rule[] } => {
    const root = find(at);
    const group = groups.get(root) ?? { level: [], upright: [] };
    groups.set(root, group);
    return group;
  };
  level.forEach((rule, at) => groupOf(at).level.push(rule));
  upright.forEach((rule, at) => groupOf(level.length + at).upright.push(rule));
  return [...groups.values()].flatMap((group) => {
    const table = group.level.length >= 2 && group.upright.length >= 1 ? gridOf(group.level, group.upright) : null;
    return table === null ? [] : [table];
  });
}

function gridOf(level: readonly Rule[], upright: readonly Rule[]): RuledTable | null {
  const xs = edgesOf(upright, level);
  const ys = edgesOf(level, upright);
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  if (columns < 1 || rows < 1 || columns * rows < 2 || columns * rows > GRID_LIMIT) return null;
  const right = borders(upright, xs, ys);
  const below = borders(level, ys, xs);
  const taken = new Uint8Array(columns * rows);
  const cells: RuledCell[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (taken[row * columns + column] === 1) continue;
      let wide = 1;
      while (column + wide < columns && right[(column + wide) * rows + row] === 0 && taken[row * columns + column + wide] === 0) wide += 1;
      let high = 1;
      const isOpenBelow = (): boolean => {
        for (let at = column; at < column + wide; at += 1) if (below[(row + high) * columns + at] === 1 || taken[(row + high) * columns + at] === 1) return false;
        return true;
      };
      while (row + high < rows && isOpenBelow()) high += 1;
      for (let r = row; r < row + high; r += 1) taken.fill(1, r * columns + column, r * columns + column + wide);
      const [x, y] = [xs[column] as number, ys[row] as number];
      cells.push({ row, column, rows: high, columns: wide, x, y, width: (xs[column + wide] as number) - x, height: (ys[row + high] as number) - y, texts: [] });
    }
  }
  const [x, y] = [xs[0] as number, ys[0] as number];
  if (cells.length < 2) return null;
  return { x, y, width: (xs[columns] as number) - x, height: (ys[rows] as number) - y, edges: xs, cells, rows, columns };
}

/** Where columns (or rows) begin and end: the rules themselves, and the ends of the crossing ones where a side is left open. */
function edgesOf(rules: readonly Rule[], crossing: readonly Rule[]): number[] {
  const places = rules.map((rule) => rule.at).sort((a, b) => a - b);
  const edges: number[] = [];
  for (const at of places) if (edges.length === 0 || at - (edges.at(-1) as number) > SAME) edges.push(at);
  const from = Math.min(...crossing.map((rule) => rule.from));
  const to = Math.max(...crossing.map((rule) => rule.to));
  if (edges.length === 0 || (edges[0] as number) - from > OPEN_SIDE) edges.unshift(from);
  if (to - (edges.at(-1) as number) > OPEN_SIDE) edges.push(to);
  return edges;
}

/** For each edge and each stretch along it, whether a rule is drawn there: `[edge × stretches + stretch]`. */
function borders(rules: readonly Rule[], edges: readonly number[], along: readonly number[]): Uint8Array {
  const stretches = along.length - 1;
  const drawn = new Uint8Array(edges.length * stretches);
  for (const rule of rules) {
    const edge = edges.findIndex((place) => Math.abs(place - rule.at) <= SAME);
    if (edge < 0) continue;
    for (let at = 0; at < stretches; at += 1) {
      const middle = ((along[at] as number) + (along[at + 1] as number)) / 2;
      if (rule.from <= middle && rule.to >= middle) drawn[edge * stretches + at] = 1;
    }
  }
  return drawn;
}

/** Puts a text into its cell; a run of text that the reader of the file put together across a rule is cut there. */
function fillCells(table: RuledTable, text: PageText): void {
  const middle = text.y + text.height / 2;
  const at = (x: number): RuledCell | undefined => table.cells.find((cell) => contains(cell, x, middle));
  const first = at(text.x + Math.min(1, text.width / 2));
  if (first === undefined) {
    at(text.x + text.width / 2)?.texts.push(text);
    return;
  }
  const edge = first.x + first.width;
  const cut = text.x + text.width > edge + text.height * 0.3 ? blankNear(text, edge) : null;
  if (cut === null) {
    const home = contains(first, text.x + text.width / 2, middle) ? first : (at(text.x + text.width / 2) ?? first);
    home.texts.push(text);
    return;
  }
  first.texts.push(cut.before);
  fillCells(table, cut.behind);
}

/** Cuts a run of text at the blank nearest to a rule; null where there is none: then it only runs over the rule. */
function blankNear(text: PageText, edge: number): { before: PageText; behind: PageText } | null {
  const letters = [...text.text];
  const widths = letters.map((sign) => (sign > '\u2e7f' ? 1 : /\s/u.test(sign) ? 0.3 : 0.52));
  const sum = widths.reduce((total, width) => total + width, 0);
  let best: { at: number; x: number } | null = null;
  let x = text.x;
  letters.forEach((sign, at) => {
    const wide = (text.width * (widths[at] as number)) / sum;
    const middle = x + wide / 2;
    if (/\s/u.test(sign) && Math.abs(middle - edge) <= text.height * 1.5 && (best === null || Math.abs(middle - edge) < Math.abs(best.x - edge)))
      best = { at, x: middle };
    x += wide;
  });
  const found = best as { at: number; x: number } | null;
  if (found === null) return null;
  const [before, behind] = [letters.slice(0, found.at).join('').trimEnd(), letters.slice(found.at + 1).join('').trimStart()];
  if (before === '' || behind === '') return null;
  const start = Math.max(edge + 0.5, found.x);
  return {
    before: { ...text, text: before, width: Math.max(1, Math.min(edge, found.x) - text.x) },
    behind: { ...text, text: behind, x: start, width: Math.max(1, text.x + text.width - start) },
  };
}
