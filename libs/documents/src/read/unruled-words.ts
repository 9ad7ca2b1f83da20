import type { PageText } from './pdf-page';

/** How wide signs are in letters: full-width ones, blanks, the others. */
function signWidth(sign: string): number {
  return sign > '\u2e7f' ? 1 : /\s/u.test(sign) ? 0.3 : 0.52;
}

/**
 * Runs cut at their blanks, each word at the place its signs give it: a reader of pages puts texts that stand close together into one run,
 * whatever cells they belong to.
 */
export function wordsOf(texts: readonly PageText[]): PageText[] {
  return texts.flatMap((text) => (/\s/u.test(text.text.trim()) ? cutAtBlanks(text) : [{ ...text, text: text.text.trim() }]));
}

function cutAtBlanks(run: PageText): PageText[] {
  const signs = [...run.text];
  const share = run.width / Math.max(0.1, signs.reduce((sum, sign) => sum + signWidth(sign), 0));
  const words: PageText[] = [];
  let at = run.x;
  let isOpen = false;
  for (const sign of signs) {
    const width = signWidth(sign) * share;
    const last = words.at(-1);
    if (/\s/u.test(sign)) isOpen = false;
    else if (isOpen && last !== undefined) words[words.length - 1] = { ...last, text: last.text + sign, width: at + width - last.x };
    else {
      words.push({ ...run, text: sign, x: at, width });
      isOpen = true;
    }
    at += width;
  }
  return words;
}

/** Where a column stands on the page: between two gutters that its texts leave free. Points. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Points that two columns leave free between them at least. */
const NARROWEST_GUTTER = 1.2;

/** Columns as the stretches that words fill, at most `crossing` words lying over a gutter. */
export function bandsOf(words: readonly PageText[], crossing: number): Band[] {
  const ends = words.flatMap(({ x, width }) => [{ at: x, by: 1 }, { at: x + width, by: -1 }]).sort((a, b) => a.at - b.at || b.by - a.by);
  const bands: { from: number; to: number }[] = [];
  let depth = 0;
  let from: number | null = null;
  for (const { at, by } of ends) {
    depth += by;
    if (depth > crossing && from === null) from = at;
    if (depth <= crossing && from !== null) {
      const last = bands.at(-1);
      if (last !== undefined && from - last.to < NARROWEST_GUTTER) last.to = at;
      else bands.push({ from, to: at });
      from = null;
    }
  }
  return bands;
}

/** The band a word stands in: the one it shares most with, else the nearest. */
export function bandAt(bands: readonly Band[], { x, width }: { readonly x: number; readonly width: number }): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  bands.forEach(({ from, to }, at) => {
    const shared = Math.min(to, x + width) - Math.max(from, x);
    if (shared > most) {
      most = shared;
      best = at;
    }
  });
  return best;
}

/** How many bands a word lies over by more than half a letter. */
export function bandsCrossed(bands: readonly Band[], { x, width, height }: PageText): number {
  return bands.filter(({ from, to }) => Math.min(to, x + width) - Math.max(from, x) > Math.min(height * 0.5, (to - from) * 0.5)).length;
}
