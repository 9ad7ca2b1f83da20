import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { FAKE_CLIENT, type FakeMode, type FakeSource, startFakeSource } from '../../../../../../tools/fake-source/server';
import { sayRefusal } from '@jiheng/domain';
import { Egress } from '../../egress/egress';
import { PULL_CONSEQUENCES } from '../../pull-failure';
import type { SourceAddress } from '../../source-connector';
import { FOURTH_QUARTER as fourthQuarter, FIRST_QUARTER, aSource, short } from '../testing/a-source';
import { Dhis2Connector } from '../dhis2/dhis2.connector';
import { HttpJsonConnector, type HttpLimits } from './http-json.connector';
import { OAuth2Tokens } from './oauth2-token';

const MB = 1_048_576;
const LIMITS: HttpLimits = { requestMs: 20_000, timeoutMs: 40_000, maxBytes: MB, maxRows: 1000, maxPages: 10 };
const LOOPBACK = new Egress(['127.0.0.1:*']);
const ALL = ['urban-rural-pension=264000', 'enterprise-pension=64300', 'public-service-pension=5.79万人', 'work-injury=100,120 人', 'unemployment=68300人', 'coverage=95.6%'];

describe('asking an address that answers JSON', () => {
  let upstream: FakeSource;
  let connector: HttpJsonConnector;
  let hurried: HttpJsonConnector;
  let source: SourceAddress;

  beforeAll(async () => {
    upstream = await startFakeSource({ slowMs: 60_000 });
    // Patience for a crowded machine; only the slow upstream is asked by somebody in a hurry.
    connector = new HttpJsonConnector(LOOPBACK, LIMITS);
    hurried = new HttpJsonConnector(LOOPBACK, { ...LIMITS, requestMs: 300 });
    source = aSource({ place: `${upstream.url}/insured?period={period}` });
  });
  afterAll(() => upstream.stop());
  beforeEach(() => upstream.behave('ok'));

  it('takes 264000 persons as they stand', async () => {
    const fetched = await connector.fetch(source, fourthQuarter);
    expect(fetched.ok && fetched.rows[0]).toEqual({ key: 'urban-rural-pension', verbatim: '264000', row: '{"key":"urban-rural-pension","value":264000}' });
  });

  it('loses no digit of a number that a float would round', async () => {
    upstream.say('{"rows":[{"key":"a","value":26.10},{"key":"b","value":12345678901234567890.25}]}');
    const fetched = await connector.fetch(source, fourthQuarter);
    expect(fetched.ok && fetched.rows.map((row) => row.verbatim)).toEqual(['26.10', '12345678901234567890.25']);
  });

  it('a value that is null is named and says nothing yet; a member that is not there is a slip in its name', async () => {
    upstream.say('{"rows":[{"key":"a","value":null},{"key":"b","value":"5"}],"total":null}');
    expect(short(await connector.fetch({ ...source, wanted: ['$.total'] }, fourthQuarter))).toEqual(['a=', 'b=5', '$.total=']);
    upstream.say('{"rows":[{"key":"a","valu":1}]}');
    expect(short(await connector.fetch(source, fourthQuarter))).toEqual(['UNREADABLE_BODY', 'pull.unreadable-body']);
  });

  it('says that a page for people came in the place of data', async () => {
    upstream.behave('garbage');
    const fetched = await connector.fetch(source, fourthQuarter);
    expect(fetched.ok ? '' : sayRefusal(fetched.failure.refusal, 'zh')).toContain('无法读取：内容是网页而不是 JSON，多半是登录页、报错页或维护公告');
    expect(fetched.ok ? '' : sayRefusal(fetched.failure.refusal, 'en')).toContain('it is a web page and not JSON');
  });

  it('takes single places of a document that has no rows at all, with what stands around them', async () => {
    upstream.say('{"data":{"insured":{"total":26.40,"unit":"万人"},"asOf":"2024-12-31"}}');
    const wanted = ['$.data.insured.total', '$.data.insured', '$.data.nothing', 'key-of-a-row'];
    const fetched = await connector.fetch({ ...source, wanted }, fourthQuarter);
    expect(fetched.ok && fetched.rows).toEqual([{ key: '$.data.insured.total', verbatim: '26.40', row: '{"total":26.40,"unit":"万人"}' }]);
    expect(short(await connector.fetch({ ...source, wanted: ['$.data.nothing'] }, fourthQuarter))).toEqual(['UNREADABLE_BODY', 'pull.unreadable-body']);
  });

  it.each<[FakeMode, string, string]>([
    ['slow', 'SOURCE_AWAY', 'pull.source-away'],
    ['broken', 'SOURCE_AWAY', 'pull.source-away'],
    ['gone', 'SOURCE_AWAY', 'pull.source-away'],
    ['unauthorised', 'NOT_ALLOWED', 'pull.not-allowed'],
    ['forbidden', 'NOT_ALLOWED', 'pull.not-allowed'],
    ['missing', 'NOT_THERE', 'pull.not-there'],
    ['empty', 'NOT_THERE', 'pull.not-there'],
    ['garbage', 'UNREADABLE_BODY', 'pull.unreadable-body'],
    ['wrong-shape', 'UNREADABLE_BODY', 'pull.unreadable-body'],
    ['huge', 'UNREADABLE_BODY', 'pull.too-large'],
    ['elsewhere', 'MISPLACED', 'pull.led-elsewhere'],
  ])('an upstream that is %s is %s', async (mode, kind, code) => {
    upstream.behave(mode);
    const fetched = await (mode === 'slow' ? hurried : connector).fetch(source, fourthQuarter);
    expect(fetched.ok ? null : [fetched.failure.kind, fetched.failure.refusal.code]).toEqual([kind, code]);
  });

  it('keeps what it could not read', async () => {
    upstream.behave('garbage');
    const fetched = await connector.fetch(source, fourthQuarter);
    expect(fetched.ok ? null : fetched.failure.body?.toString()).toBe('<html><body>系统维护中');
  });

});

