// Seeded target tables for the scoring benchmark, as parallel arrays. The stream (mulberry32, seed 20260101) and the recipe of a table are
// fixed, so that the fingerprint of 100,000 tables × 10 rows can be compared between machines and years.
// Weights are hundredths of a point, targets and actuals ten-thousandths; NaN: not reported.

/** The rules of the rows, numbered as the domain kernel numbers them. */
export const RULE = { GE: 1, LE: 2, EQ: 3, GRADED: 4, SATISFACTION: 5, BUDGET: 6 };

/** mulberry32: the same stream on every machine. */
export function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Ten points for budget execution, the other 90.00 in half points around their mean. */
function weightsOf(next, rows) {
  const weights = [1000];
  let left = 9000;
  for (let row = 1; row < rows; row++) {
    const open = rows - row;
    const drawn = open === 1 ? left : Math.max(50, Math.min(Math.round(((left / open) * (0.6 + 0.8 * next())) / 50) * 50, left - 50 * (open - 1)));
    weights.push(drawn);
    left -= drawn;
  }
  return weights;
}

/** Target and actual of one indicator row that is neither the first nor the last of its table. */
function indicatorRow(next) {
  const kind = next();
  if (kind < 0.45) {
    const target = next() < 0.5 ? (60 + Math.floor(next() * 41)) * 10_000 : (1 + Math.floor(next() * 2000)) * 10_000;
    const reached = next();
    return [RULE.GE, 0, target, reached < 0.5 ? target : Math.floor((target * (0.3 + 1.2 * reached)) / 5000) * 5000];
  }
  if (kind < 0.6) {
    const target = (1 + Math.floor(next() * 500)) * 10_000;
    return [RULE.LE, 0, target, Math.floor((target * (0.5 + next())) / 100) * 100];
  }
  if (kind < 0.7) {
    const target = (1 + Math.floor(next() * 400)) * 10_000;
    return [RULE.EQ, 0, target, next() < 0.6 ? target : Math.floor((target * (0.6 + 0.8 * next())) / 2500) * 2500];
  }
  const grade = 1 + Math.floor(next() * next() * 3);
  const [low, high] = grade === 1 ? [80, 100] : grade === 2 ? [60, 80] : [0, 60];
  return [RULE.GRADED, grade, 1_000_000, Math.max(0, Math.floor((low - 2 + next() * (high - low + 4)) * 2) * 5000)];
}

/** `tables` × `perTable` rows; row i has the id i + 1. */
export function generate(tables, perTable, seed = 20260101) {
  const n = tables * perTable;
  const next = stream(seed);
  const rows = { n, rule: new Uint8Array(n), grade: new Uint8Array(n), weight: new Int32Array(n), target: new Float64Array(n), actual: new Float64Array(n), targetHigh: null, targetTooLow: null };
  for (let table = 0; table < tables; table++) {
    const weights = weightsOf(next, perTable);
    for (let place = 0; place < perTable; place++) {
      const i = table * perTable + place;
      let row;
      if (place === 0) {
        const budget = Math.floor(1 + next() * 5_000_000) * 100_000;
        row = [RULE.BUDGET, 0, budget, next() < 0.3 ? budget : Math.floor((budget * (0.2 + 0.8 * next())) / 100) * 100];
      } else if (place === perTable - 1) row = [RULE.SATISFACTION, 0, (80 + Math.floor(next() * 20)) * 10_000, Math.floor((50 + next() * 50) * 10) * 1000];
      else row = indicatorRow(next);
      rows.weight[i] = weights[place];
      [rows.rule[i], rows.grade[i], rows.target[i], rows.actual[i]] = row;
      if (next() < 0.02) rows.actual[i] = NaN;
    }
  }
  return rows;
}

/** Σ points / Σ (id mod 9973)·points / Σ flags, points in hundredths: equal for every engine that is right. */
export function fingerprint(points, flags) {
  let total = 0, weighted = 0, flagged = 0;
  for (let i = 0; i < points.length; i++) { total += points[i]; weighted += ((i + 1) % 9973) * points[i]; flagged += flags[i]; }
  return `${total}/${weighted}/${flagged}`;
}
