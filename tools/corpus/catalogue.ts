import type { Comparator, Direction } from '@jiheng/domain';

// What local budget units promise, in their words. Made up from the kinds of work there are; no published table is copied.

/** One kind of indicator: what is counted, in which unit, and what may be promised. */
export interface IndicatorKind {
  readonly name: string;
  /** Units that fit; the first is the usual one. Empty for a wording. */
  readonly units: readonly string[];
  readonly comparators: readonly Comparator[];
  /** Whole numbers or decimals, from, to, places. */
  readonly range?: readonly [from: number, to: number, places: number];
  /** Which way is better where the form prints `=`. */
  readonly whenEqual?: Direction;
  readonly wordings?: readonly string[];
  /** A day of the year instead of a number. */
  readonly isDate?: boolean;
}

/** A branch of the frame with what may stand in it. */
export interface Branch {
  readonly level1: string;
  readonly level2: string;
  readonly kinds: readonly IndicatorKind[];
}

const count = (name: string, units: readonly string[], range: IndicatorKind['range'] = [1, 60, 0]): IndicatorKind => ({ name, units, range, comparators: ['GE', 'GE', 'GE', 'EQ', 'GT', 'BETWEEN'], whenEqual: 'POSITIVE' });
const rate = (name: string, comparators: readonly Comparator[] = ['GE', 'GE', 'EQ']): IndicatorKind => ({ name, units: ['%'], range: [60, 100, 0], comparators, whenEqual: 'POSITIVE' });
const wording = (name: string, ...wordings: readonly string[]): IndicatorKind => ({ name, units: [], comparators: ['NONE'], wordings });
const limit = (name: string, units: readonly string[], range: IndicatorKind['range'] = [1, 12, 0]): IndicatorKind => ({ name, units, range, comparators: ['LE', 'LE', 'EQ', 'LT'], whenEqual: 'NEGATIVE' });
const money = (name: string, units: readonly string[] = ['万元'], range: IndicatorKind['range'] = [1, 300, 2]): IndicatorKind => ({ name, units, range, comparators: ['LE', 'LE', 'LE', 'EQ'], whenEqual: 'NEGATIVE' });
const price = (name: string, units: readonly string[], range: IndicatorKind['range'] = [20, 1800, 0]): IndicatorKind => ({ name, units, range, comparators: ['LE', 'EQ', 'EQ'], whenEqual: 'POINT' });
const day = (name: string): IndicatorKind => ({ name, units: [], comparators: ['LE', 'EQ'], isDate: true });
const content = (name: string): IndicatorKind => ({ name, units: ['%'], range: [80, 99, 0], comparators: ['GE', 'GE', 'GE', 'GT', 'EQ'], whenEqual: 'POSITIVE' });

