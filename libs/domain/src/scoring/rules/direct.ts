/**
 * 直接赋分 (财预〔2021〕101号): yes earns the whole weight, no earns nothing, or the weight less a fixed deduction where one is given.
 * `deduction` and the outcome are hundredths of a point; 0 stands for "no deduction given".
 */
export function directPoints(w: number, deduction: number, answer: number): number {
  if (answer >= 1) return w;
  return deduction <= 0 || deduction >= w ? 0 : w - deduction;
}
