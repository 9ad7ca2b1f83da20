import { Component, signal, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { monitoringReportWorkflow, selfEvaluationWorkflow, targetTableWorkflow } from '@jiheng/domain';
import { MoveBar, type ChosenMove } from './move-bar';
import { inOrder, mannerOf } from './moves';

describe('the moves of the workflows', () => {
  const workflows = [monitoringReportWorkflow({ reviewStep: true }), selfEvaluationWorkflow({ reviewStep: true }), targetTableWorkflow({ reviewStep: true })];
  const moves = [...new Set(workflows.flatMap((workflow) => Object.keys(workflow.moves)))].filter((move) => move !== 'supersede');

  it('all have a word of their own', () => expect(moves.filter((move) => mannerOf(move).word === 'moveUnknown')).toEqual([]));
  it('ask for an opinion where the workflow owes one', () => {
    const owing = workflows.flatMap((workflow) => Object.entries(workflow.moves).filter(([, move]) => move.owes !== null).map(([name]) => name));
    expect(owing.filter((move) => mannerOf(move).opinion !== 'required')).toEqual([]);
    expect(owing).toContain('return');
  });
  it('stand with the way forward at the end', () => expect(inOrder(['sign', 'return', 'unreview'])).toEqual(['return', 'unreview', 'sign']));
});

@Component({ imports: [MoveBar], template: '<jh-move-bar [moves]="moves()" [busy]="busy()" (chosen)="chosen.push($event)" />' })
class Host {
  readonly moves = signal<readonly string[]>(['return', 'sign', 'withdraw']);
  readonly busy = signal(false);
  readonly chosen: ChosenMove[] = [];
  readonly bar = viewChild.required(MoveBar);
}

describe('the bar', () => {
  async function open() {
    localStorage.clear();
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    const press = async (text: string) => {
      [...page.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)?.click();
      await fixture.whenStable();
    };
    const write = async (text: string) => {
      const box = page.querySelector('textarea') as HTMLTextAreaElement;
      box.value = text;
      box.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    return { fixture, page, press, write, host: fixture.componentInstance };
  }

  it('carries out at once what needs no words', async () => {
    const { press, host } = await open();
    await press('撤回送审');
    expect(host.chosen).toEqual([{ move: 'withdraw' }]);
  });
  it('does not return a document without an opinion, and says why', async () => {
    const { page, press, host } = await open();
    await press('退回修改');
    await press('确定 · 退回修改');
    expect(host.chosen).toEqual([]);
    expect(page.textContent).toContain('退回和重新打开必须写明意见');
  });
  it('returns it with the opinion and keeps the words until the page says it went well', async () => {
    const { page, press, write, host, fixture } = await open();
    await press('退回修改');
    await write('  第三行与合同不符  ');
    await press('确定 · 退回修改');
    expect(host.chosen).toEqual([{ move: 'return', opinion: '第三行与合同不符' }]);
    expect(page.querySelector('textarea')?.value).toContain('第三行与合同不符');
    host.bar().clear();
    await fixture.whenStable();
    expect(page.querySelector('textarea')).toBeNull();
  });
  it('lets a manager sign without words', async () => {
    const { press, host } = await open();
    await press('签字确认');
    await press('确定 · 签字确认');
    expect(host.chosen).toEqual([{ move: 'sign' }]);
  });
  it('cannot be pressed twice while the server thinks', async () => {
    const { page, host, fixture } = await open();
    host.busy.set(true);
    await fixture.whenStable();
    expect([...page.querySelectorAll('button')].every((button) => button.disabled)).toBe(true);
  });
});
