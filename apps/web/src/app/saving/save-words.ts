import { dictionary } from '../words/dictionary';

/** Where something that saves itself stands. */
export const saveWords = dictionary(
  { saved: '已保存', saving: '保存中…', waiting: '未保存', refused: '未保存', conflict: '他人已修改', offline: '连接中断，稍后自动重试' },
  { saved: 'Saved', saving: 'Saving…', waiting: 'Not saved', refused: 'Not saved', conflict: 'Changed by someone else', offline: 'Offline; trying again' },
);
export type SaveKey = keyof (typeof saveWords)['zh'];
