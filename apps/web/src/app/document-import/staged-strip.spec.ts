import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { StagedStrip } from './staged-strip';

@Component({ imports: [StagedStrip], template: `<jh-staged-strip title="表头" facts="项目 · 2024 年" [waits]="waits()" [opens]="waits() !== ''" [about]="at()"><input></jh-staged-strip>` })
class Host {
  readonly at = signal(0);
  readonly waits = signal('');
}

async function open(waits: string) {
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.waits.set(waits);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const details = page.querySelector('details')!;
  return { host: fixture.componentInstance, settle: () => fixture.whenStable(), details, said: () => [...(page.querySelector('summary')?.children ?? [])].map((part) => part.textContent?.trim()).join(' ') };
}

describe('a line beside the rows of a staged table', () => {
  it('is one line while nothing waits, and stands open for a table in which something does', async () => {
    const sure = await open('');
    expect([sure.details.open, sure.said()]).toEqual([false, '表头 项目 · 2024 年']);
    const doubtful = await open('1 项待核对');
    expect([doubtful.details.open, doubtful.said()]).toEqual([true, '表头 1 项待核对 项目 · 2024 年']);
  });
  it('moves no row under the hand: what comes up while one works lights the mark and opens nothing', async () => {
    const { host, settle, details, said } = await open('');
    host.waits.set('1 处提醒');
    await settle();
    expect([details.open, said()]).toEqual([false, '表头 1 处提醒 项目 · 2024 年']);
    host.at.set(1);
    await settle();
    expect(details.open).toBe(true);
  });
  it('stays as a person left it until another table is shown', async () => {
    const { host, settle, details } = await open('1 项待核对');
    details.open = false;
    details.dispatchEvent(new Event('toggle'));
    host.waits.set('2 项待核对');
    await settle();
    expect(details.open).toBe(false);
    host.at.set(1);
    await settle();
    expect(details.open).toBe(true);
  });
});
