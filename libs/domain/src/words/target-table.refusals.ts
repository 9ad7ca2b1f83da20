import type { Words } from './speak';

/** What can be wrong with a target table. */
export const targetTableRefusals = {
  'target-table.weights-not-total': { zh: '指标分值权重合计为 {found}，应为 {expected}，请调整后再送审。', en: 'The weights add up to {found}, they must add up to {expected}. Adjust them before submitting.' },
  'target-table.not-found': { zh: '没有找到这张绩效目标表，可能已被替换，请返回列表重新打开。', en: 'This target table was not found; it may have been replaced. Go back to the list and open it again.' },
  'target-table.locked': { zh: '本表已批复，不能直接修改；如需调整，请办理绩效目标调整。', en: 'This table is approved and cannot be edited; use a target adjustment to change it.' },
  'target-table.row-unknown': { zh: '要调整的指标（{key}）不在本表中，请刷新后再试。', en: 'The row to be adjusted ({key}) is not in this table. Refresh and try again.' },
  'target-table.row-exists': { zh: '“{name}”已在本表中，不能重复增加。', en: '“{name}” is already in this table and cannot be added again.' },
  'target-table.nothing-changed': { zh: '没有任何调整内容。', en: 'Nothing is changed by this adjustment.' },
  'target-table.not-discardable': { zh: '只有从未送审过的草稿可以删除；送审过的表会留在办理记录里，请修改后再送审。', en: 'Only a draft that was never submitted can be deleted. A table that was submitted stays on record; change it and submit it again.' },
  'finding.not-found': { zh: '这条检查提示已不存在：所在内容改动过，或问题已经改正，请刷新后查看。', en: 'This finding is no longer there: what it is about was changed or corrected. Refresh to see the present ones.' },
  'finding.not-warning': { zh: '只有警告可以写明理由后接受；这一条是{severity}。', en: 'Only warnings can be accepted with a reason; this one is {severity}.' },
} as const satisfies Record<string, Words>;
