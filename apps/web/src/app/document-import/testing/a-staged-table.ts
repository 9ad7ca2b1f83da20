import type { DocumentImportView } from '@jiheng/contract';
import type { StagedRow, StagedTable } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';

/** One of the six tables as it waits for a person: row n on line n + 7, levels printed where they begin, the second target doubtful. */
export function aStagedTable(name: Parameters<typeof theTable>[0]): StagedTable {
  const table = theTable(name);
  return {
    ...table, lead: null, place: 'line 1', notes: [], acceptedFindings: [], matches: {}, headCells: { project: { raw: table.project ?? '', confidence: '1.00', places: [{ part: 0, line: 3, cell: 1 }] } },
    rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => {
      const above = table.indicators[at - 1];
      const cell = (raw: string, column: number, confidence = '1.00') => ({ raw, confidence, places: [{ part: 0, line: at + 8, cell: column }] });
      return {
        ...row, id: `r${at + 1}`, nameUnit: null, confidence: at === 1 ? '0.70' : '1.00', place: `line ${at + 8}`, corrected: [],
        cells: {
          ...(above?.level1 === row.level1 ? {} : { level1: cell(row.level1, 0) }), name: cell(row.name, 2), target: cell(row.target.raw, 3, at === 1 ? '0.70' : '1.00'), weight: cell(row.weight, 6),
        },
      };
    }),
  };
}

/** The import a staged table stands in. */
export function anImportView(table: StagedTable): DocumentImportView {
  return {
    id: '019b0000-0000-7000-8000-0000000000aa', fileName: '目标表.txt', sizeBytes: 100, unitId: '019b0000-0000-7000-8000-0000000000bb', unitName: table.budgetUnit, state: 'STAGED', refusal: null,
    jobRunId: null, tables: 1, rows: table.rows.length, accepted: 0, by: '填报人甲', createdAt: '2025-01-09T01:00:00.000Z', namedUnit: table.budgetUnit,
    writableUnits: [], mayEdit: true, hasBudget: false, budgetStored: false,
    tableList: [{ at: 0, form: table.form ?? 'TARGET', subject: table.subject, fiscalYear: table.fiscalYear, project: table.project, budgetUnit: table.budgetUnit, rows: table.rows.length, weightTotal: '90', doubtful: 1, errors: 0, warnings: 0, gaps: 0, accepted: null }],
  } as unknown as DocumentImportView;
}
