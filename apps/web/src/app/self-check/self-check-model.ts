import { computed, signal } from '@angular/core';

/** One numbered case of the law and what this browser makes of it. */
export interface CheckedCase {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly holds: boolean;
}

/** The cases of one rule. */
export interface CheckedGroup {
  readonly title: string;
  readonly cases: readonly CheckedCase[];
  readonly passed: number;
}

/** The cases of the field and their runner, as `@jiheng/domain/testing` has them. */
export interface Vectors {
  readonly vectorFiles: readonly { readonly title: string; readonly cases: readonly { readonly id: string }[] }[];
  runVectors(): readonly { readonly id: string; readonly expected: string; readonly got: string }[];
}

/** 规则自检: runs every numbered case of the scoring law with the very code that reckons on the pages. */
export class SelfCheckModel {
  readonly groups = signal<readonly CheckedGroup[]>([]);
  readonly running = signal(false);
  /** The cases could not be fetched or run at all. */
  readonly broken = signal(false);
  /** How long the cases took, whole ms; null before they ran. */
  readonly took = signal<number | null>(null);
  readonly onlyFailures = signal(false);

  readonly count = computed(() => this.groups().reduce((sum, group) => sum + group.cases.length, 0));
  readonly passed = computed(() => this.groups().reduce((sum, group) => sum + group.passed, 0));
  readonly failed = computed(() => this.count() - this.passed());
  /** null before the cases ran. */
  readonly holds = computed(() => (this.count() === 0 ? null : this.failed() === 0));
  readonly shown = computed(() => (this.onlyFailures()
    ? this.groups().map((group) => ({ ...group, cases: group.cases.filter((one) => !one.holds) })).filter((group) => group.cases.length > 0) : this.groups()));

  /**
   * @param fetchVectors brings the cases; they are large and needed nowhere else
   * @param clock milliseconds, for the time it took
   */
  constructor(private readonly fetchVectors: () => Promise<Vectors>, private readonly clock: () => number) {}

  async run(): Promise<void> {
    if (this.running()) return;
    this.running.set(true);
    this.broken.set(false);
    try {
      const vectors = await this.fetchVectors();
      const start = this.clock();
      const outcomes = new Map(vectors.runVectors().map((outcome) => [outcome.id, outcome]));
      this.took.set(Math.round(this.clock() - start));
      this.groups.set(vectors.vectorFiles.map(({ title, cases }) => {
        const checked = cases.flatMap(({ id }): CheckedCase[] => {
          const outcome = outcomes.get(id);
          // A case that did not run has not held.
          return [{ id, expected: outcome?.expected ?? '—', got: outcome?.got ?? '—', holds: outcome !== undefined && outcome.expected === outcome.got }];
        });
        return { title, cases: checked, passed: checked.filter((one) => one.holds).length };
      }));
    } catch {
      // A case that throws, or a file that did not arrive: either way nothing was proved.
      this.groups.set([]);
      this.broken.set(true);
    }
    this.running.set(false);
  }
}
