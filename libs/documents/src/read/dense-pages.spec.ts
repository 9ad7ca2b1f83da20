import { sayRefusal } from '@jiheng/domain';
import { printGrid } from '../fixtures/pdf-table';
import { writePdf } from '../fixtures/pdf-file';
import { readDocument, type ReadFile } from './read-document';

// Pages without any rule whose rows follow one another as closely as the lines of one cell do.

const BLANK = '';
/** A form of 2021: unit and project in two rows, one right above the other. */
const PROJECT: readonly (readonly string[])[] = [
  ['项目支出绩效目标表'], ['（2024年）'], ['项目单位', '红柳滩县农业农村局'], ['项目名称', '档案数字化加工项目', BLANK, BLANK, BLANK, '项目负责人'],
  ['项目资金（万元）', '年度预算总额', '225.03', '其中：财政拨款', '225.03', '其他资金', '0.00'], ['项目总体目标', '完成年度重点工作任务，社会效益显著。'],
  ['一级指标', '二级指标', '三级指标', '指标解释', '指标值', '设定依据', '取值方式', '数据来源', '分值权重', '赋分规则', '佐证资料'],
  ['产出指标', '数量指标', '聘用劳务派遣人员数量', '反映聘用劳务派遣人员数量的情况', '=20人', '计划标准', '直接证明', '业务系统', '40', '按照正常比例赋分', '会议签到表及照片'],
  ['产出指标', '质量指标', '领取待遇资格认证率', '反映领取待遇资格认证率的情况', '=82%', '行业标准', '直接证明', '业务系统', '10', '按照正常比例赋分', '会议签到表及照片'],
  ['效益指标', '社会效益指标', '提高经办服务能力和水平', '反映提高经办服务能力和水平的情况', '逐步提高', '县委县政府年度重点工作任务清单', '直接证明', '业务系统', '30', '按照正常比例赋分', '会议签到表及照片'],
  ['满意度指标', '服务对象满意度指标', '服务对象满意度', '反映服务对象满意度的情况', '≥95%', '县委县政府年度重点工作任务清单', '直接证明', '业务系统', '10', '满意度赋分', '会议签到表及照片'],
];
/** A self-evaluation without levels (Chongqing): a word that fills its column stands above a number. */
const WHOLE: readonly (readonly string[])[] = [
  ['部门（单位）整体绩效自评表'], ['(2025年)'], ['部门（单位）名称', '临江市档案馆', BLANK, BLANK, '自评总分', '89.28'],
  ['年初目标', '按时足额发放各项待遇，切实保障困难群众基本生活。'],
  ['指标名称', '计量单位', '指标性质', '指标权重', '年初指标值', '调整指标值', '全年完成值', '得分系数（%）', '指标得分', '是否核心指标'],
  ['项目总成本', '万元', '＝', '12', '141.56', BLANK, '72.20', '80', '11.52', '是'], ['预算支出控制率', '%', '＝', '7', '96', BLANK, '96', '100', '7', '否'],
  ['设备故障修复率', '%', '＝', '12', '96', BLANK, '70', '80', '10.20', '是'], ['网上办理率', '%', '≥', '6', '96', BLANK, '96', '100', '6', '否'],
  ['资金支付及时率', '%', '≥', '9', '84', BLANK, '84', '100', '9', '否'], ['困难群众救助人次', '人次', '≥', '15', '22495', BLANK, '12372', '80', '3.50', '否'],
  ['营造崇尚文明的良好社会氛围', BLANK, '定性', '10', '持续改善', BLANK, '持续改善', '100', '10', '是'], ['惠及困难群众家庭数量', '户', '≥', '8', '537', BLANK, '537', '100', '8', '否'],
  ['受训人员满意度', '%', '≥', '5', '92', BLANK, '75', '80', '3.90', '否'], ['服务对象满意度', '%', '＞', '6', '97', BLANK, '98', '100', '6', '否'],
];

/** Cells of the head reach over several of the columns below. */
const MERGED = [2, 3].map((row) => ({ s: { r: row, c: 1 }, e: { r: row, c: 4 } }));

async function read(rows: readonly (readonly string[])[], vertical: 'top' | 'middle', merges: typeof MERGED = []): Promise<ReadFile['tables'][number]> {
  const width = Math.max(...rows.map((row) => row.length));
  const grid = { rows: rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => BLANK)]), merges };
  const answer = await readDocument(writePdf(printGrid(grid, { rules: 'none', padding: 0, vertical, titleRows: 2 })), '密排.pdf');
  if (!answer.ok) throw new Error(sayRefusal(answer.refusal));
  const [table] = answer.value.tables;
  if (table === undefined) throw new Error('no table was read');
  return table;
}

describe('a page whose rows are as close as lines', () => {
  it('keeps a value beside its own label, however close the value above it stands', async () => {
    const { budgetUnit, project, indicators } = await read(PROJECT, 'top', MERGED);
    expect([budgetUnit, project]).toEqual(['红柳滩县农业农村局', '档案数字化加工项目']);
    expect(indicators.map(({ level1, name, weight }) => [level1, name, weight])).toEqual([
      ['产出指标', '聘用劳务派遣人员数量', '40'], ['产出指标', '领取待遇资格认证率', '10'], ['效益指标', '提高经办服务能力和水平', '30'], ['满意度指标', '服务对象满意度', '10'],
    ]);
  });

  it.each(['top', 'middle'] as const)('deals each cell of a column to its row and does not leave out a whole column for one that fits none, texts held at the %s', async (vertical) => {
    const { indicators } = await read(WHOLE, vertical);
    expect(indicators.map(({ name, weight, pointsRaw }) => [name, weight, pointsRaw])).toEqual(WHOLE.slice(5).map((row) => [row[0], row[3], row[8]]));
  });
});
