/** Seeded chance: the same seed gives the same corpus on every machine. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
    for (let warm = 0; warm < 8; warm += 1) this.unit();
  }

  /** 0 ≤ x < 1 (mulberry32). */
  private unit(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** True so many times in a hundred. */
  percent(share: number): boolean {
    return this.unit() * 100 < share;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.whole(0, from.length - 1)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }

  /** Some of a list, each once, in the order of the list. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = from.map((one, at) => ({ one, at, key: this.unit() }));
    return left.sort((a, b) => a.key - b.key).slice(0, count).sort((a, b) => a.at - b.at).map(({ one }) => one);
  }

  /** A decimal with so many places, printed: 12.50. */
  decimal(from: number, to: number, places: number): string {
    const digits = String(this.whole(from * 10 ** places, to * 10 ** places)).padStart(places + 1, '0');
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  /** Another stream that does not depend on how much of this one was used. */
  static of(seed: number, ...parts: readonly (string | number)[]): Chance {
    let hash = seed >>> 0;
    for (const sign of parts.join('/')) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return new Chance(hash);
  }
}
