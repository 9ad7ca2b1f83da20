import { TestBed } from '@angular/core/testing';
import { FETCH, Http, queryText } from './http';
import { newRequestId } from './new-request-id';
import { aRefusal, aServer, anAnswer } from './testing/a-refusal';

function httpWith(...answers: readonly (Response | Error)[]) {
  const server = aServer(...answers);
  TestBed.configureTestingModule({ providers: [{ provide: FETCH, useValue: server.fetch }] });
  return { http: TestBed.inject(Http), asked: server.asked };
}

describe('the way to the server', () => {
  // jsdom has no timeout signal; what it does is tried with the error it raises.
  beforeAll(() => { AbortSignal.timeout ??= () => new AbortController().signal; });

  it('brings an answer back as a value', async () => {
    const { http, asked } = httpWith(anAnswer(200, { today: '2025-01-09' }));
    expect(await http.get('/session')).toEqual({ ok: true, value: { today: '2025-01-09' } });
    expect(asked[0]?.url).toBe('/api/session');
  });
  it('carries the token of the session on every write and on no read', async () => {
    const { http, asked } = httpWith(anAnswer(200, {}), anAnswer(204));
    http.useCsrfToken('token-1');
    await http.get('/work');
    await http.send('POST', '/target-tables', { a: 1 });
    expect(asked.map((call) => (call.init.headers as Record<string, string>)['x-csrf-token'])).toEqual([undefined, 'token-1']);
    expect(asked[1]?.init.body).toBe('{"a":1}');
  });
  it('brings a refusal back with its sentence and what is there now', async () => {
    const stale = aRefusal('actual.stale-revision', 409, { present: { revision: 4 } });
    const { http } = httpWith(anAnswer(409, stale));
    expect(await http.send('PUT', '/x', {})).toEqual({ ok: false, problem: stale });
  });
  it('says in its own words that nobody answered', async () => {
    const { http } = httpWith(new TypeError('Failed to fetch'));
    const answer = await http.send('PUT', '/x', {});
    expect(answer).toMatchObject({ ok: false, problem: { code: 'web.unreachable', status: 0, sentence: { zh: expect.stringContaining('您填写的内容还在页面上') as string } } });
  });
  it('tells a slow server from an absent one', async () => {
    const { http } = httpWith(new DOMException('slow', 'TimeoutError') as unknown as Error);
    expect(await http.get('/x')).toMatchObject({ ok: false, problem: { code: 'web.timeout' } });
  });
  it('shows no raw page of a proxy in between', async () => {
    const { http } = httpWith(anAnswer(502));
    expect(await http.get('/x')).toMatchObject({ ok: false, problem: { code: 'web.unreadable', status: 502, sentence: { en: expect.stringContaining('502') as string } } });
  });
  it('notices that the session is gone, but not that a password was wrong', async () => {
    const { http } = httpWith(anAnswer(401, aRefusal('house.wrong-password', 401)), anAnswer(401, aRefusal('house.not-signed-in', 401)));
    await http.send('POST', '/session', {});
    expect(http.sessionLost()).toBe(0);
    await http.get('/work');
    expect(http.sessionLost()).toBe(1);
  });
  it('leaves out of the address what was not asked for', () => {
    expect(queryText({ fiscalYear: 2024, unitId: null, q: '', commit: false })).toBe('?fiscalYear=2024&commit=false');
    expect(queryText({})).toBe('');
  });
});

describe('a request id', () => {
  it('is a UUID of version 4, another one each time', () => {
    const ids = Array.from({ length: 50 }, newRequestId);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
