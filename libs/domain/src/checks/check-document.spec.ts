import { aTargetTable } from '../../testing/a-target-table';
import { anIndicator } from '../../testing/an-indicator';
import type { BudgetDocument, BudgetRow } from '../budget-document/budget-document';
import type { BudgetTableNumber } from '../budget-document/budget-columns';
import { readNarrative } from '../budget-document/read-narrative';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { checkDocument } from './check-document';
import { checkRelevance } from './check-relevance';
import type { PrintedContact } from './document-context';
import type { Finding } from './finding';
import { sayFinding } from './findings';

interface Draft {
  readonly text?: readonly string[];
  readonly targets?: readonly PerformanceTargetTable[];
  readonly rows?: readonly (readonly [BudgetTableNumber, Partial<BudgetRow>])[];
  readonly contacts?: readonly PrintedContact[];
  readonly unit?: string;
}

/** What is found in a document of these paragraphs, tables and rows. */
function findingsOf({ text = [], targets = [], rows = [], contacts = [], unit = '云溪县就业服务中心' }: Draft): readonly Finding[] {
  const paragraphs = text.map((one, at) => ({ text: one, place: `line ${at + 1}` }));
  const numbers = [...new Set(rows.map(([number]) => number))];
  const budget: BudgetDocument = {
    unit,
    tables: numbers.map((number) => ({
      number, title: `表${number}`, isEmpty: false, place: 'line 1',
      rows: rows.filter(([at]) => at === number).map(([, row], at) => ({
        kind: 'SUBJECT', side: null, code: null, line: null, name: '', project: null, amounts: {}, unassigned: [], origin: 'POSITION', confidence: '1.00', place: `line ${at + 100}`, ...row,
      })),
    })),
  };
  return checkDocument({ targets, budget, narrative: readNarrative(paragraphs), paragraphs, contacts });
}

const said = (draft: Draft): string[] => findingsOf(draft).map(({ code, expected, found }) => `${code} ${expected ?? ''} | ${found ?? ''}`);
const project = (name: string, goalText: string, indicators: PerformanceTargetTable['indicators'], total = '12.00'): PerformanceTargetTable =>
  aTargetTable({ project: name, goalText, indicators, budget: { total, fiscal: total, other: '0.00' } });
/** The statement of a project in part three. */
const statement = (name: string, use: string, planned = '12.00'): string[] => [`1、项目名称：${name}`, `预算安排规模：${planned}万元`, `资金分配情况：${use}`];

describe('arithmetic in the text (Q-C3)', () => {
  const c3 = (...text: string[]): string[] => said({ text }).filter((one) => one.startsWith('Q-C3'));

  it.each([
    ['100人*150元/人/月*8月=12万元'], ['249 人×120 元/人/月×12 月＝35.86 万元'], ['18.53万元/月*12月=222.39万元'], ['0.33万元*3=1万元'], ['9.18+29.20=38.38'], ['1.5亿元+5000万元=2亿元'],
  ])('%s holds, exactly or within what its rounded factors allow', (text) => {
    expect(c3(`即：${text}。`)).toEqual([]);
  });

  it.each([
    ['151人*578元/人=8.72万元', '8.73万元'], ['18.54万元/月*12月=222.39万元', '222.48万元'], ['100人*150元/人/月*8月=13万元', '12万元'], ['38.38+9.18=47.50', '47.56'], ['20万元-5万元=14万元', '15万元'],
  ])('%s does not, and makes %s', (text, expected) => {
    expect(c3(`即：${text}。`)).toEqual([`Q-C3 ${expected} | ${text}`]);
  });

  it('one cent more or less is the border', () => {
    expect(c3('151人*578元/人=8.73万元')).toEqual([]);
    expect(c3('151人*578元/人=8.74万元')).toHaveLength(1);
  });

  it('says how a rounded factor would have to read', () => {
    const [finding] = findingsOf({ text: ['18.54万元/月*12月=222.39万元'] });
    expect(finding?.message).toContain('18.54万元/月 应为 18.53万元/月');
    expect(sayFinding(finding as Finding, 'en')).toContain('line 1');
    expect(finding?.message).toContain('第 1 行');
  });

  it('tells a sum of rounded numbers from a wrong one', () => {
    // 358560 + 87278 yuan are 44.5838, printed 44.58; the rounded parts make 44.59.
    const parts = '249人*120元/人/月*12月=35.86万元；151人*578元/人=8.73万元；';
    expect(findingsOf({ text: [`${parts}总计35.86万元+8.73万元=44.59万元`] }).map(({ severity, expected }) => `${severity} ${expected}`)).toEqual(['INFO 44.58万元']);
    expect(c3(`${parts}总计35.86万元+8.73万元=44.60万元`)).toEqual(['Q-C3 44.58万元 | 35.86万元+8.73万元=44.60万元']);
  });

  it('turns a unit the right way up', () => {
    expect(c3('151人*578人/元=8.73万元')).toEqual(['Q-C3 元/人 | 人/元']);
  });
});

