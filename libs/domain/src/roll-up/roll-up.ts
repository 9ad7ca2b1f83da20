import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { executionLightOf } from '../monitoring/monitoring-light';
import type { Rating } from '../scoring/rating';

/** How far a document is: none yet, being filled in, handed in, reviewed, signed (or accepted), sent back. */
export type RollUpStage = 'UNOPENED' | 'ENTERING' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';

/** One table in force in one period: what is counted. Money in 万元, decimal text. */
export interface RollUpDocument {
  readonly unitId: string;
  /** UNIT: the table of the whole unit (整体绩效目标表), whose money holds that of the unit's projects; a unit has one at most. */
  readonly subject: 'UNIT' | 'PROJECT';
  readonly stage: RollUpStage;
  readonly budget: DecimalText;
  /** Adjusted budget and spent money to the end of the period; null where nobody has entered any. */
  readonly executionBudget: DecimalText | null;
  readonly executed: DecimalText | null;
  /** Months that are over at the end of the period. */
  readonly months: number;
  /** null: not scored yet. `points` null: a row cannot be scored. */
  readonly score: { readonly points: DecimalText | null; readonly weight: DecimalText; readonly rating: Rating | null } | null;
}

/** What units amount to. Counts and exact sums only: adding measures up never rounds, so the order does not matter. */
export interface RollUpMeasures {
  readonly tables: number;
  readonly unopened: number;
  readonly entering: number;
  readonly submitted: number;
  readonly reviewed: number;
  readonly signed: number;
  readonly returned: number;
  readonly scored: number;
  readonly blocked: number;
  readonly excellent: number;
  readonly good: number;
  readonly fair: number;
  readonly poor: number;
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  readonly unlit: number;
  readonly budget: DecimalText;
  readonly executed: DecimalText;
  /** Σ points and Σ weights of scored documents. */
  readonly points: DecimalText;
  readonly weight: DecimalText;
  /** The same, each times the budget its table speaks for. */
  readonly budgetPoints: DecimalText;
  readonly budgetWeight: DecimalText;
}

/** Nothing at all. */
export const NO_MEASURES: RollUpMeasures = {
  tables: 0, unopened: 0, entering: 0, submitted: 0, reviewed: 0, signed: 0, returned: 0, scored: 0, blocked: 0, excellent: 0, good: 0, fair: 0, poor: 0, red: 0, yellow: 0, green: 0, unlit: 0,
  budget: '0', executed: '0', points: '0', weight: '0', budgetPoints: '0', budgetWeight: '0',
};

const RATING: Readonly<Record<Rating, 'excellent' | 'good' | 'fair' | 'poor'>> = { 优: 'excellent', 良: 'good', 中: 'fair', 差: 'poor' };
const STAGE: Readonly<Record<RollUpStage, 'unopened' | 'entering' | 'submitted' | 'reviewed' | 'signed' | 'returned'>> = {
  UNOPENED: 'unopened', ENTERING: 'entering', SUBMITTED: 'submitted', REVIEWED: 'reviewed', SIGNED: 'signed', RETURNED: 'returned',
};
const LIGHT = { RED: 'red', YELLOW: 'yellow', GREEN: 'green', BLUE: 'green', NONE: 'unlit' } as const;

/**
 * What the documents of one unit amount to, every yuan once: the budget of a whole unit is the income of its budget table 1 and holds the money
 * of its projects (table 7), so a project speaks for its own money and the table of the whole unit for what its projects leave, in the budget,
 * in what is spent and as the weight of its points. Where projects claim more than the whole, nothing is left and what they claim stands.
 */
export function measuresOfUnit(documents: readonly RollUpDocument[]): RollUpMeasures {
  const projects = documents.filter(({ subject }) => subject === 'PROJECT');
  const [budget, executed] = [sumOf(projects.map((one) => one.budget)), sumOf(projects.map((one) => one.executed ?? '0'))];
  const measures = documents.map((one) => (one.subject === 'PROJECT' ? measuresOf(one) : measuresWith(one, { budget: left(one.budget, budget), executed: left(one.executed ?? '0', executed) })));
  return measures.reduce(addMeasures, NO_MEASURES);
}

const sumOf = (amounts: readonly DecimalText[]): DecimalText => amounts.reduce((sum, amount) => addDecimal(sum, amount), '0');
const left = (whole: DecimalText, part: DecimalText): DecimalText => (compareDecimal(whole, part) <= 0 ? '0' : subtractDecimal(whole, part));

/** What one document adds by itself, with all of its money. */
export function measuresOf(document: RollUpDocument): RollUpMeasures {
  return measuresWith(document, { budget: document.budget, executed: document.executed ?? '0' });
}

