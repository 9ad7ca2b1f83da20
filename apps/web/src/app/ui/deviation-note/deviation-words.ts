import { dictionary } from '../../words/dictionary';

export const deviationWords = dictionary(
  {
    causes: '偏差原因', sentence: '原因说明', measures: '改进措施', likelihood: '完成目标可能性', forecast: '全年预计完成情况', owed: '本行得分低于权重或明显超额，须说明原因。', saved: '已保存', saving: '保存中',
    sentencePlaceholder: '写明为什么有偏差', measuresPlaceholder: '写明准备怎么做、何时完成', forecastPlaceholder: '如 26.4万人', theirs: '他人刚刚改过这段说明：“{sentence}”', takeTheirs: '采用对方的', keepMine: '保留我的', nobody: '未填写',
  },
  {
    causes: 'Causes', sentence: 'Explanation', measures: 'Measures', likelihood: 'Will the target be reached?', forecast: 'Expected by year end', owed: 'This row earns less than its weight or is far above target: an explanation is owed.', saved: 'Saved', saving: 'Saving',
    sentencePlaceholder: 'Say why there is a deviation', measuresPlaceholder: 'Say what will be done, and by when', forecastPlaceholder: 'Such as 26.4万人', theirs: 'Someone changed this explanation a moment ago: “{sentence}”', takeTheirs: 'Take theirs', keepMine: 'Keep mine', nobody: 'Nothing written',
  },
);