describe('one quantity, one number (Q-C2)', () => {
  const c2 = (draft: Draft): string[] => said(draft).filter((one) => one.startsWith('Q-C2'));
  const heads = (count: string): PerformanceTargetTable => project('公益性岗位补贴', '发放补贴。', [anIndicator({ name: '发放人数', target: `≥${count}人` })]);

  it('counts the heads of a project alike in its rows and in its statement', () => {
    const text = statement('公益性岗位补贴', '共100人，其中新增20人');
    expect(c2({ text, targets: [heads('100')] })).toEqual([]);
    expect(c2({ text, targets: [heads('20')] })).toEqual([]);
    expect(c2({ text, targets: [heads('101')] })).toEqual(['Q-C2 100人 | 101人']);
    // Another project's statement is no measure.
    expect(c2({ text: statement('招聘会场地租赁费', '共100人'), targets: [heads('101')] })).toEqual([]);
  });
  it('plans the money of the target table', () => {
    expect(c2({ text: statement('公益性岗位补贴', '补贴', '12.01'), targets: [heads('1')] })).toEqual(['Q-C2 12.01 | 12.00']);
  });
  it('does not put one group before a year and after it', () => {
    expect(c2({ text: ['发放95年以前破产企业补贴。', '补贴1995年以前破产企业人员。', '范围：95年以后破产企业人员。'] })).toEqual(['Q-C2 95年以前破产企业 | 95年以后破产企业']);
    expect(c2({ text: ['95年以前破产企业补贴。', '95年以后参加工作人员。', '96年以后破产企业人员。'] })).toEqual([]);
  });
  it('lists as many as it counts', () => {
    expect(c2({ text: ['五项社会保险（养老保险、工伤保险、失业保险）'] })).toEqual(['Q-C2 5 | 五项社会保险(养老保险、工伤保险、失业保险)']);
    expect(c2({ text: ['三项社会保险（养老保险、工伤保险、失业保险）', '5项服务（招聘、培训等）'] })).toEqual([]);
  });
  it('counts persons or visits, not both', () => {
    expect(c2({ text: ['服务80万余人次的五项社会保险业务。', '服务80万人的5项社会保险业务。'] })).toHaveLength(1);
    expect(c2({ text: ['服务80万人的五项社会保险业务。', '服务80万人的5项社会保险业务。', '接待3万人次的业务。'] })).toEqual([]);
  });
});

