import fc from 'fast-check';
import { meansEmpty, normalizeText, printedOrNull, squeezeCjk, squeezePrinted } from './text';

describe('cells that hold nothing to fold', () => {
  it('every sign taken to be plain is its own NFKC form, and cells beside it are folded as ever', () => {
    for (let code = 0x21; code <= 0x9fff; code += 1) {
      const sign = String.fromCodePoint(code);
      if (/^[\u4e00-\u9fff0-9A-Za-z.,%=≥≤<>()[\]/+:;_-]$/u.test(sign)) expect(sign.normalize('NFKC')).toBe(sign);
    }
    expect(normalizeText('发放人数(人)')).toBe('发放人数(人)');
    expect(normalizeText('发放人数（人）')).toBe('发放人数(人)');
    expect(normalizeText('发放人数\u200b')).toBe('发放人数');
    expect(squeezePrinted('发放 人数')).toBe('发放人数');
  });
});

describe('text of pasted tables', () => {
  it('loses the blanks of broken cells and nothing else', () => {
    expect(squeezeCjk('产出指 标')).toBe('产出指标');
    expect(squeezeCjk('内部审 计次数 (次)')).toBe('内部审计次数(次)');
    expect(squeezeCjk('＞\n=239\n人')).toBe('>=239人');
    expect(squeezeCjk('玛纳斯县 2024\n年县市绩效考\n核指标')).toBe('玛纳斯县2024年县市绩效考核指标');
    expect(squeezeCjk('IP v6 network')).toBe('IP v6 network');
    expect(squeezePrinted('受益群众满意度 （%）')).toBe('受益群众满意度（%）');
    expect(squeezePrinted('社区“社保核心三版信息系\n统”、村“社保基层服务平台”\n使用率”')).toBe('社区“社保核心三版信息系统”、村“社保基层服务平台”使用率”');
  });
  it('is freed of what cannot be seen', () => {
    expect(normalizeText('\ufeff\u202a２６．４\u200b\u202c\u00a0％')).toBe('26.4 %');
  });
  it('means nothing when it is a dash', () => {
    for (const cell of ['', ' ', '—', '－', '/', '*', '空', '（空）', '无']) expect(printedOrNull(cell)).toBeNull();
    expect(printedOrNull('9 条')).toBe('9条');
    expect(meansEmpty('0')).toBe(false);
  });
  it('does not change when it is made plain twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
      expect(squeezeCjk(squeezeCjk(text))).toBe(squeezeCjk(text));
    }));
  });
});
