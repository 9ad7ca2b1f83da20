import { computed, signal } from '@angular/core';

/** What a signer sees of a row. */
export interface SeenRow {
  readonly id: string;
  readonly name: string;
  readonly points: string | null;
  /** The value as text to compare. */
  readonly value: string;
}

/** A row that is another one than the signer looked at. */
export interface ChangedRow {
  readonly id: string;
  readonly name: string;
  readonly before: Omit<SeenRow, 'id' | 'name'>;
  readonly after: Omit<SeenRow, 'id' | 'name'>;
}

interface Seen {
  readonly scoreId: string | null;
  readonly rows: readonly SeenRow[];
}

/**
 * The score a person has looked at. A page that refreshes itself must not make somebody sign what came in while they were reading: points
 * that change under their eyes are listed, and until they say that they have looked, the score of the first look is what they sign.
 */
export class SeenScore {
  private readonly first = signal<Seen | null>(null);
  private readonly now = signal<Seen | null>(null);

  /** What changed since the look; rows that had no points yet only became complete and do not count. */
  readonly changed = computed<readonly ChangedRow[]>(() => {
    const first = this.first();
    const now = this.now();
    if (first === null || now === null || first === now) return [];
    const before = new Map(first.rows.map((row) => [row.id, row]));
    return now.rows.flatMap((row) => {
      const old = before.get(row.id);
      if (old === undefined || old.points === null || (old.points === row.points && old.value === row.value)) return [];
      return [{ id: row.id, name: row.name, before: { points: old.points, value: old.value }, after: { points: row.points, value: row.value } }];
    });
  });

  /** The score that was looked at: what a signature answers for. */
  readonly scoreId = computed(() => this.first()?.scoreId ?? null);

  /** The page shows this now. The first time it is what the person looks at; later it is, too, unless something visible changed. */
  show(scoreId: string | null, rows: readonly SeenRow[]): void {
    this.now.set({ scoreId, rows });
    if (this.first() === null || this.changed().length === 0) this.look();
  }

  /** The person has looked at what changed. */
  look(): void {
    this.first.set(this.now());
  }

  /** Another document, or the person changed it themselves. */
  forget(): void {
    this.first.set(null);
    this.now.set(null);
  }
}
