import type { Words } from './speak';

/** Why something cannot be scored. */
export const scoringRefusals = {
  'scoring.profile-unknown': { zh: '没有名为“{name}”的评分规则，可用的有：{known}。', en: 'There is no rule profile called “{name}”. Known: {known}.' },
  'scoring.grade-share-outside-band': { zh: '“{grade}”档得分应在 {low}–{high} 之间。', en: 'Grade {grade} earns between {low} and {high} points.' },
} as const satisfies Record<string, Words>;
