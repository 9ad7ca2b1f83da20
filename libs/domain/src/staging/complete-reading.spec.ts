import { theTable } from '../../testing';
import { aFinding } from '../checks/findings';
import type { BudgetDocument } from '../budget-document/budget-document';
import { applyCorrection } from './apply-correction';
import { stagedFindings } from './check-staged-table';
import { withPrint } from './complete-reading';
import type { StagedRow, StagedTable } from './staged-table';

/** 社会保险经办审计经费 as it was stored before its print was kept. */
function old(notes: StagedTable['notes'] = []): StagedTable {
  const table = theTable('KZ-A');
  return {
    ...table, lead: '信息科', place: 'line 485', headCells: {}, notes, acceptedFindings: [], matches: {},
    rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => ({ ...row, id: `r${at + 1}`, nameUnit: null, confidence: '1', place: `line ${at + 494}`, corrected: [], cells: {} })),
  };
}
/** Table 7 with one row: the project and its money, 万元. */
const table7 = (total: string): BudgetDocument => ({
  tables: [{ number: 7, rows: [{ kind: 'PROJECT', project: '社会保险经办审计经费', amounts: { total }, place: '第 220 行' }] }],
}) as unknown as BudgetDocument;
const said = (table: StagedTable, code: string) => stagedFindings(table, { projects: [] }).filter(({ finding }) => finding.code === code).map(({ finding: { found, expected } }) => [found, expected]);

describe('a reading of earlier days', () => {
  it('is held against table 7 of its document, as if it were read today', () => {
    expect(said(old(), 'Q-P2')).toEqual([]);
    expect(said(withPrint(old(), table7('7.00')), 'Q-P2')).toEqual([['8.00', '7.00']]);
    expect(said(withPrint(old(), table7('8.00')), 'Q-P2')).toEqual([]);
  });
  it('knows the printed sums that disagreed from its notes, and compares them again after a correction', () => {
    const noted = old([{ row: null, finding: aFinding('R-sum', 'WARN', { label: '分值', place: '485' }, { found: '88', expected: '90' }) }]);
    const whole = withPrint(noted, null);
    expect(whole.printed).toEqual({ weight: '88', levels: {}, tasks: null, table7: null });
    expect(said(whole, 'R-sum')).toEqual([['88', '90']]);
    const mended = applyCorrection(whole, { kind: 'SET_CELL', row: 'r1', column: 'weight', text: String(Number(theTable('KZ-A').indicators[0]?.weight) - 2) }, 1);
    expect(mended.ok ? said(mended.value, 'R-sum') : null).toEqual([]);
    // Without its print the note would stand whatever a person wrote.
    expect(said(noted, 'R-sum')).toEqual([['88', '90']]);
  });
  it('keeps the word of a note about table 7 whose budget tables are not stored', () => {
    const noted = old([{ row: null, finding: aFinding('Q-P2-budget', 'ERROR', { place: '第 220 行' }, { expected: '7.00', found: '8.00' }) }]);
    expect(said(withPrint(noted, null), 'Q-P2')).toEqual([['8.00', '7.00']]);
  });
  it('that kept its print is left alone', () => {
    const read: StagedTable = { ...old(), printed: { weight: null, levels: {}, tasks: null, table7: null } };
    expect(withPrint(read, table7('7.00'))).toBe(read);
  });
});
