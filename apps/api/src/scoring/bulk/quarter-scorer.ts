import {
  type Actual, type CompiledProfile, type ExecutionFigures, KERNEL_RULE, type KernelRule, LEAN_BIT, type LeanRow, type OverCause, type PlainRow, type PlainScore, type RuleProfile, type ScoringContext, type ScoringRow,
  accumulateLean, compileProfile, inputsBeforeTable, inputsOfMoney, inputsOfRow, scorePlain, scoreRowLean,
} from '@jiheng/domain';
import { ACTUAL, INDICATOR, actualOf, indicatorOf } from './bulk-columns.query';
import type { CopyRows } from './copy-bytes';
import { InputsBytes } from './inputs-bytes';
import { NO_POINTS, OWED, RowScores, hundredthsOf } from './row-scores';
import type { SliceHead } from './slice-heads.query';

/** Everything one quarter's points depend on, still in the bytes that PostgreSQL sent. */
export interface QuarterFacts {
  readonly head: SliceHead;
  readonly profile: RuleProfile;
  readonly indicators: CopyRows;
  /** Which of them are the table's, in the order of the table. */
  readonly table: readonly [from: number, to: number];
  readonly actuals: CopyRows;
  /** Which of them belong to each report of `head.reports`; null where there are none. */
  readonly values: readonly (readonly [from: number, to: number] | null)[];
  readonly causes: ReadonlyMap<string, OverCause | null> | undefined;
  readonly execution: ExecutionFigures | null;
}

/** What happened to a row: nothing was said, one value is taken as it stands, or it needs words. */
const [SILENT, TAKEN, SPECIAL] = [0, 1, 2] as const;
const text = (value: string): Buffer => Buffer.from(value);
const SAID = {
  rows: text(',"rows":['), next: text(','), actual: text('{"actual":{"kind":"'), reported: text('REPORTED","magnitude":'), unit: text(',"unit":'), judged: text('JUDGED"'), grade: text('{"actual":{"grade":'),
  kind: text(',"kind":"'), share: text(',"share":'), dated: text('{"actual":{"date":'), datedKind: text(',"kind":"DATED"'), unfinished: text('UNFINISHED"'), silent: text('NOT_REPORTED"'),
  indicator: text('},"indicator":{"accumulation":'), direction: text(',"direction":'), key: text(',"key":'), level1: text(',"level1":'), level2: text(',"level2":'), name: text(',"name":'),
  threshold: text(',"passThreshold":'), rule: text(',"scoringRule":'), comparator: text(',"target":{"comparator":'), targetKind: text(',"kind":'), magnitude: text(',"magnitude":'), high: text(',"magnitudeHigh":'),
  text: text(',"text":'), weight: text('},"weight":'), cause: text('},"overCause":null}'), end: text('],"withExecution":false}}'),
} as const;

// Codes are told apart by a letter or two: a table of words would cost more than the row.
const [A, B, D, G, I, J, L, M, N, P, Q, R, S, T, U] = [65, 66, 68, 71, 73, 74, 76, 77, 78, 80, 81, 82, 83, 84, 85] as const;
const [PERCENT, MINUS, POINT] = [37, 45, 46] as const;
const NOT_REPORTED_LENGTH = 12;
const NOTHING = [0, 0] as const;
/** Rows that are not numbers, as many different ones as are kept. */
const REMEMBERED = 20_000;

interface Remembered { readonly points: number; readonly weight: number; readonly rate: number | string; readonly deviation: number | string; readonly flags: number }

/**
 * Scores quarters out of the bytes of COPY. A row that is a plain number, a judgement or a date is read, told apart and scored without
 * ever becoming an object; any other row becomes one and goes the way a single document's goes. Both ways are the same law: the numbers end
 * in the domain's `scorePlain`, the rest in `scoreRowLean`, and a property test holds digest and points equal to those of a document scored alone.
 */
