import { Component, signal } from '@angular/core';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { TestBed } from '@angular/core/testing';
import { type Doubt, type OfferedText, QuantityInput } from './quantity-input';
import { QuantityInputHarness } from './quantity-input-harness';

@Component({
  imports: [QuantityInput],
  template: `
    <jh-quantity-input [text]="text()" label="城乡居民养老保险参保人数达到" [understood]="understood()" [refusal]="refusal()" [doubt]="doubt()" [offers]="offers()" [chosenOffer]="chosenOffer()"
      [readonly]="readonly()" (typed)="typed.push($event); text.set($event)" (left)="left = left + 1" (chosen)="chosen.push($event)" (kept)="kept = kept + 1" />
  `,
})
class Row {
  readonly text = signal('');
  readonly understood = signal('');
  readonly refusal = signal<string | null>(null);
  readonly doubt = signal<Doubt | null>(null);
  readonly offers = signal<readonly OfferedText[]>([]);
  readonly chosenOffer = signal<string | null>(null);
  readonly readonly = signal(false);
  readonly typed: string[] = [];
  readonly chosen: string[] = [];
  left = 0;
  kept = 0;
}

async function open() {
  const fixture = TestBed.createComponent(Row);
  const cell = await TestbedHarnessEnvironment.loader(fixture).getHarness(QuantityInputHarness);
  const box = (): HTMLInputElement => fixture.nativeElement.querySelector('input');
  return { row: fixture.componentInstance, cell, box, fixture };
}

describe('a cell that takes a quantity', () => {
  it('hands on what is typed, key by key, and says how it is understood', async () => {
    const { row, cell } = await open();
    await cell.type('２６．４');
    expect(row.typed.at(-1)).toBe('２６．４');
    row.understood.set('26.4万人');
    expect(await cell.understood()).toBe('26.4万人');
  });

  it('shows the refusal in the cell, keeps the text and is marked for screen readers', async () => {
    const { row, cell, box } = await open();
    await cell.type('26.4户');
    row.refusal.set('单位“户”不能换算成本指标的单位“万人”，请改用“万人”。');
    expect(await cell.refusal()).toContain('不能换算');
    expect(await cell.text()).toBe('26.4户');
    expect(box().getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(box().getAttribute('aria-describedby') ?? '')?.textContent).toContain('不能换算');
  });

  it('asks “0.95% 还是 95%？” with one button for each answer', async () => {
    const { row, cell } = await open();
    row.doubt.set({ sentence: '0.95% 还是 95%？', keep: '就是 0.95%', others: [{ text: '95%', label: '改为 95%' }] });
    expect(await cell.doubt()).toContain('0.95% 还是 95%？');
    expect(await cell.buttons()).toEqual(['就是 0.95%', '改为 95%']);
    await cell.press('改为 95%');
    expect(row.chosen).toEqual(['95%']);
    await cell.press('就是 0.95%');
    expect(row.kept).toBe(1);
  });

  it('offers grades; Alt+↓ goes through them without leaving the cell', async () => {
    const { row, cell, box } = await open();
    row.offers.set([{ text: '达成', label: 'A 达成' }, { text: '部分达成', label: 'B 部分达成' }]);
    await cell.press('B 部分达成');
    expect(row.chosen).toEqual(['部分达成']);
    row.chosenOffer.set('部分达成');
    await cell.buttons();
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true, cancelable: true }));
    expect(row.chosen).toEqual(['部分达成', '达成']);
  });

  it('an offer that goes on (不适用：…) puts the caret behind it and waits for the reason', async () => {
    const { row, cell, box } = await open();
    row.offers.set([{ text: '不适用：', label: '不适用', open: true }]);
    await cell.press('不适用');
    expect(row.chosen).toEqual([]);
    expect(row.typed).toEqual(['不适用：']);
    expect(box().selectionStart).toBe(4);
  });

  it('leaves the letters of an input method alone until the word is chosen', async () => {
    const { row, box } = await open();
    box().dispatchEvent(new CompositionEvent('compositionstart'));
    box().value = 'shi';
    box().dispatchEvent(new Event('input'));
    expect(row.typed).toEqual([]);
    box().value = '是';
    box().dispatchEvent(new CompositionEvent('compositionend'));
    expect(row.typed).toEqual(['是']);
  });

  it('only shows where nothing may be entered', async () => {
    const { row, cell } = await open();
    row.offers.set([{ text: '达成', label: 'A 达成' }]);
    row.readonly.set(true);
    expect(await cell.isReadOnly()).toBe(true);
    expect(await cell.buttons()).toEqual([]);
  });
});
