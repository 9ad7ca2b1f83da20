const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** Hundredths of a column's character that a sign of the usual size takes: 11 points against the 5.25 of the digit that columns are measured by. */
const WIDE_SIGN = 212;
const NARROW_SIGN = 112;

/** How many lines a text takes in a column of this many characters; a Chinese character is about as wide as two others. A sign is kept free at the end of a line, because a full stop may not begin one. */
export function linesOf(text: string, widthInCharacters: number): number {
  const width = Math.max(2, widthInCharacters - 1) * 100;
  return text.split('\n').reduce((lines, paragraph) => {
    let used = 0;
    for (const sign of paragraph) used += WIDE.test(sign) ? WIDE_SIGN : NARROW_SIGN;
    return lines + (used <= width ? 1 : Math.ceil(used / Math.max(WIDE_SIGN, width - WIDE_SIGN)));
  }, 0);
}
