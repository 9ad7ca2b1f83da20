import { dictionary } from '../words/dictionary';

/** Sentences about forms that say what was reached: self-evaluations and monitoring forms. */
export const resultsWords = dictionary(
  {
    SELF_EVALUATION: '这是自评表', MONITORING: '这是监控表', TARGET: '这是目标表', noDraft: '不会采纳为目标表，“全部采纳”时跳过。', why: '依据：与表样“{template}”相符（把握 {share}），{n} 行有实际完成值。',
    title: '作为上年完成值', unitFirst: '请先选择归属单位。', target: '将填入本单位 {year} 年目标表（第 {version} 版，{state}）', open: '打开目标表', noTarget: '本单位还没有同一项目 {year} 年的目标表；编制或导入后，可回到这里填入。', underWay: '该目标表正在办理中，退回或批复后才能填入。',
    columnTake: '填入', columnName: '三级指标', columnValue: '上年完成值', columnNow: '表中现有', take: '填入“{name}”', nameOnly: '仅名称相同，目标表中属于“{level}”', same: '已相同', none: '没有可对应的指标。', unmatched: '{n} 行没有对应的完成值',
    reason: '调整理由', reasonDefault: '按“{file}”补填上年完成值', fillDraft: '填入草稿（{n} 行）', fillAdjustment: '形成目标调整稿（{n} 行）',
  },
  {
    SELF_EVALUATION: 'This is a self-evaluation', MONITORING: 'This is a monitoring form', TARGET: 'This is a target table', noDraft: 'It becomes no target table; “accept all” passes over it.', why: 'Because it fits the template “{template}” (certainty {share}), and {n} rows have a result.',
    title: 'As last year’s values', unitFirst: 'Choose the unit first.', target: 'For the unit’s {year} target table (version {version}, {state})', open: 'Open the table', noTarget: 'The unit has no {year} target table of this project yet. Make or import it, then come back.', underWay: 'That table is under way; it can be filled once it is returned or in force.',
    columnTake: 'Take', columnName: 'Indicator', columnValue: 'Last year', columnNow: 'There now', take: 'Take “{name}”', nameOnly: 'Only the name agrees; in the target table it belongs to “{level}”', same: 'the same', none: 'No indicator has a counterpart.', unmatched: '{n} rows without a value',
    reason: 'Reason for the adjustment', reasonDefault: 'Last year’s values added from “{file}”', fillDraft: 'Fill the draft ({n} rows)', fillAdjustment: 'Make an adjustment draft ({n} rows)',
  },
);
