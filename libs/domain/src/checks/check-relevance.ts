import { compareDecimal } from '../decimal';
import { toBaseMagnitude } from '../quantity/quantity';
import { unitOf } from '../quantity/unit';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { letterPairs, plainText } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';
import { promisesOf, sameThing } from './goal-promises';

/**
 * Q-R1 a task or a served group of the goal text has no indicator of its own; Q-R2 a row is missing from a goal text that lists its results;
 * Q-R4 a benefit has nothing in common with project and goal.
 */
export function checkRelevance(table: PerformanceTargetTable): readonly Finding[] {
  return [...checkTasks(table), ...checkServedGroups(table), ...checkMentions(table), ...checkBenefits(table)];
}

/** Words that every goal and every name may hold: sharing them says nothing. */
const COMMON = /^(?:社会|会保|保险|险待|待遇|养老|老保|人员|资金|工作|任务|项目|完成|管理|服务|发放|单位|年度|情况|相关|各项|享受|受养|老待|全县|全州|自治|本年|下达|达的)$/u;

function ownPairs(text: string): string[] {
  return [...letterPairs(text.replace(/[^\u4e00-\u9fff]/gu, ''))].filter((pair) => !COMMON.test(pair));
}

/** 完成…任务: a purpose without a number is a promise too. */
function checkTasks(table: PerformanceTargetTable): Finding[] {
  const names = table.indicators.map(({ name }) => plainText(name)).join('|');
  return [...plainText(table.goalText).matchAll(/完成([^,，。;:!、]{6,40}?)(?:任务|项工作)/gu)].flatMap(([whole, task = '']) => {
    const pairs = ownPairs(task);
    return pairs.length < 4 || pairs.some((pair) => names.includes(pair)) ? [] : [aFinding('Q-R1-purpose', 'WARN', {}, { found: whole })];
  });
}

/** 企业退休职工满意度 in the goal, 退休职工满意度 in the row. */
function checkServedGroups(table: PerformanceTargetTable): Finding[] {
  const rows = table.indicators.map(({ name }) => plainText(name)).filter((name) => /满意度$/u.test(name));
  const found = [...plainText(table.goalText).matchAll(/([^,，。;:!、\d%]{2,20}满意度)/gu)].map(([, phrase = '']) => phrase.replace(/^.*(?:使|确保|让|提升|提高|实现|保证|保障)(?=.{3,}满意度)/u, ''));
  return [...new Set(found)].flatMap((phrase) => {
    if (rows.includes(phrase)) return [];
    const alike = rows.find((name) => phrase.endsWith(name) || name.endsWith(phrase));
    return alike === undefined ? [] : [aFinding('Q-R1-group', 'WARN', {}, { expected: alike, found: phrase })];
  });
}

function isMentioned({ name, target }: Indicator, goal: string, promises: ReturnType<typeof promisesOf>): boolean {
  const plain = plainText(name);
  if (goal.includes(plain) || target.magnitude === null || target.kind !== 'QUANT') return true;
  const base = toBaseMagnitude(target.magnitude, target.unit);
  const isShare = target.unit !== null && unitOf(target.unit).dimension === 'ratio';
  return promises.some((promise) => compareDecimal(promise.base, base) === 0 && (!isShare || sameThing(plain, promise.phrase)));
}

/** A goal text that promises as many numbers as there are rows is meant as their list: then a row that is not in it is worth telling. */
function checkMentions(table: PerformanceTargetTable): Finding[] {
  const promises = promisesOf(table.goalText);
  const counted = table.indicators.filter(({ target }) => target.kind === 'QUANT').length;
  if (counted === 0 || promises.length < counted) return [];
  const goal = plainText(table.goalText);
  return table.indicators.flatMap((indicator, row) => (isMentioned(indicator, goal, promises) ? [] : [aFinding('Q-R2', 'INFO', { name: indicator.name }, { row })]));
}

/** Fewer pairs than this say nothing about likeness. */
const FEWEST_PAIRS = 8;

function checkBenefits(table: PerformanceTargetTable): Finding[] {
  if (table.subject !== 'PROJECT') return [];
  const ground = plainText(table.goalText + (table.project ?? ''));
  // A goal of one sentence cannot name everything.
  if (ground.length < 60) return [];
  return table.indicators.flatMap(({ name, level1, target }, row) => {
    if (target.kind !== 'QUAL' || !/效益/u.test(level1)) return [];
    const pairs = [...letterPairs(plainText(name))];
    const shared = pairs.filter((pair) => ground.includes(pair)).length;
    return pairs.length < FEWEST_PAIRS || shared * 6 >= pairs.length ? [] : [aFinding('Q-R4', 'INFO', { name }, { row, found: String(shared) })];
  });
}
