// The physical limit beside the domain kernel: one loop over typed arrays that knows these six formulas and nothing else
// (no profiles, no bands, no other rules), in scaled integers with an exact fallback.
import { RULE } from './rows.mjs';

const SAFE = 2 ** 51;
function share(weight, part, whole) {
  const product = weight * part;
  if (product >= SAFE || whole >= SAFE) return Number((2n * BigInt(weight) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
  const numerator = 2 * product + whole, denominator = 2 * whole;
  const quotient = Math.floor(numerator / denominator);
  const rest = numerator - quotient * denominator;
  return rest < 0 ? quotient - 1 : rest >= denominator ? quotient + 1 : quotient;
}

function pointsOf(rule, grade, weight, target, actual) {
  if (actual !== actual) return 0;
  switch (rule) {
    case RULE.GE: return actual >= target ? weight : target <= 0 || actual <= 0 ? 0 : share(weight, actual, target);
    case RULE.LE: return actual <= target ? weight : target <= 0 ? 0 : share(weight, target, actual);
    case RULE.EQ: { if (actual === target) return weight; const miss = actual > target ? actual - target : target - actual; return target <= 0 || miss >= target ? 0 : share(weight, target - miss, target); }
    case RULE.GRADED: { const low = grade === 1 ? 800000 : grade === 2 ? 600000 : 0, high = grade === 1 ? 1000000 : grade === 2 ? 800000 : 600000; return share(weight, actual < low ? low : actual > high ? high : actual, 1000000); }
    case RULE.SATISFACTION: return actual >= target ? weight : actual < 600000 ? 0 : share(weight, actual, target);
    case RULE.BUDGET: return target <= 0 || actual <= 0 ? 0 : actual >= target ? weight : share(weight, actual, target);
    default: return 0;
  }
}

/** Scores all rows into `points` and `flags` (1 not reported, 2 above 130 % of a ≥ target). */
export function scorePlainly(rows, points, flags) {
  for (let i = 0; i < rows.n; i++) {
    const rule = rows.rule[i], target = rows.target[i], actual = rows.actual[i];
    points[i] = pointsOf(rule, rows.grade[i], rows.weight[i], target, actual);
    flags[i] = actual !== actual ? 1 : rule === RULE.GE && target > 0 && actual * 10 > target * 13 ? 2 : 0;
  }
}
