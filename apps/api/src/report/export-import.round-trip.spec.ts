import { readDocument, type RecognisedIndicator, type RecognisedTable } from '@jiheng/documents';
import {
  type Actual, type Comparator, type FormSheet, type Indicator, type IndicatorTarget, MOF_2020_10, type MonitoringAccount, type PerformanceTargetTable, type ScoringRule, type SelfEvaluationAccount,
  defaultDirection, explanationText, finalPointsOf, formatActual, formatTarget, fullMarksOf, monitoringForm, normalizeDecimal, parseTarget, scoreTable, selfEvaluationForm, targetTableForm,
} from '@jiheng/domain';
import fc from 'fast-check';
import { drawFormDocument } from './docx/report-document.docx';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

// Export → import: whatever table is drawn as a form comes back as it was, field by field, from the spreadsheet and from the document.

const AT = new Date('2025-02-20T02:00:00Z');
const RUNS = { numRuns: 12 };

const PROJECT_LEVELS = [
  ['产出指标', '数量指标'], ['产出指标', '质量指标'], ['产出指标', '时效指标'], ['成本指标', '经济成本指标'], ['成本指标', '生态环境成本指标'], ['效益指标', '经济效益指标'], ['效益指标', '社会效益指标'], ['效益指标', '可持续影响指标'],
  ['满意度指标', '服务对象满意度指标'],
] as const;
const UNIT_LEVELS = [
  ['运行成本', '成本指标'], ['管理效率', '质量指标'], ['履职效能', '数量指标'], ['履职效能', '时效指标'], ['社会效应', '社会效益指标'], ['可持续发展能力', '可持续影响指标'], ['服务对象满意度', '服务对象满意度指标'],
] as const;
const NAMES = [
  '内部审计次数', '租用专线网络数量', '95年前企业退休人员补助发放人数', '信息系统维护（一期）完成率', '“一卡通”新增应用项目数', '服务对象满意度', '项目验收合格率', '网络线路租赁标准', '8794国防工水利工退休工资发放期', '待遇确定机制和基础养老金调整机制不断完善',
  '预算支出控制率', 'A类档案数字化加工页数', '经济效益', '加强自治州社保经办能力', '提高工作服务水平',
] as const;
const UNITS = ['次', '人', '万人', '%', '万元', '元', '元/人/月', '月', '天', '工作日', '条', '平方米', '公里', '台', '户', '份'] as const;
const WORDINGS = ['有效维护', '显著提升', '持续改善', '完善保障', '优', '达标', '较高', '群众反映良好', '不断完善'] as const;
const REASONS = ['讲师轮岗，第四季度补训。', '合同签订较晚', '参保人员外出务工，已改为网上办理'] as const;