describe('pages, read to their end', () => {
  let upstream: FakeSource;
  const connector = new HttpJsonConnector(LOOPBACK, LIMITS);
  const ask = async (path: string, paging: object, by = connector) => short(await by.fetch(aSource({ place: `${upstream.url}${path}`, settings: { paging } }), fourthQuarter));
  beforeAll(async () => { upstream = await startFakeSource(); });
  afterAll(() => upstream.stop());

  it('by number: six rows in pages of four, and in pages of two where the last full page is followed by an empty one', async () => {
    expect(await ask('/paged', { kind: 'PAGE', pageParam: 'page', sizeParam: 'size', size: 4 })).toEqual(ALL);
    expect(await ask('/paged', { kind: 'PAGE', pageParam: 'page', sizeParam: 'size', size: 2 })).toEqual(ALL);
  });
  it('a single place that every page repeats is one value; one that each page says otherwise is several', async () => {
    const source = aSource({ place: `${upstream.url}/paged`, settings: { paging: { kind: 'PAGE', pageParam: 'page', sizeParam: 'size', size: 4 } }, wanted: ['$.total', '$.page'] });
    expect(short(await connector.fetch(source, fourthQuarter)).filter((row) => row.startsWith('$'))).toEqual(['$.total=6', '$.page=1', '$.page=2', '$.page=3']);
    // Two counties of one number on one page are two.
    upstream.say('{"rows":[{"key":"a","value":5},{"key":"b","value":5}]}');
    expect(short(await connector.fetch(aSource({ place: `${upstream.url}/insured`, wanted: ['$.rows[*].value', "$.rows[0]['value','value']"] }), fourthQuarter))).toEqual(['a=5', 'b=5', '$.rows[*].value=5', '$.rows[*].value=5', "$.rows[0]['value','value']=5"]);
    await upstream.stop();
    upstream = await startFakeSource();
  });
  it('by offset and limit', async () => { expect(await ask('/offset', { kind: 'OFFSET', offsetParam: 'offset', limitParam: 'limit', size: 4 })).toEqual(ALL); });
  it('of a server that gives two rows a page although a hundred are expected: all six, and not the first two as if they were all', async () => {
    expect(await ask('/paged', { kind: 'PAGE', pageParam: 'page', size: 100 })).toEqual(ALL);
    expect(await ask('/offset', { kind: 'OFFSET', offsetParam: 'offset', limitParam: 'unknown', size: 100 })).toEqual(ALL);
  });
  it('of a server that knows no pages: what it gives, once', async () => { expect(await ask('/insured', { kind: 'PAGE', pageParam: 'page', size: 100 })).toEqual(ALL); });
  it('by the link in the answer, and by the header of RFC 8288', async () => {
    expect(await ask('/linked', { kind: 'NEXT_LINK', path: '$.next' })).toEqual(ALL);
    expect(await ask('/linked', { kind: 'NEXT_LINK', path: 'Link' })).toEqual(ALL);
  });
  it('keeps every page as it came', async () => {
    const fetched = await connector.fetch(aSource({ place: `${upstream.url}/linked`, settings: { paging: { kind: 'NEXT_LINK', path: 'Link' } } }), fourthQuarter);
    expect(fetched.ok && fetched.body.toString().trim().split('\n')).toHaveLength(3);
  });
  it('takes nothing when there are more pages than ten, more rows than allowed, or the same page for ever', async () => {
    const two = new HttpJsonConnector(LOOPBACK, { ...LIMITS, maxPages: 2 });
    expect(await ask('/linked', { kind: 'NEXT_LINK', path: '$.next' }, two)).toEqual(['UNREADABLE_BODY', 'pull.too-many-pages']);
    const few = new HttpJsonConnector(LOOPBACK, { ...LIMITS, maxRows: 5 });
    expect(await ask('/linked', { kind: 'NEXT_LINK', path: '$.next' }, few)).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    expect(await ask('/stuck', { kind: 'PAGE', pageParam: 'page', size: 2 })).toEqual(['UNREADABLE_BODY', 'pull.paging-stuck']);
  });
});

