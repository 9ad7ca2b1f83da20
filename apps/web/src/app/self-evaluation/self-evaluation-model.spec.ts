import { signal } from '@angular/core';
import { MOF_2020_10, type RuleProfile } from '@jiheng/domain';
import { TYPING_PAUSE_MS } from '../saving/autosave';
import type { TextStore } from '../saving/draft-shelf';
import type { Problem } from '../api/problem';
import { SelfEvaluationModel } from './self-evaluation-model';
import { rowId } from './testing/a-self-evaluation';
import { AnEvaluationServer } from './testing/an-evaluation-server';

class Shelf implements TextStore {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null { return this.kept.get(key) ?? null; }
  setItem(key: string, value: string): void { this.kept.set(key, value); }
  removeItem(key: string): void { this.kept.delete(key); }
}

function open(server = new AnEvaluationServer(), store: TextStore | null = null, profile: RuleProfile | null = MOF_2020_10) {
  const model = new SelfEvaluationModel(server.now(), server, signal(profile), { store, personId: 'p1', now: () => '2025-02-10T02:30:00Z' });
  const row = (key: string) => model.row(rowId(key)) ?? raise(`no row ${key}`);
  const text = (id: string) => model.written.get(id) ?? raise(`no text ${id}`);
  return { model, server, row, text };
}
function raise(message: string): never { throw new Error(message); }
const pass = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);
const refusal = (code: string): Problem => ({ type: 'about:blank', title: code, status: 422, code, params: {}, sentence: { zh: code, en: code } });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the year of KZ-A: 84.19 + 10.00 = 94.19', () => {
  it('stands with its total, rating and breakdown', () => {
    const { model } = open();
    expect(model.total()).toEqual({ total: '94.19', rating: '优' });
    expect(model.parts().map(({ level1, points, weight }) => [level1, points, weight])).toEqual([['产出指标', '37.55', '40'], ['成本指标', '19.62', '20'], ['效益指标', '17.50', '20'], ['满意度指标', '9.52', '10'], [null, '10.00', '10.00']]);
    expect(model.fullMarks()).toBe('100');
    expect([model.unsaved(), model.isPreview(), model.pending()]).toEqual([0, false, false]);
  });

  it('previews a judgement at once: B with 60 % instead of 75 % takes 1.50 from the row and from the total', async () => {
    const { model, row, server } = open();
    row('KZ-A12').judge({ kind: 'JUDGED', grade: 'B', share: '0.6' });
    expect([row('KZ-A12').points(), model.isPreview(), model.total().total]).toEqual(['6.00', true, '92.69']);
    await pass(TYPING_PAUSE_MS);
    expect(server.asked).toEqual([expect.objectContaining({ what: 'row', at: 'KZ-A12', expectedRevision: 0, body: { judgement: { kind: 'JUDGED', grade: 'B', share: '0.6' } } })]);
    expect([model.isPreview(), model.total().total, row('KZ-A12').settled()]).toEqual([false, '92.69', true]);
  });

  it.each([['0.59', false], ['0.6', true], ['0.79', true], ['0.8', false]])('a share of %s in grade B is kept: %s', async (share, isKept) => {
    const { row, server } = open();
    row('KZ-A12').judge({ kind: 'JUDGED', grade: 'B', share });
    await pass(TYPING_PAUSE_MS * 2);
    expect(row('KZ-A12').objection() === null).toBe(isKept);
    expect(server.asked.length).toBe(isKept ? 1 : 0);
    expect(row('KZ-A12').settled()).toBe(isKept);
  });

  it('does not take "not applicable" without a reason; with one the row leaves the total, which is rescaled', async () => {
    const { model, row, server } = open();
    row('KZ-A12').judge({ kind: 'NOT_APPLICABLE', reason: ' ' });
    await pass(TYPING_PAUSE_MS);
    expect([row('KZ-A12').objection()?.code, server.asked.length]).toEqual(['actual.reason-needed', 0]);
    row('KZ-A12').judge({ kind: 'NOT_APPLICABLE', reason: '本年未开展' });
    expect([row('KZ-A12').points(), model.total().total]).toEqual([null, '96.32']);
    await pass(TYPING_PAUSE_MS);
    expect(model.total().total).toBe('96.32');
  });

  it('keeps computed and adjusted points apart, and goes back to the computed ones', async () => {
    const { model, row } = open();
    row('KZ-A1').adjust({ points: '4.00', reason: '有一次审计未按方案实施' });
    expect([row('KZ-A1').computedPoints(), row('KZ-A1').points(), model.total().total]).toEqual(['5.00', '4.00', '93.19']);
    await pass();
    expect([model.view().computedTotal, model.view().total, row('KZ-A1').server().adjustment?.reason]).toEqual(['94.19', '93.19', '有一次审计未按方案实施']);
    row('KZ-A1').takeBack();
    await pass();
    expect([model.view().total, row('KZ-A1').standing()]).toEqual(['94.19', null]);
  });

  it('says what a row below its weight still owes', () => {
    const { row } = open();
    expect(row('KZ-A2').gaps()).toEqual(['CAUSES', 'SENTENCE', 'MEASURES']);
    row('KZ-A2').explain({ causes: ['STAFF'], sentence: '培训场次合并' });
    expect(row('KZ-A2').gaps()).toEqual(['MEASURES']);
    expect(row('KZ-A1').gaps()).toEqual([]);
  });
});

