import {
  type Actual, type CompiledProfile, type ExecutionFigures, KERNEL_RULE, type KernelRule, LEAN_BIT, type LeanRow, type OverCause, PROFILE_SCALE, type PlainRow, type PlainScore, type RuleProfile, type ScoringContext,
  type ScoringRow, compileProfile, inputsBeforeTable, inputsOfMoney, inputsOfRow, overCauseOf, scorePlain, scoreRowLean, takesJudgement,
} from '@jiheng/domain';
import { ACTUAL, INDICATOR, indicatorOf } from './bulk-columns.query';
import type { CopyRows } from './copy-bytes';
import type { Span, YearAnswer } from './facts-reader';
import { InputsBytes } from './inputs-bytes';
import { isPlain, scaled } from './plain-decimal';
import { NO_POINTS, OWED, RowScores, hundredthsOf } from './row-scores';
import { sayRow } from './row-text';
import type { SliceHead } from './slice-heads.query';
import { SO_FAR, ValuesSoFar, isPercent } from './values-so-far';

/** Everything the points of one quarter or year depend on, still in the bytes that PostgreSQL sent. */
export interface DocumentFacts {
  readonly head: SliceHead;
  /** A year has its row of money, and is never over by the calendar. */
  readonly isYear: boolean;
  readonly profile: RuleProfile;
  readonly indicators: CopyRows;
  /** Which of them are the table's, in the order of the table. */
  readonly table: Span;
  readonly actuals: CopyRows;
  /** Which of them belong to each report of `head.reports`; null where there are none. */
  readonly values: readonly (Span | null)[];
  /** Why rows of the last report overshot. */
  readonly causes: ReadonlyMap<string, OverCause | null> | undefined;
  /** What was written for the year itself. */
  readonly answers: ReadonlyMap<string, YearAnswer> | undefined;
  readonly execution: ExecutionFigures | null;
}

const text = (value: string): Buffer => Buffer.from(value);
const SAID = { rows: text(',"rows":['), next: text(','), quarter: text('],"withExecution":false}}'), year: text('],"withExecution":true}}') } as const;

// Codes are told apart by a letter or two: a table of words would cost more than the row.
const [B, G, I, L, N, P, Q, R, S, T] = [66, 71, 73, 76, 78, 80, 81, 82, 83, 84] as const;
/** Digits of a target before its point: with as many places as a value may have, it must stay in the exact range of a float. */
const WHOLE = 15;
const TARGET_DIGITS = 10;
/** Rows that are not numbers, as many different ones as are kept. */
const REMEMBERED = 20_000;

interface Remembered { readonly points: number; readonly weight: number; readonly rate: number | string; readonly deviation: number | string; readonly flags: number }

/**
 * Scores quarters and years out of the bytes of COPY. A row whose value so far is a plain number, a judgement or a date is read, added up, told apart and scored without
 * ever becoming an object; any other row becomes one and goes the way a single document's goes. Both ways are the same law: the numbers end
 * in the domain's `scorePlain`, the rest in `scoreRowLean`, and a property test holds digest and points equal to those of a document scored alone.
 */
export class BytesScorer {
  readonly inputs = new InputsBytes();
  readonly rows = new RowScores();
  readonly values = new ValuesSoFar();
  /** Nobody spoke for a row, and the period is over. */
  periodClosed = false;
  private facts!: DocumentFacts;
  /** Of the document that was taken: where its rows begin, and the profile as integers. */
  private from = 0;
  private compiled!: CompiledProfile;
  private readonly special: (ScoringRow | null)[] = [];
  private readonly causes: (OverCause | null)[] = [];
  /** Revisions of the year's answers whose judgement went in, by row; 0 where none did. */
  private readonly judged: number[] = [];
  private isJudged = false;
  private readonly remembered = new Map<RuleProfile, Map<string, Remembered>[]>();
  private readonly contexts = new Map<string, ScoringContext>();
  private readonly plain: PlainRow = { rule: KERNEL_RULE.POSITIVE, isStrict: false, w: 0, t: 0, high: 0, a: 0 };
  private readonly scored: PlainScore = { points: 0, attainmentRate: NaN, deviationRate: NaN, flags: 0, explanationOwed: false };