describe('who asks', () => {
  let upstream: FakeSource;
  const connector = new HttpJsonConnector(LOOPBACK, LIMITS);
  beforeAll(async () => { upstream = await startFakeSource(); });
  afterAll(() => upstream.stop());
  const mirrored = async (settings: object, secrets: object) => {
    const fetched = await connector.fetch(aSource({ place: `${upstream.url}/mirror`, settings: settings as never, secrets }), fourthQuarter);
    return new Map(fetched.ok ? fetched.rows.map((row) => [row.key, row.verbatim]) : []);
  };

  it('by user and password, by a token in a header of choice, and with further headers', async () => {
    expect((await mirrored({ auth: { kind: 'BASIC', user: 'kz' } }, { PASSWORD: 's3cret' })).get('authorization')).toBe(`Basic ${Buffer.from('kz:s3cret').toString('base64')}`);
    const seen = await mirrored({ auth: { kind: 'HEADER', header: 'X-Api-Key' }, headers: [{ name: 'X-Department', value: '100001' }] }, { TOKEN: 'k3y' });
    expect([seen.get('x-api-key'), seen.get('x-department')]).toEqual(['k3y', '100001']);
  });
  it('refuses headers that frame the message or smuggle a secret past its field', () => {
    for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'Cookie', 'Authorization', 'X-Api-Key', 'X-Auth-Token']) {
      const lawful = connector.check(aSource({ place: `${upstream.url}/mirror`, settings: { headers: [{ name, value: 'x' }] } }));
      expect([name, lawful.ok ? '' : lawful.refusal.code]).toEqual([name, 'pull.header-reserved']);
    }
    expect(() => aSource({ settings: { headers: [{ name: 'X-A', value: 'a\r\nX-B: b' }] } })).toThrow();
  });

  it('a token with a character that no header can hold is a wrong setting: nothing is sent, it is not tried again, and the sentence names the header and not the token', async () => {
    const before = upstream.asked();
    for (const token of ['令牌123', 'k3y\r\nX-Other: 1', 'k3y\u0000']) {
      const fetched = await connector.fetch(aSource({ place: `${upstream.url}/mirror`, settings: { auth: { kind: 'HEADER', header: 'X-Api-Key' } }, secrets: { TOKEN: token } }), fourthQuarter);
      expect(short(fetched)).toEqual(['NOT_ALLOWED', 'pull.header-unsendable']);
      const refusal = fetched.ok ? null : fetched.failure.refusal;
      expect(refusal === null ? '' : sayRefusal(refusal)).toContain('请求头 x-api-key 里有不能发送的字符');
      expect(JSON.stringify(refusal)).not.toContain(token.slice(0, 3));
    }
    expect([upstream.asked() - before, PULL_CONSEQUENCES.NOT_ALLOWED.retried]).toEqual([0, false]);
  });
  it('an address in Chinese is sent in its encoded form', async () => {
    expect(short(await connector.fetch(aSource({ place: `${upstream.url}/社保/参保?期间={period}&单位=一 二` }), fourthQuarter))).toEqual(ALL);
  });

  describe('as an OAuth 2.0 client', () => {
    const source = (secret: string = FAKE_CLIENT.secret, lives = 3600) => aSource({
      place: `${upstream.url}/secured`, settings: { auth: { kind: 'OAUTH2', tokenUrl: `${upstream.url}/token?lives=${lives}`, clientId: FAKE_CLIENT.id, scope: FAKE_CLIENT.scope } }, secrets: { CLIENT_SECRET: secret },
    });
    it('asks for a token once and uses it until half a minute before its end', async () => {
      let now = 0;
      const by = new HttpJsonConnector(LOOPBACK, LIMITS, new OAuth2Tokens(() => now));
      const before = upstream.tokens();
      expect(short(await by.fetch(source(), fourthQuarter))).toEqual(ALL);
      now = 3_569_000;
      await by.fetch(source(), fourthQuarter);
      expect(upstream.tokens() - before).toBe(1);
      now = 3_571_000;
      await by.fetch(source(), fourthQuarter);
      expect(upstream.tokens() - before).toBe(2);
    });
    it('gets a new one when the old one was taken back before its time', async () => {
      await connector.fetch(source(), fourthQuarter);
      upstream.revoke();
      expect(short(await connector.fetch(source(), fourthQuarter))).toEqual(ALL);
    });
    it('takes no token out of an answer that is far too long to be one, and does not read it', async () => {
      const server = createServer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end(`{"access_token":"abc"${' '.repeat(70_000)}}`); });
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      try {
        const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        const long = aSource({ place: `${upstream.url}/secured`, settings: { auth: { kind: 'OAUTH2', tokenUrl, clientId: 'jiheng' } }, secrets: { CLIENT_SECRET: 'x' } });
        expect(short(await connector.fetch(long, fourthQuarter))).toEqual(['NOT_ALLOWED', 'pull.token-refused']);
      } finally { server.close(); server.closeAllConnections(); }
    });
    it('says that the authorisation server refused, without its words', async () => {
      const fetched = await connector.fetch(source('wrong'), fourthQuarter);
      expect(short(fetched)).toEqual(['NOT_ALLOWED', 'pull.token-refused']);
      expect(JSON.stringify(fetched)).not.toContain('wrong');
    });
  });
});

