import { signal } from '@angular/core';
import { DeferBlockBehavior, DeferBlockState, TestBed } from '@angular/core/testing';
import type { UnitView } from '@jiheng/contract';
import { PeopleApi, type UnitAsk } from '../api/people-api';
import { answered } from '../api/problem';
import { type NamedUnit, UnitField } from './unit-field';
import { Viewpoint } from './viewpoint';

const unit = (id: string, name: string): UnitView => ({ id: id as UnitView['id'], code: id, name, kind: 'UNIT', parentId: null });
const [centre, office] = [unit('a', '玛纳斯县社会保险中心'), unit('b', '玛纳斯县就业服务中心')];

async function open(many: boolean, inputs: Record<string, unknown> = {}) {
  const asked: UnitAsk[] = [];
  TestBed.configureTestingModule({ deferBlockBehavior: DeferBlockBehavior.Manual, providers: [
    { provide: Viewpoint, useValue: { manyUnits: signal(many) } },
    { provide: PeopleApi, useValue: { units: async (ask: UnitAsk) => { asked.push(ask); return answered({ units: [centre, office].filter((one) => ask.id === undefined || one.id === ask.id), more: false }); } } },
  ] });
  const fixture = TestBed.createComponent(UnitField);
  for (const [name, value] of Object.entries({ inputId: 'unit', unitId: 'b', units: [centre, office], ...inputs })) fixture.componentRef.setInput(name, value);
  const chosen: (NamedUnit | null)[] = [];
  fixture.componentInstance.chosen.subscribe((one) => chosen.push(one));
  const settle = async () => { for (let turn = 0; turn < 5; turn++) await fixture.whenStable(); };
  await settle();
  for (const block of await fixture.getDeferBlocks()) await block.render(DeferBlockState.Complete);
  await settle();
  return { host: fixture.nativeElement as HTMLElement, asked, chosen, settle };
}

describe('the unit of a form', () => {
  it('is a plain list where all units are known', async () => {
    const { host, asked, chosen } = await open(false, { blank: '请选择单位', depths: new Map([['b', 1]]) });
    const list = host.querySelector('select') as HTMLSelectElement;
    expect([...list.options].map((option) => option.text)).toEqual(['请选择单位', '玛纳斯县社会保险中心', '\u3000玛纳斯县就业服务中心']);
    expect(list.value).toBe('b');
    for (const value of ['a', '']) { list.value = value; list.dispatchEvent(new Event('change')); }
    expect([chosen, asked]).toEqual([[centre, null], []]);
  });

  it('is a search where there are more than a list can hold, and says the name of the one that is chosen', async () => {
    const { host, asked } = await open(true, { units: [centre] });
    expect(host.querySelector('select')).toBeNull();
    expect(host.querySelector('nz-select input')?.id).toBe('unit');
    expect(asked).toEqual([{ id: 'b' }]);
    expect(host.querySelector('nz-select')?.textContent).toContain('玛纳斯县就业服务中心');
  });
});
