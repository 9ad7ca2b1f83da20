import { aliasedLevel2, branchOf, canonicalLevel1, canonicalLevel2, frameOf, isLawful } from '../target-table/indicator-frame';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { unitOf } from '../quantity/unit';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** What a name and its unit say about where a row belongs. First match holds. */
type NameClass = '满意度' | '质量指标' | '时效指标' | '成本指标' | '数量指标';

const CLASSES: readonly (readonly [RegExp, NameClass])[] = [
  [/满意(?:度|率)/u, '满意度'],
  [/(?:及时|按时|按期|准时)(?:率|性|度|完成率)|(?:完成|办结|竣工|到位|发放|支付)(?:时间|时限|期限)|期限$|时限$|工期/u, '时效指标'],
  [/(?:合规|合格|准确|覆盖|达标|完好|优良|通过|采纳|正确|规范|有效|差错|认证)率/u, '质量指标'],
  [/(?:成本|费用|经费|单价|租赁标准|补助标准|支出标准|控制率)$/u, '成本指标'],
];

/** Which class a name speaks for; null when it does not say. */
export function nameClassOf(indicator: Pick<Indicator, 'name' | 'target'>): NameClass | null {
  for (const [pattern, meaning] of CLASSES) {
    // 审计报告费用 in 万元 is a cost; 费用 as a wording is not.
    if (pattern.test(indicator.name)) return meaning;
  }
  const { kind, unit } = indicator.target;
  if (kind === 'QUANT' && unit !== null && /(?:人数|次数|数量|个数|户数|件数|场次)$/u.test(indicator.name) && unitOf(unit).dimension !== 'ratio') return '数量指标';
  return null;
}

/** Which second levels a class is at home in. */
const HOMES: Readonly<Record<NameClass, RegExp>> = {
  满意度: /满意/u, 质量指标: /质量|效益|效应/u, 时效指标: /时效/u, 成本指标: /成本/u, 数量指标: /数量|效益|影响|成本/u,
};

/**
 * Q-T1 the pair of levels has a place in the frame (an alias is only noted); Q-T2 the name fits its second level;
 * Q-T3 dimensions a careful reader would ask about.
 */
export function checkTaxonomy(table: PerformanceTargetTable): readonly Finding[] {
  const frame = frameOf(table);
  return table.indicators.flatMap((indicator, row) => {
    const level1 = canonicalLevel1(indicator.level1);
    const level2 = canonicalLevel2(indicator.level2);
    const findings: Finding[] = [];
    const branch = branchOf(frame, level1);
    if (branch === null) {
      findings.push(aFinding('Q-T1-level1', 'ERROR', { name: indicator.name }, { row, expected: frame.branches.map((one) => one.level1).join('、'), found: level1 }));
    } else if (!isLawful(frame, level1, level2)) {
      findings.push(aFinding('Q-T1', 'ERROR', { level1, name: indicator.name }, { row, expected: branch.level2.join('、'), found: level2 }));
    } else {
      const alias = aliasedLevel2(frame, level1, level2);
      if (alias !== null) findings.push(aFinding('Q-T1-alias', 'INFO', { level1 }, { row, expected: alias, found: level2 }));
    }
    const misfiled = misfiledAs(indicator, level1, level2);
    if (misfiled !== null) findings.push(aFinding('Q-T2', 'WARN', { name: indicator.name }, { row, expected: misfiled, found: level2 }));
    const questioned = questionedAs(indicator, level1, level2);
    if (questioned !== null) {
      findings.push(aFinding('Q-T3', 'INFO', { name: indicator.name }, { row, expected: questioned.better, found: questioned.at }));
    }
    return findings;
  });
}

function misfiledAs(indicator: Indicator, level1: string, level2: string): string | null {
  const found = nameClassOf(indicator);
  // A cost branch sorts by kinds of cost, a benefit branch by kinds of benefit; names do not tell these apart.
  if (found === null || HOMES[found].test(level2) || (/成本|效益|社会效应|可持续/u.test(level1) && found !== '满意度')) return null;
  // "完成率" and the like under 时效 are a matter of taste; only a clear stranger is reported.
  return found === '满意度' ? '服务对象满意度指标' : found;
}

function questionedAs(indicator: Indicator, level1: string, level2: string): { readonly at: string; readonly better: string } | null {
  if (level1 === '管理效率' && /覆盖率|参保|服务|发放|办理/u.test(indicator.name)) return { at: level1, better: '履职效能' };
  if (level1 === '履职效能' && /满意/u.test(indicator.name)) return { at: level1, better: '服务对象满意度' };
  if (/经济效益/u.test(level2) && /生活|民生|保障水平|稳定|幸福|就业|服务水平/u.test(indicator.name)) return { at: level2, better: '社会效益指标' };
  if (/社会效益/u.test(level2) && /(?:增收|收入|利润|产值|税收|节约资金)/u.test(indicator.name)) return { at: level2, better: '经济效益指标' };
  return null;
}