  /** What the texts of inputs begin with, by what decides it. */
  private begun = { profileId: '', fiscalYear: 0, periodClosed: false, key: '' };

  /** How many rows the document has that was taken last. */
  length = 0;

  /** The context of the document that was taken last. */
  get context(): ScoringContext {
    const { fiscalYear } = this.facts.head;
    const key = `${fiscalYear} ${this.periodClosed}`;
    let context = this.contexts.get(key);
    if (context === undefined) this.contexts.set(key, (context = { fiscalYear, periodClosed: this.periodClosed }));
    return context;
  }

  /** Takes a document. @returns the digest of its inputs */
  take(facts: DocumentFacts): string {
    const { head, indicators, table, actuals, values, isYear } = facts;
    this.facts = facts;
    this.from = table[0];
    this.length = table[1] - this.from;
    this.compiled = compileProfile(facts.profile);
    this.values.take({ indicators, table, reports: head.reports, actuals, values });
    this.isJudged = false;
    let isSilent = false;
    for (let at = 0; at < this.length; at += 1) {
      this.look(at);
      const special = this.special[at] ?? null;
      if (special === null ? this.values.of(at) === SO_FAR.SILENT : special.actual.kind === 'NOT_REPORTED') isSilent = true;
    }
    // The day only matters to rows nobody spoke for.
    this.periodClosed = !isYear && isSilent && head.isOver;
    return this.digest();
  }

  /** Rows whose overshoot had a cause: row number from 0 → cause; nothing where none had. */
  overCauses(): { readonly overCauses?: Readonly<Record<number, OverCause>> } {
    const { facts: { causes, answers } } = this;
    if (causes === undefined && answers === undefined) return {};
    const found: Record<number, OverCause> = {};
    for (let at = 0; at < this.length; at += 1) {
      const cause = this.causes[at] ?? null;
      if (cause !== null) found[at] = cause;
    }
    return Object.keys(found).length === 0 ? {} : { overCauses: found };
  }

  /** Revisions of the year's answers whose judgement went in, by row; nothing where none did. */
  answers(): { readonly answers?: readonly number[] } {
    return this.isJudged ? { answers: this.judged.slice(0, this.length) } : {};
  }

  /** Scores the document that was taken into `rows`. */
  score(): void {
    const { length, rows } = this;
    rows.begin(length);
    for (let at = 0; at < length; at += 1) if (!this.scoreRow(at)) rows.setLean(at, this.inWords(at));
  }

  /** Looks for what a person wrote of a row, and makes an object of a row that needs words. */
  private look(at: number): void {
    const { facts: { causes, answers, indicators } } = this;
    const key = causes === undefined && answers === undefined ? '' : (indicators.text(this.from + at, INDICATOR.key) ?? '');
    const answer = answers?.get(key);
    const cause = answer?.explanation == null ? (causes?.get(key) ?? null) : overCauseOf(answer.explanation);
    const judgement = this.facts.isYear ? (answer?.judgement ?? null) : null;
    this.causes[at] = cause;
    this.judged[at] = 0;
    this.special[at] = null;
    if (judgement !== null && answer !== undefined && this.judge(at, judgement, cause)) {
      this.judged[at] = answer.revision;
      this.isJudged = true;
    } else if (cause === 'TARGET_TOO_LOW' || this.values.of(at) === SO_FAR.WORDS) this.special[at] = this.inObjects(at, cause);
  }

  /** A row whose value of the year was entered at its end, where it is one that takes such a value. */
  private judge(at: number, judgement: Actual, overCause: OverCause | null): boolean {
    const indicator = indicatorOf(this.facts.indicators, this.from + at);
    if (!takesJudgement(indicator)) return false;
    this.special[at] = { indicator, actual: judgement, overCause, accumulated: null };
    return true;
  }

