import type { MonitoringReportView } from '@jiheng/contract';
import { idOf } from '../api/testing/a-report';
import type { MoveBody } from '../api/moves';
import { type Problem, answered, refused } from '../api/problem';
import { ReviewModel } from './review-model';
import { reviewRow } from './review-row';
import { aScoredReport, rowOf } from './testing/scored-report';

const problem = (code: string): Problem => ({ type: 'about:blank', title: code, status: 409, code, params: {}, sentence: { zh: code, en: code } });
const changedTo = (audits: string, score: number): MonitoringReportView => {
  const report = aScoredReport({ 'KZ-A1': { kind: 'REPORTED', magnitude: audits, unit: '次' } });
  return { ...report, score: { ...report.score, scoreId: idOf(9, score) as never } };
};

function open(views: MonitoringReportView[], answers: (Problem | null)[] = []) {
  const sent: MoveBody[] = [];
  const extended: object[] = [];
  let at = 0;
  const model = new ReviewModel({
    view: async () => answered(views[Math.min(at++, views.length - 1)] as MonitoringReportView),
    move: async (_, body) => {
      sent.push(body);
      const refusal = answers.shift() ?? null;
      return refusal === null ? answered({ state: 'SIGNED', revision: 8, moves: [] }) : refused(refusal);
    },
    extend: async (_, body) => {
      extended.push(body);
      const refusal = answers.shift() ?? null;
      return refusal === null ? answered({ ...aScoredReport(), extendedUntil: body.until }) : refused(refusal);
    },
  });
  return { model, sent, extended };
}

describe('a manager signs the fourth quarter of KZ-A', () => {
  it('reads 84.19 of 90 on the page and signs exactly that score on that revision', async () => {
    const { model, sent } = open([aScoredReport()]);
    await model.read('r');
    expect([model.points(), model.weight()]).toEqual(['84.19', '90']);
    expect(await model.move({ move: 'sign' })).toBe(true);
    expect(sent).toEqual([{ move: 'sign', expectedRevision: 7, scoreId: idOf(9, 1) }]);
    expect(model.moved()).toBe('sign');
  });

  it('is refused when points changed meanwhile, sees 5.00 → 4.00 for the audits, and signs after looking', async () => {
    const { model, sent } = open([aScoredReport(), changedTo('4', 2)], [problem('workflow.points-changed')]);
    await model.read('r');
    expect(await model.move({ move: 'sign' })).toBe(false);
    expect(model.problem()?.code).toBe('workflow.points-changed');
    expect(model.seen.changed()).toEqual([{ id: rowOf(aScoredReport(), 'KZ-A1').indicator.id, name: '内部审计次数', before: { points: '5.00', value: '5次' }, after: { points: '4.00', value: '4次' } }]);
    model.seen.look();
    expect(model.seen.changed()).toEqual([]);
    await model.move({ move: 'sign' });
    expect(sent.map((body) => body.scoreId)).toEqual([idOf(9, 1), idOf(9, 2)]);
  });

  it('does not sign behind the back of the reader: a page that refreshed itself still carries the score that was read', async () => {
    const { model, sent } = open([aScoredReport(), changedTo('4', 2)], [problem('workflow.points-changed')]);
    await model.read('r');
    await model.refresh();
    await model.move({ move: 'sign' });
    expect(sent[0]?.scoreId).toBe(idOf(9, 1));
  });

  it('takes points that were still being computed as part of the first look', async () => {
    const report = aScoredReport();
    const waiting = { ...report, score: { ...report.score, state: 'WAITING' as const, scoreId: null }, rows: report.rows.map((row) => ({ ...row, score: null })) };
    const { model, sent } = open([waiting, report]);
    await model.read('r');
    expect([model.pending(), model.points()]).toEqual([true, null]);
    await model.refresh();
    expect([model.pending(), model.points(), model.seen.changed()]).toEqual([false, '84.19', []]);
    await model.move({ move: 'sign' });
    expect(sent[0]?.scoreId).toBe(idOf(9, 1));
  });

  it('keeps the page and says why when the signer recorded a value', async () => {
    const { model } = open([aScoredReport()], [problem('workflow.signer-recorded')]);
    await model.read('r');
    expect(await model.move({ move: 'sign' })).toBe(false);
    expect([model.problem()?.code, model.report()?.state, model.busy()]).toEqual(['workflow.signer-recorded', 'REVIEWED', false]);
  });

  it('sends an opinion along when it returns the report', async () => {
    const { model, sent } = open([aScoredReport()]);
    await model.read('r');
    await model.move({ move: 'return', opinion: '请核对培训次数' });
    expect(sent[0]).toMatchObject({ move: 'return', opinion: '请核对培训次数', expectedRevision: 7 });
  });
});

