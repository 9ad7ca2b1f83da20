import type { SourceRow } from '../../source-connector';
import { packRows, unpackRows } from './packed-rows';
import { RowRoom, TooHeavy } from './row-room';

describe('rows on their way out of a thread', () => {
  it('arrive as they were, with a text or without', () => {
    const rows: SourceRow[] = [{ key: '参保', verbatim: '26.10', row: '{"a":26.10}' }, { key: '参保', verbatim: '26.10' }, { key: '', verbatim: '', row: '' }, { key: 'x', verbatim: 'x', row: 'x', file: '2024Q4.xlsx / 汇总' }, { key: 'x', verbatim: '', file: '2024Q4.xlsx / 汇总', line: '12' }];
    const packed = packRows(rows);
    expect(unpackRows(structuredClone(packed))).toEqual(rows);
    expect(packed.texts).toEqual(['参保', '26.10', '{"a":26.10}', '', 'x', '2024Q4.xlsx / 汇总', '12']);
    expect(packRows([])).toEqual({ texts: [], places: new Uint32Array(0) });
  });

  it('hand over a text once, however many of them share it: 50,000 values of a few objects are not 200 MB', () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => ({ key: '$.data[*].*', verbatim: String(at), row: `${at % 10}`.padEnd(4_000, 'x') }));
    const { texts } = packRows(rows);
    expect([texts.length, texts.reduce((sum, text) => sum + text.length, 0) < 400_000]).toEqual([50_011, true]);
  });

  it('have a room they share: a text counts once, and beyond it nothing is taken', () => {
    const room = new RowRoom(10_000);
    const fill = (from: number, to: number): void => { for (let at = from; at < to; at += 1) room.add({ key: 'k', verbatim: '1', row: `${at % 9}`.padEnd(1_000, 'x') }); };
    fill(0, 1_000);
    expect(() => { for (let at = 0; at < 2; at += 1) room.add({ key: `${at}`.padEnd(500, 'y'), verbatim: '1' }); }).toThrow(TooHeavy);
  });
});
