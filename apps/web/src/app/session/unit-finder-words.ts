import { dictionary } from '../words/dictionary';

export const unitFinderWords = dictionary(
  { typeName: '键入名称或编码查找单位', searching: '正在查找…', none: '没有这样的单位', notAsked: '没有查到：服务器没有应答，请再键入一次', narrow: '还有更多，请再键入几个字' },
  { typeName: 'Type part of a name or code', searching: 'Searching …', none: 'There is no such unit', notAsked: 'The server did not answer; type once more', narrow: 'There are more: type another letter' },
);
