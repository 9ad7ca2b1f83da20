const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** How many lines a text takes in a column of this many characters; a Chinese character is as wide as two others. */
export function linesOf(text: string, widthInCharacters: number): number {
  const width = Math.max(2, widthInCharacters - 1);
  return text.split('\n').reduce((lines, paragraph) => {
    let used = 0;
    for (const sign of paragraph) used += WIDE.test(sign) ? 2 : 1;
    return lines + Math.max(1, Math.ceil(used / width));
  }, 0);
}
