import { mulDivRound } from '../../scaled';

/**
 * 按评判等级赋分 (财预〔2020〕10号): W × share, the share held inside the band of its grade. A person who enters a share outside the band
 * is refused before this is reached; in bulk the nearer end of the band counts. Hundredths of a point.
 */
export function gradePoints(w: number, share: number, low: number, high: number, full: number): number {
  return mulDivRound(w, share < low ? low : share > high ? high : share, full);
}
