import { dictionary } from '../../words/dictionary';

export const candidateWords = dictionary(
  {
    originShow: '查看出处', originAsked: '取自', originRow: '来源原始行', originFormula: '公式', originBody: '整份应答摘要', found: '候选 {value}', from: '来自“{source}”，{at}', accept: '采用', acceptLong: '采用 {value}', keepMine: '保留我的', keepShort: '不采用', confirmNone: '确定不采用', sure: '仍然采用 {value}', notYet: '先不采用', others: '另有 {n} 个来源给出 {values}', verbatim: '来源原文', sha: '摘要', reason: '不采用的理由', reasonPlaceholder: '例如：来源口径含已注销人员', reasonMissing: '请写明不采用的理由，审核人会看到。',
    confirm: '确定保留我的', cancel: '返回', same: '与已填的值一致', implausible: '可疑：{warning}', settling: '处理中…',
  },
  {
    originShow: 'Where it came from', originAsked: 'Asked at', originRow: 'Row of the source', originFormula: 'Formula', originBody: 'Digest of the answer', found: 'Candidate {value}', from: 'From “{source}”, {at}', accept: 'Take it', acceptLong: 'Take {value}', keepMine: 'Keep mine', keepShort: 'Not this', confirmNone: 'Do not take it', sure: 'Take {value} all the same', notYet: 'Not yet', others: '{n} more source(s) say {values}', verbatim: 'What the source said', sha: 'Digest', reason: 'Why it is not taken', reasonPlaceholder: 'Such as: the source counts closed accounts', reasonMissing: 'Say why it is not taken; the reviewer will read it.',
    confirm: 'Keep mine', cancel: 'Back', same: 'The same as what was entered', implausible: 'Doubtful: {warning}', settling: 'Working…',
  },
);
