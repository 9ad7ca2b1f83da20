import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { boundRow } from '../../source-connector';
import { type JsonDocument, nodesAt, readJson, rowOf, valuesAt } from './json-rows';
import { JsonSearch, SEARCH_BOUNDS } from './json-search';

const MOST = 50_001;
const documentOf = (value: unknown): JsonDocument => {
  const read = readJson(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'utf-8');
  if (read === null) throw new Error('no JSON');
  return read;
};
const valuesOf = (path: string, value: unknown) => valuesAt(path, documentOf(value), new JsonSearch(), MOST);
/** How many characters of JSON are written during some work. */
const written = (work: () => void): number => {
  const own = JSON.stringify;
  let characters = 0;
  const spy = jest.spyOn(JSON, 'stringify').mockImplementation((value: unknown) => { const text = own(value); characters += text.length; return text; });
  try { work(); } finally { spy.mockRestore(); }
  return characters;
};

describe('what is kept beside a single value of a document', () => {
  it('is the object around it, and of a list the value with its place: nobody reads 8,000 numbers to find the third', () => {
    expect(valuesOf('$.data.total', '{"data":{"total":26.10,"unit":"万人"}}')).toEqual([{ key: '$.data.total', verbatim: '26.10', row: '{"total":26.10,"unit":"万人"}' }]);
    expect(valuesOf('$.data[2]', '{"data":[1,2,26.10]}')).toEqual([{ key: '$.data[2]', verbatim: '26.10', row: '{"$.data[2]":26.10}' }]);
    expect(valuesOf("$['2024年'][*]['参保 人数']", '{"2024年":[{"参保 人数":264000,"有效":true}]}')).toEqual([{ key: "$['2024年'][*]['参保 人数']", verbatim: '264000', row: '{"参保 人数":264000,"有效":true}' }]);
    expect(valuesOf('$', '26.10')).toEqual([{ key: '$', verbatim: '26.10', row: '{"$":26.10}' }]);
  });
  it('is, where the object is too long to be shown whole, the value with its place and how the object begins', () => {
    const [found] = valuesOf('$.data.k7999', { data: Object.fromEntries(Array.from({ length: 8000 }, (_, at) => [`k${at}`, at])) });
    expect(found?.row).toMatch(/^\{"\$\.data\.k7999":7999\}\n\{"k0":0,"k1":1,.{380,}… \(\+\d{5,}\)$/u);
    expect(found?.row?.length).toBeLessThan(500);
    // A single text of 100,000 characters is cut like any row.
    const long = valuesOf('$.note', { note: '城'.repeat(100_000), unit: '人' })[0]?.row ?? '';
    expect([long.length < 4_100, long.startsWith('{"$.note":"城城')]).toEqual([true, true]);
  });
  it('costs the document once and not once a value: 8,000 values of one list or one object write less than a megabyte, not 440', () => {
    const list = documentOf({ data: Array.from({ length: 8000 }, (_, at) => at + 0.5) });
    const object = documentOf({ data: Object.fromEntries(Array.from({ length: 8000 }, (_, at) => [`k${at}`, at + 0.5])) });
    for (const document of [list, object]) {
      let rows: ReturnType<typeof valuesAt> = [];
      expect(written(() => { rows = valuesAt('$.data.*', document, new JsonSearch(), MOST); })).toBeLessThan(1_000_000);
      expect(rows).toHaveLength(8000);
      expect(rows.every((row) => row.row?.includes(row.verbatim))).toBe(true);
      expect(rows.reduce((sum, row) => sum + (row.row?.length ?? 0), 0)).toBeLessThan(4_000_000);
    }
  });
  it('keeps no more in memory than it shows: a hundred rows cut from a hundred megabytes hold less than five', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    const rows = Array.from({ length: 100 }, (_, at) => boundRow(JSON.stringify({ at, text: 'x'.repeat(1_000_000) })));
    collect();
    expect((process.memoryUsage().heapUsed - before) / 1_000_000).toBeLessThan(5);
    expect(rows.every((row) => row.endsWith('… (+996020)') || /… \(\+9960\d\d\)$/u.test(row))).toBe(true);
  });
  it('holds a value that is an object itself by its beginning, for it cannot be read as a number anyway', () => {
    const row = rowOf(documentOf({ key: 'a', value: Array.from({ length: 5000 }, (_, at) => at) }).asWritten, 'key', 'value');
    expect(row?.verbatim.length).toBeLessThan(4_100);
    expect(rowOf(documentOf('{"key":7,"value":true}').asWritten, 'key', 'value')).toEqual({ key: '7', verbatim: 'true', row: '{"key":7,"value":true}' });
  });
});

