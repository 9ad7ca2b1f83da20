import { theRow, theTable, thePrintedRows, theSixTables } from '../../testing/the-six-tables';
import { splitNameUnit } from '../target-table/indicator-name';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { parseTarget } from '../target-table/parse-target';
import type { Finding } from './finding';
import { aFinding, sayFinding } from './findings';
import { blocksSubmission, checkActuals, checkTargetTable } from './run-checks';

const said = (findings: readonly Finding[], table: PerformanceTargetTable): string[] =>
  findings.map((finding) => `${finding.row === null ? 'head' : table.indicators[finding.row]?.key} ${finding.code}`);
const codes = (table: PerformanceTargetTable): string[] => said(checkTargetTable(table), table);
const nameUnitsOf = (table: PerformanceTargetTable): (string | null)[] =>
  table.indicators.map(({ key }) => splitNameUnit(thePrintedRows.find((row) => row.id === key)?.nameRaw ?? '').unit);
const withRow = (table: PerformanceTargetTable, key: string, to: Partial<Indicator>): PerformanceTargetTable =>
  ({ ...table, indicators: table.indicators.map((row) => (row.key === key ? { ...row, ...to } : row)) });
const target = (raw: string): Indicator['target'] => parseTarget(raw, { fiscalYear: 2024 });

/** What a reader's remark means as a code of ours. Remarks about reading (column shifts, split signs) and about other chapters of the document are not ours. */
const CODE_OF_REMARK: Readonly<Record<string, string>> = {
  L1_QUESTION: 'Q-T3', L2_QUESTION: 'Q-T3', L2_ALIAS: 'Q-T1', L2_MISFILED: 'Q-T2', EQ_ON_DURATION: 'Q-D1', EQ_ON_COST: 'Q-D1', NAME_NOT_RATE: 'Q-N1', NAME_UNIT_MISSING: 'Q-N1',
  BELOW_PREV: 'Q-H2', PREV_UNIT_DIFF: 'Q-H1', PREV_MISSING: 'Q-H3', 'CONTRADICTS_KZ-L7': 'Q-C1', UNBALANCED_QUOTE: 'Q-X4', SHRINKING_POP: 'Q-D2', 'IRRELEVANT?': 'Q-R4', 'UNIT_SHOULD_BE_元/人/月': 'Q-U1',
};

describe('the six published tables', () => {
  it('find everything a careful reader remarked in the fifty rows', () => {
    for (const table of theSixTables) {
      const found = said(checkTargetTable(table, undefined, { nameUnits: nameUnitsOf(table) }), table);
      for (const { id, remarks } of thePrintedRows) {
        if (!table.indicators.some((row) => row.key === id)) continue;
        for (const remark of remarks) if (CODE_OF_REMARK[remark] !== undefined) expect(found).toContain(`${id} ${CODE_OF_REMARK[remark]}`);
      }
    }
  });

  it('find little else: eleven remarks beyond the reader’s, each with its reason', () => {
    const wanted = new Set(thePrintedRows.flatMap(({ id, remarks }) => remarks.map((remark) => `${id} ${CODE_OF_REMARK[remark]}`)));
    const beyond = theSixTables.flatMap((table) => said(checkTargetTable(table, undefined, { nameUnits: nameUnitsOf(table) }), table)
      .filter((one) => !one.startsWith('head') && !wanted.has(one)));
    expect(beyond).toEqual([
      'KZ-U2 Q-N2', 'KZ-U3 Q-N2', 'KZ-U4 Q-N2', 'KZ-U5 Q-N2', 'KZ-U6 Q-N2', // 达到 in the name
      'KZ-L6 Q-D1', // =0% on a cost
      'MN-U1 Q-R2', // the goal text lists six results, this row is not among them
      'MN-U2 Q-N2', 'MN-U2 Q-R2', // thirty characters; not in the goal text
      'MN-U4 Q-R2',
      'MN-B1 Q-D2', // recipients of the second project grow fewer too
    ]);
  });

  it('say about whole tables: no number in a goal, goals of 100%, promises without a row', () => {
    const head = (prefix: Parameters<typeof theTable>[0]): string[] => checkTargetTable(theTable(prefix)).filter((one) => one.row === null).map((one) => `${one.code} ${one.found}`);
    expect(head('KZ-U')).toEqual([]);
    expect(head('KZ-A')).toEqual(['Q-M1 12']);
    expect(head('KZ-L')).toEqual(['Q-M4 3']);
    expect(head('MN-U')).toEqual(['Q-M4 3', 'Q-R1 保障基本支出预算执行率达到100%', 'Q-R1 “三公经费”控制率100%', 'Q-R1 城乡居民养老保险缴费人数不少于27992人', 'Q-R1 “一卡通”新增应用不少于2项']);
    expect(head('MN-G')).toEqual(['Q-R1 资金到位及时率达到100%', 'Q-R1 完成违规补费及享受养老待遇人员清退和基金追缴任务', 'Q-R1 企业退休职工满意度']);
    expect(head('MN-B')).toEqual(['Q-M4 2']);
  });

  it('hold nothing that would stop any of the six from being submitted', () => {
    for (const table of theSixTables) expect(blocksSubmission(checkTargetTable(table))).toBe(false);
  });

  it('speak both languages without a hole', () => {
    for (const table of theSixTables) {
      for (const finding of checkTargetTable(table)) {
        expect(finding.message).toBe(sayFinding(finding, 'zh'));
        expect(finding.message + sayFinding(finding, 'en')).not.toMatch(/\{[a-zA-Z0-9]+\}/u);
      }
    }
  });
});