describe('projects and the budget', () => {
  const row = (name: string, total: string, extra: Partial<BudgetRow> = {}): readonly [7, Partial<BudgetRow>] => [7, { kind: 'PROJECT', code: '2080106', name: '就业管理事务', project: name, amounts: { total, goods: total }, ...extra }];
  const some = [anIndicator({ name: '发放人数', target: '≥100人' })];
  const goals = (count: number, amount: string): string => `整体预算绩效目标1个，涉及金额385.75万元；当年财政拨款项目${count}个，涉及预算金额${amount}万元；当年非财政拨款项目0个，涉及预算金额0.00万元。`;

  it('agree in count and money, what is not published included (Q-P1)', () => {
    const hidden = ['（五）其他需说明的事项', '上级转移支付项目1个，涉及预算金额20.00万元。'];
    const p1 = (text: string[]): string[] => said({ text, targets: [project('甲', '。', some), project('乙', '。', some)] }).filter((one) => one.startsWith('Q-P1'));
    expect(p1([goals(2, '24.00')])).toEqual([]);
    expect(p1([goals(3, '44.00'), ...hidden])).toEqual([]);
    expect(p1([goals(3, '44.00')])).toEqual(['Q-P1 3 个、44.00 万元 | 2 个、24.00 万元']);
    expect(p1([goals(2, '24.03')])).toHaveLength(1);
    expect(p1([goals(2, '24.02')])).toEqual([]);
  });
  it('are worth in table 7 what their target tables say (Q-P2)', () => {
    const targets = [project('2024年度-公益性岗位补贴', '。', some)];
    expect(said({ targets, rows: [row('公益性岗位补贴', '12.00')] }).filter((one) => one.startsWith('Q-P2'))).toEqual([]);
    expect(said({ targets, rows: [row('公益性岗位补贴', '12.01')] }).filter((one) => one.startsWith('Q-P2'))).toEqual(['Q-P2 12.01 | 12.00']);
  });
  it('have an indicator for every tenth of their money (Q-R3)', () => {
    const text = statement('公益性岗位补贴', '100人*150元/人/月*6月=9.00万元；60人*500元/人=3.00万元；总计9.00万元+3.00万元=12.00万元');
    const r3 = (...indicators: PerformanceTargetTable['indicators'][number][]): string[] => said({ text, targets: [project('公益性岗位补贴', '。', indicators)] }).filter((one) => one.startsWith('Q-R3'));
    const [persons, once] = [anIndicator({ name: '发放人数', target: '≥100人' }), anIndicator({ name: '一次性补助标准', target: '=500元' })];
    expect(r3(persons, once)).toEqual([]);
    expect(r3(persons)).toEqual(['Q-R3  | 3']);
    // A percentage that happens to be the same number measures something else.
    expect(r3(persons, anIndicator({ name: '到位率', target: '=60%' }))).toEqual(['Q-R3  | 3']);
  });
  it('are not one purpose under two names (Q-X5)', () => {
    const carried = (name: string): readonly [11, Partial<BudgetRow>] => [11, { kind: 'PROJECT', name, project: name, amounts: { total: '1.00' } }];
    const x5 = (a: string, b: string): string[] => said({ rows: [row(a, '12.00'), carried(b)] }).filter((one) => one.startsWith('Q-X5'));
    expect(x5('95年前企业退休人员生活补助', '1995年前退休（退职）人员生活补贴')).toHaveLength(1);
    expect(x5('公益性岗位补贴', '公益性岗位补贴')).toEqual([]);
    expect(x5('招聘会场地租赁费', '就业信息系统维护费')).toEqual([]);
  });
  it('are booked where their purpose belongs (Q-X6)', () => {
    const x6 = (name: string, amounts: BudgetRow['amounts'], origin: BudgetRow['origin'] = 'POSITION'): string[] => said({ rows: [row(name, '4.00', { amounts, origin })] }).filter((one) => one.startsWith('Q-X6'));
    expect(x6('退休人员生活补助', { total: '4.00', goods: '4.00' })).toEqual(['Q-X6 对个人和家庭的补助 | 商品和服务支出']);
    expect(x6('退休人员生活补助', { total: '4.00', households: '4.00' })).toEqual([]);
    expect(x6('退休人员生活补助', { total: '4.00' }, 'UNDECIDED')).toEqual([]);
    expect(x6('线路租赁费', { total: '4.00', goods: '4.00' })).toEqual([]);
  });
});

describe('duties (Q-R4)', () => {
  const duties = ['一、主要职能', '负责全县养老保险、工伤保险经办。', '二、机构设置及人员情况'];
  const r4 = (goal: string, text = duties): string[] => said({ text, targets: [project('线路租赁费', goal, [anIndicator()])] }).filter((one) => one.startsWith('Q-R4'));
  it('bound what a goal is about', () => {
    expect(r4('保障养老保险、工伤保险系统运行。')).toEqual([]);
    expect(r4('保障医疗保险系统运行。')).toEqual(['Q-R4 养老保险、工伤保险 | 医疗保险']);
  });
  it('that name no kind of insurance bound nothing', () => {
    expect(r4('保障医疗保险系统运行。', ['一、主要职能', '负责社会保险经办。', '二、机构设置及人员情况'])).toEqual([]);
  });
});

describe('one thing, one name (Q-X1)', () => {
  const x1 = (draft: Draft): string[] => said(draft).filter((one) => one.startsWith('Q-X1'));
  it('the unit', () => {
    expect(x1({ text: ['云溪县就业管理局承担就业服务。', '云溪县就业服务中心预算。'] })).toEqual(['Q-X1 云溪县就业服务中心 | 云溪县就业管理局']);
    expect(x1({ text: ['云溪县就业服务中心承担就业服务。', '云溪县财政局批复。'] })).toEqual([]);
  });
  it('its subordinates', () => {
    expect(x1({ text: ['本中心无下属预算单位。', '中心及下属各预算单位占用国有资产。'] })).toHaveLength(1);
    expect(x1({ text: ['中心及下属各预算单位占用国有资产。'] })).toEqual([]);
  });
  it('headings', () => {
    expect(x1({ text: ['十一、关于本中心2024年上半年结转结余预算情况说明'] })).toEqual(['Q-X1 上年结转结余预算情况说明 | 上半年结转结余预算情况说明']);
    expect(x1({ text: ['十一、关于本中心2024年上年结转结余预算情况说明', '一、关于本中心2024年收支预算情况的总体说明', '三、关于本中心2024年支出预算情况说明'] })).toEqual([]);
  });
  it('subjects, by their code', () => {
    const subject = (number: BudgetTableNumber, name: string): readonly [BudgetTableNumber, Partial<BudgetRow>] => [number, { code: '20801', name }];
    expect(x1({ rows: [subject(2, '人力资源和社会保障管理事务'), subject(5, '人力资源和社会保险管理事务')] })).toHaveLength(1);
    expect(x1({ rows: [subject(2, '人力资源和社会保障管理事务'), subject(5, '人力资源和社会保障管理事务')] })).toEqual([]);
  });
  it('groups that a number marks', () => {
    const [finding] = findingsOf({ text: ['发放“8794”国防工程、水利工程两类人员工资。', '8794国防水利工79人退休工资。', '8794国防水利工退休工资。'] });
    expect(finding).toMatchObject({ code: 'Q-X1', expected: '国防水利工' });
    expect(x1({ text: ['2024年度工资，共27992人，12306服务热线，依据第8794号文件。', '8794国防水利工退休工资。', '8794国防水利工79人。'] })).toEqual([]);
  });
});