export class QuarterScorer {
  readonly inputs = new InputsBytes();
  readonly rows = new RowScores();
  /** Nobody spoke for a row, and the period is over. */
  periodClosed = false;
  private facts!: QuarterFacts;
  /** Of the document that was taken: where its rows begin, and the profile as integers. */
  private from = 0;
  private compiled!: CompiledProfile;
  private how = new Uint8Array(64);
  /** Row of `actuals` by report and row of the table; −1 where there is none. */
  private matched = new Int32Array(256);
  private last = new Int32Array(64);
  private readonly special: (ScoringRow | null)[] = [];
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
  take(facts: QuarterFacts): string {
    this.facts = facts;
    this.from = facts.table[0];
    this.length = facts.table[1] - this.from;
    this.compiled = compileProfile(facts.profile);
    this.match();
    let isSilent = false;
    for (let at = 0; at < this.length; at += 1) {
      this.how[at] = this.look(at);
      if (this.how[at] === SILENT || this.special[at]?.actual.kind === 'NOT_REPORTED') isSilent = true;
    }
    // The day only matters to rows nobody spoke for.
    this.periodClosed = isSilent && facts.head.isOver;
    return this.digest();
  }

  /** The revision of a row's value in one of the reports; 0 where there is none. */
  revision(report: number, at: number): number {
    const row = this.matched[report * this.length + at] as number;
    return row < 0 ? 0 : this.facts.actuals.whole(row, ACTUAL.revision);
  }

  /** Rows whose overshoot had a cause: row number from 0 → cause; nothing where none had. */
  overCauses(): { readonly overCauses?: Readonly<Record<number, OverCause>> } {
    if (this.facts.causes === undefined) return {};
    const found: Record<number, OverCause> = {};
    for (let at = 0; at < this.length; at += 1) {
      const cause = this.special[at]?.overCause ?? null;
      if (cause !== null) found[at] = cause;
    }
    return Object.keys(found).length === 0 ? {} : { overCauses: found };
  }

  /** Scores the document that was taken into `rows`. */
  score(): void {
    const { length, rows } = this;
    rows.begin(length);
    for (let at = 0; at < length; at += 1) if (!this.scoreRow(at)) rows.setLean(at, this.inWords(at));
  }

  private match(): void {
    const { indicators, actuals, values } = this.facts;
    const { length, from } = this;
    if (length > this.how.length) [this.how, this.last] = [new Uint8Array(length * 2), new Int32Array(length * 2)];
    if (length * values.length > this.matched.length) this.matched = new Int32Array(length * values.length * 2);
    for (let report = 0; report < values.length; report += 1) {
      const range = values[report] ?? null;
      const [first, end] = range === null ? NOTHING : range;
      for (let at = 0; at < length; at += 1) {
        let found = -1;
        let revision = 0;
        for (let row = first; row < end; row += 1) {
          if (!actuals.isSame(row, ACTUAL.key, indicators, from + at, INDICATOR.key)) continue;
          const its = actuals.whole(row, ACTUAL.revision);
          if (its > revision) [found, revision] = [row, its];
        }
        this.matched[report * length + at] = found;
      }
    }
  }

  /** What is to be done with a row: the same choice as `accumulateLean` makes, of whose cases only the plain ones are taken here. */
  private look(at: number): number {
    const { indicators, actuals, values, causes } = this.facts;
    const row = this.from + at;
    this.special[at] = null;
    const cause = causes === undefined ? null : (causes.get(indicators.text(row, INDICATOR.key) ?? '') ?? null);
    let last = -1;
    let spoken = 0;
    let plain = cause === null;
    for (let report = 0; report < values.length; report += 1) {
      const value = this.matched[report * this.length + at] as number;
      if (value < 0 || this.isSilence(value)) continue;
      last = value;
      if (actuals.bytes[actuals.start(value, ACTUAL.kind)] !== R) continue;
      spoken += 1;
      if (!isPlain(actuals, value, ACTUAL.magnitude, 10, 4) || actuals.isNull(value, ACTUAL.unit) || !actuals.isSame(value, ACTUAL.unit, indicators, row, INDICATOR.unit)) plain = false;
    }
    this.last[at] = last;
    if (plain && last < 0) return SILENT;
    const kind = last < 0 ? 0 : (actuals.bytes[actuals.start(last, ACTUAL.kind)] as number);
    // Several numbers are added up or divided; the last one of them stands only where the row says so.
    if (plain && (kind === R ? spoken === 1 || this.takesLast(row) : kind === J || kind === D || kind === U)) return TAKEN;
    this.special[at] = this.inObjects(at, cause);
    return SPECIAL;
  }

  private isSilence(value: number): boolean {
    const { actuals } = this.facts;
    const start = actuals.start(value, ACTUAL.kind);
    return actuals.bytes[start] === N && actuals.end(value, ACTUAL.kind) - start === NOT_REPORTED_LENGTH;
  }

