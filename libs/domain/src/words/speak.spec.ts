import { theRow } from '../../testing/the-six-tables';
import { fits, recordActual } from '../actual/record-actual';
import { quarters } from '../period/reporting-period';
import type { Result } from '../result';
import { sayRefusal } from './refusal-words';
import { speak } from './speak';

/** What a person reads in each language. */
function said(result: Result<unknown>): { zh: string; en: string } {
  if (result.ok) throw new Error('not refused');
  return { zh: sayRefusal(result.refusal, 'zh'), en: sayRefusal(result.refusal, 'en') };
}

describe('a sentence in two languages', () => {
  it('takes the English word of a fact where there is one, and shows a mark nobody filled', () => {
    const words = { zh: '为“{state}”，共 {count} 行，{missing}', en: 'is “{state}”, {count} rows, {missing}' };
    const params = { state: '已签字', stateEn: 'signed', count: '3' };
    expect([speak(words, params, 'zh'), speak(words, params, 'en')]).toEqual(['为“已签字”，共 3 行，{missing}', 'is “signed”, 3 rows, {missing}']);
  });

  it('names states, periods and kinds of values in the language of the sentence', () => {
    const [first] = quarters(2024, 15);
    if (first === undefined) throw new Error('four quarters');
    const command = { period: first, today: '2024-05-01', reopened: false, indicator: theRow('KZ-U6'), roles: ['reporter'], current: null, seenRevision: 0, entry: { text: '26.4' }, origin: 'TYPED' } as const;
    expect(said(recordActual({ ...command, reportState: 'SIGNED' }))).toEqual({
      zh: '本期监控表现为“已签字”，不能修改；请先取消送审或请审核人退回。', en: 'This report is “signed” and cannot be edited. Withdraw it, or ask the reviewer to return it.',
    });
    expect(said(recordActual({ ...command, reportState: 'DRAFT' }))).toEqual({
      zh: '2024年第一季度 已截止（2024-04-15），不能再填报；确需补报的，请单位负责人、主管部门或财政部门办理延期。', en: '2024 Q1 closed on 2024-04-15; entries are locked. Ask the manager, the department or the finance authority for more time.',
    });
    expect(said(fits({ kind: 'DATED', date: '2024-12-20' }, theRow('KZ-U6')))).toEqual({
      zh: '“城乡居民养老保险参保人数达到”是定量指标，不能填写日期。', en: '“城乡居民养老保险参保人数达到” is a quantitative indicator; a date cannot be entered here.',
    });
  });
});
