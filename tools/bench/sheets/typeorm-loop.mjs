// What an ordinary service does: a table at a time, entities found, decimal.js, entities saved; eight tables in flight.
import Decimal from 'decimal.js';
import { DataSource, EntitySchema, In } from 'typeorm';

const text = { type: 'text', nullable: true }, number = { type: 'numeric', nullable: true };
const Indicator = new EntitySchema({ name: 'Indicator', tableName: 'indicator', columns: {
  id: { type: 'uuid', primary: true }, tableId: { type: 'uuid', name: 'table_id' }, ordinal: { type: 'integer' }, kind: { ...text, name: 'target_kind' }, comparator: { ...text, name: 'target_comparator' },
  target: { ...number, name: 'target_magnitude' }, high: { ...number, name: 'target_magnitude_high' }, date: { ...text, name: 'target_date' }, direction: text, weight: number,
} });
const Actual = new EntitySchema({ name: 'Actual', tableName: 'actual', columns: {
  id: { type: 'uuid', primary: true }, reportId: { type: 'uuid', name: 'report_id' }, indicatorId: { type: 'uuid', name: 'indicator_id' }, magnitude: number, share: number, reachedOn: { ...text, name: 'reached_on' },
  year: { type: 'integer', name: 'fiscal_year' },
} });
const Report = new EntitySchema({ name: 'Report', tableName: 'monitoring_report', columns: { id: { type: 'uuid', primary: true }, tableId: { type: 'uuid', name: 'table_id' } } });
const Score = new EntitySchema({ name: 'OrmScore', tableName: 'orm_score', columns: { indicatorId: { type: 'uuid', primary: true, name: 'indicator_id' }, reportId: { type: 'uuid', primary: true, name: 'report_id' }, points: number } });

const EVE = Date.UTC(2023, 11, 31);
const dayOf = (iso) => new Decimal((Date.parse(`${iso}T00:00:00Z`) - EVE) / 86_400_000);
const round = (value) => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

/** Points of one row by decimal.js; null where nothing was reported. */
function pointsOf(i, a) {
  const weight = new Decimal(i.weight);
  if (i.kind === 'QUAL') return a?.share == null ? null : round(weight.times(a.share));
  if (i.kind === 'DATE') {
    if (a?.reachedOn == null) return new Decimal(0);
    const [due, reached] = [dayOf(i.date), dayOf(a.reachedOn)];
    return reached.lte(due) ? weight : round(weight.times(due).div(reached));
  }
  if (a?.magnitude == null) return null;
  const [value, target] = [new Decimal(a.magnitude), new Decimal(i.target)];
  const below = () => round(weight.times(Decimal.max(value, 0)).div(target));
  if (i.comparator === 'BETWEEN') return value.lt(target) ? below() : value.lte(i.high) ? weight : round(weight.times(i.high).div(value));
  if (i.direction === 'POSITIVE') return value.gte(target) ? weight : below();
  if (i.direction === 'NEGATIVE') return value.lte(target) ? weight : round(weight.times(target).div(value));
  return value.eq(target) ? weight : Decimal.max(round(weight.times(target.minus(value.minus(target).abs())).div(target)), 0);
}

/** Answers `measure()`: milliseconds over all tables of the quarter and points by row; `stop()` lets go of the connections. */
export async function typeOrmLoop(url, rows, { inFlight = 8 } = {}) {
  const source = await new DataSource({ type: 'postgres', url, entities: [Indicator, Actual, Report, Score], poolSize: inFlight }).initialize();
  await source.query('drop table if exists orm_score; create table orm_score (indicator_id uuid, report_id uuid, points numeric, primary key (indicator_id, report_id))');
  const [reports, indicators, actuals, scores] = [Report, Indicator, Actual, Score].map((entity) => source.getRepository(entity));
  const tables = await reports.find();
  const one = async ({ id: reportId, tableId }) => {
    const found = await indicators.find({ where: { tableId }, order: { ordinal: 'ASC' } });
    const said = new Map((await actuals.find({ where: { reportId, year: 2024, indicatorId: In(found.map((i) => i.id)) } })).map((a) => [a.indicatorId, a]));
    await scores.save(found.map((i) => scores.create({ indicatorId: i.id, reportId, points: pointsOf(i, said.get(i.id))?.toFixed(2) ?? null })));
  };
  return {
    async measure() {
      await source.query('truncate orm_score');
      let next = 0;
      const begun = performance.now();
      await Promise.all(Array.from({ length: inFlight }, async () => { while (next < tables.length) await one(tables[next++]); }));
      const ms = performance.now() - begun;
      const byId = new Map((await source.query('select indicator_id, points from orm_score')).map((row) => [row.indicator_id, row.points]));
      return { ms, results: rows.map(([id]) => byId.get(id) ?? 0) };
    },
    stop: () => source.destroy(),
  };
}
