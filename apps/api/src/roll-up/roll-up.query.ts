import type { RollUpLine, RollUpMeasures, RollUpView } from '@jiheng/contract';
import { type Result, meanOf, ok, refuse, roundHalfUp } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Prepared, type Reads } from '../platform/database/prepared';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';

interface UnitRow { readonly id: string; readonly code: string; readonly name: string; readonly kind: RollUpLine['kind']; readonly path: string; readonly has_below: boolean }
type CountName = 'tables' | 'entering' | 'submitted' | 'reviewed' | 'signed' | 'returned' | 'unopened' | 'scored' | 'blocked' | 'excellent' | 'good' | 'fair' | 'poor' | 'red' | 'yellow' | 'green' | 'unlit';
type MeasureRow = UnitRow & { readonly [K in CountName]: number | null } & {
  readonly [K in 'budget' | 'executed' | 'points' | 'weight' | 'budget_points' | 'budget_weight']: string | null;
} & { readonly counted_at: Date | null };

/** What is asked for: a unit (absent: the topmost one the reader may see), a year, a quarter (0: the year). */
export interface RollUpAsk { readonly unitId?: string | undefined; readonly fiscalYear: number; readonly periodOrdinal: number }
/** Those below from this code on (absent: from the first). */
export interface RollUpViewAsk extends RollUpAsk { readonly after?: string | undefined }

const linesOf = (units: string): string => `
  select u.id, u.code, u.name, u.kind, u.path, exists (select 1 from budget_unit b where b.parent_id = u.id) as has_below, r.tables, r.entering, r.submitted, r.reviewed, r.signed, r.returned, r.unopened,
    r.scored, r.blocked, r.excellent, r.good, r.fair, r.poor, r.red, r.yellow, r.green, r.unlit, r.budget, r.executed, r.points, r.weight, r.budget_points, r.budget_weight, r.counted_at
  from ${units} u left join roll_up r on r.unit_id = u.id and r.fiscal_year = $2 and r.period_ordinal = $3`;

/** Units below one that are read at once. A county has fewer; a house that hangs all its units below one desk has more, and asks again. */
const PIECE = 500;
// The units of a piece are cut out first: what is joined to them is then read for these and not for all of their siblings.
const ONE = linesOf('(select * from budget_unit where id = $1)');
const BELOW = `${linesOf(`(select * from budget_unit where parent_id = $1 and ($4::text is null or code > $4) order by code limit ${PIECE + 1})`)} order by u.code`;

