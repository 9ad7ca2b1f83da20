import { createRequire } from 'node:module';
import { type DecimalText, type Result, type Words, ok, refuse } from '@jiheng/domain';
import type { MathJsInstance, MathNode } from 'mathjs';
import { type Rational, add, compare, divide, fromDecimal, multiply, negate, round, toDecimal } from './rational';

/** What a formula may name: the value of the binding's field and its two parts. */
export type FormulaName = 'value' | 'numerator' | 'denominator';
export type FormulaInputs = Readonly<Partial<Record<FormulaName, DecimalText>>>;

export const FORMULA_LIMIT = { characters: 200, operations: 40 } as const;
/** Digits of a number in a formula; places of `round`. */
const LITERAL_DIGITS = 30;
const MOST_PLACES = 20;

/** The names as people read them. */
const CHINESE: Readonly<Record<FormulaName, string>> = { value: '数值', numerator: '分子', denominator: '分母' };
const ENGLISH: ReadonlyMap<string, FormulaName> = new Map((Object.keys(CHINESE) as FormulaName[]).map((name) => [CHINESE[name], name]));
const ENGLISH_NAMES = /\b(?:value|numerator|denominator)\b/gu;
const CHINESE_NAMES = /数值|分子|分母/gu;
const NAMES: ReadonlySet<string> = new Set<FormulaName>(['value', 'numerator', 'denominator']);
/** As people write it here: full-width signs and digits, × ÷, and the Chinese names. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/数值/gu, ' value '], [/分子/gu, ' numerator '], [/分母/gu, ' denominator '], [/[×＊]/gu, '*'], [/[÷／]/gu, '/'], [/（/gu, '('], [/）/gu, ')'], [/[＋]/gu, '+'], [/[－−]/gu, '-'], [/[，]/gu, ','], [/[．]/gu, '.'], [/　/gu, ' '],
];
const FULL_WIDTH_DIGITS = /[０-９]/gu;
const FULL_WIDTH_ZERO = '０'.charCodeAt(0);

/** A formula that was read and allowed: it can be computed again and again. */
export interface Formula {
  readonly text: string;
  readonly names: ReadonlySet<FormulaName>;
  /** Exact decimal text. Refuses a division by zero, and a name whose value is missing. */
  compute(inputs: FormulaInputs): Result<DecimalText>;
}

type Step = (inputs: FormulaInputs) => Rational;

/** Ends a computation with a refusal. */
class NoResult extends Error {
  constructor(readonly kind: 'ZERO' | 'MISSING', readonly formulaName: FormulaName = 'value') { super(kind); }
}
/** What the reader does not take. */
class NotAllowed extends Error {}

let made: MathJsInstance | null = null;

/**
 * Only the reader of mathjs is made: none of its functions exist here, and nothing of it is ever evaluated. The library holds 50 MB and takes
 * its time to load, so only a process that reads a formula loads it, with the first one.
 */
function reader(): MathJsInstance {
  if (made !== null) return made;
  const { create, parseDependencies } = createRequire(import.meta.url)('mathjs') as typeof import('mathjs');
  if (parseDependencies === undefined) throw new Error('mathjs came without its parser');
  made = create(parseDependencies);
  made.config({ number: 'BigNumber', precision: 64 });
  return made;
}

/**
 * Reads a formula. mathjs only parses; what it found is allowed kind by kind and computed here in exact fractions, so that no float, no assignment,
 * no access and no function of the library can get in. Refuses what is too long, not readable, or not allowed.
 */
export function readFormula(text: string): Result<Formula> {
  if (text.length > FORMULA_LIMIT.characters) return tooLong();
  const plain = SPELLINGS.reduce((so, [from, to]) => so.replace(from, to), text).replace(FULL_WIDTH_DIGITS, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO));
  const unreadable = ({ zh, en }: Words): Result<Formula> => refuse('pull.formula-unreadable', { formula: text, what: zh, whatEn: en });
  // A short text can still nest deeply or hide a block in a comment: only the signs of arithmetic reach the library.
  // Numbers are plain digits: neither 1e9 nor 0xff.
  const odd = /[^\w\s.,+\-*/()]|\d+[a-z_]\w*/iu.exec(plain);
  if (odd !== null) return unreadable(notAllowed(odd[0]));
  let tree: MathNode;
  try { tree = reader().parse(plain); } catch { return unreadable(faultOf(plain)); }
  let operations = 0;
  tree.traverse(() => { operations += 1; });
  if (operations > FORMULA_LIMIT.operations) return tooLong();
  const names = new Set<FormulaName>();
  let step: Step;
  try { step = stepOf(tree, names); } catch (error) {
    if (error instanceof NotAllowed) return unreadable(notAllowed(error.message));
    if (error instanceof NoResult && error.kind === 'ZERO') return refuse('pull.formula-by-zero', { formula: text });
    throw error;
  }
  return ok({
    text, names,
    compute(inputs) {
      try { return ok(toDecimal(step(inputs))); } catch (error) {
        if (!(error instanceof NoResult)) throw error;
        return error.kind === 'ZERO' ? refuse('pull.formula-by-zero', { formula: text }) : formulaLacks(text, error.formulaName);
      }
    },
  });
}

/** A formula uses a name for which nothing is fetched. */
export function formulaLacks(formula: string, name: FormulaName): Extract<Result<never>, { ok: false }> {
  return refuse('pull.formula-lacks', { formula, name: CHINESE[name], nameEn: name });
}

