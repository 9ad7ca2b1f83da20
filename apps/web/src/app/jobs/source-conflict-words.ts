import { dictionary } from '../words/dictionary';

export const sourceConflictWords = dictionary(
  {
    title: '打开之后已被他人修改，请选择以哪一份为准', what: '内容', theirs: '现在的', mine: '您填写的', nothing: '（无）', settings: '身份验证、分页、查询、工作表等设置', otherwise: '不同', same: '现在的内容与您填写的相同。', takeTheirs: '采用现在的', keepMine: '保留我的并保存',
  },
  {
    title: 'Somebody has changed it since you opened it. Choose which one counts', what: 'What', theirs: 'There now', mine: 'Yours', nothing: '(none)', settings: 'Authentication, paging, query, sheet and the like', otherwise: 'differ', same: 'What is there now is what you typed.', takeTheirs: 'Take what is there', keepMine: 'Keep mine and save',
  },
);
