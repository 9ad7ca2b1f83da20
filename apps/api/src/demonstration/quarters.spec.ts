import { type Actual, besideEarlierQuarters, parseActualText } from '@jiheng/domain';
import { theSixTables } from '@jiheng/domain/testing';
import { demonstrationYear } from './quarters';

describe('the quarters of a usual year', () => {
  it('raise no question beside one another: what adds up, stands, is surveyed or takes the longest may go up and down as it does', () => {
    let compared = 0;
    const asked: string[] = [];
    for (const [prefix, { cells }] of Object.entries(demonstrationYear)) {
      const rows = theSixTables.flatMap((table) => table.indicators).filter((row) => row.key.startsWith(prefix));
      const year: Actual[][] = cells.map((quarter) => rows.map((row, at) => {
        const read = parseActualText(quarter[at] ?? '', row);
        if (!read.ok) throw new Error(`${row.key}: ${quarter[at] ?? ''}`);
        return read.value;
      }));
      year.forEach((quarter, ordinal) => {
        quarter.forEach((actual, at) => {
          const row = rows[at];
          if (row === undefined || ordinal === 0) return;
          const earlier = year.slice(0, ordinal).map((before, index) => ({ ordinal: index + 1, actual: before[at] as Actual }));
          compared += 1;
          asked.push(...besideEarlierQuarters(actual, earlier, row).map((finding) => `Q${ordinal + 1}: ${finding.message}`));
        });
      });
    }
    expect([compared > 100, asked]).toEqual([true, []]);
  });
});
