import { TestBed } from '@angular/core/testing';
import type { CandidateView } from '@jiheng/contract';
import { Candidate, type CandidateChoice } from './candidate';
import { OriginReader } from './origin-reader';
import { Words } from '../../words/words';

const FOUND = {
  id: 'c1', actual: { kind: 'REPORTED', magnitude: '264000', unit: '人' }, sourceName: '社保核心系统', observedAt: '2025-01-08T18:00:00Z', verbatim: '{"count":264000}', sha256: 'b'.repeat(64), warning: null,
  outcome: 'CANDIDATE',
} as unknown as CandidateView;

async function open(short: boolean) {
  const fixture = TestBed.createComponent(Candidate);
  fixture.componentRef.setInput('candidate', FOUND);
  fixture.componentRef.setInput('value', '26.4万人');
  fixture.componentRef.setInput('short', short);
  const choices: CandidateChoice[] = [];
  fixture.componentInstance.settled.subscribe((choice) => choices.push(choice));
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  const press = async (label: string): Promise<void> => {
    const button = [...host.querySelectorAll('button')].find((one) => one.textContent?.trim() === label);
    button?.click();
    await fixture.whenStable();
  };
  return { fixture, host, choices, press };
}

describe('a candidate beside the cell', () => {
  it('is taken at one click', async () => {
    const { choices, press } = await open(true);
    await press('采用');
    expect(choices).toEqual([{ choice: 'ACCEPT' }]);
  });

  it('shows the words of the source with their digest', async () => {
    const { host } = await open(false);
    expect(host.textContent).toContain('{"count":264000}');
    expect(host.textContent).toContain('b'.repeat(64));
    expect(host.textContent).toContain('社保核心系统');
  });

  it('shows the row of the source when somebody asks where it came from', async () => {
    const api = { origin: async (id: string) => ({ ok: true, value: { asked: `http://10.1.2.3/insured ${id}`, row: '{"key":"pension","value":264000}', formula: '数值 / 10000', formulaEn: 'value / 10000', bodySha256: 'c'.repeat(64) } }) };
    TestBed.configureTestingModule({ providers: [{ provide: OriginReader, useValue: api }] });
    const { fixture, host, press } = await open(false);
    fixture.componentRef.setInput('candidate', { ...FOUND, observationId: 'o1' });
    await fixture.whenStable();
    await press('查看出处');
    await fixture.whenStable();
    expect(host.textContent).toContain('{"key":"pension","value":264000}');
    expect(host.textContent).toContain('http://10.1.2.3/insured o1');
    expect(host.textContent).toContain('数值 / 10000');
    TestBed.inject(Words).setLanguage('en');
    await fixture.whenStable();
    expect([host.textContent?.includes('value / 10000'), host.textContent?.includes('数值')]).toEqual([true, false]);
    TestBed.inject(Words).setLanguage('zh');
  });

  it('is left aside only with a reason', async () => {
    const { fixture, host, choices, press } = await open(false);
    await press('保留我的');
    await press('确定保留我的');
    expect(choices).toEqual([]);
    expect(host.querySelector('[role="alert"]')?.textContent).toContain('理由');
    const box = host.querySelector('input');
    if (box !== null) box.value = '来源含已注销人员';
    box?.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    await press('确定保留我的');
    expect(choices).toEqual([{ choice: 'KEEP_MINE', reason: '来源含已注销人员' }]);
  });
});