describe('where a request goes', () => {
  let upstream: FakeSource;
  let other: FakeSource;
  beforeAll(async () => { [upstream, other] = await Promise.all([startFakeSource(), startFakeSource({ host: '127.0.0.2' })]); });
  afterAll(() => Promise.all([upstream.stop(), other.stop()]));
  const both = new Egress(['127.0.0.1:*', '127.0.0.2:*']);

  it('knocks nowhere an administrator has not listed: loopback neither, nor another port, scheme or a password in the address', async () => {
    const before = upstream.asked();
    const closed = new HttpJsonConnector(new Egress(['data.example.gov.cn', '127.0.0.1']), LIMITS);
    const fetched = await closed.fetch(aSource({ place: `${upstream.url}/insured` }), fourthQuarter);
    const allows = (place: string) => closed.check(aSource({ place })).ok;
    expect(fetched.ok ? null : fetched.failure.kind).toBe('MISPLACED');
    expect(upstream.asked()).toBe(before);
    expect(allows('https://data.example.gov.cn/rows')).toBe(true);
    expect(allows('https://data.example.gov.cn:8443/rows')).toBe(false);
    expect(allows('https://data.example.gov.cn.evil.example/rows')).toBe(false);
    expect(allows('https://user:secret@data.example.gov.cn/rows')).toBe(false);
    expect(allows('file:///etc/passwd')).toBe(false);
  });
  it('follows a redirect to a listed host, without the secret, and none to another', async () => {
    const ask = async (egress: Egress, to: string) => {
      const fetched = await new HttpJsonConnector(egress, LIMITS).fetch(aSource({ place: `${upstream.url}/moved?to=${encodeURIComponent(to)}`, settings: { auth: { kind: 'HEADER' }, headers: [{ name: 'X-Department', value: '100001' }, { name: 'X-App-Id', value: 'appsecret-77' }] }, secrets: { TOKEN: 's3cret' } }), fourthQuarter);
      return fetched.ok ? new Map(fetched.rows.map((row) => [row.key, row.verbatim])) : fetched.failure.refusal.code;
    };
    const home = await ask(both, `${upstream.url}/mirror`);
    const sent = ['authorization', 'x-department', 'x-app-id'];
    expect(home instanceof Map && sent.map((name) => home.get(name))).toEqual(['s3cret', '100001', 'appsecret-77']);
    const away = await ask(both, `${other.url}/mirror`);
    expect(away instanceof Map && [away.has('host'), ...sent.map((name) => away.get(name))]).toEqual([true, undefined, '100001', undefined]);
    const before = other.asked();
    expect(await ask(LOOPBACK, `${other.url}/mirror`)).toBe('pull.led-elsewhere');
    expect(other.asked()).toBe(before);
  });

  it('says of a redirect that is not followed that the source led there, to which host, and why: nobody wrote it into the form, and neither its password nor its path is told', async () => {
    const told = async (to: string, settings: object = {}, path = `/moved?to=${encodeURIComponent(to)}`) => {
      const fetched = await new HttpJsonConnector(LOOPBACK, LIMITS).fetch(aSource({ place: `${upstream.url}${path}`, settings: settings as never }), fourthQuarter);
      expect(JSON.stringify(fetched)).not.toMatch(/s3cret|hidden/u);
      return fetched.ok ? [] : [fetched.failure.kind, fetched.failure.refusal.code, sayRefusal(fetched.failure.refusal, 'zh'), sayRefusal(fetched.failure.refusal, 'en')];
    };
    const { host } = new URL(other.url);
    const END = '。请与对方维护人员核对实际的地址，并写进来源设置。';
    expect(await told(`http://user:s3cret@${host}/hidden`)).toEqual(['MISPLACED', 'pull.led-elsewhere', `取数来源“社保业务系统”要求跳转到 ${host}，没有照做：该地址里写有密码，本系统不使用对方给出的密码${END}`,
      `“社保业务系统” was asked, and it redirects to ${host}. Nobody went there: a password stands in that address, and passwords that an answer brings are not used. Ask its operators for the address that is meant, and write it into the settings of the source.`]);
    expect((await told(`ftp://${host}/hidden?key=s3cret`))[2]).toBe(`取数来源“社保业务系统”要求跳转到 ${host}，没有照做：该地址以 ftp: 开头，只能是 http:// 或 https://${END}`);
    expect((await told(`${other.url}/hidden`))[2]).toBe(`取数来源“社保业务系统”要求跳转到 ${host}，没有照做：该主机指向 127.0.0.2（本机地址），为防止误连内部系统不予连接；确需从该主机取数的，请系统管理员在服务器配置 PULL_ALLOWED_HOSTS 中加入 ${host}，重启后再试${END}`);
    expect((await told('https://data.example/hidden'))[2]).toContain('要求跳转到 data.example，没有照做：该主机不在允许取数的名单内；确需从该主机取数的，请系统管理员在服务器配置 PULL_ALLOWED_HOSTS 中加入 data.example，');
    upstream.say(JSON.stringify({ rows: [{ key: 'a', value: 1 }], next: `ftp://user:s3cret@${host}/hidden` }));
    const next = await told('', { paging: { kind: 'NEXT_LINK', path: '$.next' } }, '/insured');
    expect(next.slice(1, 3)).toEqual(['pull.led-elsewhere', `取数来源“社保业务系统”给出的下一页地址指向 ${host}，没有照做：该地址里写有密码，本系统不使用对方给出的密码${END}`]);
    upstream.behave('ok');
  });

  it('goes to every address of a name in turn: a host of which the first address is dead is asked at the second', async () => {
    // 127.0.0.3 and ::1 have nobody at this port.
    for (const dead of ['127.0.0.3', '::1']) {
      const egress = new Egress(['twice.example:*=127.0.0.0/8', 'twice.example:*=::1'], () => Promise.resolve([dead, '127.0.0.2']));
      expect([dead, short(await new HttpJsonConnector(egress, LIMITS).fetch(aSource({ place: `http://twice.example:${other.port}/insured` }), fourthQuarter))]).toEqual([dead, ALL]);
    }
    const none = new Egress(['twice.example:*=127.0.0.0/8'], () => Promise.resolve(['127.0.0.3', '127.0.0.4']));
    const fetched = await new HttpJsonConnector(none, LIMITS).fetch(aSource({ place: `http://twice.example:${other.port}/insured` }), fourthQuarter);
    expect(fetched.ok ? null : [fetched.failure.refusal.code, fetched.failure.refusal.params['cause']]).toEqual(['pull.source-away', 'ECONNREFUSED']);
  });

  it('a name that leads elsewhere at its second asking is connected where it was checked (DNS rebinding)', async () => {
    let asked = 0;
    // The checked answer is the listed 127.0.0.2; whoever asked the name again for the connection would reach the unlisted 127.0.0.1.
    const egress = new Egress(['rebind.example:*=127.0.0.2'], () => { asked += 1; return Promise.resolve([asked === 1 ? '127.0.0.2' : '127.0.0.1']); });
    const twin = await startFakeSource({ host: '127.0.0.1', port: other.port });
    try {
      const connector = new HttpJsonConnector(egress, LIMITS);
      expect(short(await connector.fetch(aSource({ place: `http://rebind.example:${other.port}/insured` }), fourthQuarter))).toEqual(ALL);
      expect([asked, twin.asked()]).toEqual([1, 0]);
      expect(short(await connector.fetch(aSource({ place: `http://rebind.example:${other.port}/insured` }), fourthQuarter))).toEqual(['MISPLACED', 'pull.address-forbidden']);
      expect([asked, twin.asked()]).toEqual([2, 0]);
    } finally { await twin.stop(); }
  });

  it('lets no mark of the period choose the host', () => {
    const lawful = new HttpJsonConnector(new Egress(['2024q4.example']), LIMITS).check(aSource({ place: 'http://{period}.example/rows' }));
    expect(lawful.ok ? '' : lawful.refusal.code).toBe('pull.place-malformed');
  });

  it('counts unpacked bytes: a small answer that unpacks to more than the bound is stopped', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * MB, 0x20));
    const server = createServer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb); });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    try {
      expect(bomb.length).toBeLessThan(20_000);
      const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      expect(short(await new HttpJsonConnector(LOOPBACK, LIMITS).fetch(aSource({ place }), fourthQuarter))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
    } finally { server.close(); server.closeAllConnections(); }
  });
});

