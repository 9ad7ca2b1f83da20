import type { Accumulation, Comparator, Direction, Indicator, IndicatorKind, PerformanceTargetTable, ScoringRule } from '../src/index';

// The six target tables of two published 2024 budgets (a prefecture's and a county's social-insurance centre): fifty rows, typed from the
// documents and not read by our own parser, so that specs may compare the parser with them. Personal names are left out.

function row(
  key: string, level1: string, level2: string, name: string, kind: IndicatorKind, comparator: Comparator, magnitude: string | null, unit: string | null,
  text: string | null, raw: string, direction: Direction | null, weight: string, scoringRule: ScoringRule | null, basis: string | null,
  previousActual: string | null, evidence: string | null, accumulation: Accumulation,
): Indicator {
  return {
    key, level1, level2, name, target: { kind, comparator, magnitude, magnitudeHigh: null, unit, text, raw },
    direction, weight, basis, previousActual, scoringRule, evidence, accumulation, passThreshold: null,
  };
}

/** The tables in the order of the documents. Goal texts keep their words; blanks of broken lines are removed. */
export const theSixTables: readonly PerformanceTargetTable[] = [
  {
    subject: 'UNIT', fiscalYear: 2024, budgetUnit: '克孜勒苏柯尔克孜自治州社会保险中心', project: null,
    budget: { total: '544.52', higherLevel: '52.18', localLevel: '492.34', other: '0.00' },
    goalText:
      '扎实开展精准扩面，确保符合条件的法定人员“应保尽保”。全州职工养老保险参保达到12.26万人，其中：机关事业单位养老保险参保5.83万人，企业养老保险参保6.43万人；城乡居民养老保险参保26.10万人，工伤保险参保9.'
      + '99万人，失业保险参保6.83万人，参保覆盖率达到95%以上。持续在深入实施全民参保计划上发力，推进法定人员应保尽保。落实“县-乡（镇、街道）-村（社区）”基层参保扩面责任体系，进一步加强跨部门共享协同机制建设，促进精准'
      + '扩面能力有效提升。持续落实困难群体未参加城乡居民基本养老保险“动态清零”。有序引导符合条件的新型职业农民等农村劳动力参加城镇职工养老保险。发挥城乡居民基本养老保险“兜底”参保作用，积极推进农村地区养老保险应保尽保。进一步'
      + '完善工程建设领域按项目参加工伤保险工作机制。\n'
      + '持续在推进社保重点政策落实上发力，切实保障群众合法权益。继续推进扩大失业保险保障范围及稳岗返还等政策的落实，规范失业保险金申领发放和失业保险关系转移接续。按政策要求推进公务员和参照公务员法管理单位工作人员参加工伤保险工作'
      + '。推进各项社会保险待遇的调整，确保各项社保待遇按时足额发放到位。\n'
      + '持续在筑牢基金风险防控底线上发力，确保社会保险基金安全。持续落实全国社保基金管理提升年行动，健全政策、经办、系统、监督“四位一体”的基金管理风险防控体系，努力提升风险防控能力。强化跨部门、跨系统数据筛查比对，大力开展数据'
      + '稽核，及时化解基金安全风险隐患，确保社保基金安全。',
    indicators: [
      row('KZ-U1', '管理效率', '质量指标', '参保覆盖率', 'QUANT', 'GE', '95', '%', null, '>=95%', 'POSITIVE', '10', null, '2024年工作要点', null, null, 'RATIO'),
      row('KZ-U2', '履职效能', '数量指标', '机关事业单位养老保险参保职工人数达到', 'QUANT', 'GE', '5.83', '万人', null, '>=5.83 万人', 'POSITIVE', '15', null, '2024年工作要点', null, null, 'LAST'),
      row('KZ-U3', '履职效能', '数量指标', '企业基本养老保险参保职工人数达到', 'QUANT', 'GE', '6.43', '万人', null, '>=6.43 万人', 'POSITIVE', '15', null, '2024年工作要点', null, null, 'LAST'),
      row('KZ-U4', '履职效能', '数量指标', '工伤保险参保人数达到', 'QUANT', 'GE', '9.99', '万人', null, '>=9.99 万人', 'POSITIVE', '15', null, '2024年工作要点', null, null, 'LAST'),
      row('KZ-U5', '履职效能', '数量指标', '失业保险参保人数达到', 'QUANT', 'GE', '6.83', '万人', null, '>=6.83 万人', 'POSITIVE', '15', null, '2024年工作要点', null, null, 'LAST'),
      row('KZ-U6', '履职效能', '数量指标', '城乡居民养老保险参保人数达到', 'QUANT', 'GE', '26.10', '万人', null, '>=26.10 万人', 'POSITIVE', '20', null, '2024年工作要点', null, null, 'LAST'),
    ],
  },
  {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: '克孜勒苏柯尔克孜自治州社会保险中心', project: '社会保险经办审计经费',
    budget: { total: '8.00', fiscal: '8.00', other: '0.00' },
    goalText:
      '通过审计,寻找和发现社会保险政策执行、基金管理、内部控制等基金管理风险,有针对性地提出加强风险防控、强化监督管理的措施,推动完善政策制度,规范经办服务,提高精细化管理水平,维护社保基金安全,更好地保障社会保险事业健康持续'
      + '发展。',
    indicators: [
      row('KZ-A1', '产出指标', '数量指标', '内部审计次数', 'QUANT', 'GE', '5', '次', null, '>=5 次', 'POSITIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'SUM'),
      row('KZ-A2', '产出指标', '数量指标', '内部审计培训次数', 'QUANT', 'GE', '3', '次', null, '>=3 次', 'POSITIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'SUM'),
      row('KZ-A3', '产出指标', '质量指标', '资金使用合规率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'RATIO'),
      row('KZ-A4', '产出指标', '质量指标', '审计建议采纳率', 'QUANT', 'GE', '95', '%', null, '>=95%', 'POSITIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'RATIO'),
      row('KZ-A5', '产出指标', '时效指标', '项目准备阶段期限', 'QUANT', 'EQ', '3', '月', null, '=3 个月', 'NEGATIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'MAX'),
      row('KZ-A6', '产出指标', '时效指标', '项目审计实施阶段期限', 'QUANT', 'EQ', '7', '月', null, '=7 个月', 'NEGATIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'MAX'),
      row('KZ-A7', '产出指标', '时效指标', '项目整改阶段期限', 'QUANT', 'EQ', '2', '月', null, '=2 个月', 'NEGATIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'MAX'),
      row('KZ-A8', '产出指标', '时效指标', '审计报告出具及时性', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '5', 'PROPORTIONAL', '计划标准', '新增', '工作资料', 'RATIO'),
      row('KZ-A9', '成本指标', '经济成本指标', '协助第三方审计培训经费', 'QUANT', 'LE', '3', '万元', null, '≤3 万元', 'NEGATIVE', '10', 'PROPORTIONAL', '预算支出标准', '新增', '原始凭证', 'SUM'),
      row('KZ-A10', '成本指标', '经济成本指标', '第三方审计经费', 'QUANT', 'LE', '5', '万元', null, '≤5 万元', 'NEGATIVE', '10', 'PROPORTIONAL', '预算支出标准', '新增', '原始凭证', 'SUM'),
      row('KZ-A11', '效益指标', '社会效益指标', '维护基金安全的重要举措', 'QUAL', 'NONE', null, null, '有效维护', '有效维护', null, '10', 'GRADE', '计划标准', '新增', '说明材料', 'MANUAL'),
      row('KZ-A12', '效益指标', '社会效益指标', '加强自治州社保经办能力', 'QUAL', 'NONE', null, null, '有效加强', '有效加强', null, '10', 'GRADE', '计划标准', '新增', '说明材料', 'MANUAL'),
      row('KZ-A13', '满意度指标', '满意度指标', '受益群众满意度', 'QUANT', 'GE', '95', '%', null, '≥95%', 'POSITIVE', '5', 'SATISFACTION', '计划标准', '新增', '工作资料', 'SURVEY'),
      row('KZ-A14', '满意度指标', '满意度指标', '受益工作人员满意度', 'QUANT', 'GE', '95', '%', null, '≥95%', 'POSITIVE', '5', 'SATISFACTION', '计划标准', '新增', '工作资料', 'SURVEY'),
    ],
  },
  {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: '克孜勒苏柯尔克孜自治州社会保险中心', project: '线路租赁费',
    budget: { total: '9.60', fiscal: '9.60', other: '0.00' },
    goalText:
      '项目资金9.6万元，其中：财政资金9.6万元，其他资金0万元。租用4条专线网络主要用于保障全州80万人的5项社会保险（养老保险、工伤保险、失业保险、城镇居民基本养老保险）基金的征缴、审核、结算、支付、运行、管理、上解下解'
      + '分配工作；负责社会保险待遇支付标准核定与发放工作；管理全州养老保险、失业保险、工伤保险、负责社会保险关系的登记、中断、接续、转移工作；承担全州各项社会保险的社会化管理和服务工作；管理和维护“克州社会保险管理信息系统”和“'
      + '医疗保险管理信息系统”，负责全州定点医院、门诊、零售药店服务协议管理工作；填表审批、审核、结算、报销及社保业务档案管理、报表定期上报工作；同时担负全州社会保险经办部门业务指导、基金监管运行分析等工作，确保全州社保资金的正'
      + '常运行。',
    indicators: [
      row('KZ-L1', '产出指标', '数量指标', '租用专线网络数量', 'QUANT', 'EQ', '4', '条', null, '=4 条', 'POSITIVE', '8', 'PROPORTIONAL', '计划标准', '9条', '工作资料', 'LAST'),
      row('KZ-L2', '产出指标', '数量指标', '资金使用合规率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '8', 'PROPORTIONAL', '计划标准', '100%', '工作资料', 'RATIO'),
      row('KZ-L3', '产出指标', '质量指标', '信息自动化运行保障率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '8', 'PROPORTIONAL', '计划标准', '100%', '工作资料', 'RATIO'),
      row('KZ-L4', '产出指标', '时效指标', '项目完成时间', 'DATE', 'EQ', '2024-12', null, '=2024年12月', '=2024 年 12 月', 'NEGATIVE', '8', 'PROPORTIONAL', '计划标准', '2023年12月', '工作资料', 'MANUAL'),
      row('KZ-L5', '产出指标', '时效指标', '资金支付及时率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '8', 'PROPORTIONAL', '计划标准', '100%', '工作资料', 'RATIO'),
      row('KZ-L6', '成本指标', '经济成本指标', '年度维护成本增长率', 'QUANT', 'EQ', '0', '%', null, '=0%', 'NEGATIVE', '10', 'PROPORTIONAL', '预算支出标准', '0%', '原始凭证', 'RATIO'),
      row('KZ-L7', '成本指标', '经济成本指标', '网络线路租赁标准', 'QUANT', 'EQ', '9.60', '万元', null, '=9.60 万 元', 'NEGATIVE', '10', 'PROPORTIONAL', '预算支出标准', '5万元/年', '原始凭证', 'SUM'),
      row('KZ-L8', '效益指标', '社会效益指标', '提高工作服务水平', 'QUAL', 'NONE', null, null, '有效提高', '有效提高', null, '10', 'GRADE', '计划标准', '有效提高', '说明材料', 'MANUAL'),
      row('KZ-L9', '效益指标', '社会效益指标', '待遇确定机制和基础养老金调整机制不断完善', 'QUAL', 'NONE', null, null, '完善保障', '完善保障', null, '10', 'GRADE', '计划标准', '完善保障', '说明材料', 'MANUAL'),
      row('KZ-L10', '满意度指标', '满意度指标', '受益工作人员满意度', 'QUANT', 'GE', '95', '%', null, '≥95%', 'POSITIVE', '5', 'SATISFACTION', '计划标准', '95%', '工作资料', 'SURVEY'),
      row('KZ-L11', '满意度指标', '满意度指标', '受益群众满意度', 'QUANT', 'GE', '95', '%', null, '≥95%', 'POSITIVE', '5', 'SATISFACTION', '计划标准', '95%', '工作资料', 'SURVEY'),
    ],
  },
  {
    subject: 'UNIT', fiscalYear: 2024, budgetUnit: '玛纳斯县社会保险中心', project: null,
    budget: { total: '593.52', higherLevel: '0.00', localLevel: '589.52', other: '4.00' },
    goalText:
      '做好社会保障各项工作任务，保障基本支出预算执行率达到100%，“三公经费”控制率100%，保障工资福利支出达到预算支出标准；深入实施社保扩面工程，切实完成自治区下达2024年的保险扩面征缴任务，按照政府工作报告内容，城乡'
      + '居民养老保险缴费人数不少于27992人，“一卡通”新增应用不少于2项，领取社会保险待遇资格认证率达到100%；提升社保经办服务水平，确保养老保险受益群众满意度达到95%以上。',
    indicators: [
      row('MN-U1', '履职效能', '质量指标', '社保服务线上办理率', 'QUANT', 'GE', '70', '%', null, '＞=70%', 'POSITIVE', '20', null, '玛纳斯县2024年县市绩效考核指标', null, null, 'RATIO'),
      row('MN-U2', '履职效能', '质量指标', '社区“社保核心三版信息系统”、村“社保基层服务平台”使用率”', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '20', null, '玛纳斯县2024年县市绩效考核指标', null, null, 'RATIO'),
      row('MN-U3', '履职效能', '质量指标', '领取社会保险待遇资格认证率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '20', null, '玛纳斯县2024年县市绩效考核指标', null, null, 'RATIO'),
      row('MN-U4', '履职效能', '质量指标', '参保扩面任务完成率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '15', null, '玛纳斯县2024年县市绩效考核指标', null, null, 'RATIO'),
      row('MN-U5', '服务对象满意度', '数量指标', '养老保险受益群众满意度', 'QUANT', 'GE', '95', '%', null, '＞=95%', 'POSITIVE', '15', null, '2024年度重点工作计划', null, null, 'SURVEY'),
    ],
  },
  {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: '玛纳斯县社会保险中心', project: '2024年度-8794国防工水利工退休工资',
    budget: { total: '229.39', fiscal: '229.39', other: '0.00' },
    goalText:
      '本项目拟投入229.39万元，主要实施内容为：保障8794国防工水利工79人退休工资的发放，资金到位及时率达到100%，待遇发放期为12个月，预算支出控制率达到100%，为了切实解决原“8794”国防工程、水利大队两类人'
      + '员违规补费办理退休问题进行整改，确保清退人员原养老保险待遇标准不降、待遇不减的前提下，完成违规补费及享受养老待遇人员清退和基金追缴任务项目计划于2024年12月31日前完成，通过本项目的实施，切实有效提高国防工水利工生活'
      + '水平，有效保障幸福指数。使企业退休职工满意度达到95%。',
    indicators: [
      row('MN-G1', '产出指标', '数量指标', '发放人数', 'QUANT', 'GE', '79', '人', null, '＞=79\n人', 'POSITIVE', '20', 'PROPORTIONAL', '计划标准', null, '工作资料', 'LAST'),
      row('MN-G2', '产出指标', '质量指标', '资金到位率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'RATIO'),
      row('MN-G3', '产出指标', '时效指标', '待遇发放期', 'QUANT', 'EQ', '12', '月', null, '=12 月', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'SUM'),
      row('MN-G4', '成本指标', '经济成本指标', '预算支出控制率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'NEGATIVE', '20', 'PROPORTIONAL', '预算支出标准', null, '原始凭证', 'RATIO'),
      row('MN-G5', '效益指标', '经济效益指标', '提高国防工水利工生活水平', 'QUAL', 'NONE', null, null, '有效提高', '有效\n提高', null, '10', 'GRADE', '计划标准', null, '说明材料', 'MANUAL'),
      row('MN-G6', '效益指标', '社会效益指标', '保障退休人员退休费按时发放', 'QUAL', 'NONE', null, null, '有效保障', '有效\n保障', null, '10', 'GRADE', '计划标准', null, '说明材料', 'MANUAL'),
      row('MN-G7', '满意度指标', '满意度指标', '退休职工满意度', 'QUANT', 'GE', '95', '%', null, '＞\n=95%', 'POSITIVE', '10', 'SATISFACTION', '计划标准', null, '工作资料', 'SURVEY'),
    ],
  },
  {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: '玛纳斯县社会保险中心', project: '2024年度-破产企业人员生活补贴',
    budget: { total: '44.58', fiscal: '44.58', other: '0.00' },
    goalText:
      '本项目拟投入44.58万元，主要实施内容为：保障关闭破产企业人员239人生活补助款的发放，资金到位率达到100%，资金每月使用率100%,保障120元/人/月发放标准，项目计划于2024年12月31日前完成，通过本项目的'
      + '实施，切实解决参加自治区城镇企业职工基本养老金保险社会统筹的退休较早人员基本养老金偏低问题，提高生活幸福指数。使企业退休职工满意度达到95%。',
    indicators: [
      row('MN-B1', '产出指标', '数量指标', '发放人数', 'QUANT', 'GE', '239', '人', null, '＞\n=239\n人', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'LAST'),
      row('MN-B2', '产出指标', '质量指标', '资金到位率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'RATIO'),
      row('MN-B3', '产出指标', '质量指标', '资金每月使用率', 'QUANT', 'EQ', '100', '%', null, '=100%', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'RATIO'),
      row('MN-B4', '产出指标', '时效指标', '待遇发放期', 'QUANT', 'EQ', '12', '月', null, '=12 月', 'POSITIVE', '10', 'PROPORTIONAL', '计划标准', null, '工作资料', 'SUM'),
      row('MN-B5', '成本指标', '经济成本指标', '每人每月发放金额', 'QUANT', 'EQ', '120', '元', null, '=120\n元', 'POINT', '20', 'PROPORTIONAL', '预算支出标准', null, '原始凭证', 'LAST'),
      row('MN-B6', '效益指标', '社会效益指标', '提高关闭破产企业人员生活保障水平', 'QUAL', 'NONE', null, null, '有效提高', '有效\n提高', null, '20', 'GRADE', '计划标准', null, '说明材料', 'MANUAL'),
      row('MN-B7', '满意度指标', '满意度指标', '企业退休职工满意度', 'QUANT', 'GE', '95', '%', null, '＞\n=95%', 'POSITIVE', '10', 'SATISFACTION', '计划标准', null, '工作资料', 'SURVEY'),
    ],
  },
];

/** How the rows are called in our documents, table by table. */
export const theSixTableIds: readonly (readonly string[])[] = theSixTables.map((table) => table.indicators.map((indicator) => indicator.key));

/** What a document prints that the typed row no longer shows, and what a careful reader objects to in the row. */
export interface PrintedRow {
  readonly id: string;
  /** The name cell, with the bracketed unit. */
  readonly nameRaw: string;
  readonly remarks: readonly string[];
}

/** The name cells of the fifty rows and the remarks of a reader who knows the field. */
export const thePrintedRows: readonly PrintedRow[] = [
  { id: 'KZ-U1', nameRaw: '参保覆盖率 (%)', remarks: ['L1_QUESTION'] },
  { id: 'KZ-U2', nameRaw: '机关事业单位养老保险参保职工人数达到 (万人)', remarks: [] },
  { id: 'KZ-U3', nameRaw: '企业基本养老保险参保职工人数达到 (万人)', remarks: [] },
  { id: 'KZ-U4', nameRaw: '工伤保险参保人数达到 (万人)', remarks: [] },
  { id: 'KZ-U5', nameRaw: '失业保险参保人数达到 (万人)', remarks: [] },
  { id: 'KZ-U6', nameRaw: '城乡居民养老保险参保人数达到 (万人)', remarks: ['L1_REPEATED'] },
  { id: 'KZ-A1', nameRaw: '内部审计次数(次)', remarks: [] },
  { id: 'KZ-A2', nameRaw: '内部审计培训次数(次)', remarks: [] },
  { id: 'KZ-A3', nameRaw: '资金使用合规率(%)', remarks: [] },
  { id: 'KZ-A4', nameRaw: '审计建议采纳率(%)', remarks: [] },
  { id: 'KZ-A5', nameRaw: '项目准备阶段期限(月)', remarks: ['EQ_ON_DURATION'] },
  { id: 'KZ-A6', nameRaw: '项目审计实施阶段期限(月)', remarks: ['EQ_ON_DURATION'] },
  { id: 'KZ-A7', nameRaw: '项目整改阶段期限(月)', remarks: ['EQ_ON_DURATION'] },
  { id: 'KZ-A8', nameRaw: '审计报告出具及时性', remarks: ['NAME_NOT_RATE'] },
  { id: 'KZ-A9', nameRaw: '协助第三方审计培训经费', remarks: ['NAME_UNIT_MISSING'] },
  { id: 'KZ-A10', nameRaw: '第三方审计经费（万元）', remarks: [] },
  { id: 'KZ-A11', nameRaw: '维护基金安全的重要举措', remarks: [] },
  { id: 'KZ-A12', nameRaw: '加强自治州社保经办能力', remarks: [] },
  { id: 'KZ-A13', nameRaw: '受益群众满意度（%）', remarks: ['L2_ALIAS'] },
  { id: 'KZ-A14', nameRaw: '受益工作人员满意度（%）', remarks: ['L2_ALIAS'] },
  { id: 'KZ-L1', nameRaw: '租用专线网络数量(条)', remarks: ['BELOW_PREV'] },
  { id: 'KZ-L2', nameRaw: '资金使用合规率(%)', remarks: ['L2_MISFILED'] },
  { id: 'KZ-L3', nameRaw: '信息自动化运行保障率(%)', remarks: [] },
  { id: 'KZ-L4', nameRaw: '项目完成时间', remarks: ['COLUMN_SHIFT'] },
  { id: 'KZ-L5', nameRaw: '资金支付及时率(%)', remarks: ['COLUMN_SHIFT'] },
  { id: 'KZ-L6', nameRaw: '年度维护成本增长率(%)', remarks: ['ZERO_TARGET', 'CONTRADICTS_KZ-L7'] },
  { id: 'KZ-L7', nameRaw: '网络线路租赁标准(万元)', remarks: ['EQ_ON_COST', 'PREV_UNIT_DIFF', 'NAME_CONTINUED_ROW'] },
  { id: 'KZ-L8', nameRaw: '提高工作服务水平', remarks: [] },
  { id: 'KZ-L9', nameRaw: '待遇确定机制和基础养老金调整机制不断完善', remarks: ['IRRELEVANT?'] },
  { id: 'KZ-L10', nameRaw: '受益工作人员满意度(%)', remarks: ['L2_ALIAS'] },
  { id: 'KZ-L11', nameRaw: '受益群众满意度(%)', remarks: ['L2_ALIAS'] },
  { id: 'MN-U1', nameRaw: '社保服务线上办理率', remarks: ['OP_FULLWIDTH'] },
  { id: 'MN-U2', nameRaw: '社区“社保核心三版信息系统”、村“社保基层服务平台”使用率”', remarks: ['UNBALANCED_QUOTE'] },
  { id: 'MN-U3', nameRaw: '领取社会保险待遇资格认证率', remarks: [] },
  { id: 'MN-U4', nameRaw: '参保扩面任务完成率', remarks: [] },
  { id: 'MN-U5', nameRaw: '养老保险受益群众满意度', remarks: ['L2_MISFILED', 'OP_FULLWIDTH'] },
  { id: 'MN-G1', nameRaw: '发放人数', remarks: ['OP_FULLWIDTH', 'PREV_MISSING', 'SHRINKING_POP'] },
  { id: 'MN-G2', nameRaw: '资金到位率', remarks: ['PREV_MISSING', 'TEXT_SAYS_到位及时率'] },
  { id: 'MN-G3', nameRaw: '待遇发放期', remarks: ['PREV_MISSING'] },
  { id: 'MN-G4', nameRaw: '预算支出控制率', remarks: ['EQ_ON_COST', 'PREV_MISSING'] },
  { id: 'MN-G5', nameRaw: '提高国防工水利工生活水平', remarks: ['L2_QUESTION', 'PREV_MISSING'] },
  { id: 'MN-G6', nameRaw: '保障退休人员退休费按时发放', remarks: ['PREV_MISSING'] },
  { id: 'MN-G7', nameRaw: '退休职工满意度', remarks: ['OP_SPLIT', 'L2_ALIAS', 'PREV_MISSING'] },
  { id: 'MN-B1', nameRaw: '发放人数', remarks: ['OP_SPLIT', 'TEXT_SAYS_249', 'PREV_MISSING'] },
  { id: 'MN-B2', nameRaw: '资金到位率', remarks: ['PREV_MISSING'] },
  { id: 'MN-B3', nameRaw: '资金每月使用率', remarks: ['PREV_MISSING'] },
  { id: 'MN-B4', nameRaw: '待遇发放期', remarks: ['PREV_MISSING'] },
  { id: 'MN-B5', nameRaw: '每人每月发放金额', remarks: ['EQ_ON_COST', 'UNIT_SHOULD_BE_元/人/月', 'PREV_MISSING'] },
  { id: 'MN-B6', nameRaw: '提高关闭破产企业人员生活保障水平', remarks: ['PREV_MISSING'] },
  { id: 'MN-B7', nameRaw: '企业退休职工满意度', remarks: ['OP_SPLIT', 'L2_ALIAS', 'PREV_MISSING'] },
];

/** One table by the beginning of its row ids: KZ-U, KZ-A, KZ-L, MN-U, MN-G, MN-B. */
export function theTable(prefix: 'KZ-U' | 'KZ-A' | 'KZ-L' | 'MN-U' | 'MN-G' | 'MN-B'): PerformanceTargetTable {
  const found = theSixTables.find((table) => table.indicators[0]?.key.startsWith(prefix));
  if (found === undefined) throw new Error(`no table ${prefix}`);
  return found;
}

/** One row by its id, for example KZ-L7. */
export function theRow(id: string): Indicator {
  const found = theSixTables.flatMap((table) => table.indicators).find((indicator) => indicator.key === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}
