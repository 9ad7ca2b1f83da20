import { computed, signal } from '@angular/core';
import type { UnitView } from '@jiheng/contract';

/** The shape of a region code, as the contract has it. */
export const REGION_SHAPE = /^\d{2,12}$/;

/** A unit being added or changed. `of` is null for a new one. */
export class UnitDraft {
  readonly code = signal('');
  readonly name = signal('');
  readonly kind = signal<UnitView['kind']>('UNIT');
  readonly parentId = signal<UnitView['parentId']>(null);
  readonly regionCode = signal('');
  readonly reason = signal('');
  private readonly tried = signal(false);
  readonly codeMissing = computed(() => this.tried() && this.code().trim() === '');
  readonly nameMissing = computed(() => this.tried() && this.name().trim().length < 2);

  readonly regionWrong = computed(() => this.regionCode().trim() !== '' && !REGION_SHAPE.test(this.regionCode().trim()));

  constructor(readonly of: UnitView | null = null) {
    if (of === null) return;
    this.code.set(of.code);
    this.name.set(of.name);
    this.kind.set(of.kind);
    this.parentId.set(of.parentId);
    this.regionCode.set(of.regionCode ?? '');
  }

  /** The fields as they are sent. */
  body(): { code: string; name: string; kind: UnitView['kind']; parentId: UnitView['parentId']; regionCode: string | null } {
    return { code: this.code().trim(), name: this.name().trim(), kind: this.kind(), parentId: this.parentId(), regionCode: this.regionCode().trim() === '' ? null : this.regionCode().trim() };
  }

  check(): boolean {
    this.tried.set(true);
    return !this.codeMissing() && !this.nameMissing() && !this.regionWrong();
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
  const children = new Map<string | null, UnitView[]>();
  for (const unit of [...units].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const above = unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null;
    const brothers = children.get(above);
    if (brothers === undefined) children.set(above, [unit]); else brothers.push(unit);
  }
  const below = (parentId: string | null, depth: number): UnitLine[] => (children.get(parentId) ?? []).flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
}
