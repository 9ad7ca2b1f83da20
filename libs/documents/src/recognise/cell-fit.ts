import { findUnit } from '@jiheng/domain';
import {
  bareWord,
  type ColumnRole,
  compactWord,
  endsInAdverb,
  endsLikeName,
  isBasisWord,
  isEvidenceWord,
  isSumWord,
  isWording,
  level1Word,
  level2Word,
  ruleWord,
  soundsLikeBasis,
  soundsLikeEvidence,
  soundsLikeRule,
  tightText,
} from './form-words';

/** No text of this kind stands in such a column. */
export const IMPOSSIBLE = Number.NEGATIVE_INFINITY;

/** Columns that hold a tick or nothing. */
export function isTick(role: ColumnRole): boolean {
  return /^(?:cause[A-Z]\w+|certain|possible|impossible)$/u.test(role);
}

/** Columns that hold sentences; whatever stands there is in its place. */
function isProse(role: ColumnRole): boolean {
  return role === 'deviation' || role === 'remark' || role === 'explanation' || role === 'actualText' || role === 'method' || role === 'dataSource';
}

/** A column whose text tells nothing about whether it stands in its place. */
export function takesAnything(role: ColumnRole): boolean {
  return role === 'other' || isProse(role);
}

/** A tick as printed. */
export function isTickMark(text: string): boolean {
  return /^[√✓✔☑■●Vv]$/u.test(tightText(text));
}

/** A box nobody ticked: it holds the place of its column. */
export function isOpenBox(text: string): boolean {
  return /^[□☐○◯]$/u.test(tightText(text));
}

const OPERATOR = /^(?:[<>=≥≤≧≦]|不少于|不低于|不超过|不高于|不大于|不小于|大于|小于|等于|超过|高于|低于|达到|控制在|至少|至多)/u;
const NUMBER = '\\d[\\d,]*(?:\\.\\d+)?';
const TARGET_NUMBER = new RegExp(`^(?:[<>=≥≤≧≦]{1,2}|[^\\d<>=]{2,4})?(${NUMBER})([^\\d]*)$`, 'u');
const TARGET_RANGE = new RegExp(`^[<>=≥≤≧≦]{0,2}(${NUMBER})([^\\d]{0,5})(?:-|~|至|到)(${NUMBER})([^\\d]{0,8})$`, 'u');
const DATE = /^(?:[<>=≥≤≧≦]{1,2}|不晚于|截至)?(?:(?:19|20)\d{2}(?:年|[-./])\d{1,2}(?:月|[-./]\d{1,2})?|\d{1,2}月\d{1,2}日)/u;
/** A comparison in words: what stands before it may be a name, it itself is a target. */
const WORD_BEFORE_NUMBER = /(?:大于|小于|等于|不少于|不低于|不超过|不高于|控制在)\d/u;
const TAIL = /(?:及|或)?(?:以上|以内|以下|之内|左右|前|底|末)$/u;

/** What {@link sizeOfOrdinary} says of a text that is another number or none. */
const NOT_ORDINARY = -1;
const HUNDRED = 100;

/**
 * The size of a number as most are printed: at most three digits without a leading zero, a point and `places` digits at most behind it; of a fraction
 * only whether there is any, as a half. {@link NOT_ORDINARY} for every other text: that one is looked at closely.
 */
function sizeOfOrdinary(text: string, places: number): number {
  const { length } = text;
  let whole = 0;
  let at = 0;
  for (; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) break;
    if (at === 3) return NOT_ORDINARY;
    whole = whole * 10 + digit;
  }
  if (at === 0 || (at > 1 && text.charCodeAt(0) === 0x30)) return NOT_ORDINARY;
  if (at === length) return whole;
  if (text.charCodeAt(at) !== 0x2e || at === length - 1 || length - at - 1 > places) return NOT_ORDINARY;
  let isMore = false;
  for (at += 1; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return NOT_ORDINARY;
    isMore ||= digit > 0;
  }
  return isMore ? whole + 0.5 : whole;
}

