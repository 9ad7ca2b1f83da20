import type { DeviationExplanation } from '@jiheng/domain';

type Said = Pick<DeviationExplanation, 'causes' | 'sentence' | 'measures'>;

const SAID: Readonly<Record<string, Said>> = {
  'KZ-A2': { causes: ['STAFF'], sentence: '下半年审计业务骨干抽调参加专项检查，原定第三季度的内部审计培训未能举办。', measures: '已列入下年度一季度培训计划，师资与场地已落实。' },
  'KZ-A4': { causes: ['OTHER'], sentence: '个别审计建议涉及系统改造，需与上级统一安排，本年度未能采纳完毕。', measures: '建立整改台账，每月跟踪，系统改造完成后逐条销号。' },
  'KZ-A6': { causes: ['STAFF'], sentence: '审计实施阶段因被审计单位资料补充，较计划多用一个月。', measures: '下年度在准备阶段提前一个月下达资料清单。' },
  'KZ-A10': { causes: ['FUNDS'], sentence: '第三方审计增加一家县级经办机构，合同价款相应增加 0.2 万元。', measures: '在项目总额内调剂解决，下年度据实编制预算。' },
  'KZ-A12': { causes: ['SYSTEM'], sentence: '经办内控制度已修订，部分县市尚未完成配套实施细则。', measures: '上半年完成全州实施细则，并开展一次交叉检查。' },
  'KZ-A13': { causes: ['OTHER'], sentence: '受益群众满意度较目标低 2 个百分点，主要意见是审计结果公开不够及时。', measures: '审计结果在经办大厅和网站同步公开。' },
  'KZ-A14': { causes: ['STAFF'], sentence: '一线经办人员反映审计期间资料准备工作量大。', measures: '推行电子资料调取，减少重复报送。' },
  'MN-G1': { causes: ['OTHER'], sentence: '年内有退休人员自然死亡，发放人数随之减少，应发尽发。', measures: '按月核对生存认证结果，确保不漏发、不多发。' },
  'MN-G7': { causes: ['OTHER'], sentence: '部分退休职工反映待遇资格认证操作不便，满意度略低于目标。', measures: '增加社区上门认证服务。' },
};

/** What the demonstration's reporters say about a row that owes an explanation; rows without words of their own get a plain one. */
export function explanationFor(key: string, name: string, quarter: number): DeviationExplanation {
  const said: Said = SAID[key] ?? {
    causes: ['OTHER'], sentence: quarter < 4 ? `“${name}”按工作安排集中在后几个季度完成，目前进度低于时间进度。` : `“${name}”受客观条件影响，未完全达到年初目标。`,
    measures: '按月调度，倒排时间节点，确保按期完成。',
  };
  return { ...said, likelihood: quarter < 4 ? 'POSSIBLE' : 'CERTAIN', forecast: quarter < 4 ? '预计年底完成目标' : null };
}