describe('an answer that came packed', () => {
  const JSON_ROWS = Buffer.from('{"rows":[{"key":"a","value":1}]}');
  const ask = async (encoding: string | null, body: Buffer, status = 200) => {
    const server = createServer((_request, response) => { response.writeHead(status, { 'content-type': 'application/json', ...(encoding === null ? {} : { 'content-encoding': encoding }) }).end(body); });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    try {
      return await new HttpJsonConnector(LOOPBACK, LIMITS).fetch(aSource({ place: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }), fourthQuarter);
    } finally { server.close(); server.closeAllConnections(); }
  };
  const said = async (...asked: Parameters<typeof ask>): Promise<readonly string[]> => { const got = await ask(...asked); return got.ok ? [] : [got.failure.kind, sayRefusal(got.failure.refusal, 'zh'), sayRefusal(got.failure.refusal, 'en')]; };

  it('is unpacked by either name of gzip, and as it is when it says so', async () => {
    for (const encoding of ['gzip', 'x-gzip', 'X-GZIP']) expect([encoding, short(await ask(encoding, gzipSync(JSON_ROWS)))]).toEqual([encoding, ['a=1']]);
    expect(short(await ask('identity', JSON_ROWS))).toEqual(['a=1']);
  });
  it.each(['zstd', 'gzip, gzip'])('as %s is told as what it is, and kept; what the status says comes first', async (encoding) => {
    const body = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]);
    expect(await said(encoding, body)).toEqual(['UNREADABLE_BODY', expect.stringContaining(`内容的压缩方式“${encoding}”（Content-Encoding）不受支持，只支持 gzip、deflate 和 br 中的一种`), expect.stringContaining(`its content encoding “${encoding}” is not understood`)]);
    const fetched = await ask(encoding, body);
    expect(fetched.ok ? null : fetched.failure.body).toEqual(body);
    expect(short(await ask(encoding, body, 401))).toEqual(['NOT_ALLOWED', 'pull.not-allowed']);
  });
  it('twice, or without saying so, is told as packed data and not as something that is no JSON', async () => {
    for (const [encoding, body] of [['gzip', gzipSync(gzipSync(JSON_ROWS))], [null, gzipSync(JSON_ROWS)]] as const) expect((await said(encoding, body))[1]).toContain('内容是压缩数据：对方压缩了不止一次，或没有写明压缩方式（Content-Encoding）');
  });
  it('and is cut off or damaged is told so in words, and may be whole the next time', async () => {
    expect(await said('gzip', gzipSync(JSON_ROWS).subarray(0, 20))).toEqual(['SOURCE_AWAY', expect.stringContaining('压缩的内容被截断或已损坏（Z_BUF_ERROR）'), expect.stringContaining('its compressed content is cut off or damaged (Z_BUF_ERROR)')]);
    expect((await said('gzip', JSON_ROWS))[1]).toContain('压缩的内容被截断或已损坏（Z_DATA_ERROR）');
    expect((await said('br', Buffer.from('hello world hello')))[1]).toContain('压缩的内容被截断或已损坏（ERR_');
  });
});

