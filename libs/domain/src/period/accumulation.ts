/**
 * 累计方式: how the actuals of the periods make the value of the year (domain.md §3.7).
 * SUM increments add up · LAST the latest state · RATIO Σ numerator / Σ denominator · MAX · MIN ·
 * SURVEY weighted by valid responses · MANUAL entered once, at the end of the year.
 */
export type Accumulation = 'SUM' | 'LAST' | 'RATIO' | 'MAX' | 'MIN' | 'SURVEY' | 'MANUAL';
