import { type AmountOrigin, type BudgetTableShape, compareDecimal, type DecimalText, parseScaled, type RowSum } from '@jiheng/domain';
import type { PrintedBudgetRow } from './printed-row';

/** The amounts of one row in their columns. */
export interface AssignedRow {
  readonly amounts: Readonly<Record<string, DecimalText | null>>;
  readonly unassigned: readonly DecimalText[];
  readonly origin: AmountOrigin;
  readonly confidence: string;
}

/** What other tables say about the total row: a known amount of a column, null where that column is empty everywhere. Absent: not known. */
export type KnownTotals = Readonly<Record<string, DecimalText | null>>;

type Amounts = Readonly<Record<string, DecimalText>>;

/** Amounts as whole numbers, so that ten thousands of sums are quick and exact: 万元 at six places, 0.01 is this many. */
const SCALE = 6;
const CENT = 10_000;
/** Digits before the point: with six places everything stays below 2^53. More are no amount of a budget. */
const MOST_DIGITS = 9;
type Scaled = Readonly<Record<string, number>>;

/** One way to read a row; `exact`: its sums hold without rounding. */
interface Candidate {
  readonly amounts: Amounts;
  readonly scaled: Scaled;
  readonly exact: boolean;
}

function scaledOf(amounts: Amounts): Scaled {
  return Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, parseScaled(amount, SCALE)]));
}

interface Node {
  readonly row: PrintedBudgetRow;
  readonly at: number;
  readonly children: Node[];
}

/** Combinations of rows after which a search is given up: what is not decided by then stays undecided. */
const MOST_STEPS = 50_000;
/** Rows below one row; more are no class of a budget. */
const MOST_SIBLINGS = 400;

/**
 * Puts the amounts of rows that lost their empty cells back into columns, by arithmetic alone: within a row the total is the sum of its parts, rows
 * of one class add up to the class, classes to the total, and what other tables say about the total (`known`) holds. Amounts keep their order.
 * Where several readings satisfy all of it, the columns on which they agree are filled and the others stay empty: nothing is guessed.
 */
export function assignColumns(rows: readonly PrintedBudgetRow[], shape: BudgetTableShape, known: KnownTotals = {}): AssignedRow[] {
  const assigned: (AssignedRow | undefined)[] = rows.map((row) => (row.placed === null ? undefined : positioned(row)));
  if (assigned.every((one) => one !== undefined)) return assigned as AssignedRow[];
  const keys = shape.columns.map(({ key }) => key).filter((key) => known[key] !== null);
  const search = new Search(shape.sums, keys);
  const tree = treeOf(rows);
  const { total } = tree;
  let roots: Candidate[] = [{ amounts: {}, scaled: {}, exact: true }];
  let isBounded = false;
  if (total !== null) {
    roots = search.candidates(total.amounts).filter(({ amounts }) => Object.entries(known).every(([key, value]) => value === null || amounts[key] === undefined
      ? value === null || amounts[key] !== undefined || compareDecimal(value, '0') === 0 : compareDecimal(amounts[key], value) === 0));
    isBounded = true;
  }
  const fitting = roots.map((root) => ({ root, solved: search.solve(tree.roots, isBounded ? root.scaled : null) })).filter(({ solved }) => solved !== null);
  const totals = fitting.length > 0 ? fitting.map(({ root }) => root) : roots;
  const only = fitting.length === 1 ? fitting[0] : undefined;
  rows.forEach((row, at) => {
    if (assigned[at] !== undefined) return;
    const readings = row.kind === 'TOTAL' || row.kind === 'UNIT' ? (sameAmounts(row, total) ? totals : search.candidates(row.amounts)) : (only?.solved?.get(at) ?? search.candidates(row.amounts));
    assigned[at] = settle(row, readings);
  });
  return assigned as AssignedRow[];
}

function positioned(row: PrintedBudgetRow): AssignedRow {
  return { amounts: row.placed ?? {}, unassigned: [], origin: 'POSITION', confidence: '1.00' };
}

function sameAmounts(row: PrintedBudgetRow, other: PrintedBudgetRow | null): boolean {
  return other !== null && row.amounts.join(' ') === other.amounts.join(' ');
}

/** What all readings agree on; the rest stays unassigned. */
function settle(row: PrintedBudgetRow, readings: readonly Candidate[]): AssignedRow {
  const [first, ...others] = readings;
  if (first === undefined) return { amounts: {}, unassigned: row.amounts, origin: row.amounts.length === 0 ? 'POSITION' : 'UNDECIDED', confidence: row.amounts.length === 0 ? '1.00' : '0.50' };
  if (others.length === 0) return { amounts: first.amounts, unassigned: [], origin: 'ARITHMETIC', confidence: first.exact ? '0.90' : '0.80' };
  const agreed = Object.fromEntries(Object.entries(first.amounts).filter(([key, amount]) => others.every(({ amounts }) => amounts[key] !== undefined && compareDecimal(amounts[key], amount) === 0)));
  const left = [...row.amounts];
  for (const amount of Object.values(agreed)) left.splice(left.indexOf(amount), 1);
  return { amounts: agreed, unassigned: left, origin: left.length === 0 ? 'ARITHMETIC' : 'UNDECIDED', confidence: left.length === 0 ? '0.80' : '0.50' };
}

/** Rows by what they add up to: a longer code belongs to the nearest shorter one above it. */
function treeOf(rows: readonly PrintedBudgetRow[]): { readonly roots: Node[]; readonly total: PrintedBudgetRow | null } {
  const roots: Node[] = [];
  const open: Node[] = [];
  rows.forEach((row, at) => {
    if (row.kind === 'TOTAL' || row.kind === 'UNIT' || row.side === 'INCOME') return;
    const node: Node = { row, at, children: [] };
    const code = row.code ?? '';
    while (open.length > 0 && !(code !== '' && code.startsWith(open.at(-1)?.row.code ?? '-') && code.length > (open.at(-1)?.row.code ?? '').length)) open.pop();
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  });
  return { roots, total: rows.find((row) => row.kind === 'TOTAL' && row.side !== 'INCOME') ?? null };
}

