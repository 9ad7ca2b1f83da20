import type { UnitView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Prepared } from '../platform/database/prepared';

/** A unit as other features see it. */
export interface BudgetUnitRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitView['kind'];
  readonly parentId: string | null;
  /** Chain of ids from the root to itself, `/a/b/`. */
  readonly path: string;
}

const COLUMNS = 'id, code, name, kind, parent_id as "parentId", path';

/** Reads of the tree of units. */
@Injectable()
export class BudgetUnitQuery {
  constructor(private readonly prepared: Prepared) {}

  find(id: string): Promise<BudgetUnitRow | null> {
    return this.prepared.one<BudgetUnitRow>('unit-find', `select ${COLUMNS} from budget_unit where id = $1`, [id]);
  }

  findByCode(code: string): Promise<BudgetUnitRow | null> {
    return this.prepared.one<BudgetUnitRow>('unit-find-code', `select ${COLUMNS} from budget_unit where code = $1`, [code]);
  }

  /** Units below any of the path prefixes, roots before what is below them. `patterns` are `like` patterns ({@link Access.scopePatterns}). */
  below(patterns: readonly string[]): Promise<BudgetUnitRow[]> {
    return this.prepared.rows<BudgetUnitRow>('unit-below', `select ${COLUMNS} from budget_unit where path like any($1) order by path`, [patterns]);
  }

  /** The units above a unit and itself, topmost first. */
  chain(path: string): Promise<BudgetUnitRow[]> {
    return this.prepared.rows<BudgetUnitRow>('unit-chain', `select ${COLUMNS} from budget_unit where id = any($1) order by length(path)`, [path.split('/').filter((id) => id !== '')]);
  }

  /** The nearest unit above that is a supervising department, or null. */
  async departmentOf(path: string): Promise<BudgetUnitRow | null> {
    const chain = await this.chain(path);
    return chain.slice(0, -1).reverse().find((unit) => unit.kind === 'DEPARTMENT') ?? null;
  }
}