describe('a large answer', () => {
  const connector = new HttpJsonConnector(LOOPBACK, { ...LIMITS, maxBytes: 10 * MB, maxRows: 50_000 });
  let upstream: FakeSource;
  beforeAll(async () => { upstream = await startFakeSource(); });
  afterAll(() => upstream.stop());
  const ask = (body: string, parts: Parameters<typeof aSource>[0], by = connector) => { upstream.say(body); return by.fetch(aSource({ place: `${upstream.url}/insured`, ...parts }), fourthQuarter); };
  const numbers = (length: number) => `{"data":[${Array.from({ length }, (_, at) => at).join(',')}]}`;

  it('of 150,000 values on one path is refused for its rows, and so is a list of 150,000 rows; 50,000 are taken', async () => {
    expect(short(await ask(numbers(150_000), { wanted: ['$.data[*]'] }))).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    expect(short(await ask(JSON.stringify({ rows: Array.from({ length: 150_000 }, (_, at) => ({ key: `k${at}`, value: at })) }), {}))).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    expect(short(await ask(numbers(50_000), { wanted: ['$.data[*]'] }))).toHaveLength(50_000);
    expect(short(await ask(numbers(30_000), { wanted: ['$.data[*]', '$..[*]'] }))).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
  });
  it('in which a path looks at too much is refused with the path and its bounds, and what came is kept', async () => {
    const fetched = await ask(numbers(3000), { wanted: ['$.data[?count($..*) > 0]'] });
    expect(short(fetched)).toEqual(['UNREADABLE_BODY', 'pull.path-too-wide']);
    expect(fetched.ok ? null : [fetched.failure.refusal.params, fetched.failure.body?.length]).toEqual([{ source: '社保业务系统', path: '$.data[?count($..*) > 0]', nodes: '1000000', seconds: '5' }, numbers(3000).length]);
    const narrow = new HttpJsonConnector(LOOPBACK, { ...LIMITS, search: { nodes: 3, pathMs: 60_000, totalMs: 60_000 } });
    expect(short(await ask('{"rows":[{"key":"a","value":1},{"key":"b","value":2}]}', {}, narrow))).toEqual(['a=1', 'b=2']);
    expect(short(await ask('{"rows":[{"key":"a","value":1},{"key":"b","value":2},{"key":"c","value":3}]}', {}, narrow))).toEqual(['UNREADABLE_BODY', 'pull.path-too-wide']);
  });
  it('of which the rows hold one another, so that ten thousand of them would be forty million characters, is refused', async () => {
    // Each list stands whole beside each of the forty that hold it.
    const nested = `${'{"key":"k","value":1,"in":'.repeat(40)}"${'x'.repeat(3_000)}"${'}'.repeat(40)}`;
    const body = `{"rows":[${Array.from({ length: 600 }, (_, at) => nested.replace('"k"', `"k${at}"`).replace('xxx', String(at))).join(',')}]}`;
    expect(short(await ask(body, { rowsPath: '$..*' }))).toEqual(['UNREADABLE_BODY', 'pull.answer-too-heavy']);
    expect(short(await ask(body, {}))).toHaveLength(600);
  });
  it('whose next address is no text is no last page: the pages behind it would be missing in silence', async () => {
    const paging = { settings: { paging: { kind: 'NEXT_LINK', path: '$.next' } } } as const;
    for (const next of ['{"href":"/insured"}', '["/insured"]', '[]', 'true']) {
      const found = await ask(`{"rows":[{"key":"a","value":1}],"next":${next}}`, paging);
      expect([next, found.ok ? '' : sayRefusal(found.failure.refusal, 'zh')]).toEqual([next, expect.stringContaining('“$.next”处不是下一页的地址，而是一个对象、列表或真假值；请把路径写到地址本身（如 $.next.href）')]);
    }
    for (const next of ['null', '""', 'false']) expect([next, short(await ask(`{"rows":[{"key":"a","value":1}],"next":${next}}`, paging))]).toEqual([next, ['a=1']]);
    expect(short(await ask('{"rows":[{"key":"a","value":1}]}', paging))).toEqual(['a=1']);
    const odd = await ask('{"rows":[{"key":"a","value":1}],"next":"http://["}', paging);
    expect(odd.ok ? '' : sayRefusal(odd.failure.refusal, 'en')).toContain('what it gives as the address of its next page is none');
  });
  it('nested deeper than a path can follow is unreadable and no fault of ours; a path that is none is the fault of the form, and nothing is asked', async () => {
    const deep = await ask(`${'['.repeat(60)}1${']'.repeat(60)}`, { wanted: ['$..total'] });
    expect(short(deep)).toEqual(['UNREADABLE_BODY', 'pull.unreadable-body']);
    expect(deep.ok ? '' : sayRefusal(deep.failure.refusal, 'zh')).toContain('层次过深，无法按“$..total”查找');
    const before = upstream.asked();
    expect(short(await ask('{"rows":[{"key":"a","value":1}]}', { rowsPath: 'rows' }))).toEqual(['MISPLACED', 'pull.rows-path-unreadable']);
    // A place of the next page that is no path would end after the first page as if that were all.
    expect(short(await ask('{"rows":[{"key":"a","value":1}],"next":"/insured"}', { settings: { paging: { kind: 'NEXT_LINK', path: 'next' } } }))).toEqual(['MISPLACED', 'pull.next-path-unreadable']);
    expect(upstream.asked()).toBe(before);
  });
});