const QUANTITY: readonly IndicatorKind[] = [
  count('业务培训次数', ['次', '场次', '期']), count('参训人员数量', ['人', '人次'], [20, 900, 0]), count('新增参保人数', ['人', '万人'], [100, 9000, 0]),
  count('租用专线网络数量', ['条']), count('信息系统运行维护套数', ['套', '个']), count('印制政策宣传手册数量', ['份', '册', '本'], [500, 20000, 0]), count('采购办公设备数量', ['台', '套', '台(套)']),
  count('稽核参保单位户数', ['户', '家'], [10, 400, 0]), count('困难群众救助人次', ['人次', '万人次'], [200, 30000, 0]), count('开展专项督查检查次数', ['次', '轮', '批次']),
  count('建设乡镇服务站点数量', ['个', '处'], [1, 40, 0]), count('组织文化惠民演出场次', ['场', '场次'], [4, 120, 0]), count('修缮房屋面积', ['平方米', '㎡'], [100, 9000, 0]),
  count('完成高标准农田建设面积', ['亩', '万亩'], [100, 9000, 0]), count('新建改建农村公路里程', ['公里', '千米'], [1, 80, 1]), count('发放补助资金人数', ['人'], [30, 3000, 0]), count('编制规划报告份数', ['份', '篇'], [1, 6, 0]),
  count('“一卡通”新增应用项目数', ['项', '个'], [1, 9, 0]), count('档案数字化加工数量', ['万页', '卷', '件'], [1, 90, 1]), count('聘用劳务派遣人员数量', ['人', '名'], [1, 60, 0]),
];
const QUALITY: readonly IndicatorKind[] = [
  rate('资金使用合规率', ['EQ', 'EQ', 'GE']), rate('信息系统正常运行率'), rate('培训合格率'), rate('项目验收合格率', ['EQ', 'GE']), rate('政府采购执行率'), rate('业务差错率控制在合理范围', ['LE']), rate('领取待遇资格认证率'),
  rate('社会保障卡持卡人口覆盖率'), rate('审计建议采纳率'), rate('设备故障修复率'), wording('服务窗口规范化建设水平', '优', '良好', '达标'), wording('业务档案管理规范程度', '规范', '达标', '合格'),
  rate('补助对象认定准确率', ['EQ']), rate('网上办理率', ['GE', 'GE', 'BETWEEN']),
];
const TIMELINESS: readonly IndicatorKind[] = [
  rate('资金支付及时率', ['EQ', 'GE']), rate('任务按期完成率', ['EQ', 'GE']), limit('项目实施周期', ['个月', '月']), limit('系统故障响应时限', ['小时', '分钟'], [1, 48, 0]), limit('业务办结时限', ['个工作日', '天', '日'], [1, 30, 0]), day('项目完成时间'), day('补助资金发放完成时间'),
  { name: '待遇发放期', units: ['月', '个月'], range: [12, 12, 0], comparators: ['EQ'], whenEqual: 'POSITIVE' },
];
const COST: readonly IndicatorKind[] = [
  money('项目总成本'), money('信息系统运维经费'), money('专线租赁费用'), money('办公设备购置成本', ['万元', '元']), price('每人每月补贴标准', ['元/人/月', '元']), price('培训人均成本标准', ['元/人', '元/人/天']),
  { name: '预算支出控制率', units: ['%'], range: [90, 100, 0], comparators: ['LE', 'EQ'], whenEqual: 'NEGATIVE' }, { name: '年度维护成本增长率', units: ['%'], range: [0, 0, 0], comparators: ['EQ'], whenEqual: 'NEGATIVE' }, price('劳务人员月工资标准', ['元/人/月'], [2000, 6500, 0]),
];
const ECONOMIC: readonly IndicatorKind[] = [
  rate('基金累计结余增长率', ['GE']), { name: '带动村集体经济增收', units: ['万元', '元'], range: [1, 900, 2], comparators: ['GE', 'GT'] }, wording('促进县域经济发展', '有效促进', '明显促进', '持续推动'), wording('降低企业用工成本', '有效降低', '有所降低'), { name: '减轻企业缴费负担', units: ['万元'], range: [10, 900, 2], comparators: ['GE'] },
];
const SOCIAL: readonly IndicatorKind[] = [
  wording('保障退休人员待遇按时足额发放', '有效保障', '持续保障'), wording('提高经办服务能力和水平', '有效提高', '显著提升', '逐步提高'), wording('维护社会和谐稳定', '有效维护', '长期维护'), wording('加强基层公共服务能力建设', '有效加强', '不断加强'),
  wording('参保群众政策知晓程度', '明显提升', '较高', '大幅提升'), wording('营造崇尚文明的良好社会氛围', '效果显著', '成效明显', '持续改善'), { name: '惠及困难群众家庭数量', units: ['户', '万户'], range: [10, 900, 0], comparators: ['GE'] }, rate('群众政策知晓率', ['GE', 'BETWEEN']),
];
const ECOLOGIC: readonly IndicatorKind[] = [wording('改善农村人居环境', '有效改善', '明显改善', '持续改善'), rate('城区空气质量优良天数比率', ['GE']), wording('推行无纸化办公节约资源', '有效节约', '逐步推进')];
const LASTING: readonly IndicatorKind[] = [wording('建立健全长效管理机制', '逐步完善', '持续健全', '不断完善'), { name: '设备使用年限', units: ['年'], range: [3, 15, 0], comparators: ['GE'] }, wording('对行业发展的可持续影响', '长期', '持续', '可持续')];
const SATISFACTION: readonly IndicatorKind[] = [content('受益群众满意度'), content('受训人员满意度'), content('服务对象满意度'), content('参保单位满意度'), content('受益工作人员满意度'), content('社会公众对服务质量的满意程度')];

/** Projects, with costs beside the output (财预〔2021〕101号, both published social-insurance centres). */
export const PROJECT_FRAME: readonly Branch[] = [
  { level1: '产出指标', level2: '数量指标', kinds: QUANTITY }, { level1: '产出指标', level2: '质量指标', kinds: QUALITY }, { level1: '产出指标', level2: '时效指标', kinds: TIMELINESS },
  { level1: '成本指标', level2: '经济成本指标', kinds: COST },
  { level1: '效益指标', level2: '经济效益指标', kinds: ECONOMIC }, { level1: '效益指标', level2: '社会效益指标', kinds: SOCIAL }, { level1: '效益指标', level2: '生态效益指标', kinds: ECOLOGIC },
  { level1: '满意度指标', level2: '服务对象满意度指标', kinds: SATISFACTION },
];

