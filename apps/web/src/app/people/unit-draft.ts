import { computed, signal } from '@angular/core';
import type { UnitView } from '@jiheng/contract';

/** A unit being added. */
export class UnitDraft {
  readonly code = signal('');
  readonly name = signal('');
  readonly kind = signal<UnitView['kind']>('UNIT');
  readonly parentId = signal<UnitView['parentId']>(null);
  private readonly tried = signal(false);
  readonly codeMissing = computed(() => this.tried() && this.code().trim() === '');
  readonly nameMissing = computed(() => this.tried() && this.name().trim().length < 2);

  check(): boolean {
    this.tried.set(true);
    return !this.codeMissing() && !this.nameMissing();
  }
}

export interface UnitLine {
  readonly unit: UnitView;
  /** 0 for the topmost. */
  readonly depth: number;
}

/** The tree of units as lines: each below the one above it, brothers by code. A unit whose parent is out of sight counts as topmost. */
export function unitLines(units: readonly UnitView[]): readonly UnitLine[] {
  const known = new Set<string>(units.map((unit) => unit.id));
  const below = (parentId: string | null, depth: number): UnitLine[] =>
    units
      .filter((unit) => (parentId === null ? unit.parentId === null || !known.has(unit.parentId) : unit.parentId === parentId))
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
}
