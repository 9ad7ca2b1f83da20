import type { UnitView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';

/** A unit as other features see it. */
export interface BudgetUnitRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitView['kind'];
  readonly parentId: string | null;
  /** Chain of ids from the root to itself, `/a/b/`. */
  readonly path: string;
  /** 行政区划代码 of its own; null: that of the nearest unit above holds. */
  readonly regionCode: string | null;
  /** Since when it is closed: it keeps its documents and takes no new ones. */
  readonly closedAt: Date | null;
}

const SELECT = 'select id, code, name, kind, parent_id as "parentId", path, region_code as "regionCode", closed_at as "closedAt" from budget_unit';

/** Reads of the tree of units; inside a deed they see the deed's own writes. */
@Injectable()
export class BudgetUnits {
  async find(db: Db, id: string): Promise<BudgetUnitRow | null> {
    return (await this.rows(db, `${SELECT} where id = $1`, [id]))[0] ?? null;
  }

  async findByCode(db: Db, code: string): Promise<BudgetUnitRow | null> {
    return (await this.rows(db, `${SELECT} where code = $1`, [code]))[0] ?? null;
  }

  /** Units below any of the path prefixes, roots before what is below them. `patterns` are `like` patterns ({@link Access.scopePatterns}). */
  below(db: Db, patterns: readonly string[]): Promise<BudgetUnitRow[]> {
    return this.rows(db, `${SELECT} where path like any($1) order by path`, [patterns]);
  }

  /** The units above a unit and itself, topmost first. */
  chain(db: Db, path: string): Promise<BudgetUnitRow[]> {
    return this.rows(db, `${SELECT} where id = any($1) order by length(path)`, [path.split('/').filter((id) => id !== '')]);
  }

  /** The nearest supervising department (主管部门) above a unit, or null. */
  async departmentOf(db: Db, path: string): Promise<BudgetUnitRow | null> {
    const above = (await this.chain(db, path)).slice(0, -1).reverse();
    return above.find((unit) => unit.kind === 'DEPARTMENT') ?? null;
  }

  private rows(db: Db, sql: string, params: readonly unknown[]): Promise<BudgetUnitRow[]> {
    return db.manager.query<BudgetUnitRow[]>(sql, [...params]);
  }
}