/** Reads of the roll-up: one row a unit, whatever lies below it. */
@Injectable()
export class RollUpQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly clock: Clock, private readonly unitOfWork: UnitOfWork) {}

  /** A unit with the first five hundred below it, or those after a code. */
  view(actor: Actor, ask: RollUpViewAsk): Promise<Result<RollUpView>> {
    return this.read(this.prepared, actor, ask);
  }

  /** A unit with all that lie below it, read piece by piece as they are in one moment: the lines add up to the unit. */
  whole(actor: Actor, ask: RollUpAsk): Promise<Result<RollUpView>> {
    return this.unitOfWork.run(async (tx) => {
      await tx.manager.query('set transaction isolation level repeatable read read only');
      const reads = readsIn(tx);
      const first = await this.read(reads, actor, ask);
      if (!first.ok) return first;
      const below = [...first.value.below];
      for (let next = first.value.belowNext; next !== null;) {
        const piece = await this.read(reads, actor, { ...ask, after: next });
        if (!piece.ok) return piece;
        below.push(...piece.value.below);
        next = piece.value.belowNext;
      }
      return ok({ ...first.value, below, belowNext: null });
    });
  }

  private async read(reads: Reads, actor: Actor, ask: RollUpViewAsk): Promise<Result<RollUpView>> {
    const { fiscalYear, periodOrdinal } = ask;
    const tops = this.access.scopeOf(actor).flatMap((path) => idsOf(path).slice(-1));
    const unitId = ask.unitId ?? tops[0];
    const unit = unitId === undefined ? null : await reads.one<MeasureRow>('roll-up-one', ONE, [unitId, fiscalYear, periodOrdinal]);
    if (unit === null || !this.access.mayRead(actor, unit.path)) return refuse('house.not-found');
    const after = ask.after ?? null;
    const [found, above, topUnits, [late], [pending]] = await Promise.all([
      reads.rows<MeasureRow>('roll-up-below', BELOW, [unit.id, fiscalYear, periodOrdinal, after]),
      reads.rows<{ id: string; name: string; path: string }>('roll-up-above', 'select id, name, path from budget_unit where id = any($1) order by length(path)', [idsOf(unit.path).slice(0, -1)]),
      reads.rows<{ id: string; name: string }>('roll-up-tops', 'select id, name from budget_unit where id = any($1) order by code', [tops]),
      reads.rows<{ is_over: boolean }>('roll-up-late', 'select due_on < $3::date as is_over from reporting_period where fiscal_year = $1 and ordinal = $2', [fiscalYear, periodOrdinal, this.clock.today()]),
      reads.rows<{ n: number }>('roll-up-pending', 'select count(*)::integer as n from (select 1 from roll_up_mark limit 1000) m', []),
    ]);
    const isOver = late?.is_over === true;
    const below = found.slice(0, PIECE);
    const hasMore = found.length > PIECE;
    const total = after === null && !hasMore ? below.length : (await reads.one<{ n: number }>('roll-up-below-count', 'select count(*)::integer as n from budget_unit where parent_id = $1', [unit.id]))?.n ?? below.length;
    return ok({
      unit: lineOf(unit, isOver), below: below.map((row) => lineOf(row, isOver)), belowTotal: total, belowNext: hasMore ? below.at(-1)?.code ?? null : null, fiscalYear, periodOrdinal, pending: pending?.n ?? 0,
      above: above.filter((row) => this.access.mayRead(actor, row.path)).map((row) => ({ unitId: row.id, name: row.name })),
      countedAt: unit.counted_at?.toISOString() ?? null, tops: topUnits.map((row) => ({ unitId: row.id, name: row.name })),
    } as RollUpView);
  }
}

/** Reads of one transaction. */
function readsIn(tx: Tx): Reads {
  const rows = <R>(_name: string, sql: string, params: readonly unknown[]): Promise<R[]> => tx.manager.query<R[]>(sql, [...params]);
  return { rows, one: async <R>(name: string, sql: string, params: readonly unknown[]) => (await rows<R>(name, sql, params))[0] ?? null };
}

/** The ids of a unit's path, the topmost first. */
function idsOf(path: string): string[] {
  return path.split('/').filter((id) => id !== '');
}

function lineOf(row: MeasureRow, isOver: boolean): RollUpLine {
  const measures = measuresOf(row);
  const { stages, unopened } = measures;
  return {
    unitId: row.id as RollUpLine['unitId'], code: row.code, name: row.name, kind: row.kind, hasBelow: row.has_below, measures,
    late: isOver ? stages.entering + stages.returned + unopened : 0,
  };
}

function measuresOf(row: MeasureRow): RollUpMeasures {
  const n = (name: CountName): number => row[name] ?? 0;
  const sums = { points: row.points ?? '0', weight: row.weight ?? '0', budgetPoints: row.budget_points ?? '0', budgetWeight: row.budget_weight ?? '0' };
  return {
    tables: n('tables'), unopened: n('unopened'), scored: n('scored'), blocked: n('blocked'),
    stages: { entering: n('entering'), submitted: n('submitted'), reviewed: n('reviewed'), signed: n('signed'), returned: n('returned') },
    ratings: { excellent: n('excellent'), good: n('good'), fair: n('fair'), poor: n('poor') }, lights: { red: n('red'), yellow: n('yellow'), green: n('green'), none: n('unlit') },
    weightedMean: meanOf(sums, true), mean: meanOf(sums, false), budget: roundHalfUp(row.budget ?? '0', 2), executed: roundHalfUp(row.executed ?? '0', 2),
  };
}
