import type { SourceRow } from '../../source-connector';

/** Characters that the rows of an answer, and of all answers of one asking, may hold together, each text counted once: four times what an answer has in bytes. Rows that stand in one another, or name the same long text, could hold twenty times as much. */
export const MOST_CHARACTERS = 40_000_000;
/** Megabytes that so many characters take, as this product says it. */
export const heavinessOf = (characters: number): number => Math.ceil((characters * 2) / 1_000_000);

/** An answer that takes more memory than it may, in megabytes. */
export class TooHeavy extends Error {
  constructor(readonly limit: number) {
    super(`more than ${limit} MB`);
  }
}

/** The room that the rows of one answer share. */
export class RowRoom {
  private readonly known = new Set<string>();
  private characters = 0;

  constructor(private readonly most = MOST_CHARACTERS) {}

  /** Takes in one row. @throws TooHeavy */
  add({ key, verbatim, row = '', file = '', line = '' }: SourceRow): void {
    for (const text of [key, verbatim, row, file, line]) {
      if (this.known.has(text)) continue;
      this.known.add(text);
      this.characters += text.length;
    }
    if (this.characters > this.most) throw new TooHeavy(heavinessOf(this.most));
  }
}