/** Projects in the frame of 财预〔2020〕10号: costs are an output, lasting effects a benefit. */
export const PROJECT_FRAME_2020: readonly Branch[] = [
  { level1: '产出指标', level2: '数量指标', kinds: QUANTITY }, { level1: '产出指标', level2: '质量指标', kinds: QUALITY }, { level1: '产出指标', level2: '时效指标', kinds: TIMELINESS }, { level1: '产出指标', level2: '成本指标', kinds: COST },
  { level1: '效益指标', level2: '经济效益指标', kinds: ECONOMIC }, { level1: '效益指标', level2: '社会效益指标', kinds: SOCIAL }, { level1: '效益指标', level2: '生态效益指标', kinds: ECOLOGIC }, { level1: '效益指标', level2: '可持续影响指标', kinds: LASTING },
  { level1: '满意度指标', level2: '服务对象满意度指标', kinds: SATISFACTION },
];

/** The unit as a whole, six dimensions. */
export const UNIT_FRAME: readonly Branch[] = [
  { level1: '运行成本', level2: '成本指标', kinds: [COST[0] as IndicatorKind, COST[6] as IndicatorKind] },
  { level1: '管理效率', level2: '质量指标', kinds: QUALITY }, { level1: '管理效率', level2: '时效指标', kinds: TIMELINESS.slice(0, 2) },
  { level1: '履职效能', level2: '数量指标', kinds: QUANTITY }, { level1: '履职效能', level2: '质量指标', kinds: QUALITY },
  { level1: '社会效应', level2: '社会效益指标', kinds: SOCIAL }, { level1: '可持续发展能力', level2: '可持续影响指标', kinds: LASTING },
  { level1: '服务对象满意度', level2: '服务对象满意度指标', kinds: SATISFACTION },
];

/** Names of units: a place and an office. The places do not exist. */
export const PLACES = ['青石县', '临江市', '望海区', '白杨河县', '南岭自治州', '云溪县', '金沙市', '松原岭县', '北川口区', '红柳滩县'] as const;
export const OFFICES = [
  '社会保险中心', '文化和旅游局', '农业农村局', '交通运输局', '卫生健康委员会', '第二人民医院', '市场监督管理局', '人力资源和社会保障局', '残疾人联合会', '退役军人事务局', '教育局', '档案馆', '城市管理综合行政执法局',
] as const;
export const PROJECTS = [
  '信息系统运行维护经费', '线路租赁费', '村级文化活动室建设项目', '农村公路日常养护补助资金', '城乡居民基本公共卫生服务补助', '社会保险经办审计经费', '困难残疾人生活补贴', '档案数字化加工项目',
  '2024年“三支一扶”人员生活补助', '高标准农田建设（二期）', '社会保障卡制发及服务经费', '劳务派遣人员工资及社保', '办公用房修缮改造', '文化惠民演出专项资金', '95年前企业退休人员生活补助', '道路交通安全设施（一期）维护费',
] as const;
export const BASES_OF_OUTPUT = ['计划标准', '计划标准', '计划标准', '行业标准', '历史标准', '年度工作计划', '2024年工作要点', '《社会保险经办条例》', '县委县政府年度重点工作任务清单'] as const;
export const GOALS = [
  '保障业务系统全年稳定运行，不断提升经办服务水平。', '按时足额发放各项待遇，切实保障困难群众基本生活。', '通过项目实施，改善基层公共服务条件，提高群众获得感和满意度。', '完成年度重点工作任务，资金使用合规，社会效益显著。',
  '目标1：完成全年培训计划，提升工作人员业务能力；目标2：规范资金管理，确保专款专用。', '本项目拟投入资金用于设施维护和更新改造，项目计划于2024年12月31日前完成，受益群众满意度达到95%以上。',
] as const;
export const ACHIEVEMENTS = ['项目已按计划全部实施，各项任务基本完成。', '全年任务如期完成，资金支付及时，群众反映良好。', '完成年度培训和宣传任务，个别指标因疫情影响略有偏差。'] as const;
export const DEVIATIONS = ['', '', '', '', '合同签订时间较晚，年底前已全部支付', '参训人员工学矛盾突出，下一年度改为分批组织', '部分设备尚未到货，已督促供应商加快进度', '政策宣传力度不够，今后将加强线上线下宣传'] as const;
