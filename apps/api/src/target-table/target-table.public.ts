import type { AcceptedFinding, Indicator, PerformanceTargetTable, Result } from '@jiheng/domain';
import type { Actor } from '../platform/access/actor';
import type { Db, Tx } from '../platform/database/tx';
import { defineNews } from '../platform/queue/define-news';
import { z } from 'zod';

export { readTargetTableBody, toIndicatorView } from './target-table-body';

export { type TableFinding, findingsOf } from './table-findings';

/** States of a target table (domain `target-table.workflow.ts`). APPROVED is in force. */
export type TargetTableState = 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'APPROVED' | 'RETURNED' | 'SUPERSEDED';

/** What other features need to know of a table before they load it whole. */
export interface TargetTableHead {
  readonly id: string;
  /** The same in all versions of one subject and year. */
  readonly lineageId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly unitPath: string;
  readonly subject: 'PROJECT' | 'UNIT';
  /** null for UNIT. */
  readonly project: string | null;
  readonly fiscalYear: number;
  readonly version: number;
  readonly state: TargetTableState;
  /** Grows with every change and every move; moves are checked against it. */
  readonly revision: number;
  readonly createdBy: string | null;
  /** Persons who wrote in this version: they may not sign it. */
  readonly recorders: readonly string[];
  /** The version this one adjusts; null for the first. */
  readonly basedOnId: string | null;
}

/** A row of the table with its place and its identity in the database. */
export interface StoredIndicator {
  readonly id: string;
  readonly ordinal: number;
  readonly indicator: Indicator;
}

/** A whole version: head, the domain's table, and the rows with ids (same order as `table.indicators`). */
export interface LoadedTargetTable {
  readonly head: TargetTableHead;
  readonly table: PerformanceTargetTable;
  readonly lead: string | null;
  readonly indicators: readonly StoredIndicator[];
}

/** What of a version never changes once it is approved. */
export interface TargetTableContent {
  readonly version: number;
  readonly table: PerformanceTargetTable;
  readonly lead: string | null;
  readonly indicators: readonly StoredIndicator[];
}

/** A table came into force (first approval or an adjustment). Whoever scores its reports has to do so again. */
export const targetTableApproved = defineNews({ name: 'target-table-approved', payload: z.object({ tableId: z.uuid(), lineageId: z.uuid() }) });

/** The door to target tables for features above. */
export abstract class TargetTables {
  /** Head without a lock; null when there is none. */
  abstract head(db: Db, tableId: string): Promise<TargetTableHead | null>;
  /** Head under a row lock until the end of the transaction; null when there is none. */
  abstract lock(tx: Tx, tableId: string): Promise<TargetTableHead | null>;
  /** Heads under row locks until the end of the transaction, by id; tables that are gone are missing. */
  abstract lockAll(tx: Tx, tableIds: readonly string[]): Promise<ReadonlyMap<string, TargetTableHead>>;
  /** The whole version in two statements; null when there is none. */
  abstract load(db: Db, tableId: string): Promise<LoadedTargetTable | null>;
  /** The content of a version. Of an approved one it is kept in memory: the database itself forbids it to change. Null when there is none. */
  abstract content(db: Db, tableId: string): Promise<TargetTableContent | null>;
  /** One row of a version; null when the version has no such row. */
  abstract indicator(db: Db, tableId: string, indicatorId: string): Promise<StoredIndicator | null>;
  /** One row of a version by the key it has in every version; null when the version has no such row. */
  abstract indicatorByKey(db: Db, tableId: string, indicatorKey: string): Promise<StoredIndicator | null>;
  /** The version in force of a lineage; null before the first approval. */
  abstract inForce(db: Db, lineageId: string): Promise<TargetTableHead | null>;
  /**
   * Writes a move that the workflow allowed: state and revision + 1. Reaching APPROVED supersedes the version before it, carries its
   * unsigned reports over to this version, opens the periods that have begun, and tells {@link targetTableApproved}.
   * Lock the table first.
   * @returns the new revision
   */
  abstract setState(tx: Tx, tableId: string, to: TargetTableState): Promise<Result<number>>;
}

/** The door through which a feature above writes drafts. Whoever calls has asked for the right and for the state; nothing in force is touched. */
export abstract class TargetDrafts {
  /** The newest version of a unit's subject and year that is not superseded, whole; null when there is none. */
  abstract standing(db: Db, unitId: string, table: Pick<PerformanceTargetTable, 'fiscalYear' | 'subject' | 'project'>): Promise<LoadedTargetTable | null>;
  /** Of several subjects of a unit, the indices of those that {@link standing} would find. */
  abstract whichStand(db: Db, unitId: string, tables: readonly Pick<PerformanceTargetTable, 'fiscalYear' | 'subject' | 'project'>[]): Promise<ReadonlySet<number>>;
  /** First versions in DRAFT of different subjects, in a few statements. Refuses `target-table.already-there`. @returns their ids in order */
  abstract createAll(tx: Tx, actor: Actor, unitId: string, drafts: readonly { readonly table: PerformanceTargetTable; readonly lead: string | null }[]): Promise<Result<readonly string[]>>;
  /** Writes a DRAFT or RETURNED version anew. @returns the new revision */
  abstract rewrite(tx: Tx, actor: Actor, tableId: string, table: PerformanceTargetTable, lead: string | null): Promise<number>;
  /** 目标调整: a DRAFT beside the version in force, which goes on until it is approved. @returns its id */
  abstract adjust(tx: Tx, actor: Actor, inForce: TargetTableHead, table: PerformanceTargetTable, lead: string | null, reason: string): Promise<Result<string>>;
  /** Carries over the reasons with which a person let warnings stand before the draft was there, rows by their keys; a reason whose finding is gone is dropped. */
  abstract keepFindings(tx: Tx, actor: Actor, tableId: string, kept: readonly AcceptedFinding[]): Promise<void>;
  /** Deletes drafts that were never handed on, however many, in two statements. The database itself forbids it for an approved version. */
  abstract removeAll(tx: Tx, actor: Actor, tableIds: readonly string[]): Promise<void>;
}