/** A weight: a number above 0 and at most 100, with an optional 分 or %. */
export function readWeight(text: string): string | null {
  const ordinary = sizeOfOrdinary(text, 4);
  if (ordinary !== NOT_ORDINARY) return ordinary === 0 || ordinary > HUNDRED ? null : text;
  const digits = /^((?:0|[1-9]\d{0,2})(?:\.\d{1,4})?)(?:分|%)?$/u.exec(tightText(text))?.[1];
  if (digits === undefined) return null;
  // Seven digits at most: as numbers they stand on the same side of 0 and of 100.
  const size = Number(digits);
  return size === 0 || size > HUNDRED ? null : digits;
}

/** Points of a row: a number from 0 to 100, 分 behind it or not. */
export function readPoints(text: string): string | null {
  const ordinary = sizeOfOrdinary(text, 6);
  if (ordinary !== NOT_ORDINARY) return ordinary > HUNDRED ? null : text;
  const digits = /^((?:0|[1-9]\d{0,2})(?:\.\d{1,6})?)分?$/u.exec(tightText(text))?.[1];
  if (digits === undefined) return null;
  return Number(digits) > HUNDRED ? null : digits;
}

/** A number without operator and unit can be a target, and many other things. */
const BARE_NUMBER = 0.5;

let lastNumeric = { text: '', fit: 0 };

/** How much a text looks like a printed target with a number or a date in it; 0 when it does not. Several columns ask about the same text in turn. */
export function numericTargetFit(text: string): number {
  if (lastNumeric.text !== text) lastNumeric = { text, fit: findNumericFit(text) };
  return lastNumeric.fit;
}

function findNumericFit(text: string): number {
  // ㎡ is folded into m2, whose digit is no number of the target.
  const word = tightText(text).replace(/[。;,]+$/u, '').replace(/(?<=\d)k?m[23]/gu, '平方米');
  if (!/\d/u.test(word) || word.length > 40) return 0;
  const hasOperator = OPERATOR.test(word);
  if (DATE.test(word)) return hasOperator ? 9 : 6;
  const single = TARGET_NUMBER.exec(word);
  if (single === null) return TARGET_RANGE.test(word) || /^[≥>]=?\d.*(?:且|,|并)[≤<]/u.test(word) ? 7 : 0;
  const unit = (single[2] ?? '').replace(TAIL, '').replace(/[()]/gu, '');
  if (unit === '') return hasOperator || TAIL.test(single[2] ?? '') ? 7.5 : BARE_NUMBER;
  if (findUnit(unit) !== null) return hasOperator ? 8.5 : 5;
  return unit.length <= 5 && hasOperator ? 5 : 0;
}

/** A name that is also a level: dearer than any other name, cheaper than leaving it out. */
const LEVEL_AS_NAME = -2;

/** 服务对象满意度, 经济效益: levels that indicators are called after; with 指标 behind them they are levels only. */
function isLevelWordAsName(word: string): boolean {
  return word.length >= 4 && !word.endsWith('指标') && (level1Word(word) !== null || level2Word(word) !== null);
}

let lastReserved = { text: '', is: false };

/** A text that belongs to one kind of column only, so it cannot be the name of an indicator. */
function isReserved(text: string): boolean {
  if (lastReserved.text !== text) lastReserved = { text, is: belongsElsewhere(text) };
  return lastReserved.is;
}

function belongsElsewhere(text: string): boolean {
  return (
    ruleWord(text) !== null ||
    isEvidenceWord(text) ||
    isBasisWord(text) ||
    level1Word(text) !== null ||
    level2Word(text) !== null ||
    isSumWord(text)
  );
}

/**
 * How well a text fits into a column: the higher the better, below zero it hardly belongs there, {@link IMPOSSIBLE} it cannot.
 * Everything is judged by the words of the forms (levels, rules, evidence, basis), operators and numbers.
 * @param pieces how many pieces of text the cell was put together from; prose gets dearer with each
 */
