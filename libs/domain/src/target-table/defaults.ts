import type { Accumulation } from '../period/accumulation';
import { unitOf } from '../quantity/unit';
import type { RuleProfile } from '../scoring/rule-profile';
import { compareDecimal } from '../decimal';
import type { Indicator, ScoringRule } from './indicator';
import type { Direction, IndicatorTarget } from './indicator-target';

/** What the defaults look at. */
export interface IndicatorLike {
  readonly level1: string;
  readonly level2: string;
  readonly name: string;
  readonly target: IndicatorTarget;
}

function isCost(indicator: IndicatorLike): boolean {
  // Forms without levels (Chongqing) leave the name alone to say it.
  if (indicator.level1 === '' && indicator.level2 === '') return /成本|支出控制率|预算控制率/u.test(indicator.name);
  return /成本/u.test(indicator.level1) || /成本/u.test(indicator.level2);
}

/** Whether a row asks people how content they are: by its levels or its name. */
export function isSatisfaction(indicator: Pick<IndicatorLike, 'level1' | 'level2' | 'name'>): boolean {
  return /满意/u.test(indicator.level1) || /满意/u.test(indicator.level2) || /满意/u.test(indicator.name);
}

/**
 * 指标方向 suggested for a new row, first match of domain.md §3.3: the operator, then zero, date, cost and time limits;
 * every other `=` counts as "more is better". null for qualitative and yes/no rows.
 */
export function defaultDirection(indicator: IndicatorLike): Direction | null {
  const { kind, comparator, magnitude, unit } = indicator.target;
  if (kind === 'QUAL' || kind === 'BOOL') return null;
  if (kind === 'DATE') return 'NEGATIVE';
  if (comparator === 'GE' || comparator === 'GT') return 'POSITIVE';
  if (comparator === 'LE' || comparator === 'LT') return 'NEGATIVE';
  if (comparator === 'BETWEEN') return 'POINT';
  if (magnitude !== null && compareDecimal(magnitude, '0') === 0) return 'NEGATIVE';
  if (isCost(indicator)) {
    // A benefit of 120 元 a month is owed exactly; a total or a rate of spending is a limit.
    const perHead = unit !== null && unitOf(unit).dimension.startsWith('money/person');
    const paidOut = /每人|人均|每户|户均|补助标准|发放标准|补贴标准|待遇标准|单价/u.test(indicator.name);
    return perHead || paidOut ? 'POINT' : 'NEGATIVE';
  }
  const isSpan = unit !== null && /^(?:month|minute|working-day)$/u.test(unitOf(unit).dimension);
  if (/时效/u.test(indicator.level2) || isSpan) {
    if (/发放期|覆盖月数|发放月数|保障月数/u.test(indicator.name)) return 'POSITIVE';
    if (/期限|时限|周期|天数|工期|用时|耗时/u.test(indicator.name)) return 'NEGATIVE';
  }
  return 'POSITIVE';
}

/**
 * 累计方式 suggested for a new row (domain.md §3.7): satisfaction is surveyed, what is not a number is entered once, rates are
 * divided anew, time limits take the longest, stocks (people insured, lines rented, recipients) the latest, money and occasions add up.
 */
export function defaultAccumulation(indicator: IndicatorLike): Accumulation {
  const { kind, unit } = indicator.target;
  const { name } = indicator;
  if (kind !== 'QUANT') return 'MANUAL';
  if (isSatisfaction(indicator)) return 'SURVEY';
  const dimension = unit === null ? '' : unitOf(unit).dimension;
  if (dimension === 'ratio' || dimension === 'percentage-point') return 'RATIO';
  if (/^(?:month|minute|working-day)$/u.test(dimension)) return /发放期|覆盖月数|发放月数|保障月数/u.test(name) ? 'SUM' : 'MAX';
  // Prices and frequencies (元/人/月, 次/月) are states, not amounts.
  if (dimension.includes('/') || /每人|人均|单价|户均/u.test(name)) return 'LAST';
  if (dimension === 'money') return 'SUM';
  // Increments by their name first: 新增参保人数 and 培训人数 add up although they are counted in people.
  if (/新增|新建|新购|培训|办理|受理|接待|开展|发放次数|检查|审计|宣传|服务人次|次数|场次|人次|印制|印刷|发放数量|采购|购置/u.test(name)) return 'SUM';
  if (/^(?:time|session|batch|person-time|issue|class|round|day-time|vehicle-time)$/u.test(dimension)) return 'SUM';
  if (/^(?:person|household|organisation|account|village)$/u.test(dimension)) return 'LAST';
  if (/租用|运维|维护|保有|在用|覆盖|累计|年末|期末|存量|在册|参保/u.test(name)) return 'LAST';
  return 'SUM';
}

/**
 * The rule a row is scored by. The printed rule holds where it can be computed; a wording cannot be proportioned and a number cannot
 * be graded by words alone, so these fall to the profile's default of their kind. Without the column, satisfaction rows take SATISFACTION.
 */
export function effectiveScoringRule(indicator: IndicatorLike & Pick<Indicator, 'scoringRule'>, profile: Pick<RuleProfile, 'defaultRules'>): ScoringRule {
  const { scoringRule } = indicator;
  const { kind } = indicator.target;
  if (scoringRule === null) return kind === 'QUANT' && isSatisfaction(indicator) ? 'SATISFACTION' : profile.defaultRules[kind];
  if (kind === 'QUAL' && (scoringRule === 'PROPORTIONAL' || scoringRule === 'SATISFACTION')) return profile.defaultRules.QUAL;
  if (kind === 'QUANT' && scoringRule === 'GRADE') return isSatisfaction(indicator) ? 'SATISFACTION' : profile.defaultRules.QUANT;
  if (kind === 'BOOL' && (scoringRule === 'PROPORTIONAL' || scoringRule === 'SATISFACTION')) return profile.defaultRules.BOOL;
  return scoringRule;
}

/** 佐证资料 a row owes by its level 1 (domain.md §2.2), as printed on the form. */
export function defaultEvidence(level1: string): '工作资料' | '原始凭证' | '说明材料' {
  if (/成本/u.test(level1)) return '原始凭证';
  if (/效益|社会效应|可持续/u.test(level1)) return '说明材料';
  return '工作资料';
}

/** 指标值设置依据 usual for a level 1 (domain.md §2.2). */
export function defaultBasis(level1: string): '预算支出标准' | '计划标准' {
  return /成本/u.test(level1) ? '预算支出标准' : '计划标准';
}

/** 赋分规则 usual for a level 1 and a kind (domain.md §2.2). */
export function defaultScoringRule(indicator: IndicatorLike): ScoringRule {
  if (indicator.target.kind === 'QUAL') return 'GRADE';
  if (indicator.target.kind === 'BOOL') return 'DIRECT';
  return indicator.target.kind === 'QUANT' && isSatisfaction(indicator) ? 'SATISFACTION' : 'PROPORTIONAL';
}