/** What one document adds with the money it speaks for. */
function measuresWith(document: RollUpDocument, money: { readonly budget: DecimalText; readonly executed: DecimalText }): RollUpMeasures {
  const { score } = document, { budget } = money;
  const { light } = executionLightOf(document.executionBudget, document.executed, document.months);
  const one: RollUpMeasures = { ...NO_MEASURES, tables: 1, [STAGE[document.stage]]: 1, [LIGHT[light]]: 1, budget: addDecimal(budget), executed: addDecimal(money.executed) };
  if (score === null) return one;
  if (score.points === null) return { ...one, blocked: 1 };
  return {
    ...one, scored: 1, ...(score.rating === null ? {} : { [RATING[score.rating]]: 1 }), points: addDecimal(score.points), weight: addDecimal(score.weight),
    budgetPoints: multiplyDecimal(budget, score.points), budgetWeight: multiplyDecimal(budget, score.weight),
  };
}

/** Two parts as one. */
export function addMeasures(a: RollUpMeasures, b: RollUpMeasures): RollUpMeasures {
  const sum = Object.fromEntries((Object.keys(NO_MEASURES) as (keyof RollUpMeasures)[]).map((name) => {
    const [one, other] = [a[name], b[name]];
    return [name, typeof one === 'number' ? one + Number(other) : addDecimal(one, String(other))];
  }));
  return sum as unknown as RollUpMeasures;
}

/** Points out of 100: of all tables alike, or weighted by budget. Two decimals; null when nothing is scored (or no budget stands behind it). */
export function meanOf(measures: Pick<RollUpMeasures, 'points' | 'weight' | 'budgetPoints' | 'budgetWeight'>, weighted: boolean): DecimalText | null {
  const [points, weight] = weighted ? [measures.budgetPoints, measures.budgetWeight] : [measures.points, measures.weight];
  return compareDecimal(weight, '0') <= 0 ? null : roundHalfUp(divideDecimal(multiplyDecimal(points, '100'), weight, 2), 2);
}

/** The tree of units: each with the one above it, null at the top. */
export type UnitTree = ReadonlyMap<string, string | null>;

/** What the keeper of a roll-up holds: what belongs to each unit itself, and that with everything below. */
export interface RollUpCounts {
  readonly own: ReadonlyMap<string, RollUpMeasures>;
  readonly all: ReadonlyMap<string, RollUpMeasures>;
}

/** Everything counted anew from the documents: the statement that every quicker way is judged by. */
export function recount(tree: UnitTree, documents: readonly RollUpDocument[]): RollUpCounts {
  const own = new Map<string, RollUpMeasures>();
  const all = new Map<string, RollUpMeasures>();
  for (const [unitId, belonging] of byUnit(documents)) {
    const measures = measuresOfUnit(belonging);
    own.set(unitId, measures);
    for (const unit of upwards(tree, unitId)) all.set(unit, addMeasures(all.get(unit) ?? NO_MEASURES, measures));
  }
  return { own, all };
}

/**
 * Counts only the marked units again and adds up those above them from what stands directly below. `documents` are those of the marked units.
 * Equal to {@link recount} when every changed unit is marked.
 */
export function recountMarked(tree: UnitTree, before: RollUpCounts, marked: ReadonlySet<string>, documents: readonly RollUpDocument[]): RollUpCounts {
  const [own, all] = [new Map(before.own), new Map(before.all)];
  for (const unit of marked) own.delete(unit);
  for (const [unitId, belonging] of byUnit(documents)) own.set(unitId, measuresOfUnit(belonging));
  const below = new Map<string, string[]>();
  for (const [unit, parent] of tree) if (parent !== null) below.set(parent, [...(below.get(parent) ?? []), unit]);
  const touched = new Set([...marked].flatMap((unit) => upwards(tree, unit)));
  const deepestFirst = [...touched].sort((a, b) => upwards(tree, b).length - upwards(tree, a).length);
  for (const unit of deepestFirst) {
    const parts = [own.get(unit), ...(below.get(unit) ?? []).map((one) => all.get(one))].filter((part) => part !== undefined);
    if (parts.length === 0) all.delete(unit);
    else all.set(unit, parts.reduce(addMeasures));
  }
  return { own, all };
}

function byUnit(documents: readonly RollUpDocument[]): ReadonlyMap<string, readonly RollUpDocument[]> {
  const found = new Map<string, RollUpDocument[]>();
  for (const document of documents) {
    const known = found.get(document.unitId);
    if (known === undefined) found.set(document.unitId, [document]);
    else known.push(document);
  }
  return found;
}

function upwards(tree: UnitTree, unit: string): string[] {
  const chain: string[] = [];
  for (let at: string | null | undefined = unit; at != null && tree.has(at); at = tree.get(at)) chain.push(at);
  return chain;
}