export function fitOf(role: ColumnRole, text: string, pieces = 1): number {
  const word = bareWord(text);
  const joins = pieces - 1;
  switch (role) {
    case 'level1':
    case 'level2': {
      // 服务对象满意度(%) is a name: only points stand in the bracket of a level.
      if (/[(（]\s*[^\d\s]/u.test(text)) return IMPOSSIBLE;
      if ((role === 'level1' ? level1Word : level2Word)(text) !== null) return word.endsWith('指标') || word.length > 4 || joins === 0 ? 9 : 7;
      return /^[\u3400-\u9fff]{2,8}指标$/u.test(word) && joins <= 2 ? 0.5 : IMPOSSIBLE;
    }
    case 'name': {
      const printed = tightText(text);
      if (isLevelWordAsName(word)) return LEVEL_AS_NAME;
      if (!/[\u3400-\u9fffA-Za-z]/u.test(printed) || isReserved(text) || soundsLikeRule(text)) return -8;
      if (/[<>=≥≤≧≦]\d/u.test(printed) || /^[<>=≥≤≧≦]|[<>=≥≤≧≦]$|(?:19|20)\d{2}[-./年]\d*[-./月]?$/u.test(printed) || WORD_BEFORE_NUMBER.test(printed) || (OPERATOR.test(printed) && numericTargetFit(text) > 5)) return -8;
      return (
        2 -
        shortLoss(printed) -
        joins * 0.2 +
        (endsLikeName(text) ? 0.8 : 0) -
        (endsInAdverb(text) ? 3 : 0) -
        (hasOpenBracket(printed) ? 1 : 0) -
        (isWording(text) ? 2 : 0) -
        (/^(?:反映|考核|衡量|体现)/u.test(printed) ? 4 : 0) -
        proseLoss(printed)
      );
    }
    case 'operator':
      return /^(?:[<>=≥≤≧≦]{1,2}|定性|正向|反向|大于等于|小于等于|等于|大于|小于)$/u.test(tightText(text)) ? 6 : -4;
    case 'target': {
      const numeric = numericTargetFit(text);
      if (numeric > 0) return numeric - joins * 0.05;
      if (/^[<>=≥≤≧≦]+$/u.test(tightText(text)) || isReserved(text) || soundsLikeRule(text)) return -8;
      if (isWording(text)) return 6;
      return word.length > 40 ? -4 : -0.6 - joins * 0.3 - (word.length > 12 ? 1 : 0) - proseLoss(word);
    }
    case 'unit':
      return findUnit(word) !== null ? 6 : word.length <= 4 ? -1.5 : -4;
    case 'basis': {
      if (isBasisWord(text)) return 6;
      if (readWeight(text) !== null || OPERATOR.test(tightText(text)) || isReserved(text) || soundsLikeRule(text)) return -8;
      return (soundsLikeBasis(text) ? 2 : 0.5) - joins * 0.1 - proseLoss(word);
    }
    case 'previous': {
      if (/^(?:新增|无|空|首年|新项目|不适用|[-—–/*]+)$/u.test(word)) return 4;
      if (isReserved(text) || soundsLikeRule(text)) return -8;
      const numeric = numericTargetFit(text);
      if (numeric > 2) return 4;
      if (numeric > 0) return 0.5;
      if (/^[\d.,]+[^\d]{1,6}\/[^\d]{1,3}$/u.test(compactWord(text))) return 4;
      return isWording(text) ? 3 : -1 - joins * 0.5 - proseLoss(word);
    }
    case 'weight':
      return readWeight(text) !== null ? 5 : IMPOSSIBLE;
    case 'rule':
      return ruleWord(text) !== null ? 9 : soundsLikeRule(text) && joins <= 3 ? 3 : IMPOSSIBLE;
    case 'evidence': {
      if (isEvidenceWord(text)) return 7;
      if (isReserved(text) || soundsLikeRule(text) || readWeight(text) !== null || OPERATOR.test(tightText(text))) return -8;
      return (soundsLikeEvidence(text) ? 2.5 : 0.2) - joins * 0.4 - proseLoss(word);
    }
    case 'adjustedTarget':
      return /^(?:无|[-—–/*]+)$/u.test(word) ? 4 : fitOf('target', text, pieces) - 0.5;
    case 'actual':
    case 'forecast': {
      if (isReserved(text) || soundsLikeRule(text)) return -8;
      const numeric = numericTargetFit(text);
      if (numeric > BARE_NUMBER) return Math.min(numeric, 6) - joins * 0.05;
      if (numeric > 0) return 2;
      if (isWording(text) || /^(?:已|全部|全面|基本|部分|未|达成|完成|按时|如期)/u.test(word)) return 4.5 - joins * 0.3;
      return word.length > 40 ? -4 : -0.5 - joins * 0.3 - proseLoss(word);
    }
    case 'points':
      // Computed points may stand in a bracket below adjusted ones.
      return readPoints(text.replace(/[（(].*$/su, '')) !== null || /^不适用$/u.test(word) ? 5 : IMPOSSIBLE;
    case 'deduction':
      return readPoints(text) !== null ? 3 : IMPOSSIBLE;
    case 'coefficient':
      return /^\d+(?:\.\d+)?%?$/u.test(tightText(text)) ? 5 : IMPOSSIBLE;
    case 'core':
      return /^[是否]$/u.test(word) ? 7 : IMPOSSIBLE;
    case 'causeFunds':
    case 'causeSystem':
    case 'causeStaff':
    case 'causeEquipment':
    case 'causeOther':
      return isTickMark(text) ? 5 : isOpenBox(text) ? 4 : IMPOSSIBLE;
    // One of the three is always ticked, causes seldom: a lone tick is taken for the likelihood.
    case 'certain':
    case 'possible':
    case 'impossible':
      return isTickMark(text) ? 5.5 : isOpenBox(text) ? 4 : IMPOSSIBLE;
    case 'method':
      return /^(?:直接证明|情况统计|情况说明|问卷调查|趋势判断)(?:法)?$/u.test(word) ? 7 : isReserved(text) ? -8 : 0.3 - joins * 0.4 - proseLoss(word);
    case 'dataSource':
      return isReserved(text) && !isEvidenceWord(text) ? -8 : 0.8 - joins * 0.2 - proseLoss(word);
    case 'deviation':
    case 'actualText':
    case 'remark':
    case 'explanation': {
      if (/^(?:无|[-—–/*]+)$/u.test(word)) return 3;
      if (isReserved(text) || soundsLikeRule(text) || readWeight(text) !== null || isTickMark(text) || isOpenBox(text) || OPERATOR.test(tightText(text))) return -8;
      if (role === 'deviation') return (soundsLikeReason(word) ? 2.5 : -0.5) - joins * 0.1;
      // Remarks are seldom made: what does not sound like one is the beginning of the next name.
      if (role === 'remark') return (soundsLikeReason(word) ? 2 : -1.5) - joins * 0.1;
      return 1.5 + (word.length >= 6 ? 1 : -1) + (/^(?:反映|考核|衡量|体现)/u.test(word) ? 1 : 0) - joins * 0.1;
    }
    case 'other':
      return 0.1;
  }
}

/** The rest of a name whose first half was taken for something else: 程度, (个). */
function shortLoss(printed: string): number {
  return /^[(（]/u.test(printed) ? 4 : printed.length < 3 ? 6 : printed.length < 4 ? 1.5 : 0;
}

/** Sentences about what happened, where the name of an indicator would have none of these. */
export function soundsLikeReason(word: string): boolean {
  return /[,。;:]|因|由于|已|未|尚(?=[未有需无在待])|较|将|不足|不够|不高|滞后|推迟|延期|推后|调整|加快|下一?年|次年|轮岗|改为|导致|造成|突出/u.test(word);
}

/** Sentences are no cells: what text beside a table would otherwise lend itself to rows. */
function proseLoss(word: string): number {
  return /[。;!?]/u.test(word) ? 8 : /,/u.test(word) ? 4 : 0;
}

function hasOpenBracket(word: string): boolean {
  const opened = (word.match(/[(（]/gu) ?? []).length;
  const closed = (word.match(/[)）]/gu) ?? []).length;
  return opened !== closed;
}
