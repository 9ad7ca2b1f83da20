import type { ScoreFlag } from '@jiheng/domain';
import { dictionary } from '../../words/dictionary';

/** Facts about a scored row that a reader should see, each in a few words. */
export const flagWords = dictionary(
  {
    OVER: '超额较多', OVER_DEDUCTED: '因目标偏低扣分', NOT_REPORTED: '未填报', NOT_APPLICABLE: '不适用', BELOW_TARGET_FULL_SCORE: '低于指标值但得满分', STRICT_EQUAL: '恰好等于指标值', NEGATIVE_AS_ZERO: '负数按 0 计',
    MANUAL_REVIEW: '须人工复核', FAR_BELOW_LIMIT: '不到限值一半', LATE: '逾期', UNFINISHED: '未完成', OVER_BUDGET: '超预算', BELOW_PASS_THRESHOLD: '低于及格门槛', RATIO_WITHOUT_PARTS: '比率缺分子分母',
  },
  {
    OVER: 'Far above target', OVER_DEDUCTED: 'Points off: target too low', NOT_REPORTED: 'Not reported', NOT_APPLICABLE: 'Not applicable', BELOW_TARGET_FULL_SCORE: 'Full points below target', STRICT_EQUAL: 'Exactly the target', NEGATIVE_AS_ZERO: 'Negative counts as zero',
    MANUAL_REVIEW: 'A person has to look', FAR_BELOW_LIMIT: 'Below half the limit', LATE: 'Late', UNFINISHED: 'Unfinished', OVER_BUDGET: 'Over budget', BELOW_PASS_THRESHOLD: 'Below the pass threshold', RATIO_WITHOUT_PARTS: 'Rate without its parts',
  },
);
/** A flag this browser has words for; others are said as they came. */
export function isKnownFlag(flag: string): flag is ScoreFlag & keyof typeof flagWords.zh {
  return Object.hasOwn(flagWords.zh, flag);
}
