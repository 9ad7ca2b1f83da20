import type { Chance } from './chance';

/** What happens to the characters of a cell on the way, in hundredths of the cells; the meaning stays. */
export interface CharacterNoise {
  /** 内部审 计次数: a blank inside a word. */
  readonly innerBlanks?: number;
  /** （％）０: full-width where plain was meant, and the other way. */
  readonly widths?: number;
  /** Zero-width marks, no-break blanks, blanks at the ends. */
  readonly unseen?: number;
}

const FULL_WIDTH = /[0-9%()=:]/gu;

/** The same cell with noise in it. */
export function noisyCell(text: string, noise: CharacterNoise, chance: Chance): string {
  if (text === '') return text;
  let cell = text;
  if (chance.percent(noise.innerBlanks ?? 0)) cell = withBlanks(cell, chance);
  if (chance.percent(noise.widths ?? 0)) cell = chance.percent(70) ? cell.replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)) : cell.normalize('NFKC');
  if (chance.percent(noise.unseen ?? 0)) cell = chance.pick([`${cell} `, `\u200b${cell}`, ` ${cell}`, `${cell}\u00a0`, `\ufeff${cell}`, `\u3000${cell}`]);
  return cell;
}

/** A blank behind every third or fourth character of a word, as narrow columns leave them. */
function withBlanks(text: string, chance: Chance): string {
  const every = chance.whole(2, 4);
  return text.replace(new RegExp(`[\\u3400-\\u9fff]{${every}}(?=[\\u3400-\\u9fff(（])`, 'gu'), '$& ');
}

/** A grid with noise in every cell below the title. */
export function noisyGrid<T extends { readonly rows: string[][] }>(grid: T, noise: CharacterNoise, chance: Chance): T {
  return { ...grid, rows: grid.rows.map((cells, at) => (at === 0 ? cells : cells.map((cell) => noisyCell(cell, noise, chance)))) };
}
