import type { QueryRunner } from 'typeorm';
import type pg from 'pg';
import type { Tx } from '../platform/database/tx';
import { type Province, aProvince } from '../../test/province';
import { CountRollUpRepository } from './count-roll-up.repository';

interface Plan { readonly 'Node Type': string; readonly 'Actual Loops': number; readonly 'Rows Removed by Join Filter'?: number; readonly Plans?: readonly Plan[] }

const UNITS = 300;

/** Pairs of rows that were put together and found not to belong together. */
function pairsIn(plan: Plan): number {
  return (plan['Rows Removed by Join Filter'] ?? 0) * plan['Actual Loops'] + (plan.Plans ?? []).reduce((sum, one) => sum + pairsIn(one), 0);
}

describe('counting the roll-up of many units', () => {
  let province: Province;
  let runner: QueryRunner;
  let client: pg.Client;
  beforeAll(async () => {
    province = await aProvince({ units: UNITS, tables: 2, indicators: 2, quarters: 1 });
    runner = province.database.dataSource.createQueryRunner();
    client = (await runner.connect()) as pg.Client;
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on; set auto_explain.log_timing = off; set auto_explain.log_format = json; set auto_explain.log_level = notice`);
  });
  afterAll(async () => { await runner?.release(); await province?.stop(); });

  /** Counts what is marked. @returns marks, and the plans that were really used */
  const count = async (): Promise<{ readonly marks: number; readonly plans: readonly Plan[] }> => {
    const plans: Plan[] = [];
    const hear = ({ message }: { readonly message?: string | undefined }): void => {
      const json = /plan:\n(\{[\s\S]*\})/u.exec(message ?? '')?.[1];
      if (json !== undefined) plans.push((JSON.parse(json) as { Plan: Plan }).Plan);
    };
    client.on('notice', hear);
    await runner.startTransaction();
    try {
      const marks = await new CountRollUpRepository().countMarked({ manager: runner.manager } as Tx, new Date('2025-01-20T00:00:00Z'));
      await runner.commitTransaction();
      return { marks, plans };
    } finally { client.off('notice', hear); }
  };

  it.each(['for the first time, when nothing is known of it', 'once more, over what was counted'])('takes steps by the number of units and not by their square, %s', async () => {
    await province.database.dataSource.query('insert into roll_up_mark (unit_id, fiscal_year, period_ordinal) select distinct unit_id, fiscal_year, 1 from performance_target_table');
    const { marks, plans } = await count();
    expect(marks).toBeGreaterThanOrEqual(UNITS);
    expect(plans.length).toBeGreaterThan(4);
    // By the square it would be 45,000 for one level of the tree.
    expect(Math.max(...plans.map(pairsIn))).toBeLessThan(10 * UNITS);
    expect(await province.database.dataSource.query('select tables from roll_up where unit_id = $1 and period_ordinal = 1', [province.unitId])).toEqual([{ tables: 2 * UNITS }]);
  });

  it('forgets whoever has nothing left to count, and those above who had nothing but that', async () => {
    const sql = <T>(text: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(text, params);
    const [before] = await sql<{ units: number }>('select count(*)::integer as units from roll_up where period_ordinal = 1');
    // One county's tables are taken back: a deed of the database alone, as no table in force is ever taken away.
    const [county] = await sql<{ id: string; units: number }>(`
      select p.id, count(distinct u.id)::integer as units from budget_unit p join budget_unit u on u.parent_id = p.id where exists (select 1 from performance_target_table t where t.unit_id = u.id)
        and not exists (select 1 from performance_target_table t where t.unit_id = p.id) group by p.id order by p.id limit 1`);
    await sql(`set session_replication_role = replica; update performance_target_table set state = 'SUPERSEDED' where unit_id in (select id from budget_unit where parent_id = '${county?.id}'); set session_replication_role = origin`);
    await sql('insert into roll_up_mark (unit_id, fiscal_year, period_ordinal) select id, 2024, 1 from budget_unit where parent_id = $1', [county?.id]);
    await count();
    const [after] = await sql<{ units: number }>('select count(*)::integer as units from roll_up where period_ordinal = 1');
    expect((before?.units ?? 0) - (after?.units ?? 0)).toBe((county?.units ?? 0) + 1);
    expect(await sql('select 1 from roll_up_own o join budget_unit u on u.id = o.unit_id where u.parent_id = $1 and o.period_ordinal = 1', [county?.id])).toEqual([]);
  });
});
