import { addDecimal, type Comparator, type Direction, roundHalfUp, type ScoringRule, subtractDecimal } from '@jiheng/domain';
import { ACHIEVEMENTS, BASES_OF_OUTPUT, type Branch, DEVIATIONS, GOALS, type IndicatorKind, OFFICES, PLACES, PROJECT_FRAME, PROJECT_FRAME_2020, PROJECTS, UNIT_FRAME } from './catalogue';
import type { Chance } from './chance';
import type { TrueMoney, TrueRow, TrueTable, TrueTarget } from './content';

/** What a table is made for. */
export interface TableWish {
  readonly subject: 'UNIT' | 'PROJECT';
  readonly frame: '2021' | '2020';
  readonly year: number;
  readonly unit: string;
  readonly department: string;
}

/** Names of a unit and of the department above it. */
export function makeUnit(chance: Chance): { unit: string; department: string } {
  const place = chance.pick(PLACES);
  return { unit: place + chance.pick(OFFICES), department: `${place}人民政府办公室` };
}

/** A plausible table: rows in the order of the form, weights adding up to 90, money that adds up. */
export function makeTable(chance: Chance, wish: TableWish): TrueTable {
  const frame = wish.subject === 'UNIT' ? UNIT_FRAME : wish.frame === '2020' ? PROJECT_FRAME_2020 : PROJECT_FRAME;
  const branches = chosenBranches(chance, frame);
  const chosen = branches.flatMap((branch) => chance.some(branch.kinds, Math.min(branch.kinds.length, chance.pick([1, 1, 2, 2, 3]))).map((kind) => ({ branch, kind })));
  const weights = weightsOf(chance, chosen.length);
  const table = { hasBrackets: chance.pick([0, 50, 100]), isFirstYear: chance.percent(25), ruleName: chance.pick(['按照完成比例赋分', '按照正常比例赋分', '按完成比例赋分']) };
  // Both published centres print 满意度指标 where the regulation says 服务对象满意度指标; what is printed is what a reading brings back.
  const hasAlias = wish.subject === 'PROJECT' && chance.percent(35);
  const rows = chosen.map(({ branch, kind }, at) => makeRow(chance, hasAlias && branch.level1 === '满意度指标' ? { ...branch, level2: '满意度指标' } : branch, kind, weights[at] ?? '1', wish.year, table));
  const money = makeMoney(chance);
  return {
    ...wish, project: wish.subject === 'PROJECT' ? chance.pick(PROJECTS) : null, goal: chance.pick(GOALS), achieved: chance.pick(ACHIEVEMENTS),
    period: chance.pick(['1-7月', '1-6月', '1-8月']), money, rows, totalPoints: addDecimal(money.executionPoints, ...rows.map(({ points }) => points)),
  };
}

/** Quantities always, contentment nearly always, the others often; a form with two rows exists too. */
function chosenBranches(chance: Chance, frame: readonly Branch[]): readonly Branch[] {
  const kept = frame.filter(({ level2 }) => (/数量/u.test(level2) ? chance.percent(97) : /满意/u.test(level2) ? chance.percent(90) : /生态|可持续/u.test(level2) ? chance.percent(30) : chance.percent(75)));
  return kept.length < 2 ? frame.slice(0, 4) : kept;
}

/** 90 points over so many rows, mostly whole, sometimes halves. */
function weightsOf(chance: Chance, count: number): string[] {
  const hasHalves = chance.percent(15);
  const parts = hasHalves ? 180 : 90;
  const shares = Array.from({ length: count }, () => 1);
  for (let left = parts - count; left > 0; left -= 1) {
    const at = chance.whole(0, count - 1);
    shares[at] = (shares[at] ?? 0) + 1;
  }
  return shares.map((share) => (!hasHalves ? String(share) : share % 2 === 0 ? String(share / 2) : `${(share - 1) / 2}.5`));
}

const SYMBOLS: Readonly<Record<string, string>> = {
  个月: '月', 册: '本', '台(套)': '台', 批次: '批', 场: '场次', 个工作日: '工作日', 日: '天', 名: '人', '㎡': '平方米', 千米: '公里',
};
/** 千米 and 公里 are two symbols of one length in the dictionary; it keeps what is printed. */
const KEPT = new Set(['千米']);

function symbolOf(printed: string): string {
  return KEPT.has(printed) ? printed : (SYMBOLS[printed] ?? printed);
}

const CAUSES = ['FUNDS', 'SYSTEM', 'STAFF', 'EQUIPMENT', 'OTHER'] as const;

