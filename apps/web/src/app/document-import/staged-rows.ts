import { compareDecimal, type FieldChange, type Finding, formatTarget, isDoubtful, type RowDifference, type StagedColumn, type StagedFinding, type StagedGap, type StagedRow } from '@jiheng/domain';
import { levelSpans } from '../ui/form-table/level-spans';

/** A cell as the grid draws it. */
export interface GridCell {
  readonly column: StagedColumn;
  readonly text: string;
  /** Rows of the page the cell covers; 0: covered by the one above. */
  readonly span: number;
  /** Rows of the table a merged level stands for; empty for other cells. */
  readonly rows: readonly string[];
  readonly doubtful: boolean;
  readonly corrected: boolean;
  readonly gap: StagedGap['why'] | null;
  /** What the table that is there says instead; null when it says the same. */
  readonly before: string | null;
}

/** A row as the grid draws it, with what is said of it. */
export interface GridRow {
  readonly row: StagedRow;
  readonly number: number;
  readonly cells: readonly GridCell[];
  readonly difference: RowDifference | null;
  /** Errors and warnings, each with the column it is about. */
  readonly notes: readonly { readonly column: StagedColumn; readonly finding: Finding; readonly acceptedBecause: string | null }[];
  readonly infos: readonly Finding[];
}

const FIELD_COLUMNS: Readonly<Partial<Record<FieldChange['field'], StagedColumn>>> = {
  level1: 'level1', level2: 'level2', name: 'name', target: 'target', weight: 'weight', basis: 'basis', previousActual: 'previous', scoringRule: 'rule', evidence: 'evidence',
};

/** The column a finding is about, by the family of its code. */
export function columnOfFinding(code: string): StagedColumn {
  if (/^(?:Q-W|R-weight)/u.test(code)) return 'weight';
  if (/^(?:Q-T|R-level|R-repeated)/u.test(code)) return 'level2';
  if (/^(?:Q-M|Q-D|Q-N1|Q-U|Q-P|R-split|R-uncertain)/u.test(code)) return 'target';
  if (/^Q-H/u.test(code)) return 'previous';
  if (/^(?:Q-R|R-rule)/u.test(code)) return 'rule';
  return 'name';
}

/** Every row with its merged levels; rows with remarks are two lines on the page, which the merged cells have to cover. */
export function gridRows(
  rows: readonly StagedRow[], columns: readonly StagedColumn[], findings: readonly StagedFinding[], gaps: readonly StagedGap[], differences: ReadonlyMap<string, RowDifference>,
  decided: ReadonlySet<string>, openInfo: string | null, sayRule: (rule: NonNullable<StagedRow['scoringRule']>) => string,
): readonly GridRow[] {
  const spans = levelSpans(rows);
  const of = new Map<string, StagedFinding[]>();
  for (const one of findings) if (one.row !== null) of.set(one.row, [...(of.get(one.row) ?? []), one]);
  const drawn = rows.map((row, at): GridRow => {
    const own = of.get(row.id) ?? [];
    const difference = differences.get(row.id) ?? null;
    const changes = difference?.kind === 'CHANGED' ? difference.changes : [];
    const cells = columns.map((column): GridCell => {
      const reach = column === 'level1' || column === 'level2' ? spans[at]?.[column] ?? 1 : 1;
      const covered = column === 'level1' || column === 'level2' ? rows.slice(at, at + reach) : [];
      return {
        column, text: textOf(row, column, sayRule), span: reach, rows: covered.map((one) => one.id), doubtful: isDoubtful(row, column), corrected: row.corrected.includes(column),
        gap: gaps.find((gap) => gap.row === row.id && gap.column === column)?.why ?? null, before: changes.find((change) => FIELD_COLUMNS[change.field] === column)?.before ?? null,
      };
    });
    const told = own.filter((one) => one.finding.severity !== 'INFO');
    return {
      row, number: at + 1, cells, difference, infos: own.filter((one) => one.finding.severity === 'INFO').map((one) => one.finding),
      notes: told.map((one) => ({ column: columnOfFinding(one.finding.code), finding: one.finding, acceptedBecause: one.acceptedBecause })),
    };
  });
  const isTwoLines = (one: GridRow): boolean => hasRemarks(one, decided, openInfo);
  return drawn.map((one, at) => ({ ...one, cells: one.cells.map((cell) => (cell.rows.length === 0 ? cell : { ...cell, span: cell.span + drawn.slice(at, at + cell.rows.length).filter(isTwoLines).length })) }));
}

/** Whether a row has a second line below it: remarks, a match to be decided, or its notes on the reading laid open. */
export function hasRemarks(one: GridRow, decided: ReadonlySet<string>, openInfo: string | null): boolean {
  return one.notes.length > 0 || one.difference?.kind === 'UNDECIDED' || decided.has(one.row.id) || (openInfo === one.row.id && one.infos.length > 0);
}

function textOf(row: StagedRow, column: StagedColumn, sayRule: (rule: NonNullable<StagedRow['scoringRule']>) => string): string {
  switch (column) {
    case 'target': return formatTarget(row.target);
    case 'previous': return previousOf(row);
    case 'rule': return row.scoringRule === null ? '' : sayRule(row.scoringRule);
    case 'weight': return isZero(row.weight) ? '' : row.weight;
    default: return row[column] ?? '';
  }
}

/** 实际完成值 of a form with results, as it was read or as a person put it right; null where it says nothing. */
export function resultOf({ actual, corrected, previousActual }: StagedRow): string | null {
  return corrected.includes('previous') ? previousActual : actual?.raw ?? actual?.text ?? null;
}

/** What stands in the column before the weight: 上年完成值, in a form with results what was reached. */
function previousOf(row: StagedRow): string {
  return (row.actual === undefined ? row.previousActual : resultOf(row)) ?? '';
}

function isZero(text: string): boolean {
  return /^\d+(?:\.\d+)?$/u.test(text) && compareDecimal(text, '0') === 0;
}

/** What stands in the box when a cell is opened: the target as it was printed, a rule by its code. */
export function entryOf(row: StagedRow, column: StagedColumn): string {
  switch (column) {
    case 'target': return row.target.raw;
    case 'name': return row.nameUnit === null ? row.name : `${row.name}（${row.nameUnit}）`;
    case 'previous': return previousOf(row);
    case 'rule': return row.scoringRule ?? '';
    default: return row[column] ?? '';
  }
}
