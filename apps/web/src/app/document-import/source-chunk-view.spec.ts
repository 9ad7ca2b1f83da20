import { drawLines } from './source-chunk-view';

const A4 = { width: 842, height: 595 };

describe('a piece of the original', () => {
  it('draws a merged cell once, and lets it end with the piece it stands in', () => {
    const lines = [
      { number: 8, cells: ['产出指标', '数量指标', '租用专线网络数量'], spans: [{ columns: 1, rows: 5 }, { columns: 1, rows: 2 }, null] },
      { number: 9, cells: ['', '', '资金使用合规率'] },
    ];
    expect(drawLines(lines, 0, null).map((line) => line.cells.map((cell) => [cell.key, cell.rows]))).toEqual([[['0:8:0', 2], ['0:8:1', 2], ['0:8:2', 1]], [['0:9:2', 1]]]);
  });
  it('keeps the letters of a merged cell as small as those beside it, and breaks a long text until it fits its box', () => {
    const box = (x: number, y: number, width: number, height: number) => ({ page: 1, x, y, width, height });
    const [first, second] = drawLines([
      { number: 1, cells: ['产出指标', '=4条', '9条'], boxes: [box(40, 100, 80, 60), box(120, 100, 60, 15), box(180, 100, 60, 15)] },
      { number: 2, cells: ['城乡居民养老保险参保人数达到（万人）', '8'], boxes: [box(120, 115, 60, 15), box(180, 115, 60, 15)] },
    ], 0, A4);
    const [merged, beside] = first?.cells ?? [];
    expect(merged?.box?.size).toBe(beside?.box?.size);
    expect(merged?.box).toMatchObject({ left: (40 * 100) / 842, top: (100 * 100) / 595, height: (60 * 100) / 595 });
    expect(second?.cells[0]?.box?.size).toBeLessThan(beside?.box?.size ?? 0);
  });
  it('says nothing of boxes where there is no page', () => {
    expect(drawLines([{ number: 1, cells: ['项目名称', '线路租赁费'] }], 2, null)[0]?.cells.map((cell) => [cell.key, cell.box])).toEqual([['2:1:0', null], ['2:1:1', null]]);
  });
});