  /** LAST or MANUAL. */
  private takesLast(row: number): boolean {
    const { indicators: { bytes }, indicators } = this.facts;
    const start = indicators.start(row, INDICATOR.accumulation);
    return (bytes[start] === L && bytes[start + 1] === A) || (bytes[start] === M && bytes[start + 2] === N);
  }

  private inObjects(at: number, overCause: OverCause | null): ScoringRow {
    const { indicators, actuals, head: { reports } } = this.facts;
    const indicator = indicatorOf(indicators, this.from + at);
    const periods = new Array<Actual | null>(reports.at(-1)?.ordinal ?? 0).fill(null);
    for (const [report, { ordinal }] of reports.entries()) {
      const value = this.matched[report * this.length + at] as number;
      if (value >= 0) periods[ordinal - 1] = actualOf(actuals, value);
    }
    const { actual, flags } = accumulateLean(indicator.accumulation, periods, indicator.target.unit);
    return { indicator, actual, overCause, accumulated: { flags, steps: [] } };
  }

  private digest(): string {
    const { inputs, facts: { profile, head, execution } } = this;
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
      if (special === null) this.sayRow(at);
      else inputs.say(inputsOfRow(special));
    }
    inputs.put(SAID.end);
    return inputs.digest();
  }

  private sayRow(at: number): void {
    const { inputs, facts: { indicators } } = this;
    const row = this.from + at;
    this.sayActual(at);
    inputs.put(SAID.indicator);
    inputs.field(indicators, row, INDICATOR.accumulation);
    inputs.put(SAID.direction);
    inputs.field(indicators, row, INDICATOR.direction);
    inputs.put(SAID.key);
    inputs.field(indicators, row, INDICATOR.key);
    inputs.put(SAID.level1);
    inputs.field(indicators, row, INDICATOR.level1);
    inputs.put(SAID.level2);
    inputs.field(indicators, row, INDICATOR.level2);
    inputs.put(SAID.name);
    inputs.field(indicators, row, INDICATOR.name);
    inputs.put(SAID.threshold);
    inputs.field(indicators, row, INDICATOR.threshold);
    inputs.put(SAID.rule);
    inputs.field(indicators, row, INDICATOR.rule);
    inputs.put(SAID.comparator);
    inputs.field(indicators, row, INDICATOR.comparator);
    inputs.put(SAID.targetKind);
    inputs.field(indicators, row, INDICATOR.kind);
    inputs.put(SAID.magnitude);
    inputs.field(indicators, row, indicators.bytes[indicators.start(row, INDICATOR.kind)] === D ? INDICATOR.date : INDICATOR.magnitude);
    inputs.put(SAID.high);
    inputs.field(indicators, row, INDICATOR.high);
    inputs.put(SAID.text);
    inputs.field(indicators, row, INDICATOR.text);
    inputs.put(SAID.unit);
    inputs.field(indicators, row, INDICATOR.unit);
    inputs.put(SAID.weight);
    inputs.field(indicators, row, INDICATOR.weight);
    inputs.put(SAID.cause);
  }

  private sayActual(at: number): void {
    const { inputs, facts: { actuals } } = this;
    if (this.how[at] === SILENT) { inputs.put(SAID.actual); inputs.put(SAID.silent); return; }
    const value = this.last[at] as number;
    switch (actuals.bytes[actuals.start(value, ACTUAL.kind)]) {
      case R:
        inputs.put(SAID.actual);
        inputs.put(SAID.reported);
        inputs.field(actuals, value, ACTUAL.magnitude);
        inputs.put(SAID.unit);
        inputs.field(actuals, value, ACTUAL.unit);
        return;
      case J:
        inputs.put(SAID.grade);
        inputs.field(actuals, value, ACTUAL.grade);
        inputs.put(SAID.kind);
        inputs.put(SAID.judged);
        inputs.put(SAID.share);
        inputs.field(actuals, value, ACTUAL.share);
        return;
      case D:
        inputs.put(SAID.dated);
        inputs.field(actuals, value, ACTUAL.date);
        inputs.put(SAID.datedKind);
        return;
      default:
        inputs.put(SAID.actual);
        inputs.put(SAID.unfinished);
    }
  }

  private inWords(at: number): LeanRow {
    return scoreRowLean(this.special[at] ?? this.inObjects(at, null), this.facts.profile, this.context);
  }

  /** Scores a row out of its bytes; false where that cannot be. */
  private scoreRow(at: number): boolean {
    if (this.how[at] === SPECIAL) return false;
    if (this.how[at] === SILENT) return this.scoreSilence(at);
    const { indicators, actuals } = this.facts;
    if (!indicators.isNull(this.from + at, INDICATOR.threshold)) return false;
    return actuals.bytes[actuals.start(this.last[at] as number, ACTUAL.kind)] === R ? this.scoreNumber(at) : this.scoreRemembered(at);
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
    const { plain, scored, facts: { indicators, actuals, profile } } = this;
    const row = this.from + at;
    const { bytes } = indicators;
    // Of the kinds only QUANT is a number; QUAL differs from it in its fourth letter.
    const kind = indicators.start(row, INDICATOR.kind);
    if (bytes[kind] !== Q || bytes[kind + 3] !== N) return false;
    const comparator = indicators.start(row, INDICATOR.comparator);
    const isBetween = bytes[comparator] === B;
    const rule = this.ruleOf(row, isBetween);
    const high = indicators.isNull(row, INDICATOR.high) ? INDICATOR.magnitude : INDICATOR.high;
    if (rule === null || !isPlain(indicators, row, INDICATOR.magnitude, 10, 4) || !isPlain(indicators, row, INDICATOR.weight, 6, 2) || (isBetween && !isPlain(indicators, row, high, 10, 4))) return false;
    plain.rule = rule;
    plain.isStrict = (bytes[comparator] === G || bytes[comparator] === L) && bytes[comparator + 1] === T;
    plain.w = scaled(indicators, row, INDICATOR.weight, 2);
    plain.t = scaled(indicators, row, INDICATOR.magnitude, 4);
    plain.high = isBetween ? scaled(indicators, row, high, 4) : 0;
    plain.a = scaled(actuals, this.last[at] as number, ACTUAL.magnitude, 4);
    if (!scorePlain(plain, this.compiled, profile.explanations.belowWeight, scored)) return false;
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
    if (isSatisfaction && isPositive) return this.isPercent(row) ? KERNEL_RULE.SATISFACTION : null;
    return isPositive ? KERNEL_RULE.POSITIVE : isNegative ? KERNEL_RULE.NEGATIVE : KERNEL_RULE.POINT;
  }

  private isPercent(row: number): boolean {
    const { indicators } = this.facts;
    const start = indicators.start(row, INDICATOR.unit);
    return indicators.end(row, INDICATOR.unit) - start === 1 && indicators.bytes[start] === PERCENT;
  }

  /** Judgements and dates: few different ones in a whole province. A row that cannot be scored names itself, so it is never remembered. */
  private scoreRemembered(at: number): boolean {
    const { facts: { indicators, actuals, profile }, rows } = this;
    const row = this.from + at;
    const value = this.last[at] as number;
    // Levels and name only decide where neither rule nor direction is given; they stand before the other columns.
    const isNamed = indicators.isNull(row, INDICATOR.rule) || indicators.isNull(row, INDICATOR.direction);
    const key = indicators.bytes.toString('latin1', indicators.start(row, isNamed ? INDICATOR.level1 : INDICATOR.kind), indicators.end(row, INDICATOR.weight))
      + actuals.bytes.toString('latin1', actuals.start(value, ACTUAL.kind), actuals.end(value, ACTUAL.date));
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

/** A decimal of so many digits before and behind its point at most, with nothing unusual about it. */
function isPlain(rows: CopyRows, row: number, column: number, digits: number, places: number): boolean {
  const { bytes } = rows;
  const end = rows.end(row, column);
  let at = rows.start(row, column);
  if (bytes[at] === MINUS) at += 1;
  const whole = at;
  while (at < end && isDigit(bytes[at] as number)) at += 1;
  if (at === whole || at - whole > digits) return false;
  if (at === end) return true;
  if (bytes[at] !== POINT) return false;
  const fraction = at + 1;
  at = fraction;
  while (at < end && isDigit(bytes[at] as number)) at += 1;
  return at === end && at > fraction && at - fraction <= places;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A plain decimal as a count of 10^−places. */
function scaled(rows: CopyRows, row: number, column: number, places: number): number {
  const { bytes } = rows;
  const start = rows.start(row, column);
  let value = 0;
  let left = places;
  let isFraction = false;
  for (let at = bytes[start] === MINUS ? start + 1 : start, end = rows.end(row, column); at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === POINT) { isFraction = true; continue; }
    value = value * 10 + byte - 48;
    if (isFraction) left -= 1;
  }
  for (; left > 0; left -= 1) value *= 10;
  return bytes[start] === MINUS && value !== 0 ? -value : value;
}
