import { theTable } from '@jiheng/domain/testing';
import { aWorld, type World } from '../../test/world';
import { newId } from '../platform/database/new-id';
import { constraintOf, sqlStateOf } from '../platform/database/sql-state';
import { TargetTableRepository } from './target-table.repository';

/** What the database answered to a statement it should refuse. */
async function refusal(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

const RESTRICTED = '23001';

describe('what the database itself forbids of target tables', () => {
  const tables = new TargetTableRepository();
  let world: World;
  beforeAll(async () => { world = await aWorld({ opened: [] }); });
  afterAll(() => world.stop());

  const draft = (version: number, lineageId = world.tables['KZ-L'].lineageId): Promise<string> => world.unitOfWork.always((tx) => tables.insert(tx, {
    lineageId, unitId: world.units.kz, version, basedOnId: null, createdBy: world.people['kz.reporter'], lead: null, table: theTable('KZ-L'),
  }));
  const change = (tableId: string, key: string, column: string, value: unknown): Promise<unknown> =>
    world.dataSource.query(`update indicator set ${column} = $3 where table_id = $1 and indicator_key = $2`, [tableId, key, value]);

  it('the rows of the form come back as they were printed, digits and all', async () => {
    const loaded = await tables.load(world.unitOfWork.db, world.tables['KZ-U'].id);
    expect(loaded?.table).toEqual(theTable('KZ-U'));
    expect(loaded?.indicators.map((row) => row.indicator.target.magnitude)).toContain('26.10');
    expect((await tables.load(world.unitOfWork.db, world.tables['KZ-L'].id))?.table).toEqual(theTable('KZ-L'));
  });

  it('one promise is in force for a subject and year', async () => {
    const second = await draft(2);
    expect(await refusal(world.unitOfWork.always((tx) => tables.setState(tx, second, 'APPROVED')))).toBe('performance_target_table_one_in_force');
    expect(await refusal(draft(3, newId()))).toBe('performance_target_table_one_under_way');
    await world.dataSource.query('delete from performance_target_table where id = $1', [second]);
  });

  it('a version number is used once', async () => {
    expect(await refusal(draft(1))).toBe('performance_target_table_version_once');
  });

  it('an approved table keeps its rows, its goal and its place', async () => {
    const { id } = world.tables['KZ-L'];
    expect(await refusal(change(id, 'KZ-L1', 'weight', '9'))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query('delete from indicator where table_id = $1', [id]))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query(`update performance_target_table set goal_text = '另一目标' where id = $1`, [id]))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query(`update performance_target_table set state = 'DRAFT' where id = $1`, [id]))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query('delete from performance_target_table where id = $1', [id]))).toBe(RESTRICTED);
  });

  it('a project has a name and the unit as a whole has none', async () => {
    const id = await draft(2);
    expect(await refusal(world.dataSource.query(`update performance_target_table set project = '' where id = $1`, [id]))).toBe('performance_target_table_project_named');
    await world.dataSource.query('delete from performance_target_table where id = $1', [id]);
  });

  describe('of a draft', () => {
    let id: string;
    beforeAll(async () => { id = await draft(2); });
    afterAll(() => world.dataSource.query('delete from performance_target_table where id = $1', [id]));

    it.each([
      ['a weight of zero', 'KZ-L1', 'weight', '0', 'indicator_weight_positive'],
      ['a weight with three decimals', 'KZ-L1', 'weight', '8.125', 'indicator_weight_positive'],
      ['a number beside a wording', 'KZ-L8', 'target_magnitude', '1', 'indicator_kind_decides'],
      ['a number beside a date', 'KZ-L4', 'target_magnitude', '12', 'indicator_kind_decides'],
      ['a date beside a number', 'KZ-L1', 'target_date', '2024-12', 'indicator_kind_decides'],
      ['a date in words', 'KZ-L4', 'target_date', '十二月', 'indicator_date_shape'],
      ['an unknown way of adding up', 'KZ-L1', 'accumulation', 'MEAN', 'indicator_accumulation_known'],
      ['an unknown rule', 'KZ-L1', 'scoring_rule', 'MAGIC', 'indicator_rule_known'],
      ['an unknown direction', 'KZ-L1', 'direction', 'UP', 'indicator_direction_known'],
      ['a pass threshold of 60 instead of 0.6', 'KZ-L1', 'pass_threshold', '60', 'indicator_pass_threshold_is_share'],
      ['an unknown kind', 'KZ-L8', 'target_kind', 'TEXT', 'indicator_kind_known'],
      ['an unknown sign', 'KZ-L1', 'target_comparator', 'NEAR', 'indicator_comparator_known'],
      ['the key of another row', 'KZ-L1', 'indicator_key', 'KZ-L2', 'indicator_key_once'],
      ['an empty key', 'KZ-L1', 'indicator_key', '', 'indicator_key_given'],
      ['the place of another row', 'KZ-L1', 'ordinal', 2, 'indicator_ordinal_once'],
    ])('%s is refused', async (_, key, column, value, constraint) => {
      expect(await refusal(change(id, key, column, value))).toBe(constraint);
    });

    it('a range needs its upper end above its lower', async () => {
      await change(id, 'KZ-L1', 'target_magnitude_high', '3');
      expect(await refusal(change(id, 'KZ-L1', 'target_comparator', 'BETWEEN'))).toBe('indicator_between_has_both');
      await change(id, 'KZ-L1', 'target_magnitude_high', '4');
      expect(await refusal(change(id, 'KZ-L1', 'target_comparator', 'BETWEEN'))).toBe('accepted');
    });

    it.each([
      ['a year of another century', 'fiscal_year = 1999', 'performance_target_table_year_sane'], ['version zero', 'version = 0', 'performance_target_table_version_positive'],
      ['money below zero', 'budget_total = -0.01', 'performance_target_table_money_not_negative'], ['an unknown state', `state = 'LOST'`, 'performance_target_table_state_known'],
      ['an unknown subject', `subject = 'POLICY', project = ''`, 'performance_target_table_subject_known'], ['a revision below zero', 'revision = -1', 'performance_target_table_revision_grows'],
    ])('%s is refused', async (_, assignment, constraint) => {
      expect(await refusal(world.dataSource.query(`update performance_target_table set ${assignment} where id = $1`, [id]))).toBe(constraint);
    });
  });
});
