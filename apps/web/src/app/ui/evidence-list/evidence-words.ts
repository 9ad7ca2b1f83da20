import { dictionary } from '../../words/dictionary';

export const evidenceWords = dictionary(
  {
    none: '还没有上传。', wanted: '按目标表应有：{kind}', add: '选择文件', drop: '把文件拖到这里，或拖到表中这一行。每个文件不超过 20 MB。', remove: '移除', removeOf: '移除“{file}”', really: '确定移除', keep: '不移除',
    uploading: '正在上传“{file}”', failed: '“{file}”没有上传：{sentence}', retry: '重试', dismiss: '知道了', by: '{by}，{at}', open: '打开“{file}”',
  },
  {
    none: 'Nothing uploaded yet.', wanted: 'The target table asks for: {kind}', add: 'Choose files', drop: 'Drop files here or onto the row in the table. At most 20 MB each.', remove: 'Remove', removeOf: 'Remove “{file}”', really: 'Remove it', keep: 'Keep it',
    uploading: 'Uploading “{file}”', failed: '“{file}” was not uploaded: {sentence}', retry: 'Try again', dismiss: 'Close', by: '{by}, {at}', open: 'Open “{file}”',
  },
);