describe('saving by itself', () => {
  it('sends one request of a row at a time, and then what was typed meanwhile on the new revision', async () => {
    const { row, server } = open();
    const release = server.hold();
    row('KZ-A2').explain({ sentence: '培训' });
    await pass(TYPING_PAUSE_MS);
    row('KZ-A2').explain({ sentence: '培训场次合并' });
    await pass(TYPING_PAUSE_MS * 3);
    expect(server.asked.length).toBe(1);
    release();
    await pass(TYPING_PAUSE_MS);
    expect(server.asked.map((one) => [one.expectedRevision, (one.body as { explanation: { sentence: string } }).explanation.sentence])).toEqual([[0, '培训'], [1, '培训场次合并']]);
    expect(row('KZ-A2').settled()).toBe(true);
  });

  it('asks again under the same request id when an answer got lost', async () => {
    const { row, server } = open();
    server.answersToLose = 1;
    row('KZ-A2').explain({ sentence: '培训场次合并' });
    await pass(TYPING_PAUSE_MS);
    expect(row('KZ-A2').saver.phase().kind).toBe('offline');
    await pass(1_000);
    expect(new Set(server.asked.map((one) => one.requestId)).size).toBe(1);
    expect(row('KZ-A2').settled()).toBe(true);
  });

  it('puts their words beside mine when both wrote the same place, and lets me choose', async () => {
    const { row, server } = open();
    row('KZ-A2').explain({ sentence: '我的说明' });
    server.someoneElseExplains('KZ-A2', '对方的说明');
    await pass(TYPING_PAUSE_MS);
    expect([row('KZ-A2').saver.phase().kind, row('KZ-A2').contested()]).toEqual(['conflict', ['explanation']]);
    expect([row('KZ-A2').explanation().sentence, row('KZ-A2').server().explanation?.sentence]).toEqual(['我的说明', '对方的说明']);
    row('KZ-A2').keepMine();
    await pass();
    expect([server.now().rows[1]?.explanation?.sentence, server.asked.at(-1)?.expectedRevision]).toEqual(['我的说明', 1]);
  });

  it('takes theirs when told to, and sends nothing', async () => {
    const { row, server } = open();
    row('KZ-A2').explain({ sentence: '我的说明' });
    server.someoneElseExplains('KZ-A2', '对方的说明');
    await pass(TYPING_PAUSE_MS);
    row('KZ-A2').takeTheirs();
    await pass();
    expect([row('KZ-A2').explanation().sentence, server.asked.length, row('KZ-A2').settled()]).toEqual(['对方的说明', 1, true]);
  });

  it('needs no choice when the other person changed another part of the row: both stand', async () => {
    const { row, server } = open();
    row('KZ-A2').explain({ sentence: '我的说明' });
    server.someoneElseAdjusts('KZ-A2', '3', '有一场未留签到');
    await pass(TYPING_PAUSE_MS);
    await pass();
    expect(row('KZ-A2').contested()).toEqual([]);
    expect([server.now().rows[1]?.explanation?.sentence, server.now().rows[1]?.adjustment?.points]).toEqual(['我的说明', '3']);
    expect(row('KZ-A2').points()).toBe('3');
  });

  it('keeps what was refused where it was typed, with the sentence', async () => {
    const { model, row, server } = open();
    server.refuseWith = refusal('self-evaluation.not-editable');
    row('KZ-A2').explain({ sentence: '培训场次合并' });
    await pass(TYPING_PAUSE_MS);
    expect(row('KZ-A2').saver.phase()).toMatchObject({ kind: 'refused', problem: { code: 'self-evaluation.not-editable' } });
    expect([row('KZ-A2').explanation().sentence, model.unsaved(), model.stuck()]).toEqual(['培训场次合并', 1, 1]);
  });

  it('writes the goal and the chapters, each with its own revision; a conflict shows both texts', async () => {
    const { server, text } = open();
    text('goal-achieved').write('全年完成内部审计5次。');
    text('overview').write('本项目为常年项目。');
    await pass(TYPING_PAUSE_MS);
    await pass();
    expect([server.now().goalAchieved, server.now().chapters[0]?.written]).toEqual(['全年完成内部审计5次。', '本项目为常年项目。']);
    server.someoneElseWrites('overview', '对方的补充。');
    text('overview').write('本项目为常年项目，第三年。');
    await pass(TYPING_PAUSE_MS);
    expect([text('overview').saver.phase().kind, text('overview').server().text, text('overview').text()]).toEqual(['conflict', '对方的补充。', '本项目为常年项目，第三年。']);
    text('overview').takeTheirs();
    await pass();
    expect([text('overview').text(), text('overview').settled()]).toEqual(['对方的补充。', true]);
  });
});