describe('weights', () => {
  const rents = theTable('KZ-L');
  it('of 90 are right, of 89 and 91 are an error, of 100 leave no room for budget execution', () => {
    const heavier = (weight: string): Finding | undefined => checkTargetTable(withRow(rents, 'KZ-L1', { weight })).find((one) => one.code === 'Q-W1');
    expect(heavier('8')).toBeUndefined();
    expect(heavier('7')).toMatchObject({ severity: 'ERROR', expected: '90', found: '89' });
    expect(heavier('9')).toMatchObject({ severity: 'ERROR', found: '91' });
    expect(heavier('18')).toMatchObject({ severity: 'INFO', found: '100' });
  });
  it('must be above 0, with two decimals at most, and not above 30 for one row', () => {
    const w3 = (weight: string): string[] => checkTargetTable(withRow(rents, 'KZ-L1', { weight })).filter((one) => one.code === 'Q-W3').map((one) => one.severity);
    expect(w3('0.01')).toEqual([]);
    expect(w3('0')).toEqual(['ERROR']);
    expect(w3('-1')).toEqual(['ERROR']);
    expect(w3('8.25')).toEqual([]);
    expect(w3('8.255')).toEqual(['ERROR']);
    expect(w3('30')).toEqual([]);
    expect(w3('30.01')).toEqual(['WARN']);
    expect(w3('acht')).toEqual(['ERROR']);
  });
  it('follow 40/20/20/10 by first level', () => {
    const shifted = withRow(withRow(rents, 'KZ-L1', { weight: '13' }), 'KZ-L6', { weight: '5' });
    expect(checkTargetTable(shifted).filter((one) => one.code === 'Q-W2').map((one) => `${one.params['level1']} ${one.found} (${one.expected})`)).toEqual(['产出指标 45 (40)', '成本指标 15 (20)']);
  });
});

describe('levels', () => {
  it('outside the frame are errors', () => {
    expect(codes(withRow(theTable('KZ-L'), 'KZ-L1', { level1: '过程指标' }))).toContain('KZ-L1 Q-T1');
    expect(codes(withRow(theTable('KZ-L'), 'KZ-L1', { level2: '经济成本指标' }))).toContain('KZ-L1 Q-T1');
    expect(codes(theTable('KZ-L'))).not.toContain('KZ-L1 Q-T1');
  });
});

describe('completeness', () => {
  it('asks for the head, for outputs and benefits, for basis, rule and evidence', () => {
    const rents = theTable('KZ-L');
    const bare = { ...rents, budgetUnit: '', project: null, goalText: ' ', budget: { total: null, fiscal: null, other: null } };
    expect(checkTargetTable(bare).filter((one) => one.code === 'Q-K1').map((one) => one.expected)).toEqual(['预算单位', '项目名称', '项目总体目标', '年度预算总额']);
    expect(codes({ ...rents, indicators: rents.indicators.filter((row) => row.level1 !== '效益指标') })).toContain('head Q-K2');
    expect(codes({ ...rents, indicators: rents.indicators.filter((row) => row.level2 !== '质量指标') })).toContain('head Q-K2');
    expect(codes(withRow(rents, 'KZ-L1', { basis: null, evidence: null, scoringRule: null })).filter((one) => one === 'KZ-L1 Q-K3')).toHaveLength(3);
  });
  it('does not ask the whole-unit form for columns it does not have', () => {
    expect(codes(theTable('MN-U')).filter((one) => one.endsWith('Q-K3') || one.endsWith('Q-H3'))).toEqual([]);
  });
});

