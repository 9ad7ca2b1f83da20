import { inputBinding } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Points } from './points';
import { sayPoints, withoutTrailingZeros } from './say-points';

describe('points as they print', () => {
  it('keep their two places, weights lose the zeros nobody writes', () => {
    expect(sayPoints('20.00', '20.00')).toEqual({ points: '20.00', weight: '20' });
    expect(sayPoints('19.95', '20')).toEqual({ points: '19.95', weight: '20' });
    expect(sayPoints(null, '7.50')).toEqual({ points: '—', weight: '7.5' });
  });
  it.each([['100', '100'], ['90.00', '90'], ['0.00', '0'], ['12.340', '12.34']])('%s is written %s', (text, plain) => expect(withoutTrailingZeros(text)).toBe(plain));
});

describe('the points widget', () => {
  async function show(points: string | null, trace: readonly string[]) {
    localStorage.clear();
    const fixture = TestBed.createComponent(Points, { bindings: [inputBinding('points', () => points), inputBinding('weight', () => '20'), inputBinding('trace', () => trace)] });
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }
  it('offers the reason behind a button and says so', async () => {
    const button = (await show('20.00', ['264,000 人 ≥ 261,000 人，达成，得 20.00 分'])).querySelector('button');
    expect(button?.textContent.replace(/\s+/g, ' ').trim()).toBe('20.00 / 20 查看计分过程');
  });
  it('is plain text while there is no reason to show', async () => {
    const page = await show(null, []);
    expect(page.querySelector('button')).toBeNull();
    expect(page.textContent).toContain('尚未得分（满分 20 分）');
  });
});