describe('a DHIS2 data exchange', () => {
  let upstream: FakeSource;
  const connector = new Dhis2Connector(new HttpJsonConnector(LOOPBACK, LIMITS));
  const source = () => aSource({ place: `${upstream.url}/`, settings: { dataSet: 'BfMAe6Itzgt', orgUnit: 'DiszpKrYNg8' } });
  beforeAll(async () => { upstream = await startFakeSource(); });
  afterAll(() => upstream.stop());

  it('gives each value under its data element, and under element and category', async () => {
    expect(short(await connector.fetch(source(), fourthQuarter)).slice(0, 2)).toEqual(['urban-rural-pension=264000', 'urban-rural-pension.HllvX50cXC0=264000']);
  });
  it('a period for which DHIS2 leaves the list out is a period without data', async () => {
    expect(short(await connector.fetch(source(), FIRST_QUARTER))).toEqual(['NOT_THERE', 'pull.not-there']);
  });
  it.each([
    ['another year', [{ dataElement: 'a', period: '2023Q4', orgUnit: 'DiszpKrYNg8', value: '68100' }], '2023Q4, DiszpKrYNg8'],
    ['another organisation unit', [{ dataElement: 'b', value: '1' }, { dataElement: 'a', period: '2024Q4', orgUnit: 'O6uvpzGd5pu', value: '68100' }], '2024Q4, O6uvpzGd5pu'],
    ['months that look like one value', ['202410', '202411', '202412'].map((period) => ({ dataElement: 'a', period, value: '1' })), '202410'],
  ])('takes no value of %s than was asked, and says of what it is', async (_what, dataValues, found) => {
    upstream.say(JSON.stringify({ dataSet: 'BfMAe6Itzgt', dataValues }));
    const fetched = await connector.fetch(source(), fourthQuarter);
    expect([short(fetched), fetched.ok ? '' : sayRefusal(fetched.failure.refusal, 'zh')]).toEqual([['UNREADABLE_BODY', 'pull.other-period'], expect.stringContaining(`（${found}）`)]);
  });
  it('takes values that do not say of what they are, and an answer whose heading says it', async () => {
    upstream.say(JSON.stringify({ period: '2024Q4', orgUnit: 'DiszpKrYNg8', dataValues: [{ dataElement: 'a', value: '68500' }] }));
    expect(short(await connector.fetch(source(), fourthQuarter))).toEqual(['a=68500']);
    upstream.say(JSON.stringify({ period: '2023Q4', dataValues: [{ dataElement: 'a', value: '68100' }] }));
    expect(short(await connector.fetch(source(), fourthQuarter))).toEqual(['UNREADABLE_BODY', 'pull.other-period']);
  });
  it('asks by its own path, whatever the form had for another kind', async () => {
    upstream.say(JSON.stringify({ dataValues: [{ dataElement: 'a', value: '68500' }] }));
    expect(short(await connector.fetch({ ...source(), rowsPath: '$.[[' }, fourthQuarter))).toEqual(['a=68500']);
  });
  it('asks for the identifiers of the data set and the organisation unit', () => {
    const lawful = connector.check(aSource({ place: upstream.url }));
    expect(lawful.ok ? '' : lawful.refusal.code).toBe('pull.field-needed');
  });
});