function makeRow(chance: Chance, { level1, level2 }: Branch, kind: IndicatorKind, weight: string, year: number, table: { hasBrackets: number; isFirstYear: boolean; ruleName: string }): TrueRow {
  const printedUnit = kind.units.length === 0 ? '' : chance.percent(60) ? (kind.units[0] ?? '') : chance.pick(kind.units);
  const target = makeTarget(chance, kind, printedUnit, year);
  const isCost = /成本/u.test(level1) || /成本/u.test(level2);
  const isBenefit = /效益|社会效应|可持续/u.test(level1);
  const isContent = /满意/u.test(level1);
  const rule: ScoringRule = isContent ? 'SATISFACTION' : target.kind === 'QUAL' ? 'GRADE' : 'PROPORTIONAL';
  const isMet = chance.percent(75);
  const isActualNumber = target.kind === 'QUANT';
  const actual = isActualNumber ? actualNumber(chance, target, isMet) : target.kind === 'DATE' ? `${year}年${chance.whole(6, 12)}月` : isMet ? chance.pick([target.text ?? '达成预期指标', '达成预期指标', '达成预期目标']) : chance.pick(['基本达成', '部分达成']);
  const points = isMet ? weight : roundHalfUp(String((Number(weight) * chance.whole(50, 99)) / 100), 2);
  const deviation = isMet ? '' : chance.pick(DEVIATIONS);
  return {
    level1, level2, name: kind.name,
    // A bracket that the dictionary of units does not know would be part of the name.
    nameUnit: printedUnit !== '' && chance.percent(table.hasBrackets) ? printedUnit : null,
    target, printedUnit, direction: directionOf(target, kind), weight,
    basis: isCost ? chance.pick(['预算支出标准', '预算支出标准', '预算支出标准', '项目合同']) : chance.pick(BASES_OF_OUTPUT),
    previous: table.isFirstYear ? '新增' : chance.percent(20) ? null : previousOf(chance, target, printedUnit, year),
    rule, ruleWord: rule === 'SATISFACTION' ? '满意度赋分' : rule === 'GRADE' ? '按评判等级赋分' : table.ruleName,
    evidence: isCost ? chance.pick(['原始凭证', '原始凭证', '会计凭证']) : isBenefit ? chance.pick(['说明材料', '说明材料', '工作总结']) : chance.pick(['工作资料', '工作资料', '统计资料', '会议签到表及照片']),
    actual, isActualNumber, points, deviation: deviation === '' ? null : deviation,
    causes: isMet ? [] : [chance.pick(CAUSES)], likelihood: isMet ? 'CERTAIN' : chance.pick(['POSSIBLE', 'POSSIBLE', 'IMPOSSIBLE']),
    explanation: `反映${kind.name}的情况`,
  };
}

function makeTarget(chance: Chance, kind: IndicatorKind, printedUnit: string, year: number): TrueTarget {
  const comparator: Comparator = chance.pick(kind.comparators);
  if (kind.wordings !== undefined) return { kind: 'QUAL', comparator: 'NONE', magnitude: null, magnitudeHigh: null, unit: null, text: chance.pick(kind.wordings) };
  if (kind.isDate === true) {
    const month = String(chance.pick([6, 9, 10, 11, 12, 12, 12])).padStart(2, '0');
    const hasDay = chance.percent(30);
    const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
    return { kind: 'DATE', comparator, magnitude: hasDay ? `${year}-${month}-${last}` : `${year}-${month}`, magnitudeHigh: null, unit: null, text: null };
  }
  const [from, to, places] = kind.range ?? [1, 50, 0];
  const isTenThousand = /^万/u.test(printedUnit) && printedUnit !== '万元';
  const magnitude = isTenThousand ? chance.decimal(1, 60, 2) : chance.decimal(from, to, printedUnit === '元' ? 0 : places);
  const unit = symbolOf(printedUnit);
  if (comparator !== 'BETWEEN') return { kind: 'QUANT', comparator, magnitude, magnitudeHigh: null, unit, text: null };
  const high = addDecimal(magnitude, String(chance.whole(1, 20)));
  const places2 = magnitude.split('.')[1]?.length ?? 0;
  return { kind: 'QUANT', comparator, magnitude, magnitudeHigh: places2 === 0 ? high : roundHalfUp(high, places2), unit, text: null };
}

/** domain.md §3.3. */
function directionOf(target: TrueTarget, kind: IndicatorKind): Direction | null {
  if (target.kind === 'QUAL') return null;
  if (target.kind === 'DATE') return 'NEGATIVE';
  switch (target.comparator) {
    case 'GE': case 'GT': return 'POSITIVE';
    case 'LE': case 'LT': return 'NEGATIVE';
    case 'BETWEEN': return 'POINT';
    default: return Number(target.magnitude) === 0 ? 'NEGATIVE' : (kind.whenEqual ?? 'POSITIVE');
  }
}

function actualNumber(chance: Chance, { magnitude, comparator }: TrueTarget, isMet: boolean): string {
  const wanted = magnitude ?? '0';
  const places = wanted.split('.')[1]?.length ?? 0;
  if (isMet) return comparator === 'GT' ? addDecimal(wanted, '1') : wanted;
  const more = comparator === 'LE' || comparator === 'LT';
  const other = (Number(wanted) * (more ? chance.whole(105, 140) : chance.whole(40, 97))) / 100;
  return roundHalfUp(String(other), places);
}

function previousOf(chance: Chance, { kind, magnitude, text }: TrueTarget, printedUnit: string, year: number): string {
  if (kind === 'QUAL') return text ?? '有效保障';
  if (kind === 'DATE') return `${year - 1}年12月`;
  const places = (magnitude ?? '').split('.')[1]?.length ?? 0;
  const before = roundHalfUp(String(Number(magnitude) * (chance.whole(70, 110) / 100)), places);
  return `${before}${printedUnit}${chance.percent(5) && printedUnit === '万元' ? '/年' : ''}`;
}

function makeMoney(chance: Chance): TrueMoney {
  const hasOther = chance.percent(25);
  const fiscal = chance.decimal(1, chance.percent(20) ? 9000 : 400, 2);
  const other = hasOther ? chance.decimal(1, 90, 2) : '0.00';
  const total = roundHalfUp(addDecimal(fiscal, other), 2);
  const higherLevel = chance.percent(40) ? roundHalfUp(String(Number(fiscal) / 3), 2) : '0.00';
  const localLevel = roundHalfUp(subtractDecimal(fiscal, higherLevel), 2);
  const share = chance.percent(40) ? 100 : chance.whole(60, 99);
  const executed = share === 100 ? total : roundHalfUp(String((Number(total) * share) / 100), 2);
  const rate = share === 100 ? '100.00%' : `${roundHalfUp(String((Number(executed) * 100) / Number(total)), 2)}%`;
  return { total, fiscal, other, higherLevel, localLevel, executed, rate, executionPoints: share === 100 ? '10' : roundHalfUp(String(share / 10), 2) };
}
