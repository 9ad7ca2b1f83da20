import fc from 'fast-check';
import { BLOT, blotSecrets, blotterOf } from './blot-secrets';
import { blotFault } from './blot-answer';
import { isSecret } from './secrets-of-asking';

const PASSWORD = 'pä/ß "w+1';

describe('a secret in what a source says', () => {
  it('is blotted out however it is written', async () => {
    const escaped = JSON.stringify(PASSWORD).slice(1, -1);
    const forms = [
      PASSWORD, escaped, escaped.replaceAll('/', '\\/'), [...PASSWORD].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`).join(''), encodeURIComponent(PASSWORD),
      encodeURIComponent(PASSWORD).toLowerCase(), [...PASSWORD].map((sign) => `&#${sign.charCodeAt(0)};`).join(''), PASSWORD.replace('/', '&#x2F;').replace('+', '&plus;'), escaped.replaceAll('+', '\\u002b').replace('ä', '&#228;'), new URLSearchParams({ x: PASSWORD }).toString().slice(2), Buffer.from(PASSWORD).toString('base64url'), PASSWORD.replace('"', '&quot;'),
    ];
    for (const form of forms) expect(blotSecrets(`<${form}>`, [PASSWORD])).toBe(`<${BLOT}>`);
    expect(blotSecrets(`Basic ${Buffer.from(PASSWORD).toString('base64')}`, [PASSWORD])).toMatch(/^Basic \*\*\*=*$/u);
    const body = Buffer.concat([Buffer.from(`{"msg":"${forms.join('|')}","n":"`), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    expect(await blotterOf([PASSWORD]).bytes(body)).toEqual(Buffer.concat([Buffer.from(`{"msg":"${forms.map(() => BLOT).join('|')}","n":"`), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]));
  });
  it('goes whole, also where another one is its beginning, and also where the text was cut off in its middle', () => {
    expect(blotSecrets('kz:secret-1 secret', ['secret', 'kz:secret-1'])).toBe(`${BLOT} ${BLOT}`);
    expect(blotSecrets('{"a":"Bearer never-se… (+12)', ['never-seen'])).toBe(`{"a":"Bearer ${BLOT}… (+12)`);
    const long = Array.from({ length: 700 }, (_, at) => `n${at};`).join('');
    expect(blotSecrets(`<${long}>`, [long])).toMatch(/^<(?:\*\*\*)+>$/u);
    expect(blotSecrets(`<${long.slice(0, 2400)}>`, [long]).length).toBeLessThan(420);
  });
  it('leaves everything else as it is, to the very bytes', async () => {
    const body = Buffer.from([0, 255, 128, 80, 75]);
    expect(await blotterOf([PASSWORD, 'abc', '']).bytes(body)).toBe(body);
    expect(blotSecrets('abc 12 …', ['abc', '12', ''])).toBe('abc 12 …');
    expect(blotSecrets('(a.c)', ['.*.*'])).toBe('(a.c)');
  });
  it('is not in what is logged of a fault either, nor of its cause', () => {
    const fault = blotFault(Object.assign(new Error('never-seen', { cause: new DOMException('for never-seen') }), { detail: 'never-seen' }), blotterOf(['never-seen']));
    const { message, detail, cause, stack } = fault as Error & { readonly detail: string };
    expect([message, detail, (cause as Error).message]).toEqual([BLOT, BLOT, `for ${BLOT}`]);
    expect(stack).not.toContain('never-seen');
  });
});

describe('what is looked for', () => {
  it('is found in base64 wherever it stands there, in UTF-16, and line by line where it has several', async () => {
    for (const before of ['', 'k', 'kz', 'kz:', 't=']) expect(blotSecrets(Buffer.from(`${before}never-seen-9;x`).toString('base64'), ['never-seen-9'])).toContain(BLOT);
    for (const bytes of [Buffer.from('{"t":"never-seen-9"}', 'utf16le'), Buffer.from('{"t":"never-seen-9"}', 'utf16le').swap16()]) expect((await blotterOf(['never-seen-9']).bytes(bytes)).length).toBeLessThan(bytes.length - 20);
    const key = `-----BEGIN KEY-----\n${'QUJD'.repeat(16)}\n${'REVG'.repeat(5)}\n-----END KEY-----\n`;
    for (const written of [key, key.replaceAll('\n', '\r\n'), JSON.stringify(key)]) expect(blotSecrets(written, [key])).not.toMatch(/QUJD|REVG/u);
  });
  it('is no number that stands at the beginning of others, and no end of a short text', () => {
    expect(blotSecrets('261000 261077', ['2610', '26107'])).toBe('261000 261077');
    expect(blotSecrets('261077', ['261077'])).toBe(BLOT);
    const blotter = blotterOf(['指标说明书九']);
    expect(blotter.row('指标说明…')).toBe('指标说明…');
    expect(blotter.row(`${'行'.repeat(200)}指标说明… (+3)`)).toBe(`${'行'.repeat(200)}${BLOT}… (+3)`);
  });
  it('goes where a text is cut off in the middle of its spelling', () => {
    expect(blotSecrets('row Ab%2BC%2Fd%3D9… (+7)', ['Ab+C/d=9&x~42'])).toBe(`row ${BLOT}… (+7)`);
    expect(blotSecrets('row Ab\\u002bC\\u002fd… (+7)', ['Ab+C/d=9&x~42'])).toBe(`row ${BLOT}… (+7)`);
    expect(blotSecrets('first abcde…, second abcdef…', ['abcdefghij'])).toBe(`first ${BLOT}…, second ${BLOT}…`);
  });
  it('is found wherever it begins, also where it nearly began before, as by looking at each place', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 0, maxLength: 120 });
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 60 }), signs, signs, (secret, before, after) => {
      const text = `${before}${secret}${after}`;
      const left = blotSecrets(text, [secret]);
      expect(left).toContain(BLOT);
      expect(left).not.toContain(secret);
      if (secret.length > 32) expect(left).not.toContain(secret.slice(0, 32));
    }));
  });
});