const magnitude = fc.oneof(
  fc.integer({ min: 0, max: 99_999 }).map(String),
  fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 99 })).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`),
);
const amount = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
const blankTarget = { magnitude: null, magnitudeHigh: null, unit: null, text: null } as const;

const target: fc.Arbitrary<Omit<IndicatorTarget, 'raw'>> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ comparator: fc.constantFrom<Comparator>('GE', 'GT', 'EQ', 'LE', 'LT'), magnitude, unit: fc.constantFrom(...UNITS) }).map((one) => ({ ...blankTarget, kind: 'QUANT' as const, ...one })) },
  { weight: 1, arbitrary: fc.record({ low: fc.integer({ min: 1, max: 90 }), span: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom('%', '人', '天') }).map(({ low, span, unit }) => ({ ...blankTarget, kind: 'QUANT' as const, comparator: 'BETWEEN' as const, magnitude: String(low), magnitudeHigh: String(low + span), unit })) },
  { weight: 2, arbitrary: fc.constantFrom(...WORDINGS).map((text) => ({ ...blankTarget, kind: 'QUAL' as const, comparator: 'NONE' as const, text })) },
  { weight: 1, arbitrary: fc.constantFrom('是', '否').map((text) => ({ ...blankTarget, kind: 'BOOL' as const, comparator: 'NONE' as const, text })) },
  { weight: 1, arbitrary: fc.record({ comparator: fc.constantFrom<Comparator>('LE', 'EQ'), month: fc.integer({ min: 1, max: 12 }), day: fc.option(fc.integer({ min: 1, max: 28 })) }).map(({ comparator, month, day }) => ({
    ...blankTarget, kind: 'DATE' as const, comparator, magnitude: `2025-${String(month).padStart(2, '0')}${day === null ? '' : `-${String(day).padStart(2, '0')}`}` })) },
);

function indicatorsOf(levels: readonly (readonly [string, string])[], isUnit: boolean): fc.Arbitrary<Indicator[]> {
  const row = fc.record({
    level: fc.nat({ max: levels.length - 1 }), name: fc.constantFrom(...NAMES), target, cents: fc.integer({ min: 1, max: 30 }), quarter: fc.constantFrom('', '.5', '.25'),
    basis: fc.constantFrom(null, '计划标准', '预算支出标准', '2025年工作要点', '《社会保险经办条例》第十二条'), previous: fc.constantFrom(null, '新增', '95%', '9条', '5万元/年', '2024年12月', '有效提高'),
    rule: fc.constantFrom<ScoringRule>('PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT'), evidence: fc.constantFrom(null, '工作资料', '原始凭证', '说明材料', '签到表、照片及会议纪要'),
  });
  return fc.array(row, { minLength: 1, maxLength: 16 }).map((rows) => [...rows].sort((a, b) => a.level - b.level).map(({ level, name, target: promised, cents, quarter, basis, previous, rule, evidence }, at) => {
    const [level1, level2] = levels[level] as readonly [string, string];
    const whole: IndicatorTarget = { ...promised, raw: '' };
    const said = { ...whole, raw: formatTarget(whole) };
    return {
      key: `r${at + 1}`, level1, level2, name, target: said, direction: defaultDirection({ level1, level2, name, target: said }), weight: `${cents}${quarter}`, basis,
      previousActual: isUnit ? null : previous, scoringRule: isUnit ? null : rule, evidence: isUnit ? null : evidence, accumulation: 'LAST' as const, passThreshold: null,
    };
  }));
}

const goal = fc.constantFrom('保障业务系统稳定运行。', '完成年度培训计划，参训不少于300人次；受益群众满意度达到95%以上。', '第一段：扩大参保面，参保26.10万人。\n第二段：待遇按时足额发放。');
/** 年度主要任务 of the form of 2015: a source that the task does not have is blank. */
const tasks = fc.array(fc.record({
  name: fc.constantFrom('国防工水利工退休工资', '破产企业人员生活补贴', '保障机构运转', '信息系统运维（二期）'), content: fc.constantFrom(null, '79人退休费按月发放', '239人，每人每月120元'), total: amount, fiscal: fc.option(amount), other: fc.option(amount),
}), { maxLength: 4 });
const table: fc.Arbitrary<PerformanceTargetTable> = fc.boolean().chain((isUnit) => fc.record({
  goalText: goal, indicators: indicatorsOf(isUnit ? UNIT_LEVELS : PROJECT_LEVELS, isUnit), money: fc.tuple(amount, amount, amount), listed: tasks,
  project: fc.constantFrom('社会保险经办审计经费', '2025年度-8794国防工水利工退休工资', '高标准农田建设（二期）', '“三支一扶”人员生活补助'),
}).map(({ goalText, indicators, money: [first, second, third], project, listed }): PerformanceTargetTable => ({
  subject: isUnit ? 'UNIT' : 'PROJECT', fiscalYear: 2025, budgetUnit: '某县社会保险中心', project: isUnit ? null : project, goalText, indicators,
  budget: isUnit ? { total: null, higherLevel: first, localLevel: second, other: third } : { total: first, fiscal: second, other: third },
  ...(isUnit && listed.length > 0 ? { tasks: listed } : {}),
})));

/** What a target form prints of a row. */
function promised({ level1, level2, name, target: of, weight, basis, previousActual, scoringRule, evidence }: Indicator, withTarget = true): Record<string, unknown> {
  return {
    level1, level2, name, kind: of.kind, comparator: of.comparator, magnitude: of.magnitude, magnitudeHigh: of.magnitudeHigh, unit: of.unit, text: of.kind === 'QUAL' || of.kind === 'BOOL' ? of.text : null,
    ...(withTarget ? { weight: normalizeDecimal(weight), basis, previousActual, scoringRule, evidence } : {}),
  };
}

async function readBack(form: FormSheet, format: 'xlsx' | 'docx'): Promise<RecognisedTable> {
  const bytes = format === 'xlsx' ? await drawFormWorkbook(form, AT) : await drawFormDocument(form);
  const read = await readDocument(bytes, `导出.${format}`);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  expect(read.value.tables).toHaveLength(1);
  return read.value.tables[0] as RecognisedTable;
}

const FORMATS = ['xlsx', 'docx'] as const;

describe.each(FORMATS)('a target table exported as .%s and imported', (format) => {
  it('is the same table: unit, project, year, money, goal and every field of every row', async () => {
    await fc.assert(fc.asyncProperty(table, async (one) => {
      const back = await readBack(targetTableForm(one, { lead: '项目负责人', contact: '单位联系人', phone: '12345678' }), format);
      const { total: _total, ...printed } = one.budget;
      const isUnit = one.subject === 'UNIT';
      expect({ subject: back.subject, form: back.form, fiscalYear: back.fiscalYear, budgetUnit: back.budgetUnit, project: back.project, goalText: back.goalText, budget: isUnit ? { ...back.budget, total: null } : back.budget })
        .toEqual({ subject: one.subject, form: 'TARGET', fiscalYear: 2025, budgetUnit: one.budgetUnit, project: one.project, goalText: one.goalText, budget: isUnit ? { ...printed, total: null } : one.budget });
      expect(back.indicators.map((row) => promised(row))).toEqual(one.indicators.map((row) => promised(row)));
      expect(back.mainTasks?.tasks.map(({ name, content, total, fiscal, other }) => ({ name, content, total, fiscal, other }))).toEqual(one.tasks);
    }), RUNS);
  }, 120_000);
});

/** Something reached for a row, of its kind. */
function reached({ target: of }: Indicator, seed: number): Actual {
  if (of.kind === 'QUAL') return { kind: 'JUDGED', grade: (['A', 'B', 'C'] as const)[seed % 3] ?? 'A', share: seed % 3 === 0 ? '1' : null, note: null };
  if (of.kind === 'BOOL') return { kind: 'ANSWERED', answer: seed % 2 === 0 };
  if (of.kind === 'DATE') return { kind: 'DATED', date: `2025-${String(1 + (seed % 12)).padStart(2, '0')}-15` };
  return seed % 17 === 0 ? { kind: 'NOT_REPORTED' } : { kind: 'REPORTED', magnitude: `${seed % 300}.${seed % 10}`, unit: of.unit };
}

function accountOf(one: PerformanceTargetTable, seeds: readonly number[], achieved: string): SelfEvaluationAccount {
  const rows = one.indicators.map((indicator, at) => ({ indicator, actual: reached(indicator, seeds[at] ?? 1) }));
  const figures = { initial: '960.00', adjusted: '960.00', executed: '912.40' };
  const score = scoreTable({ rows, execution: figures, withExecution: true }, MOF_2020_10, { fiscalYear: 2025, periodClosed: true });
  return {
    subject: one.subject, fiscalYear: 2025, budgetUnit: one.budgetUnit, department: '人力资源和社会保障局', project: one.project, tableVersion: 1, goalText: one.goalText, goalAchieved: achieved,
    money: [{ part: 'TOTAL', ...figures }, { part: one.subject === 'UNIT' ? 'LOCAL_LEVEL' : 'FISCAL', ...figures }], execution: score.execution, executionReason: null,
    rows: rows.map(({ indicator, actual }, at) => {
      const points = score.rows[at];
      if (points === undefined) throw new Error('no points');
      const seed = seeds[at] ?? 1;
      const explanation = seed % 3 === 0 ? { causes: ['STAFF' as const], sentence: REASONS[seed % REASONS.length] ?? '', measures: '补足人员。', likelihood: null, forecast: null } : null;
      return { indicator, actual, score: points, adjustment: seed % 11 === 0 && points.points !== null ? { points: '0.50', reason: '样本偏少' } : null, explanation, evidence: [] };
    }),
    computedTotal: score.total, total: score.total, rating: score.rating, rescaled: false, profile: { name: 'MOF-2020-10', version: 1, title: '财预〔2020〕10号' }, chapters: new Map(),
  };
}

const seeds = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 16, maxLength: 16 });
const evaluatedRow = (row: RecognisedIndicator): Record<string, unknown> => ({ ...promised(row, false), weight: row.weight, actual: row.actualRaw ?? null, points: row.pointsRaw ?? null, deviation: row.deviation ?? null });
/** The cell as it is read: blanks between words of the product's own sentences are not kept. */
const tight = (text: string | null): string | null => (text === null || text === '' ? null : text.replace(/[ ]+/gu, ''));

describe.each(FORMATS)('a self-evaluation exported as .%s and imported', (format) => {
  it('gives back the targets, what was reached, points, reasons, the money of the year and the total', async () => {
    await fc.assert(fc.asyncProperty(table, seeds, fc.constantFrom('任务基本完成。', '全年任务如期完成；\n资金支付及时。'), async (one, numbers, achieved) => {
      const account = accountOf(one, numbers, achieved);
      const back = await readBack(selfEvaluationForm(account), format);
      expect({ form: back.form, subject: back.subject, unit: back.budgetUnit, project: back.project, goal: back.goalText, achieved: back.goalAchieved })
        .toEqual({ form: 'SELF_EVALUATION', subject: one.subject, unit: one.budgetUnit, project: one.project, goal: one.goalText, achieved });
      expect(back.indicators.map(evaluatedRow).map((row) => ({ ...row, actual: tight(row['actual'] as string | null), deviation: tight(row['deviation'] as string | null) }))).toEqual(account.rows.map((row) => ({
        ...promised(row.indicator, false), weight: normalizeDecimal(row.indicator.weight), actual: tight(formatActual(row.actual, row.indicator)), points: finalPointsOf(row), deviation: tight(explanationText(row)),
      })));
      expect(back.execution?.find(({ line }) => line === 'TOTAL')).toMatchObject({ initial: '960.00', adjusted: '960.00', executed: '912.40', rate: '95.04%', weight: account.execution === null ? null : normalizeDecimal(account.execution.weight), points: account.execution?.points ?? null });
      expect(back.printedSum).toMatchObject({ weight: normalizeDecimal(fullMarksOf(account)), points: account.total });
    }), RUNS);
  }, 120_000);
});

function watched(one: PerformanceTargetTable, numbers: readonly number[]): MonitoringAccount {
  return {
    fiscalYear: 2025, budgetUnit: one.budgetUnit, department: '人力资源和社会保障局', project: one.project, period: '1—6月', goalText: one.goalText,
    money: [{ part: 'TOTAL', initial: '960.00', executed: '480.50', forecast: '960.00' }],
    rows: one.indicators.map((indicator, at) => {
      const seed = numbers[at] ?? 1;
      const explanation = seed % 2 === 0 ? null : {
        causes: seed % 5 === 0 ? ['FUNDS' as const, 'EQUIPMENT' as const] : ['STAFF' as const], sentence: REASONS[seed % REASONS.length] ?? '', measures: seed % 7 === 0 ? '' : '逐月督办。',
        likelihood: (['CERTAIN', 'POSSIBLE', 'IMPOSSIBLE'] as const)[seed % 3] ?? null, forecast: seed % 4 === 1 ? '年底完成' : null,
      };
      return { indicator, actual: reached(indicator, seed), explanation };
    }),
  };
}

describe.each(FORMATS)('a monitoring form exported as .%s and imported', (format) => {
  it('gives back the targets, what was reached, causes and likelihood ticked, sentences, the period and the money', async () => {
    await fc.assert(fc.asyncProperty(table, seeds, async (one, numbers) => {
      const account = watched(one, numbers);
      const back = await readBack(monitoringForm(account), format);
      expect({ form: back.form, subject: back.subject, unit: back.budgetUnit, project: back.project, goal: back.goalText }).toEqual({ form: 'MONITORING', subject: one.subject, unit: one.budgetUnit, project: one.project, goal: one.goalText });
      expect(back.indicators.map((row) => ({
        ...promised(row, false), actual: tight(row.actualRaw ?? null), forecast: row.forecastRaw ?? null, causes: row.causes, likelihood: row.likelihood ?? null, sentence: row.deviation ?? null, remark: row.remark ?? null,
      }))).toEqual(account.rows.map(({ indicator, actual, explanation }) => ({
        ...promised(indicator, false), actual: tight(formatActual(actual, indicator)), forecast: explanation?.forecast ?? null, causes: explanation?.causes ?? [], likelihood: explanation?.likelihood ?? null,
        sentence: explanation?.sentence ?? null, remark: explanation?.measures === '' ? null : (explanation?.measures ?? null),
      })));
      expect(back.execution?.find(({ line }) => line === 'TOTAL')).toMatchObject({ initial: '960.00', executed: '480.50', forecast: '960.00', rate: '50.05%' });
    }), RUNS);
  }, 120_000);
});

describe('what the forms print', () => {
  it('is what the reading of targets gives back, whatever the target', () => {
    fc.assert(fc.property(target, (of) => {
      const printed = formatTarget({ ...of, raw: '' });
      const { raw: _raw, text, ...again } = parseTarget(printed, { fiscalYear: 2025 });
      expect({ ...again, text: again.kind === 'DATE' ? null : text }).toEqual(of);
    }));
  });
});
