import { convertToParamMap } from '@angular/router';
import { COLUMNS, FIRST_VIEW, KEPT, addressOf, viewOf } from './list-view';

describe('how a list is looked through, in its address', () => {
  it('says nothing of what is as from the first', () => {
    expect(addressOf(FIRST_VIEW)).toEqual({ q: null, keep: null, sort: null });
    expect(addressOf({ ...FIRST_VIEW, sought: '  ' }).q).toBeNull();
    expect(viewOf(convertToParamMap({}))).toEqual(FIRST_VIEW);
  });
  it('comes back as it was written, whatever it is', () => {
    for (const column of COLUMNS) {
      for (const kept of KEPT) {
        for (const down of [true, false]) {
          const view = { sought: '自治州 a&b', kept, sorting: { column, down } };
          expect(viewOf(convertToParamMap(Object.fromEntries(Object.entries(addressOf(view)).filter(([, value]) => value !== null))))).toEqual(view);
        }
      }
    }
  });
  it.each([{ sort: 'name.up' }, { sort: 'mean' }, { sort: 'mean.sideways' }, { sort: '.' }, { keep: 'late' }, { keep: '' }])('%j is as from the first', (query) => {
    expect(viewOf(convertToParamMap(query))).toEqual(FIRST_VIEW);
  });
  it('takes no longer text than can be typed', () => {
    expect(viewOf(convertToParamMap({ q: '州'.repeat(5_000) })).sought).toHaveLength(100);
  });
});