describe('a value in the query of a place', () => {
  const isKey = (name: string, value: string, wanted: readonly string[] = []): boolean => isSecret(name, value, { wanted, keyField: 'key', valueField: 'value', rowsPath: '$.rows[*]' });
  it('is secret by its name or by its looks', () => {
    for (const name of ['key', 'api_key', 'appKey', 'access_token', 'secret', 'password', 'sign', 'dataSign', 'appid', 'client_id', 'sk', 'mima', '密钥']) expect([name, isKey(name, 'hunter22')]).toEqual([name, true]);
    expect([isKey('u', '8f7a9b6c5d4e3f2a'), isKey('x', 'Zm9vYmFyOjEyMzQ1Njc4OTA=')]).toEqual([true, true]);
  });
  it('and is none when it is a period, a number, a word, or named in the form', () => {
    const plain = [
      ['year', '2024'], ['key', '2024'], ['sign', '2024Q4'], ['key', '2024-10-01'], ['region', '653000'], ['keyword', 'pension'], ['type', 'urban-rural-pension'], ['name', 'urban-rural-pension-2024'], ['author', 'somebody'],
      ['appid', '1000'], ['client_id', '6100'], ['sign', 'true'], ['key', 'pension'], ['groupKey', 'pension'], ['authType', 'BASIC'], ['sortKey', 'date'], ['monkey', '1000'], ['assign', '330105'], ['session', '2024春'],
      ['fields', 'q1,q2,q3,q4,name'], ['codes', 'U1,U2,U3,U4,U5,U6'], ['uscc', '91650100MA77X2QD3K'],
    ] as const;
    for (const [name, value] of plain) expect([name, value, isKey(name, value)]).toEqual([name, value, false]);
    expect([isKey('key', 'pension24', ['urban-rural-pension24']), isKey('key', 'pension24')]).toEqual([false, true]);
  });
  it('but under a name that can mean nothing else it is one, whatever it looks like', () => {
    for (const [name, value] of [['password', '19880808'], ['token', 'rows'], ['access_token', '2024-10-01'], ['口令', '春眠不觉晓']] as const) expect([name, isKey(name, value)]).toEqual([name, true]);
  });
});
