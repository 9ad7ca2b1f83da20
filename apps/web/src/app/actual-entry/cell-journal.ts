import { type Signal, computed, signal } from '@angular/core';

/** One changed cell: which, what stood there, what stands there now. */
export interface CellChange {
  readonly rowId: string;
  readonly before: string;
  readonly after: string;
  /** The candidate that was taken for it: taking the step back opens the candidate again. */
  readonly candidateId?: string;
}

/** How many steps are remembered. */
const DEPTH = 200;

/** What can be taken back on this page: each step is all that one deed changed (a typed cell, a whole paste, a fill). */
export class CellJournal {
  private readonly done = signal<readonly (readonly CellChange[])[]>([]);
  private readonly undone = signal<readonly (readonly CellChange[])[]>([]);
  readonly canUndo: Signal<boolean> = computed(() => this.done().length > 0);
  readonly canRedo: Signal<boolean> = computed(() => this.undone().length > 0);

  /** Remembers a deed; cells that did not change are left out, and a deed that changed nothing is no step. */
  record(changes: readonly CellChange[]): void {
    const real = changes.filter((change) => change.before !== change.after);
    if (real.length === 0) return;
    this.done.update((steps) => [...steps.slice(1 - DEPTH), real]);
    this.undone.set([]);
  }

  /** The step to take back, newest first; null when there is none. */
  undo(): readonly CellChange[] | null {
    const step = this.done().at(-1);
    if (step === undefined) return null;
    this.done.update((steps) => steps.slice(0, -1));
    this.undone.update((steps) => [...steps, step]);
    return step;
  }

  /** The step to do again; null when there is none. */
  redo(): readonly CellChange[] | null {
    const step = this.undone().at(-1);
    if (step === undefined) return null;
    this.undone.update((steps) => steps.slice(0, -1));
    this.done.update((steps) => [...steps, step]);
    return step;
  }
}
