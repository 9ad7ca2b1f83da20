import type { ExecutionView } from '@jiheng/contract';
import { MOF_2020_10 } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { ExecutionDraft } from './execution-draft';
import { SaveLane } from '../saving/save-lane';
import { AServer } from './testing/a-server';
import { aReport } from '../api/testing/a-report';

function open(view: ExecutionView | null = null, key: 'KZ-A' | 'KZ-U' = 'KZ-A') {
  const table = theTable(key);
  const server = new AServer(aReport(table));
  const draft = new ExecutionDraft(view, { gateway: server, lane: new SaveLane(), editable: true, profile: MOF_2020_10, ordinal: 4, subject: table.subject }, () => undefined);
  return { server, draft };
}

describe('预算执行 of the audit project (8.00 万元)', () => {
  it.each([['8.00', '100.00', '10.00'], ['7.20', '90.00', '9.00'], ['6.00', '75.00', '7.50'], ['4.79', '59.88', '5.99']])('%s executed: %s %%, %s points', (executed, rate, points) => {
    const { draft } = open();
    draft.type(draft.cell('TOTAL', 'initial'), '8.00');
    draft.type(draft.cell('TOTAL', 'adjusted'), '8');
    draft.type(draft.cell('TOTAL', 'executed'), executed);
    expect(draft.score()).toMatchObject({ rate, points });
  });

  it('reads 72000元 as 7.2 万元 and refuses 7.2万人 at its place', () => {
    const { draft } = open();
    const cell = draft.cell('TOTAL', 'executed');
    draft.type(cell, '72000元');
    expect(cell.amount()).toEqual({ ok: true, value: '7.2' });
    draft.type(cell, '7.2万人');
    expect(cell.amount()).toMatchObject({ ok: false, refusal: { code: 'quantity.unit-mismatch' } });
    expect(draft.readable()).toBe(false);
    expect(draft.score()).toBeNull();
  });

  it('says when the total is not the sum of its parts, and puts the sum in at one click', () => {
    const { draft } = open();
    draft.type(draft.cell('TOTAL', 'executed'), '0');
    draft.type(draft.cell('FISCAL', 'executed'), '7.00');
    draft.type(draft.cell('OTHER', 'executed'), '0.20');
    expect(draft.unbalanced()).toEqual([{ column: 'executed', sum: '7.2' }]);
    draft.takeSum('executed', '7.2');
    expect(draft.unbalanced()).toEqual([]);
    draft.stop();
  });

  it('saves itself as a whole, and a second time from the new revision', async () => {
    const { draft, server } = open();
    draft.type(draft.cell('TOTAL', 'initial'), '8');
    await draft.leave();
    draft.type(draft.cell('TOTAL', 'executed'), '7.2');
    await draft.leave();
    expect(server.asked.map((asked) => asked.expectedRevision)).toEqual([0, 1]);
    expect(draft.settled()).toBe(true);
  });

  it('owes a reason below 90 %', () => {
    const { draft } = open();
    draft.type(draft.cell('TOTAL', 'initial'), '8');
    draft.type(draft.cell('TOTAL', 'executed'), '7.19');
    expect(draft.score()?.explanationOwed).toBe(true);
    draft.type(draft.cell('TOTAL', 'executed'), '7.2');
    expect(draft.score()?.explanationOwed).toBe(false);
    draft.stop();
  });
});

describe('预算执行 of a whole unit (544.52 万元)', () => {
  const unit: ExecutionView = {
    revision: 1, rate: null, reason: null, by: '填报人', at: '2025-01-08T02:00:00Z', light: 'NONE',
    rows: [{ part: 'TOTAL', initial: '544.52', adjusted: '544.52', executed: null }, { part: 'HIGHER_LEVEL', initial: '52.18', adjusted: '52.18', executed: null }, { part: 'LOCAL_LEVEL', initial: '492.34', adjusted: '492.34', executed: null }],
  };

  it('has the sources of its own form: 上级安排, 本级安排, 其他资金', () => {
    const { draft } = open(unit, 'KZ-U');
    expect(draft.parts).toEqual(['TOTAL', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER']);
    expect([draft.cell('HIGHER_LEVEL', 'initial').text(), draft.cell('LOCAL_LEVEL', 'adjusted').text(), draft.dirty()]).toEqual(['52.18', '492.34', false]);
  });

  it('adds them up: 50.00 and 480.00 spent are 530.00', () => {
    const { draft } = open(unit, 'KZ-U');
    draft.type(draft.cell('HIGHER_LEVEL', 'executed'), '50');
    draft.type(draft.cell('LOCAL_LEVEL', 'executed'), '480');
    expect(draft.unbalanced()).toEqual([{ column: 'executed', sum: '530' }]);
    draft.takeSum('executed', '530');
    expect(draft.score()?.rate).toBe('97.33');
    draft.stop();
  });

  it('a line of a project that was stored before is neither shown nor a change', () => {
    const { draft } = open({ ...unit, rows: [...unit.rows, { part: 'FISCAL', initial: '544.52', adjusted: '544.52', executed: null }] }, 'KZ-U');
    expect(draft.dirty()).toBe(false);
  });
});
