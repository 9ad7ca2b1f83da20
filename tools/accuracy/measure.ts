import { cellsOf, type ColumnRole, type ReadFile, type RecognisedIndicator, type RecognisedTable } from '@jiheng/documents';
import { compareDecimal, isDecimalText, normalizeText } from '@jiheng/domain';
import type { CorpusDocument, CorpusTable } from '../corpus/make-documents';
import type { TrueRow } from '../corpus/content';

/** Fields whose accuracy is told. */
export const FIELDS = [
  'table', 'row', 'form', 'year', 'unit of table', 'project', 'goal', 'money', 'level1', 'level2', 'name', 'comparator', 'magnitude', 'unit', 'text', 'direction', 'weight', 'basis', 'previous', 'rule', 'evidence',
  'actual', 'points', 'deviation', 'causes', 'likelihood',
] as const;
export type Field = (typeof FIELDS)[number];

/** One comparison of what a document says with what was read. */
export interface Judged {
  readonly file: string;
  readonly layout: string;
  readonly form: string;
  readonly field: Field;
  readonly isRight: boolean;
  readonly expected: string;
  readonly found: string;
  /** 0…100, of the cell where it has one of its own; null for whole tables and rows. */
  readonly confidence: number | null;
}

const tight = (text: string | null | undefined): string => normalizeText(text ?? '').replace(/\s+/gu, '').replace(/[—–]/gu, '-');

/** What a document says, judged field by field. A table that was not found counts in all its fields. */
export function judge(document: CorpusDocument, read: ReadFile | null): Judged[] {
  const judged: Judged[] = [];
  const { file, layout } = document;
  const found = read?.tables ?? [];
  const partners = pairTables(document.tables, found);
  document.tables.forEach((truth, at) => {
    const table = partners[at] ?? null;
    const say = (field: Field, isRight: boolean, expected: string, got: string, confidence: number | null = null): void => {
      judged.push({ file, layout, form: truth.form.id, field, isRight, expected, found: got, confidence });
    };
    say('table', table !== null, truth.table.project ?? truth.table.unit, table === null ? '' : 'found');
    judgeHead(truth, table, say);
    judgeRows(truth, table, say);
  });
  for (const beyond of found.filter((table) => !partners.includes(table))) {
    judged.push({ file, layout, form: 'none', field: 'table', isRight: false, expected: '', found: `beyond: ${beyond.project ?? beyond.budgetUnit}`, confidence: null });
  }
  return judged;
}

type Say = (field: Field, isRight: boolean, expected: string, found: string, confidence?: number | null) => void;

/** Found tables to true ones, in order; where the numbers differ by the words of their heads. */
function pairTables(truths: readonly CorpusTable[], found: readonly RecognisedTable[]): (RecognisedTable | null)[] {
  if (truths.length === found.length) return [...found];
  const left = [...found];
  return truths.map(({ table, form }) => {
    const at = left.findIndex((one) => one.subject === form.subject && tight(one.project) === tight(table.project) && one.indicators.some((row) => tight(row.name) === tight(table.rows[0]?.name)));
    return at < 0 ? null : (left.splice(at, 1)[0] ?? null);
  });
}

function judgeHead({ form, table: truth, moneyUnit }: CorpusTable, table: RecognisedTable | null, say: Say): void {
  const sureOf = (cell: keyof NonNullable<RecognisedTable['head']>): number | null => percent(table?.head?.[cell]?.confidence);
  say('form', table?.form === form.kind && table.subject === form.subject, `${form.kind} ${form.subject}`, `${table?.form ?? ''} ${table?.subject ?? ''}`);
  say('year', table?.fiscalYear === truth.year, String(truth.year), String(table?.fiscalYear ?? ''), sureOf('year'));
  say('unit of table', tight(table?.budgetUnit) === tight(truth.unit), truth.unit, table?.budgetUnit ?? '', sureOf('unit'));
  if (form.subject === 'PROJECT') say('project', tight(table?.project) === tight(truth.project), truth.project ?? '', table?.project ?? '', sureOf('project'));
  say('goal', tight(table?.goalText) === tight(truth.goal), truth.goal, table?.goalText ?? '', sureOf('goal'));
  for (const label of form.money) {
    const expected = truth.money[label];
    const got = (table?.budget as Readonly<Record<string, string | null | undefined>> | undefined)?.[label] ?? '';
    // 万元 keep their printed digits; 元 are taken over in 万元.
    const isRight = moneyUnit === '万元' ? got === expected : isDecimalText(got) && compareDecimal(got, expected) === 0;
    say('money', isRight, `${label} ${expected}`, got);
  }
}

function percent(confidence: string | undefined): number | null {
  return confidence === undefined ? null : Math.round(Number(confidence) * 100);
}

