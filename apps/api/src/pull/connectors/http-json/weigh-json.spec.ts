import { readJson } from './json-rows';
import { weighJson } from './weigh-json';

const MB = 1_048_576;
const listOf = (entry: string): string => `[${`${entry},`.repeat(10 * MB / (entry.length + 1) - 1)}${entry}]`;

describe('weighing a JSON text before it is parsed', () => {
  it('knows whether every number reads back as it is written', () => {
    const plain = ['1', '-7', '0', '123456789012345', '"26.10"', '"1e5, -0, \\"1.0\\""', 'true', 'false', 'null', '{"a.b":[1,"2024-01-05"]}', '"\\\\"', '["\\\\\\"1.5",2]', '"没有结束 1.5'];
    const asWritten = ['26.1', '1.0', '1e5', '1E5', '-0', '-0.0', '1234567890123456', '["a",0.5]', '{"e":2e1}', '["\\\\",1.5]'];
    expect(plain.filter((text) => !weighJson(text).isPlain)).toEqual([]);
    expect(asWritten.filter((text) => weighJson(text).isPlain)).toEqual([]);
  });

  it('a document of plain numbers is parsed once, and is what it would be if it were parsed twice', () => {
    const text = '{"rows":[{"key":"a","value":12},{"key":"b","value":-7}],"at":"2024-12-31"}';
    const read = readJson(Buffer.from(text), 'utf-8');
    expect([read?.document === read?.asWritten, JSON.stringify(read?.asWritten)]).toEqual([true, text]);
    expect(JSON.stringify(readJson(Buffer.from(text.replace('12}', '12.0}')), 'utf-8')?.asWritten)).toBe(text.replace('12}', '12.0}'));
  });

  it('counts lists, objects, members and values, and nothing that stands inside a text', () => {
    const megabytes = (text: string): number => weighJson(text).megabytes;
    // Ten megabytes each: real answers, then the worst there is.
    expect(megabytes(listOf('{"key":"urban-rural-pension","value":264000.50,"unit":"人"}'))).toBeLessThan(300);
    expect(megabytes(listOf('"[[[[{{{{,,,,::::"'))).toBeLessThan(150);
    expect(megabytes(listOf('1'))).toBeLessThan(400);
    expect(megabytes(listOf('1.0'))).toBeLessThan(600);
    for (const entry of ['{}', '[]', '[1]', '{"a":1.0}']) expect([entry, megabytes(listOf(entry)) > 600]).toEqual([entry, true]);
  });
});
