import { type AcceptedTable, targetTableBody } from '@jiheng/contract';
import {
  compareTables, keepIdentity, ok, type PerformanceTargetTable, refuse, type Result, stagedGaps, type StagedTable, stateWords, TARGET_TABLE_WORKFLOW, toTargetTableOf,
} from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import type { Tx } from '../platform/database/tx';
import { type LoadedTargetTable, readTargetTableBody, TargetDrafts } from '../target-table/target-table.public';
import { sayGaps } from './say-gaps';
import { titleOf } from './table-summary';

/** A first draft that is still to be written: many of a document are written at once. */
export interface NewDraft {
  readonly table: PerformanceTargetTable;
  readonly lead: string | null;
}

/** What became of one staged table, and which of its rows became which indicator. */
export interface TakenIn {
  /** The table it became, or the draft it is to become. */
  readonly target: { readonly id: string } | NewDraft;
  readonly how: AcceptedTable['how'];
  /** The draft as it was, when one was rewritten. */
  readonly before: { readonly table: PerformanceTargetTable; readonly lead: string | null } | null;
  readonly revision: number;
  /** Row of the import → key of the indicator. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Most rows of a target table (`targetTableBody`). */
const ROW_LIMIT = 300;

/**
 * Writes one staged table as a draft: a new one, the draft that is there written anew, or, where a table is in force, an adjustment beside it.
 * Rows that are already there keep their key, and with it actuals and evidence. Nothing in force is ever changed.
 */
@Injectable()
export class TakeInTable {
  constructor(private readonly drafts: TargetDrafts) {}

  /**
   * @param number of the table in the document, from 1, for the sentences
   * @param mayStand false: nothing stands of its subject and year
   */
  async take(tx: Tx, actor: Actor, unit: { readonly id: string; readonly name: string }, staged: StagedTable, number: number, reason: string, mayStand = true): Promise<Result<TakenIn>> {
    const { zh: title, en: titleEn } = titleOf(staged);
    const named = { table: String(number), title, titleEn };
    const gaps = stagedGaps(staged);
    if (gaps.length > 0) return refuse('import.gaps', { ...named, ...sayGaps(staged, gaps) });
    if (staged.rows.length > ROW_LIMIT) return refuse('import.too-many-rows', { ...named, rows: String(staged.rows.length), limit: String(ROW_LIMIT) });
    const table = toTargetTableOf(staged);
    const standing = mayStand ? await this.drafts.standing(tx, unit.id, table) : null;
    if (standing === null) return this.create(unit, staged, table, named);
    const { state } = standing.head;
    const year = String(staged.fiscalYear);
    if (state !== 'APPROVED' && state !== 'DRAFT' && state !== 'RETURNED') {
      return refuse('import.under-way', { title, titleEn, year, ...stateWords(TARGET_TABLE_WORKFLOW.states[state]) });
    }
    const difference = compareTables(standing.table, table, staged.matches);
    const open = difference.rows.filter((row) => row.kind === 'UNDECIDED').length;
    if (open > 0) return refuse('import.matches-open', { ...named, count: String(open) });
    const isLeadNew = staged.lead !== null && staged.lead !== standing.lead;
    if (difference.unchanged && !isLeadNew) return ok({ target: { id: standing.head.id }, how: 'UNCHANGED', before: null, revision: standing.head.revision, keys: difference.matched });
    if (state === 'APPROVED' && reason.trim() === '') return refuse('import.reason-needed', { title, titleEn });
    const lawful = this.lawful(unit.name, onto(standing, table, difference.matched), staged.lead ?? standing.lead, named);
    if (!lawful.ok) return lawful;
    const lead = staged.lead ?? standing.lead;
    const keys = keysOf(staged, lawful.value);
    if (state === 'APPROVED') {
      const made = await this.drafts.adjust(tx, actor, standing.head, lawful.value, lead, reason.trim());
      return made.ok ? ok({ target: { id: made.value }, how: 'ADJUSTED', before: null, revision: 0, keys }) : made;
    }
    const revision = await this.drafts.rewrite(tx, actor, standing.head.id, lawful.value, lead);
    return ok({ target: { id: standing.head.id }, how: 'REWRITTEN', before: { table: standing.table, lead: standing.lead }, revision, keys });
  }

  private create(unit: { readonly name: string }, staged: StagedTable, table: PerformanceTargetTable, named: Named): Result<TakenIn> {
    // Keys are made anew: those of a document are only places in it.
    const lawful = this.lawful(unit.name, { ...table, indicators: table.indicators.map((row) => ({ ...row, key: '' })) }, staged.lead, named);
    if (!lawful.ok) return lawful;
    return ok({ target: { table: lawful.value, lead: staged.lead }, how: 'CREATED', before: null, revision: 0, keys: keysOf(staged, lawful.value) });
  }

  /** The table as a draft typed by hand would have to be: the same law, the same lengths. */
  private lawful(unitName: string, table: PerformanceTargetTable, lead: string | null, named: Named): Result<PerformanceTargetTable> {
    const { budgetUnit: _unit, ...body } = table;
    const parsed = targetTableBody.omit({ unitId: true }).safeParse({ ...body, lead });
    if (parsed.success) return readTargetTableBody(parsed.data, unitName);
    const [issue] = parsed.error.issues;
    const row = issue?.path[0] === 'indicators' ? table.indicators[Number(issue.path[1])]?.name : undefined;
    const where = row ?? String(issue?.path[0] ?? '');
    return refuse('import.gaps', { ...named, what: `“${where}”内容过长或不合规（${String(issue?.path.at(-1) ?? '')}）`, whatEn: `“${where}” is too long or not lawful (${String(issue?.path.at(-1) ?? '')})` });
  }
}

interface Named { readonly table: string; readonly title: string; readonly titleEn: string }

/** The later reading laid over the table that is there: identities kept, and what the document does not say left as it was. */
function onto(standing: LoadedTargetTable, table: PerformanceTargetTable, matched: ReadonlyMap<string, string>): PerformanceTargetTable {
  const byKey = new Map(standing.table.indicators.map((row) => [row.key, row]));
  const budget = { ...standing.table.budget, ...Object.fromEntries(Object.entries(table.budget).filter(([, amount]) => amount !== null)) } as PerformanceTargetTable['budget'];
  return {
    ...table, budget, goalText: table.goalText.trim() === '' ? standing.table.goalText : table.goalText,
    indicators: table.indicators.map((row) => {
      const before = byKey.get(matched.get(row.key) ?? '');
      return before === undefined ? { ...row, key: '' } : keepIdentity(before, row);
    }),
  };
}

function keysOf(staged: StagedTable, table: PerformanceTargetTable): ReadonlyMap<string, string> {
  return new Map(staged.rows.map((row, at) => [row.id, table.indicators[at]?.key ?? '']));
}