function judgeRows({ form, table: truth }: CorpusTable, table: RecognisedTable | null, say: Say): void {
  const found = table?.indicators ?? [];
  const partners = pairRows(truth.rows, found);
  truth.rows.forEach((row, at) => {
    const got = partners[at] ?? null;
    say('row', got !== null, row.name, got === null ? '' : 'found');
    judgeRow(row, got, form.prints, form.id, say);
  });
  for (const beyond of found.filter((row) => !partners.includes(row))) say('row', false, '', `beyond: ${beyond.name}`);
}

/** Rows of one number pair in order; else by the longest common run of names. */
function pairRows(truths: readonly TrueRow[], found: readonly RecognisedIndicator[]): (RecognisedIndicator | null)[] {
  if (truths.length === found.length) return [...found];
  const isSame = (a: TrueRow | undefined, b: RecognisedIndicator | undefined): boolean => a !== undefined && b !== undefined && (tight(b.name).includes(tight(a.name)) || tight(a.name).includes(tight(b.name) || '?'));
  const best: number[][] = Array.from({ length: truths.length + 1 }, () => Array.from({ length: found.length + 1 }, () => 0));
  const length = (a: number, b: number): number => best[a]?.[b] ?? 0;
  for (let a = truths.length - 1; a >= 0; a -= 1) {
    for (let b = found.length - 1; b >= 0; b -= 1) (best[a] as number[])[b] = isSame(truths[a], found[b]) ? 1 + length(a + 1, b + 1) : Math.max(length(a + 1, b), length(a, b + 1));
  }
  const partners: (RecognisedIndicator | null)[] = [];
  for (let a = 0, b = 0; a < truths.length; a += 1) {
    while (b < found.length && !isSame(truths[a], found[b]) && length(a, b + 1) >= length(a + 1, b) && length(a, b + 1) === length(a, b)) b += 1;
    if (b < found.length && isSame(truths[a], found[b])) {
      partners.push(found[b] ?? null);
      b += 1;
    } else partners.push(null);
  }
  return partners;
}

function judgeRow(row: TrueRow, got: RecognisedIndicator | null, prints: readonly string[], _form: string, say: Say): void {
  const has = (field: string): boolean => prints.includes(field);
  const cells = cellsOf(got ?? {});
  const sure = (column: ColumnRole): number | null => percent(cells[column]?.confidence);
  const same = (field: Field, expected: string | null, found: string | null | undefined, confidence: number | null): void => {
    say(field, got !== null && tight(expected) === tight(found), expected ?? '', found ?? '', confidence);
  };
  if (has('level1')) same('level1', row.level1, got?.level1, sure('level1'));
  if (has('level2')) same('level2', row.level2, got?.level2, sure('level2'));
  same('name', row.name, got?.name, sure('name'));
  const { target } = row;
  const ofTarget = sure('target');
  say('comparator', got?.target.comparator === target.comparator && got.target.kind === target.kind, `${target.kind} ${target.comparator}`, `${got?.target.kind ?? ''} ${got?.target.comparator ?? ''} ${got?.target.raw ?? ''}`, ofTarget);
  if (target.kind !== 'QUAL') {
    same('magnitude', [target.magnitude, target.magnitudeHigh].filter((one) => one !== null).join('~'), [got?.target.magnitude, got?.target.magnitudeHigh].filter((one) => one != null).join('~'), ofTarget);
    same('unit', target.unit, got?.target.unit, ofTarget);
  } else same('text', target.text, got?.target.text, ofTarget);
  say('direction', got !== null && got.direction === row.direction, row.direction ?? 'none', `${got?.direction ?? 'none'} ${row.name}`, ofTarget);
  if (has('weight')) same('weight', row.weight, got?.weight, sure('weight'));
  if (has('basis')) same('basis', row.basis, got?.basis, sure('basis'));
  if (has('previous')) same('previous', row.previous, got?.previousActual, sure('previous'));
  if (has('rule')) say('rule', got?.scoringRule === row.rule, row.rule, got?.scoringRule ?? '', sure('rule'));
  if (has('evidence')) same('evidence', row.evidence, got?.evidence, sure('evidence'));
  if (has('actual')) {
    const printed = row.isActualNumber ? row.actual + row.printedUnit : row.actual;
    say('actual', got !== null && (tight(got.actualRaw) === tight(printed) || (row.isActualNumber && tight(got.actualRaw) === tight(row.actual))), printed, got?.actualRaw ?? '', sure('actual'));
  }
  if (has('points')) say('points', got?.pointsRaw != null && isDecimalText(got.pointsRaw) && compareDecimal(got.pointsRaw, row.points) === 0, row.points, got?.pointsRaw ?? '', sure('points'));
  if (has('deviation')) same('deviation', row.deviation, got?.deviation, sure('deviation'));
  if (has('causes')) same('causes', row.causes.join(' '), got?.causes?.join(' '), null);
  if (has('likelihood')) same('likelihood', row.likelihood, got?.likelihood, null);
}
