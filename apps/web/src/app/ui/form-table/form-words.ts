import type { Language } from '../../words/dictionary';

/** The printed words of the national forms in English. The forms themselves are Chinese; an English reader gets these on the screen. */
export const FORM_ENGLISH: Readonly<Record<string, string>> = {
  单位整体绩效目标表: 'Performance target table of the whole unit', 项目支出绩效目标表: 'Performance target table of a project', 项目支出绩效目标执行监控表: 'Monitoring table of project targets',
  项目支出绩效自评表: 'Self-evaluation table of a project', 单位整体支出绩效自评表: 'Self-evaluation table of the whole unit', 单位整体绩效自评表: 'Self-evaluation table of the whole unit', 部门整体支出绩效自评表: 'Self-evaluation table of the whole unit',
  '单位名称（盖章）': 'Unit (seal)', 单位名称: 'Unit', 单位联系人: 'Contact', 联系电话: 'Telephone', 年度绩效目标: 'Goal of the year', '年度预算（万元）': 'Budget of the year (10,000 yuan)', 资金来源: 'Source of funds', '资金总额（万元）': 'Amount (10,000 yuan)',
  财政资金: 'Fiscal funds', 上级安排: 'From the higher level', 本级安排: 'From this level', 其他资金: 'Other funds', 其他: 'Other', 一级指标: 'Level 1', 二级指标: 'Level 2', 三级指标: 'Indicator', 指标值: 'Target', 指标设定依据: 'Basis', 分值权重: 'Weight',
  年度主要任务: 'Main tasks of the year', 任务名称: 'Task', 主要内容: 'Content', '预算金额（万元）': 'Budget (10,000 yuan)', 总额: 'Total', 财政拨款: 'Fiscal', 金额合计: 'Together',
  预算单位: 'Budget unit', 项目名称: 'Project', 项目负责人: 'Project lead', '项目资金（万元）': 'Project funds (10,000 yuan)', 年度预算总额: 'Budget of the year', '其中：财政拨款': 'of which fiscal', 项目总体目标: 'Overall goal of the project', 指标值设置依据: 'Basis', 上年完成值: 'Last year', 指标分值权重: 'Weight', 指标赋分规则: 'Scoring rule', 佐证资料: 'Evidence',
  主管部门: 'Department', 实施单位: 'Implementing unit', 年初预算数: 'Initial budget', 全年预计执行数: 'Expected for the year', 年度总体目标: 'Overall goal of the year', 年度指标值: 'Target of the year', 全年预计完成情况: 'Expected for the year', 偏差原因分析: 'Causes of deviation', 经费保障: 'Funds', 制度保障: 'Institutions', 人员保障: 'Staff', 硬件条件保障: 'Equipment', 原因说明: 'Explanation', 完成目标可能性: 'Likelihood', 确定能: 'Certain', 有可能: 'Possible', 完全不可能: 'Impossible', 备注: 'Remarks',
  预期目标: 'Expected', 实际完成情况: 'Achieved', 实际完成值: 'Actual', 分值: 'Weight', 得分: 'Points', 偏差原因分析及改进措施: 'Causes of deviation and measures', '全年预算数（A）': 'Budget of the year (A)', '全年执行数（B）': 'Executed (B)', '执行率（B/A）': 'Rate (B/A)', 总分: 'Total', 年度资金总额: 'Funds of the year',
  产出指标: 'Output', 成本指标: 'Cost', 效益指标: 'Benefit', 满意度指标: 'Satisfaction', 数量指标: 'Quantity', 质量指标: 'Quality', 时效指标: 'Timeliness', 经济成本指标: 'Economic cost', 社会成本指标: 'Social cost', 生态环境成本指标: 'Environmental cost', 经济效益指标: 'Economic benefit', 社会效益指标: 'Social benefit', 生态效益指标: 'Ecological benefit', 可持续影响指标: 'Lasting effect', 服务对象满意度指标: 'Satisfaction of those served',
  运行成本: 'Running cost', 管理效率: 'Efficiency of management', 履职效能: 'Performance of duties', 社会效应: 'Effect on society', 可持续发展能力: 'Capacity to develop', 服务对象满意度: 'Satisfaction of those served',
  计划标准: 'Plan', 行业标准: 'Sector standard', 历史标准: 'Past figures', 预算支出标准: 'Spending standard', 其他认可标准: 'Other standard', 新增: 'New', 正式资料: 'Formal documents', 工作资料: 'Working papers', 原始凭证: 'Vouchers', 说明材料: 'Explanations',
  按照完成比例赋分: 'Proportional', 按评判等级赋分: 'By grade', 满意度赋分: 'Satisfaction', 直接赋分: 'All or nothing',
};

/** A printed word in the language of the screen. What is not a word of a form (names, figures, goals) stays as it was entered. */
export function sayFormWord(text: string, language: Language): string {
  if (language === 'zh') return text;
  const year = /^（(\d{4})\s*年）$/.exec(text);
  if (year) return `(${year[1]})`;
  const part = /^(.*)(执行数|执行率|执行情况)$/.exec(text);
  if (part && !(text in FORM_ENGLISH)) return `${{ 执行数: 'Executed', 执行率: 'Rate', 执行情况: 'Reached' }[part[2] as '执行数']} ${part[1]}`.trim();
  return FORM_ENGLISH[text] ?? text;
}
