import type { OutstandingView } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Prepared } from '../platform/database/prepared';
import type { RollUpAsk } from './roll-up.query';

/** Units named at once; whoever has more to call goes one level down first. */
const MOST_NAMED = 200;

interface UnitRow { readonly id: string; readonly code: string; readonly name: string; readonly above_name: string | null; readonly unopened: number; readonly entering: number; readonly returned: number }

/**
 * Who has not handed in. Goes down the tree only where the roll-up says that something is outstanding, level by level, and stops when enough
 * are named: a province of which everybody has handed in costs one row, one of which nobody has some hundred.
 */
@Injectable()
export class OutstandingQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly clock: Clock) {}

  async view(actor: Actor, ask: RollUpAsk): Promise<Result<OutstandingView>> {
    const unitId = ask.unitId ?? this.access.scopeOf(actor)[0]?.split('/').filter((id) => id !== '').at(-1);
    const unit = unitId === undefined ? null : await this.prepared.one<{ path: string }>('outstanding-unit', 'select path from budget_unit where id = $1', [unitId]);
    if (unit === null || !this.access.mayRead(actor, unit.path)) return refuse('house.not-found');
    const [units, period] = await Promise.all([
      // `offset 0` keeps each step a look-up by key: joined freely, the planner may read the whole roll-up to name one unit.
      this.prepared.rows<UnitRow>('outstanding', `
        with recursive down (id) as (
          select $1::uuid
          union all
          select b.id from down d cross join lateral (select b.id from budget_unit b where b.parent_id = d.id offset 0) b
            cross join lateral (select 1 from roll_up r where r.unit_id = b.id and r.fiscal_year = $2 and r.period_ordinal = $3 and r.unopened + r.entering + r.returned > 0 offset 0) r)
        select u.id, u.code, u.name, a.name as above_name, o.unopened, o.entering, o.returned from down d
          cross join lateral (select o.unopened, o.entering, o.returned from roll_up_own o where o.unit_id = d.id and o.fiscal_year = $2 and o.period_ordinal = $3 and o.unopened + o.entering + o.returned > 0 offset 0) o
          cross join lateral (select u.id, u.code, u.name, u.parent_id from budget_unit u where u.id = d.id offset 0) u
          left join lateral (select a.name from budget_unit a where a.id = u.parent_id offset 0) a on true
        limit ${MOST_NAMED + 1}`, [unitId, ask.fiscalYear, ask.periodOrdinal]),
      this.prepared.one<{ due_on: string; is_over: boolean }>('outstanding-period', 'select due_on::text, due_on < $3::date as is_over from reporting_period where fiscal_year = $1 and ordinal = $2',
        [ask.fiscalYear, ask.periodOrdinal, this.clock.today()]),
    ]);
    return ok({
      units: units.slice(0, MOST_NAMED).map((row) => ({ unitId: row.id, code: row.code, name: row.name, aboveName: row.above_name, unopened: row.unopened, entering: row.entering, returned: row.returned }))
        .sort((one, other) => (one.code < other.code ? -1 : 1)),
      hasMore: units.length > MOST_NAMED, dueOn: period?.due_on ?? null, isOver: period?.is_over === true,
    } as OutstandingView);
  }
}