describe('nothing typed is lost', () => {
  it('brings unsaved words back after a reload, and saves them', async () => {
    const store = new Shelf();
    const first = open(new AnEvaluationServer(), store);
    first.server.reachable = false;
    first.row('KZ-A2').explain({ sentence: '培训场次合并' });
    first.text('measures').write('一季度补办培训。');
    first.row('KZ-A1').draftAdjustment({ points: '4', reason: '写到一半' });
    await pass(TYPING_PAUSE_MS);
    first.model.stop();
    const again = open(new AnEvaluationServer(), store);
    expect(again.model.restoredAt).toBe('2025-02-10T02:30:00Z');
    expect([again.row('KZ-A2').explanation().sentence, again.text('measures').text(), again.row('KZ-A1').adjusting()]).toEqual(['培训场次合并', '一季度补办培训。', { points: '4', reason: '写到一半' }]);
    await pass(TYPING_PAUSE_MS);
    await pass();
    expect([again.server.now().rows[1]?.explanation?.sentence, again.server.now().chapters[2]?.written]).toEqual(['培训场次合并', '一季度补办培训。']);
  });

  it('does not lay an old draft over words that were saved since: the person chooses', async () => {
    const store = new Shelf();
    const first = open(new AnEvaluationServer(), store);
    first.server.reachable = false;
    first.row('KZ-A2').explain({ sentence: '旧草稿' });
    first.text('overview').write('旧草稿');
    await pass(TYPING_PAUSE_MS);
    first.model.stop();
    const server = new AnEvaluationServer();
    server.someoneElseExplains('KZ-A2', '对方后来写的');
    server.someoneElseWrites('overview', '对方后来写的');
    const again = open(server, store);
    await pass(TYPING_PAUSE_MS * 2);
    expect([again.row('KZ-A2').saver.phase().kind, again.text('overview').saver.phase().kind, server.asked]).toEqual(['conflict', 'conflict', []]);
    again.row('KZ-A2').takeTheirs();
    expect(again.row('KZ-A2').explanation().sentence).toBe('对方后来写的');
  });
});

describe('moving on', () => {
  it('saves first, then submits on the revision that came of it', async () => {
    const { model, row, server } = open();
    row('KZ-A2').explain({ sentence: '培训场次合并' });
    const moving = model.move({ move: 'submit' });
    await pass();
    expect(await moving).toBe(true);
    expect(server.asked.map((one) => [one.what, one.expectedRevision])).toEqual([['row', 0], ['move', 4]]);
    expect(model.moved()).toBe('submit');
  });

  it('holds the move back while something could not be saved', async () => {
    const { model, row, server } = open();
    server.refuseWith = refusal('self-evaluation.adjustment-outside');
    row('KZ-A2').explain({ sentence: '培训场次合并' });
    const moving = model.move({ move: 'submit' });
    await pass();
    expect(await moving).toBe(false);
    expect([model.heldBack(), server.asked.some((one) => one.what === 'move')]).toEqual([true, false]);
  });

  it('signs the score that was read: a manager is told that the audits went from 5.00 to 4.00', async () => {
    const server = new AnEvaluationServer({ more: { editable: false, state: 'REVIEWED', moves: ['return', 'sign'] } });
    const { model } = open(server);
    const seen = model.view().score.scoreId;
    server.someoneElseAdjusts('KZ-A1', '4.00', '有一次审计未按方案实施');
    server.more = { score: { ...model.view().score, scoreId: 'another' as never } };
    await model.refresh();
    expect(model.seen.changed()).toEqual([expect.objectContaining({ name: '内部审计次数', before: { points: '5.00', value: '5次' }, after: { points: '4.00', value: '5次' } })]);
    server.refuseMoveWith = refusal('workflow.points-changed');
    await model.move({ move: 'sign' });
    expect((server.asked.at(-1)?.body as { scoreId: string }).scoreId).toBe(seen);
  });

  it('asks for a file of what is stored, and waits for it', async () => {
    const { model, text, server } = open();
    text('goal-achieved').write('全年完成内部审计5次。');
    const asking = model.requestReport('xlsx');
    await pass();
    await asking;
    expect(server.asked.map((one) => one.what)).toEqual(['text', 'report']);
    expect([model.pending(), model.view().artifacts[0]?.state]).toEqual([true, 'WAITING']);
  });

  it('says why no file can be made', async () => {
    const { model, server } = open();
    server.refuseWith = refusal('report.not-scored');
    await model.requestReport('docx');
    expect([model.reportProblem()?.code, model.requesting()]).toEqual(['report.not-scored', null]);
  });
});