describe('searching a document', () => {
  const listOf = (length: number) => documentOf({ data: Array.from({ length }, (_, at) => at) });
  const broke = (work: () => unknown) => { try { work(); return null; } catch (cause) { return (cause as { kind?: unknown }).kind; } };

  it('gives 150,000 nodes of one list, and stops at the number asked for', () => {
    expect(nodesAt('$.data[*]', listOf(150_000), new JsonSearch())).toHaveLength(150_000);
    expect(valuesAt('$.data[*]', listOf(150_000), new JsonSearch(), 51)).toHaveLength(51);
  });
  it('keeps every digit: whole numbers, decimals, exponents, minus nought', () => {
    const written = ['1', '26.10', '12345678901234567890.25', '1e5', '1E400', '-0', '-0.0', '0.1', '100000000000000000000000'];
    expect(valuesOf('$[*]', `[${written.join(',')}]`).map((row) => row.verbatim)).toEqual(written);
    expect(rowOf(documentOf('{"key":1.0,"value":-0,"n":5}').asWritten, 'key', 'value')).toEqual({ key: '1.0', verbatim: '-0', row: '{"key":1.0,"value":-0,"n":5}' });
  });
  it('ends at the number of nodes it may meet, those inside filters included: 3,000 numbers that are each compared with all are nine million', () => {
    // Time is no help here: whatever ends these ends by counting.
    const counting = (nodes: number) => new JsonSearch({ nodes, pathMs: 600_000, totalMs: 600_000 });
    expect(nodesAt('$.data[?count($.data[*]) > 0]', listOf(40), counting(2_000))).toHaveLength(40);
    expect(broke(() => nodesAt('$.data[?count($.data[*]) > 0]', listOf(50), counting(2_000)))).toBe('TOO_MUCH');
    for (const path of ['$.data[?count($.data[*]) > 0]', '$.data[?!(@ > 1 && $.data[?@ == -1])]', '$.data[?$..*]', '$.data[?length(value($.data[?@ == -1])) == 1 || count($..*) > 1]']) {
      expect([path, broke(() => nodesAt(path, listOf(3000), counting(100_000)))]).toEqual([path, 'TOO_MUCH']);
    }
  });
  it('ends at its time where no node is met at all: a regular expression that tries every way through sixty letters', () => {
    const hasty = { ...SEARCH_BOUNDS, pathMs: 100, totalMs: 150 };
    const search = new JsonSearch(hasty);
    expect(broke(() => nodesAt("$[?search(@, '(a+)+b')]", documentOf(['a'.repeat(60)]), search))).toBe('TOO_MUCH');
    expect(broke(() => nodesAt("$[?match(@, '(a|a)*b')]", documentOf(['a'.repeat(60)]), search))).toBe('TOO_MUCH');
    // All paths of one asking together have a time as well, and it is over.
    expect(broke(() => nodesAt('$', documentOf(['a']), search))).toBe('TOO_MUCH');
    expect(nodesAt("$[?search(@, '(a+)+b')]", documentOf(['aab']), new JsonSearch(hasty))).toEqual(['aab']);
  });
  it('says of a path that is none, and of a document nested deeper than it can be walked, that the path cannot be followed', () => {
    expect(broke(() => nodesAt('data.total', documentOf({}), new JsonSearch()))).toBe('PATH');
    expect(broke(() => valuesAt('$..x', documentOf(`${'['.repeat(60)}1${']'.repeat(60)}`), new JsonSearch(), MOST))).toBe('PATH');
    expect(broke(() => nodesAt('$.a', documentOf({ a: 1 }), new JsonSearch()))).toBe(null);
  });
});
