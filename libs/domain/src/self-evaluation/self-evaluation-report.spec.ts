import { anAccount } from '../../testing/index';
import { selfEvaluationReport } from './self-evaluation-report';

const textOf = (id: string, account = anAccount()): string => (selfEvaluationReport(account).find((chapter) => chapter.id === id)?.computed ?? []).join('\n');

describe('the self-evaluation report', () => {
  it('has the nine chapters of the field, in order', () => {
    expect(selfEvaluationReport(anAccount()).map((chapter) => chapter.title)).toEqual([
      '一、项目基本情况', '二、绩效目标及调整情况', '三、预算资金安排与执行情况', '四、自评组织过程', '五、自评结论', '六、逐项指标完成与偏差分析',
      '七、存在问题及原因', '八、改进措施与结果应用建议', '九、附件',
    ]);
    expect(selfEvaluationReport(anAccount({ subject: 'UNIT', project: null }))[0]?.title).toBe('一、单位基本情况');
  });

  it('draws its conclusion from the score, first level by first level', () => {
    const conclusion = textOf('conclusion');
    expect(conclusion).toContain('自评总分94.19分，评价等级为“优”');
    expect(conclusion).toContain('产出指标40分，得37.55分（93.88%）');
    expect(conclusion).toContain('预算执行10分，得10.00分');
    expect(textOf('conclusion', anAccount({ total: null, rating: null }))).toBe('得分尚未计算完成，结论待定。');
  });

  it('says which points a person set, and why', () => {
    const conclusion = textOf('conclusion', anAccount({ adjustments: { 'KZ-A2': { points: '3.00', reason: '培训记录不全' } } }));
    expect(conclusion).toContain('按公式计算的总分为94.19分，另有1项由人工调整得分：“内部审计培训次数”由3.33分调整为3.00分（培训记录不全）');
  });

  it('goes through the rows with reasons and measures, and gives no rate where less is better', () => {
    const rows = textOf('indicators');
    expect(rows).toContain('2. 内部审计培训次数：指标值≥3次，实际完成2次，完成率66.67%，得3.33分（分值5）。偏差原因（人员保障）：第三次培训师资没有到位。改进措施：下年第一季度补办。');
    expect(rows).toContain('10. 第三方审计经费：指标值≤5万元，实际完成5.2万元，得9.62分（分值10）。');
  });

  it('lists lost points from most to least, and the files at the end', () => {
    expect(textOf('problems')).toMatch(/^7项指标未得满分，共失5\.81分：“加强自治州社保经办能力”失2\.50分；“内部审计培训次数”失1\.67分/u);
    expect(textOf('annexes')).toContain('内部审计次数：审计报告.pdf、审计通知书.pdf');
    expect(textOf('budget')).toContain('预算执行率100.00%，得10.00分（分值10）');
    expect(textOf('targets')).toContain('没有办理绩效目标调整');
    expect(textOf('targets', anAccount({ tableVersion: 2 }))).toContain('第2版目标表');
  });

  it('keeps what people wrote beside what was computed, and hints where they should', () => {
    const report = selfEvaluationReport(anAccount({ chapters: new Map([['process', '由财务股组织，一月完成。'], ['conclusion', '改不了']]) }));
    expect(report.filter((chapter) => chapter.editable).map((chapter) => chapter.id)).toEqual(['overview', 'process', 'problems', 'measures']);
    expect(report[3]).toMatchObject({ written: '由财务股组织，一月完成。', editable: true });
    expect(report[6]?.hint).toContain('请写明');
    expect(report[4]).toMatchObject({ editable: false, hint: null, written: '' });
  });
});
