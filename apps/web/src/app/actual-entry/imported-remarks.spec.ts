import { TestBed } from '@angular/core/testing';
import type { ImportedRemark } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { aRefusal } from '../api/testing/a-refusal';
import { aReport, rowIdAt } from '../api/testing/a-report';
import { ActualEntryModel } from './actual-entry-model';
import { ImportedRemarkNote } from './imported-remark';
import { RemarksNotice } from './remarks-notice';
import { AServer } from './testing/a-server';

// KZ-U6: 城乡居民养老保险参保人数, the last row of the prefectural centre's table.
const KEY = 'KZ-U6';
const said = { importId: '019b0000-0000-7000-8000-00000000001a' as ImportedRemark['importId'], sourceName: '监控表1-9月.csv', at: '2024-10-08T02:00:00.000Z' };
const OF_ROW: ImportedRemark = { ...said, id: 'r1', indicatorKey: KEY, money: null, explanation: { causes: ['STAFF'], sentence: '参保人员外出务工', measures: '', likelihood: 'POSSIBLE', forecast: '26万人' } };
const OF_MONEY: ImportedRemark = { ...said, id: 'r2', indicatorKey: null, explanation: null, money: [{ part: 'TOTAL', initial: '544.52', adjusted: null, executed: '400.00' }] };

async function open(waiting: readonly ImportedRemark[] = [OF_ROW, OF_MONEY]) {
  const server = new AServer(aReport(theTable('KZ-U')));
  server.waiting = waiting;
  const model = new ActualEntryModel(server.report, { gateway: server, store: null, personId: 'p1', remarks: await server.remarks(), now: () => '2024-10-09T02:00:00.000Z' });
  const row = model.row(rowIdAt(5));
  if (row === null) throw new Error('no row');
  return { server, model, row, settled: () => server.asked.filter(({ what }) => what === 'remark').map(({ rowId, body }) => [rowId, body]) };
}

describe('what an imported form says beside the own words', () => {
  it('changes nothing by itself', async () => {
    const { server, model, row } = await open();
    expect([model.remarks.ofRow(KEY)?.id, model.remarks.ofMoney()?.id, row.explanation.dirty(), model.execution.dirty(), server.asked]).toEqual(['r1', 'r2', false, false, []]);
  });
  it('is taken over into the explanation, saved, and only then settled; what the form leaves blank stays', async () => {
    const { server, model, row, settled } = await open();
    row.explanation.change({ measures: '年底前上门办理' });
    const remark = model.remarks.ofRow(KEY);
    if (remark === null) throw new Error('no remark');
    await model.remarks.takeExplanation(remark, row.explanation);
    expect(server.asked.filter(({ what }) => what === 'explain').at(-1)?.body).toMatchObject({ causes: ['STAFF'], sentence: '参保人员外出务工', measures: '年底前上门办理', likelihood: 'POSSIBLE', forecast: '26万人' });
    expect([settled(), model.remarks.ofRow(KEY), row.explanation.settled()]).toEqual([[['r1', 'TAKEN']], null, true]);
  });
  it('waits on while the explanation could not be saved', async () => {
    const { server, model, row, settled } = await open();
    server.refuseWith = aRefusal('actual.report-not-editable', 422);
    const remark = model.remarks.ofRow(KEY);
    if (remark === null) throw new Error('no remark');
    await model.remarks.takeExplanation(remark, row.explanation);
    expect([settled(), model.remarks.ofRow(KEY)?.id, model.remarks.busy()]).toEqual([[], 'r1', false]);
  });
  it('fills the money of the report where the form prints an amount', async () => {
    const { model, settled } = await open();
    const remark = model.remarks.ofMoney();
    if (remark === null) throw new Error('no remark');
    model.execution.type(model.execution.cell('TOTAL', 'adjusted'), '560');
    await model.remarks.takeMoney(remark, model.execution);
    expect((['initial', 'adjusted', 'executed'] as const).map((column) => model.execution.cell('TOTAL', column).text())).toEqual(['544.52', '560', '400.00']);
    expect(settled()).toEqual([['r2', 'TAKEN']]);
  });
  it('is let go where the own words stay', async () => {
    const { model, row, settled } = await open();
    const remark = model.remarks.ofRow(KEY);
    if (remark === null) throw new Error('no remark');
    await model.remarks.keep(remark);
    expect([settled(), row.explanation.dirty(), model.remarks.list().map(({ id }) => id)]).toEqual([[['r1', 'KEPT']], false, ['r2']]);
  });
});

describe('its place on the page', () => {
  it('says above the grid which rows it is about, and goes there', async () => {
    const { model } = await open();
    const fixture = TestBed.createComponent(RemarksNotice);
    fixture.componentRef.setInput('model', model);
    const opened: string[] = [];
    fixture.componentInstance.opened.subscribe((row) => opened.push(row));
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    expect(page.textContent?.replace(/\s+/gu, ' ')).toContain('导入的监控表还写有 1 条偏差说明，尚待选择： 城乡居民养老保险参保人数达到预算执行数');
    page.querySelector('button')?.click();
    expect(opened).toEqual([rowIdAt(5)]);
  });
  it('shows what the form prints, with two choices for who may write', async () => {
    const show = async (remark: ImportedRemark, readonly = false): Promise<HTMLElement> => {
      const fixture = TestBed.createComponent(ImportedRemarkNote);
      fixture.componentRef.setInput('remark', remark);
      fixture.componentRef.setInput('readonly', readonly);
      await fixture.whenStable();
      return fixture.nativeElement as HTMLElement;
    };
    const row = await show(OF_ROW);
    expect([row.textContent?.includes('“监控表1-9月.csv”中写的'), row.querySelector('dl')?.textContent]).toEqual([true, '偏差原因人员保障原因说明参保人员外出务工全年预计26万人完成目标可能性有可能']);
    expect([row.querySelectorAll('button').length, (await show(OF_ROW, true)).querySelectorAll('button').length]).toEqual([2, 0]);
    expect((await show(OF_MONEY)).querySelector('dd')?.textContent).toBe('年初预算 544.52 · 执行 400.00');
  });
});