describe('what changed since the report came back', () => {
  it('leaves out a value that is what it was again: 99 → 98 → 99 %', async () => {
    const report = aScoredReport();
    const [first, second] = report.rows;
    const value = (magnitude: string) => ({ kind: 'REPORTED' as const, magnitude, unit: '%' });
    const rows = [{ indicatorId: first!.indicator.id, before: value('99'), after: value('99.0') }, { indicatorId: second!.indicator.id, before: null, after: value('99') }];
    const { model } = open([{ ...report, changedSince: { move: 'submit', at: '2025-01-07T02:00:00Z', rows } }]);
    await model.read('r');
    expect([...model.changes().keys()]).toEqual([second!.indicator.id]);
  });
});

describe('a unit that is late', () => {
  it('gets time until the 25th, with the reason', async () => {
    const { model, extended } = open([aScoredReport()]);
    await model.read('r');
    expect(await model.extend({ until: '2025-02-25', reason: '数据核对尚未完成' })).toBe(true);
    expect([extended, model.report()?.extendedUntil]).toEqual([[{ until: '2025-02-25', reason: '数据核对尚未完成' }], '2025-02-25']);
  });

  it('gets none from somebody who may not give it, and reads why', async () => {
    const { model } = open([aScoredReport()], [problem('house.not-allowed')]);
    await model.read('r');
    expect(await model.extend({ until: '2025-02-25', reason: '数据核对尚未完成' })).toBe(false);
    expect([model.problem()?.code, model.report()?.state]).toEqual(['house.not-allowed', 'REVIEWED']);
  });
});

describe('a row as it is read in the review', () => {
  it('shows what a value was before it came back', () => {
    const row = rowOf(aScoredReport(), 'KZ-A4');
    const shown = reviewRow(row, 4, { before: { kind: 'REPORTED', magnitude: '95', unit: '%' }, after: { kind: 'REPORTED', magnitude: '92', unit: '%' } }, 'zh');
    expect([shown.changedFrom, shown.current, shown.target, shown.weight]).toEqual(['95%', '92%', '≥95%', '5']);
    expect(shown.steps.join(' ')).toContain('5 × 92');
    expect(reviewRow(row, 4, { before: null, after: { kind: 'NOT_REPORTED' } }, 'zh').changedFrom).toBe('');
    expect(reviewRow(row, 4, undefined, 'zh').changedFrom).toBeNull();
  });

  it('puts a differing candidate beside the value, in the language of the reader', () => {
    const row = rowOf(aScoredReport({}, (one) => ({ ...one, candidate: { id: 'c' as never, actual: { kind: 'REPORTED', magnitude: '91', unit: '%' }, sourceName: '审计系统', observedAt: '2025-01-09T01:00:00Z', verbatim: '91', sha256: 'a', warning: null, outcome: 'CANDIDATE' } })), 'KZ-A4');
    expect(reviewRow(row, 4, undefined, 'zh').candidate).toBe('91%');
    expect(reviewRow({ ...row, candidate: { ...row.candidate as never as object, outcome: 'SAME' } as never }, 4, undefined, 'en').candidate).toBeNull();
  });
});
