import type { UnitView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { containing } from '../platform/database/containing';
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

/** Which units are asked for; what is absent or null does not narrow. */
export interface UnitAsk {
  /** Part of a name as it is written, or of a code in any case of letters. */
  readonly q?: string | null | undefined;
  readonly kind?: UnitView['kind'] | null | undefined;
  /** Without the closed ones. */
  readonly open?: boolean;
  readonly id?: string | null | undefined;
  /** The last unit of the page before. */
  readonly after?: string | null | undefined;
  readonly limit: number;
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

  /**
   * A page of the units below any of the path prefixes, roots before what is below them, and whether there are more. A search reads every unit of the scope (a hundred
   * thousand in a province: tens of milliseconds), anything else only the page.
   * @param patterns `like` patterns ({@link Access.scopePatterns})
   */
  async page(db: Db, patterns: readonly string[], ask: UnitAsk): Promise<{ units: BudgetUnitRow[]; more: boolean }> {
    const found = await this.rows(db, `${SELECT} where path like any($1) and ($2::text is null or kind = $2) and (not $3::boolean or closed_at is null) and ($4::uuid is null or id = $4)
      and ($5::text is null or name like $5 or code ilike $5) and ($6::uuid is null or path > (select last.path from budget_unit last where last.id = $6)) order by path limit $7`,
    [patterns, ask.kind ?? null, ask.open === true, ask.id ?? null, ask.q === null || ask.q === undefined ? null : containing(ask.q), ask.after ?? null, ask.limit + 1]);
    return { units: found.slice(0, ask.limit), more: found.length > ask.limit };
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