class Search {
  private steps = 0;
  private readonly remembered = new Map<string, Candidate[]>();

  public constructor(private readonly sums: readonly RowSum[], private readonly keys: readonly string[]) {}

  /** Every way to put amounts into columns in their order so that the sums of the row hold; exact ones only, when there are any. */
  public candidates(amounts: readonly DecimalText[]): Candidate[] {
    const name = amounts.join(' ');
    const before = this.remembered.get(name);
    if (before !== undefined) return before;
    const found: Candidate[] = [];
    const isPlausible = amounts.every((amount) => (amount.split('.')[0] ?? '').replace('-', '').length <= MOST_DIGITS);
    const place = (from: number, at: number, placed: Record<string, DecimalText>): void => {
      if (at === amounts.length) {
        const scaled = scaledOf(placed);
        const fit = this.fits(scaled);
        if (fit !== null) found.push({ amounts: { ...placed }, scaled, exact: fit });
        return;
      }
      for (let column = from; column <= this.keys.length - (amounts.length - at); column += 1) {
        const key = this.keys[column] as string;
        place(column + 1, at + 1, { ...placed, [key]: amounts[at] as DecimalText });
      }
    };
    if (isPlausible && amounts.length <= this.keys.length) place(0, 0, {});
    const exact = found.filter((one) => one.exact);
    const result = exact.length > 0 ? exact : found;
    this.remembered.set(name, result);
    return result;
  }

  /** true exactly, false within rounding, null not at all. */
  private fits(amounts: Scaled): boolean | null {
    let exact = true;
    for (const { total, parts } of this.sums) {
      const terms = parts.map((part) => amounts[part]).filter((one): one is number => one !== undefined);
      const whole = amounts[total];
      if (whole === undefined && terms.length === 0) continue;
      if (whole === undefined || terms.length === 0) return null;
      const off = Math.abs(whole - terms.reduce((sum, one) => sum + one, 0));
      // A single part is the total itself: there is nothing to round.
      if (off > (terms.length === 1 ? 0 : CENT * terms.length)) return null;
      if (off !== 0) exact = false;
    }
    return exact;
  }

  /**
   * Readings of all rows below a row whose reading is given (null: not known), by index of the row; null when no combination adds up.
   * A row's entry holds every reading that takes part in some combination.
   */
  public solve(nodes: readonly Node[], parent: Scaled | null): ReadonlyMap<number, Candidate[]> | null {
    if (nodes.length === 0) return new Map();
    if (nodes.length > MOST_SIBLINGS) return null;
    // A column that is empty in the sum is empty in its parts: public budgets know no negative amounts.
    const options = nodes.map((node) => {
      const all = node.row.placed === null ? this.candidates(node.row.amounts) : [{ amounts: node.row.placed, scaled: scaledOf(node.row.placed), exact: true }];
      return parent === null ? all : all.filter(({ scaled }) => Object.keys(scaled).every((key) => parent[key] !== undefined));
    });
    if (options.some((one) => one.length === 0)) return null;
    const below = new Map<string, ReadonlyMap<number, Candidate[]> | null>();
    const solvedBelow = (index: number, choice: number): ReadonlyMap<number, Candidate[]> | null => {
      const name = `${index} ${choice}`;
      if (!below.has(name)) below.set(name, this.solve((nodes[index] as Node).children, (options[index]?.[choice] as Candidate).scaled));
      return below.get(name) ?? null;
    };
    const taking = nodes.map(() => new Set<number>());
    const chosen: number[] = [];
    let combinations = 0;
    const choose = (index: number): void => {
      this.steps += 1;
      if (this.steps > MOST_STEPS) return;
      if (index === nodes.length) {
        if (parent !== null && !this.addsUp(chosen.map((choice, at) => options[at]?.[choice] as Candidate), parent)) return;
        combinations += 1;
        chosen.forEach((choice, at) => taking[at]?.add(choice));
        return;
      }
      for (let choice = 0; choice < (options[index]?.length ?? 0); choice += 1) {
        if (solvedBelow(index, choice) === null) continue;
        chosen.push(choice);
        choose(index + 1);
        chosen.pop();
      }
    };
    choose(0);
    if (this.steps > MOST_STEPS || combinations === 0) return null;
    const solved = new Map<number, Candidate[]>();
    nodes.forEach((node, index) => {
      const choices = [...(taking[index] as Set<number>)];
      solved.set(node.at, choices.map((choice) => options[index]?.[choice] as Candidate));
      // Below a row with several readings, its parts are what any of them allows.
      for (const choice of choices) {
        for (const [at, readings] of solvedBelow(index, choice) ?? []) {
          const sofar = solved.get(at) ?? [];
          solved.set(at, [...sofar, ...readings.filter((one) => !sofar.some((other) => JSON.stringify(other.amounts) === JSON.stringify(one.amounts)))]);
        }
      }
    });
    return solved;
  }

  private addsUp(parts: readonly Candidate[], parent: Scaled): boolean {
    return this.keys.every((key) => {
      const terms = parts.map(({ scaled }) => scaled[key]).filter((one): one is number => one !== undefined);
      const whole = parent[key];
      if (whole === undefined || terms.length === 0) return whole === undefined && terms.length === 0;
      return Math.abs(whole - terms.reduce((sum, one) => sum + one, 0)) <= CENT * Math.max(terms.length, 2);
    });
  }
}
