// The product's own rules as a library: the same rows, held as texts, scored in this process's memory. No queue, no database, nothing written: this is
// what a spreadsheet engine in memory is to be compared with, and what the region's run does between reading and writing.
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../installed.mjs';

/** The rows of the quarter as the database holds them, in the order of `rowsOf`. */
async function textsOf(db) {
  const { rows } = await db.query(`
    select i.table_id, i.indicator_key, i.level1, i.level2, i.name, i.target_kind, i.target_comparator, i.target_magnitude::text, i.target_magnitude_high::text, i.target_date, i.target_unit, i.target_text, i.target_raw,
      i.direction, i.weight::text, i.scoring_rule, i.accumulation, a.kind, a.magnitude::text as value, a.unit_symbol, a.grade, a.share::text, a.reached_on
    from monitoring_report r join reporting_period p on p.id = r.period_id and p.fiscal_year = 2024 and p.ordinal = 1
      join indicator i on i.table_id = r.table_id left join actual a on a.report_id = r.id and a.fiscal_year = r.fiscal_year and a.indicator_key = i.indicator_key order by i.id`);
  return rows;
}

function actualOf(row) {
  switch (row.kind) {
    case 'REPORTED': return { kind: 'REPORTED', magnitude: row.value, unit: row.unit_symbol };
    case 'JUDGED': return { kind: 'JUDGED', grade: row.grade, share: row.share };
    case 'DATED': return { kind: 'DATED', date: row.reached_on };
    case 'UNFINISHED': return { kind: 'UNFINISHED' };
    default: return { kind: 'NOT_REPORTED' };
  }
}

function rowOf(row) {
  return {
    actual: actualOf(row),
    indicator: {
      key: row.indicator_key, level1: row.level1, level2: row.level2, name: row.name, direction: row.direction, weight: row.weight, basis: null, previousActual: null, scoringRule: row.scoring_rule, evidence: null,
      accumulation: row.accumulation, passThreshold: null,
      target: {
        kind: row.target_kind, comparator: row.target_comparator, magnitude: row.target_kind === 'DATE' ? row.target_date : row.target_magnitude, magnitudeHigh: row.target_magnitude_high, unit: row.target_unit,
        text: row.target_text, raw: row.target_raw,
      },
    },
  };
}

/** Answers `measure()`: milliseconds and seconds of processor over all tables, from texts to points, by what a region's run computes with, and points by row as numbers. */
export async function library(db) {
  const dir = join(root, 'dist/bench'), bundle = join(dir, `sheets-${process.pid}.mjs`);
  mkdirSync(dir, { recursive: true });
  await build({ entryPoints: [join(root, 'libs/domain/src/index.ts')], outfile: bundle, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' });
  const { DEFAULT_RULE_PROFILE, scoreTableLean } = await import(pathToFileURL(bundle).href);
  rmSync(bundle);
  const texts = await textsOf(db), context = { fiscalYear: 2024, periodClosed: false };
  return () => {
    const points = new Array(texts.length), before = process.cpuUsage(), begun = performance.now();
    for (let from = 0, to; from < texts.length; from = to) {
      for (to = from; to < texts.length && texts[to].table_id === texts[from].table_id;) to++;
      const scored = scoreTableLean({ rows: texts.slice(from, to).map(rowOf), execution: null, withExecution: false }, DEFAULT_RULE_PROFILE, context);
      for (let at = from; at < to; at++) points[at] = scored.rows[at - from].points;
    }
    const ms = performance.now() - begun, { user, system } = process.cpuUsage(before);
    return { ms, cpu: (user + system) / 1e6, results: points.map((hundredths) => (hundredths ?? 0) / 100) };
  };
}
