import type { Refusal } from '../result';
import { sayRefusal } from './refusal-words';
import { saySeveral } from './several';

const both = (refusal: Refusal) => ({ zh: sayRefusal(refusal), en: sayRefusal(refusal, 'en') });
const notAllowed = (source: string, status: string) => both({ code: 'pull.not-allowed', params: { source, status } });

describe('one sentence for several that met the same refusal', () => {
  it('names none of them, and says what the single sentences say alike', () => {
    expect(saySeveral('pull.not-allowed', 3, [notAllowed('甲来源', '401'), notAllowed('乙来源', '401'), notAllowed('省厅接口', '401')])).toEqual({
      zh: '3 个取数来源拒绝访问（401），请各来源的负责人核对授权后再取数。', en: '3 sources refused access (401). Their owners have to check the authorisation, then pull again.',
    });
    expect(saySeveral('pull.not-allowed', 2, [notAllowed('甲来源', '401'), notAllowed('乙来源', '403')]).zh).toContain('2 个取数来源拒绝访问（401；403），');
  });

  it('leaves out what an older wording does not tell, and what would be a long list', () => {
    expect(saySeveral('pull.not-allowed', 2, [{ zh: '旧的说法', en: 'older words' }, { zh: '另一种说法', en: 'others' }])).toEqual({
      zh: '2 个取数来源拒绝访问，请各来源的负责人核对授权后再取数。', en: '2 sources refused access. Their owners have to check the authorisation, then pull again.',
    });
    const away = ['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'HTTP 503'].map((cause) => both({ code: 'pull.source-away-paused', params: { source: cause, cause, tries: '4', since: '9日 08:00', sinceEn: '08:00' } }));
    expect(saySeveral('pull.source-away-paused', 2, away.slice(0, 2))).toEqual({ zh: expect.stringContaining('2 个取数来源没有应答（对方拒绝连接（ECONNREFUSED）；连接超时（ETIMEDOUT）），均已暂停取数'), en: expect.stringContaining('2 sources did not answer (the connection was refused (ECONNREFUSED); the connection timed out (ETIMEDOUT)) and are paused') });
    expect(saySeveral('pull.source-away-paused', 4, away).zh).toMatch(/^4 个取数来源没有应答，均已暂停取数/u);
  });

  it('is their own where they all say the same, and of a refusal without words for several says where to look', () => {
    const same = { zh: '没有评分规则。', en: 'There are no rules.' };
    expect(saySeveral('scoring.no-rules', 5, [same, same])).toEqual(same);
    expect(saySeveral('pull.sheet-unreadable', 2, [same, notAllowed('甲来源', '401')]).zh).toBe('2 个取数来源因同一类原因取数失败，各来源的说明见下方的任务。');
    expect(saySeveral('scoring.no-rules', 2, [same, notAllowed('甲来源', '401')]).en).toBe('2 jobs failed for causes of one kind; each of them below says which.');
  });
});
