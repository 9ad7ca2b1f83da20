import { RULE_PROFILES } from '@jiheng/domain';
import fc from 'fast-check';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { type Province, aProvince } from '../../test/province';
import { IN_FORCE_IN_REACH, UNITS_IN_REACH, columnsOf } from './documents-in-reach.query';
import type { AssignmentScope } from './rule-profile-assignment.repository';
import { RuleProfileRepository } from './rule-profile.repository';

const YEAR = 2024;

describe('the units that an assignment would decide, all at once', () => {
  let province: Province;
  let units: readonly { readonly id: string; readonly region_code: string | null }[];
  let profiles: readonly string[];
  let people: readonly string[];
  const sql = <T>(text: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(text, params);

  beforeAll(async () => {
    province = await aProvince({ units: 60, tables: 1, indicators: 1, quarters: 1 });
    // Codes as published documents have them: two digits for a province, four for a prefecture, six for a county; and one without.
    await sql(`update budget_unit u set region_code = case cardinality(string_to_array(btrim(u.path, '/'), '/')) when 1 then '65' when 2 then '65' || lpad((n % 90 + 10)::text, 2, '0') when 3 then '6530' || lpad((n % 90 + 10)::text, 2, '0') end
      from (select id, row_number() over (order by path) as n from budget_unit) x where x.id = u.id`);
    units = await sql('select id, region_code from budget_unit order by path');
    people = (await sql<{ id: string }>('select id from person order by id limit 2')).map(({ id }) => id);
    const repository = new RuleProfileRepository();
    for (const profile of RULE_PROFILES) await repository.insert({ manager: province.database.dataSource.manager } as Tx, profile, new Date('2024-01-01T00:00:00Z'));
    profiles = (await sql<{ id: string }>('select id from rule_profile order by id')).map(({ id }) => id);
  }, 120_000);
  afterAll(() => province.stop());

  it('are those, and ruled as those, that are found unit by unit', async () => {
    expect([profiles.length, people.length]).toEqual([RULE_PROFILES.length, 2]);
    const scope = fc.oneof(
      fc.nat(units.length - 1).map((at): AssignmentScope => ({ kind: 'UNIT', unitId: units[at]?.id ?? '' })),
      fc.constantFrom('65', '6510', '6530', '653010', '653014', '65301', '44').map((regionCode): AssignmentScope => ({ kind: 'REGION', regionCode })));
    await fc.assert(fc.asyncProperty(scope, scope, fc.nat(99), fc.boolean(), async (approvedScope, wished, pick, approved) => {
      const id = newId();
      await sql('insert into rule_profile_assignment (id, unit_id, region_code, fiscal_year, profile_id, assigned_by, reason, preview, assigned_at) values ($1, $2, $3, $4, $5, $6, $7, $8, now())',
        [id, ...columnsOf(approvedScope), YEAR, profiles[pick % profiles.length], people[0], '试行', '{}']);
      await sql('insert into rule_profile_decision (assignment_id, approved, decided_by, opinion, decided_at) values ($1, $2, $3, $4, now())', [id, approved, people[1], '同意']);
      const params = [YEAR, ...columnsOf(wished)];
      const together = await sql(`with in_reach as materialized (${UNITS_IN_REACH}), in_force as (${IN_FORCE_IN_REACH}) select x.id, f.profile_id from in_reach x left join in_force f on f.id = x.id order by x.id`, params);
      const each = await sql(`select u.id, rule_profile_in_force(u.path, $1) as profile_id from budget_unit u left join rule_profile_assignment f on f.id = rule_profile_assignment_in_force(u.path, $1)
        where rule_profile_reach(u.path, $2, $3) >= coalesce(rule_profile_reach(u.path, f.unit_id, f.region_code), 0) order by u.id`, params);
      expect(together).toEqual(each);
    }), { numRuns: 60 });
  }, 60_000);
});