/** The library says in English, and of the text it was given, where it stumbled: what a person can mend is said in our words. */
function faultOf(plain: string): Words {
  const depth = [...plain].reduce((open, sign) => (open < 0 ? open : open + (sign === '(' ? 1 : sign === ')' ? -1 : 0)), 0);
  if (depth !== 0) return { zh: '括号不成对', en: 'the brackets do not match' };
  if (/[+\-*/,]\s*$/u.test(plain)) return { zh: '没有写完', en: 'it is not finished' };
  return { zh: '写法不对', en: 'it is not written correctly' };
}

/** A formula with the names of each language, in whichever it was written. What it computes is the same. */
export function sayFormula(formula: string): Words {
  return { zh: formula.replace(ENGLISH_NAMES, (name) => CHINESE[name as FormulaName]), en: formula.replace(CHINESE_NAMES, (name) => ENGLISH.get(name) ?? name) };
}

function notAllowed(what: string): Words {
  const chinese = sayFormula(what).zh;
  // Nothing at all is nothing to quote.
  return what.trim() === '' || what === 'undefined' ? { zh: '没有内容', en: 'it is empty' } : { zh: `不能用“${chinese}”`, en: `“${what}” is not allowed` };
}

function tooLong(): Result<Formula> {
  return refuse('pull.formula-too-long', { limit: String(FORMULA_LIMIT.characters), nodes: String(FORMULA_LIMIT.operations) });
}

/** A node as its class tells it; the library's own union of types says less than its documentation. */
interface ReadNode { readonly type: string; readonly content?: MathNode; readonly value?: unknown; readonly name?: string; readonly op?: string; readonly implicit?: boolean; readonly args?: readonly MathNode[]; readonly fn?: { readonly name?: string } | string }

function stepOf(node: MathNode, names: Set<FormulaName>): Step {
  const found = node as unknown as ReadNode;
  const [first, second] = (found.args ?? []).map((one) => (): Step => stepOf(one, names));
  switch (found.type) {
    case 'ParenthesisNode': return stepOf(mustHave(found.content), names);
    case 'ConstantNode': {
      const digits = String(found.value);
      if (!/^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(digits) || digits.length > LITERAL_DIGITS) throw new NotAllowed(digits.slice(0, LITERAL_DIGITS));
      const constant = fromDecimal(digits);
      return () => constant;
    }
    case 'SymbolNode': {
      const name = found.name ?? '';
      if (!NAMES.has(name)) throw new NotAllowed(name);
      names.add(name as FormulaName);
      return (inputs) => {
        const given = inputs[name as FormulaName];
        if (given === undefined) throw new NoResult('MISSING', name as FormulaName);
        return fromDecimal(given);
      };
    }
    case 'OperatorNode': {
      // `2 value` would multiply; whoever means that writes the sign.
      if (found.implicit === true || first === undefined) throw new NotAllowed(node.toString());
      return second === undefined ? unary(found.op ?? '', first()) : binary(found.op ?? '', first(), second());
    }
    case 'FunctionNode': return call(typeof found.fn === 'string' ? found.fn : found.fn?.name ?? '', found.args ?? [], names);
    default: throw new NotAllowed(node.toString());
  }
}

function unary(op: string, a: Step): Step {
  if (op === '-') return (inputs) => negate(a(inputs));
  if (op === '+') return a;
  throw new NotAllowed(op);
}

function binary(op: string, a: Step, b: Step): Step {
  switch (op) {
    case '+': return (inputs) => add(a(inputs), b(inputs));
    case '-': return (inputs) => add(a(inputs), negate(b(inputs)));
    case '*': return (inputs) => multiply(a(inputs), b(inputs));
    case '/': {
      const step: Step = (inputs) => {
        const quotient = divide(a(inputs), b(inputs));
        if (quotient === null) throw new NoResult('ZERO');
        return quotient;
      };
      refuseConstantZero(b);
      return step;
    }
    default: throw new NotAllowed(op);
  }
}

/** What is divided by without looking at any value is known now: a formula that divides by zero whatever the source says is no formula. */
function refuseConstantZero(divisor: Step): void {
  try {
    if (divisor({}).over === 0n) throw new NoResult('ZERO');
  } catch (error) {
    if (!(error instanceof NoResult) || error.kind === 'ZERO') throw error;
  }
}

function call(name: string, args: readonly MathNode[], names: Set<FormulaName>): Step {
  const [first, second] = args;
  if (first === undefined) throw new NotAllowed(`${name}()`);
  if (name === 'abs' && args.length === 1) {
    const a = stepOf(first, names);
    return (inputs) => { const value = a(inputs); return value.over < 0n ? negate(value) : value; };
  }
  if (name === 'round' && args.length <= 2) {
    const a = stepOf(first, names);
    const said = second === undefined ? '0' : second.toString();
    if (!/^\d{1,2}$/u.test(said) || Number(said) > MOST_PLACES) throw new NotAllowed(`round(…, ${said})`);
    return (inputs) => round(a(inputs), Number(said));
  }
  if (name === 'min' || name === 'max') {
    const steps = args.map((one) => stepOf(one, names));
    const better = name === 'min' ? -1 : 1;
    return (inputs) => steps.map((step) => step(inputs)).reduce((best, one) => (compare(one, best) === better ? one : best));
  }
  throw new NotAllowed(name);
}

function mustHave<T>(value: T | undefined): T {
  if (value === undefined) throw new NotAllowed('()');
  return value;
}