describe('measurability', () => {
  const rents = theTable('KZ-L');
  it('wants sign, number and unit', () => {
    expect(codes(withRow(rents, 'KZ-L1', { target: target('=4') }))).toContain('KZ-L1 Q-M2');
    expect(codes(withRow(rents, 'KZ-L1', { target: target('≥若干条') }))).toContain('KZ-L1 Q-M2');
  });
  it('leaves at most 27 of 90 points to adjectives', () => {
    const wordy = (weight: string): string[] => codes(withRow(withRow(rents, 'KZ-L8', { weight }), 'KZ-L1', { weight: '1' }));
    expect(wordy('17')).not.toContain('head Q-M3');
    expect(wordy('17.01')).toContain('head Q-M3');
  });
  it('does not take an adjective for a rate', () => {
    expect(codes(withRow(rents, 'KZ-L3', { target: target('有效保障') }))).toContain('KZ-L3 Q-M3');
  });
});

describe('signs', () => {
  it('that point the wrong way are doubted', () => {
    const complaints = (name: string, raw: string): string[] => codes(withRow(theTable('KZ-L'), 'KZ-L1', { name, target: target(raw) })).filter((one) => one === 'KZ-L1 Q-D2');
    expect(complaints('群众投诉次数', '≥5次')).toHaveLength(1);
    expect(complaints('群众投诉次数', '≤5次')).toHaveLength(0);
    expect(complaints('投诉办结数量', '≥5件')).toHaveLength(0);
    expect(complaints('档案合格率', '≤95%')).toHaveLength(1);
    expect(complaints('档案合格率', '≥100%')).toHaveLength(0);
    expect(complaints('档案合格率', '≥101%')).toHaveLength(1);
  });
});

describe('money', () => {
  it('adds up, a cent for each part aside', () => {
    const rents = theTable('KZ-L');
    const p2 = (fiscal: string): string[] => checkTargetTable({ ...rents, budget: { total: '9.60', fiscal, other: '0.00' } }).filter((one) => one.code === 'Q-P2').map((one) => one.severity);
    expect(p2('9.60')).toEqual([]);
    expect(p2('9.58')).toEqual(['INFO']);
    expect(p2('9.57')).toEqual(['ERROR']);
  });
  it('of cost targets stays within the project', () => {
    const audits = theTable('KZ-A');
    expect(codes(audits)).not.toContain('head Q-P3');
    expect(codes(withRow(audits, 'KZ-A9', { target: target('≤3.01万元') }))).toContain('head Q-P3');
  });
});

describe('wording', () => {
  it('keeps web page code and placeholders out', () => {
    const goal = (goalText: string): string[] => checkTargetTable({ ...theTable('KZ-L'), goalText }).filter((one) => one.code === 'Q-X4').map((one) => one.found ?? '');
    expect(goal('<p>租用4条专线</p>')).toEqual(['<p>']);
    expect(goal('项目总体目标（100字以内）租用4条')).toEqual(['（100字以内）']);
    expect(goal('租用“4条专线')).toEqual(['租用“4条专线']);
    expect(goal('租用“4条”专线（含备用）')).toEqual([]);
  });
});

describe('a finding', () => {
  it('carries the code of the catalogue, whichever of its sentences it says', () => {
    const finding = aFinding('Q-T1-alias', 'INFO', {}, { row: 9, expected: '服务对象满意度指标', found: '满意度指标' });
    expect(finding.code).toBe('Q-T1');
    expect(sayFinding(finding, 'en')).toBe('The second level “满意度指标” is another name for “服务对象满意度指标” and is treated as such.');
  });
});

describe('a column of actuals', () => {
  it('is asked about what looks like a slip', () => {
    const table = { indicators: [theRow('KZ-U6'), theRow('KZ-A13')] };
    const found = checkActuals(table, [{ kind: 'REPORTED', magnitude: '264000', unit: '万人' }, { kind: 'REPORTED', magnitude: '0.96', unit: '%' }]);
    expect(found.map((one) => [one.row, one.code])).toEqual([[0, 'hundred-times'], [1, 'looks-like-fraction']]);
    expect(checkActuals(table, [{ kind: 'REPORTED', magnitude: '264000', unit: '人' }, null])).toEqual([]);
  });
});
