import { keepChoice, keptChoice } from './kept-choice';
import { isZoom, nextZoom, scaleOfPage, scaleOfText, type Zoom } from './zoom';

const A4_LYING = { width: 842 };

describe('the size of the original', () => {
  it.each<[string, Zoom, number, number]>([
    ['fits a pane that is wider than the page', 'auto', 1684, 2],
    ['stays legible in a narrow pane, which then scrolls', 'auto', 421, 1.15],
    ['fits however narrow where a person asked for it', 'fit', 421, 0.5],
    ['is the printed size at 100 %', 100, 421, 96 / 72],
    ['is legible before the pane was measured', 'auto', 0, 1.15],
  ])('%s', (_, zoom, room, scale) => expect(scaleOfPage(zoom, A4_LYING, room)).toBeCloseTo(scale, 9));
  it('of a sheet is that of its letters', () => {
    expect([scaleOfText('auto'), scaleOfText('fit'), scaleOfText(150)]).toEqual([1, 1, 1.5]);
  });
  it.each<[string, Zoom, 'in' | 'out', number, number]>([
    ['100 % goes up to 125', 100, 'in', 421, 125], ['and down to 80', 100, 'out', 421, 80], ['what fits at 37.5 % goes up to 50', 'fit', 'in', 421, 50], ['and cannot go lower than 50', 'fit', 'out', 421, 50],
    ['a page that fits at about 100 % goes on to 125', 'fit', 'in', 1120, 125], ['300 % is the end', 300, 'in', 421, 300],
  ])('%s', (_, zoom, way, room, next) => expect(nextZoom(zoom, way, A4_LYING, room)).toBe(next));
  it('of a text steps from the usual size', () => {
    expect([nextZoom('auto', 'in', null, 400), nextZoom('auto', 'out', null, 400)]).toEqual([125, 80]);
  });
  it('is kept for the next visit, and nonsense in the store is no choice', () => {
    localStorage.clear();
    expect(keptChoice<Zoom>('zoom', 'auto', isZoom)).toBe('auto');
    keepChoice('zoom', 150);
    expect(keptChoice<Zoom>('zoom', 'auto', isZoom)).toBe(150);
    localStorage.setItem('jiheng.look.zoom', '9999');
    expect(keptChoice<Zoom>('zoom', 'auto', isZoom)).toBe('auto');
    localStorage.setItem('jiheng.look.zoom', '{');
    expect(keptChoice<Zoom>('zoom', 'auto', isZoom)).toBe('auto');
  });
  it('is simply forgotten where the browser forbids storage', () => {
    const forbidden = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new DOMException('no', 'SecurityError'); });
    expect(() => keepChoice('zoom', 150)).not.toThrow();
    forbidden.mockRestore();
  });
});