  private inObjects(at: number, overCause: OverCause | null): ScoringRow {
    const indicator = indicatorOf(this.facts.indicators, this.from + at);
    const { actual, flags } = this.values.inObjects(at, indicator);
    return { indicator, actual, overCause, accumulated: { flags, steps: [] } };
  }

  private digest(): string {
    const { inputs, values, from, facts: { profile, head, execution, isYear, indicators, actuals } } = this;
    const { begun, periodClosed } = this;
    // Nearly every document of a slice begins as the one before it.
    if (begun.profileId !== head.profileId || begun.fiscalYear !== head.fiscalYear || begun.periodClosed !== periodClosed) {
      this.begun = { profileId: head.profileId, fiscalYear: head.fiscalYear, periodClosed, key: `${head.profileId} ${head.fiscalYear} ${periodClosed}` };
    }
    inputs.begin(this.begun.key, () => `${inputsBeforeTable(profile, this.context)}{"execution":`);
    inputs.say(execution === null ? 'null' : inputsOfMoney(execution));
    inputs.put(SAID.rows);
    for (let at = 0; at < this.length; at += 1) {
      if (at > 0) inputs.put(SAID.next);
      const special = this.special[at] ?? null;
      if (special === null) sayRow(inputs, values, at, actuals, indicators, from + at, this.causes[at] ?? null);
      else inputs.say(inputsOfRow(special));
    }
    inputs.put(isYear ? SAID.year : SAID.quarter);
    return inputs.digest();
  }

  private inWords(at: number): LeanRow {
    return scoreRowLean(this.special[at] ?? this.inObjects(at, this.causes[at] ?? null), this.facts.profile, this.context);
  }

  /** Scores a row out of its bytes; false where that cannot be. */
  private scoreRow(at: number): boolean {
    if ((this.special[at] ?? null) !== null) return false;
    const how = this.values.of(at);
    if (how === SO_FAR.SILENT) return this.scoreSilence(at);
    const { indicators, actuals } = this.facts;
    if (!indicators.isNull(this.from + at, INDICATOR.threshold)) return false;
    return how === SO_FAR.MADE || actuals.bytes[actuals.start(this.values.standing(at), ACTUAL.kind)] === R ? this.scoreNumber(at) : this.scoreRemembered(at);
  }

  /** Silence earns nothing once the period is over; before, it is a row that waits, and says so in words. */
  private scoreSilence(at: number): boolean {
    const { indicators, profile } = this.facts;
    const { from } = this;
    if (!this.periodClosed || !isPlain(indicators, from + at, INDICATOR.weight, 6, 2)) return false;
    const weight = scaled(indicators, from + at, INDICATOR.weight, 2);
    this.rows.set(at, 0, weight, NaN, NaN, LEAN_BIT.NOT_REPORTED | (profile.explanations.belowWeight && weight > 0 ? OWED : 0));
    return true;
  }