describe('numbers of persons', () => {
  const contact = (text: string, isLabelled = true): string[] => findingsOf({ contacts: [{ text, isLabelled, place: 'line 9', table: 0 }] }).map(({ code }) => code);
  it.each([['0991-2345678'], ['0990-23456789'], ['2345678'], ['12333'], ['139****0000'], ['']])('%s may stand', (text) => {
    expect(contact(text)).toEqual([]);
  });
  it('of six digits is no telephone, a mobile is masked, an identity number too; no finding repeats a digit of them', () => {
    expect([contact('0990-123456'), contact('13900000000'), contact('139 0000 0000'), contact('11010119900307123X', false)]).toEqual([['Q-X2'], ['Q-X3'], ['Q-X3'], ['Q-X3']]);
    const findings = findingsOf({ contacts: ['13900000000', '0990-123456', '11010119900307123X'].map((text) => ({ text, isLabelled: true, place: 'line 9', table: null })) });
    expect(JSON.stringify(findings)).not.toMatch(/1390000|123456|1101011990/u);
  });
});

describe('what a goal text and its rows owe one another', () => {
  const relevance = (goalText: string, indicators: PerformanceTargetTable['indicators']): string[] => checkRelevance(project('公益性岗位补贴', goalText, indicators)).map(({ code, expected, found, row }) => `${code} ${row ?? 'head'} ${expected ?? ''} ${found ?? ''}`.trim());
  it('a task without a row is told', () => {
    expect(relevance('完成违规补费人员清退和基金追缴任务。', [anIndicator({ name: '发放人数' })])).toEqual(['Q-R1 head  完成违规补费人员清退和基金追缴任务']);
    expect(relevance('完成违规补费人员清退和基金追缴任务。', [anIndicator({ name: '基金追缴率' })])).toEqual([]);
  });
  it('a group named otherwise is told', () => {
    const served = [anIndicator({ name: '退休职工满意度', target: '≥95%' })];
    expect(relevance('使企业退休职工满意度达到95%。', served)).toEqual(['Q-R1 head 退休职工满意度 企业退休职工满意度']);
    expect(relevance('使退休职工满意度达到95%。', served)).toEqual([]);
  });
  it('a row missing from a goal that lists its results is told, from one that does not it is not', () => {
    const rows = [anIndicator({ name: '岗位开发数量', target: '≥100个' }), anIndicator({ name: '补贴到位率', target: '=100%' })];
    expect(relevance('岗位开发数量不少于100个，培训不少于3次，回访率达到90%。', rows)).toEqual(['Q-R2 1']);
    expect(relevance('岗位开发数量不少于100个，补贴到位率达到100%。', rows)).toEqual([]);
    expect(relevance('岗位开发数量不少于100个。', rows)).toEqual([]);
  });
});

describe('every sentence', () => {
  it('is whole in both languages, its place said in the language', () => {
    const findings = findingsOf({
      text: [...statement('公益性岗位补贴', '共100人，即151人*578人/元=8.72万元'), '整体预算绩效目标1个，涉及金额1万元；当年财政拨款项目3个，涉及预算金额9.00万元。', '五项保险（甲、乙）', '云溪县就业管理局'],
      targets: [project('公益性岗位补贴', '。', [anIndicator({ name: '发放人数', target: '≥101人' })])],
      contacts: [{ text: '0990-123456', isLabelled: true, place: 'sheet 表1 / row 3', table: 0 }],
    });
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['Q-C2', 'Q-C3', 'Q-P1', 'Q-X1', 'Q-X2']));
    for (const finding of findings) {
      expect(finding.message).toBe(sayFinding(finding, 'zh'));
      expect(finding.message + sayFinding(finding, 'en')).not.toMatch(/\{[a-zA-Z]+\}|undefined/u);
    }
    expect(findings.find(({ code }) => code === 'Q-X2')?.message).toContain('工作表“表1”第 3 行');
    expect(sayFinding(findings.find(({ code }) => code === 'Q-P1') as Finding, 'en')).toContain('3 projects, 9.00');
  });
});
