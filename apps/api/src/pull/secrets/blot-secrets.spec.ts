import { BLOT, blotSecrets, blotterOf } from './blot-secrets';
import { blotFault } from './blot-answer';
import { isSecret } from './secrets-of-asking';

const PASSWORD = 'pä/ß "w+1';

describe('a secret in what a source says', () => {
  it('is blotted out however it is written', () => {
    const escaped = JSON.stringify(PASSWORD).slice(1, -1);
    const forms = [
      PASSWORD, escaped, escaped.replaceAll('/', '\\/'), [...PASSWORD].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`).join(''), encodeURIComponent(PASSWORD),
      encodeURIComponent(PASSWORD).toLowerCase(), new URLSearchParams({ x: PASSWORD }).toString().slice(2), Buffer.from(PASSWORD).toString('base64url'), PASSWORD.replace('"', '&quot;'),
    ];
    for (const form of forms) expect(blotSecrets(`<${form}>`, [PASSWORD])).toBe(`<${BLOT}>`);
    expect(blotSecrets(`Basic ${Buffer.from(PASSWORD).toString('base64')}`, [PASSWORD])).toMatch(/^Basic \*\*\*=*$/u);
    const body = Buffer.concat([Buffer.from(`{"msg":"${forms.join('|')}","n":"`), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    expect(blotterOf([PASSWORD]).bytes(body)).toEqual(Buffer.concat([Buffer.from(`{"msg":"${forms.map(() => BLOT).join('|')}","n":"`), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]));
  });
  it('goes whole, also where another one is its beginning, and also where the text was cut off in its middle', () => {
    expect(blotSecrets('kz:secret-1 secret', ['secret', 'kz:secret-1'])).toBe(`${BLOT} ${BLOT}`);
    expect(blotSecrets('{"a":"Bearer never-se… (+12)', ['never-seen'])).toBe(`{"a":"Bearer ${BLOT}… (+12)`);
    const long = Array.from({ length: 700 }, (_, at) => `n${at};`).join('');
    expect(blotSecrets(`<${long}>`, [long])).toMatch(/^<(?:\*\*\*)+>$/u);
    expect(blotSecrets(`<${long.slice(0, 2400)}>`, [long]).length).toBeLessThan(420);
  });
  it('leaves everything else as it is, to the very bytes', () => {
    const body = Buffer.from([0, 255, 128, 80, 75]);
    expect(blotterOf([PASSWORD, 'abc', '']).bytes(body)).toBe(body);
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

describe('a value in the query of a place', () => {
  const isKey = (name: string, value: string, wanted: readonly string[] = []): boolean => isSecret(name, value, { wanted, keyField: 'key', valueField: 'value', rowsPath: '$.rows[*]' });
  it('is secret by its name or by its looks', () => {
    for (const name of ['key', 'api_key', 'appKey', 'access_token', 'secret', 'password', 'sign', 'dataSign', 'appid', 'client_id', 'sk']) expect([name, isKey(name, 'hunter22')]).toEqual([name, true]);
    expect([isKey('u', '8f7a9b6c5d4e3f2a'), isKey('x', 'Zm9vYmFyOjEyMzQ1Njc4OTA=')]).toEqual([true, true]);
  });
  it('and is none when it is a period, a word of the asking, or named in the form', () => {
    for (const [name, value] of [['year', '2024'], ['key', '2024'], ['sign', '2024Q4'], ['token', '2024-10-01'], ['region', '653000'], ['keyword', 'pension'], ['type', 'urban-rural-pension'], ['name', 'urban-rural-pension-2024'], ['author', 'somebody']] as const) expect([value, isKey(name, value)]).toEqual([value, false]);
    expect([isKey('key', 'pension', ['urban-rural-pension']), isKey('key', 'pension')]).toEqual([false, true]);
  });
});