  private scoreNumber(at: number): boolean {
    const { plain, scored, values, facts: { indicators, actuals, profile } } = this;
    const row = this.from + at;
    const { bytes } = indicators;
    // Of the kinds only QUANT is a number; QUAL differs from it in its fourth letter.
    const kind = indicators.start(row, INDICATOR.kind);
    if (bytes[kind] !== Q || bytes[kind + 3] !== N) return false;
    const comparator = indicators.start(row, INDICATOR.comparator);
    const isBetween = bytes[comparator] === B;
    const rule = this.ruleOf(row, isBetween);
    const high = indicators.isNull(row, INDICATOR.high) ? INDICATOR.magnitude : INDICATOR.high;
    // A percentage made of its parts has more places than what people write, and everything is counted in them then.
    const isMade = values.of(at) === SO_FAR.MADE;
    const scale = isMade ? values.scale(at) : PROFILE_SCALE;
    const digits = Math.min(TARGET_DIGITS, WHOLE - scale);
    if (rule === null || !isPlain(indicators, row, INDICATOR.magnitude, digits, PROFILE_SCALE) || !isPlain(indicators, row, INDICATOR.weight, 6, 2) || (isBetween && !isPlain(indicators, row, high, digits, PROFILE_SCALE))) return false;
    plain.rule = rule;
    plain.isStrict = (bytes[comparator] === G || bytes[comparator] === L) && bytes[comparator + 1] === T;
    plain.w = scaled(indicators, row, INDICATOR.weight, 2);
    plain.t = scaled(indicators, row, INDICATOR.magnitude, scale);
    plain.high = isBetween ? scaled(indicators, row, high, scale) : 0;
    plain.a = isMade ? values.number(at) : scaled(actuals, values.standing(at), ACTUAL.magnitude, scale);
    if (!scorePlain(plain, scale === PROFILE_SCALE ? this.compiled : compileProfile(profile, scale), profile.explanations.belowWeight, scored)) return false;
    this.rows.set(at, scored.points, plain.w, scored.attainmentRate, scored.deviationRate, scored.flags | (scored.explanationOwed ? OWED : 0));
    return true;
  }

  /** The rule of a row that says everything itself; null where words decide. */
  private ruleOf(row: number, isBetween: boolean): KernelRule | null {
    const { bytes } = this.facts.indicators;
    const rule = this.facts.indicators.start(row, INDICATOR.rule);
    const direction = this.facts.indicators.start(row, INDICATOR.direction);
    const isSatisfaction = bytes[rule] === S;
    if (!isSatisfaction && bytes[rule] !== P) return null;
    const isPositive = bytes[direction] === P && bytes[direction + 2] === S;
    const isNegative = bytes[direction] === N;
    if (!isPositive && !isNegative && (bytes[direction] !== P || bytes[direction + 2] !== I)) return null;
    if (isBetween) return KERNEL_RULE.INTERVAL;
    if (isSatisfaction && isPositive) return isPercent(this.facts.indicators, row) ? KERNEL_RULE.SATISFACTION : null;
    return isPositive ? KERNEL_RULE.POSITIVE : isNegative ? KERNEL_RULE.NEGATIVE : KERNEL_RULE.POINT;
  }

  /** Judgements and dates: few different ones in a whole province. A row that cannot be scored names itself, so it is never remembered. */
  private scoreRemembered(at: number): boolean {
    const { facts: { indicators, actuals, profile }, rows } = this;
    const row = this.from + at;
    const value = this.values.standing(at);
    // Levels and name only decide where neither rule nor direction is given; they stand before the other columns.
    const isNamed = indicators.isNull(row, INDICATOR.rule) || indicators.isNull(row, INDICATOR.direction);
    const key = indicators.bytes.toString('latin1', indicators.start(row, isNamed ? INDICATOR.level1 : INDICATOR.kind), indicators.end(row, INDICATOR.weight))
      + actuals.bytes.toString('latin1', actuals.start(value, ACTUAL.kind), actuals.end(value, ACTUAL.date)) + (this.causes[at] ?? '');
    let byContext = this.remembered.get(profile);
    if (byContext === undefined) this.remembered.set(profile, (byContext = []));
    const place = this.facts.head.fiscalYear * 2 + (this.periodClosed ? 1 : 0);
    const memory = (byContext[place] ??= new Map());
    let known = memory.get(key);
    if (known === undefined) {
      const scored = this.inWords(at);
      if (scored.blocked !== null) { rows.setLean(at, scored); return true; }
      known = { points: scored.points ?? NO_POINTS, weight: scored.weight, rate: hundredthsOf(scored.attainmentRate), deviation: hundredthsOf(scored.deviationRate), flags: scored.flags | (scored.explanationOwed ? OWED : 0) };
      if (memory.size < REMEMBERED) memory.set(key, known);
    }
    rows.set(at, known.points, known.weight, known.rate, known.deviation, known.flags);
    return true;
  }
}
