import { Injectable, computed, inject, signal } from '@angular/core';
import type { UnitList } from '@jiheng/contract';
import { Load } from '../api/load';
import { PeopleApi } from '../api/people-api';
import { TargetTablesApi } from '../api/target-tables-api';
import { Session } from './session';

/** Which year and which unit the person looks at: chosen in the top bar, followed by the lists, forgotten with the shell, so that the next person starts afresh. */
@Injectable()
export class Viewpoint {
  private readonly session = inject(Session);
  private readonly people = inject(PeopleApi);
  private readonly tables = inject(TargetTablesApi);
  private readonly chosenYear = signal<number | null>(null);
  private readonly chosenUnit = signal<string | null>(null);
  private readonly knownYears = signal<readonly number[]>([]);
  /** Whether the server has said in which years there are tables, or cannot say it. */
  private readonly asked = signal(false);
  private readonly unitLoad = new Load<UnitList>();

  /** In January everybody still works on last year's tables: without a choice, the newest year that has tables wins over an empty one. */
  readonly fiscalYear = computed(() => {
    const present = this.session.view()?.fiscalYear ?? 0;
    const known = this.knownYears();
    return this.chosenYear() ?? (known.length > 0 && !known.includes(present) ? Math.max(...known) : present);
  });
  /**
   * The same, and 0 until it stands: for deeds and for reads that cost. A page that acts upon the present year before it is known that last year is
   * looked at would do so for the wrong quarter.
   */
  readonly settledYear = computed(() => (this.asked() || this.chosenYear() !== null ? this.fiscalYear() : 0));
  /** null: everything the person may see. */
  readonly unitId = this.chosenUnit.asReadonly();
  /** The units one may see, at most a page of them. */
  readonly units = computed(() => this.unitLoad.value()?.units ?? []);
  /** There are more than {@link units}: who wants another one searches for it. */
  readonly manyUnits = computed(() => this.unitLoad.value()?.more ?? false);
  /** The years with tables, the present one and the one looked at; newest first. */
  readonly years = computed(() => {
    const years = new Set([...this.knownYears(), this.session.view()?.fiscalYear ?? 0, this.fiscalYear()]);
    years.delete(0);
    return [...years].sort((a, b) => b - a);
  });

  lookAtYear(year: number): void {
    this.chosenYear.set(year);
  }
  lookAtUnit(unitId: string | null): void {
    this.chosenUnit.set(unitId);
  }
  /** The server tells with every list in which years there are tables. */
  learnYears(years: readonly number[]): void {
    this.knownYears.set(years);
    this.asked.set(true);
  }
  /** Reads the units again: one was added, renamed or closed. */
  async readUnits(): Promise<void> {
    await this.unitLoad.run(() => this.people.units());
  }
  /** Reads the units of one's scope and the years that have tables; the top bar does it once. */
  async read(): Promise<void> {
    const [, list] = await Promise.all([
      this.readUnits(),
      this.tables.list({ fiscalYear: this.fiscalYear(), unitId: null, q: '' }),
    ]);
    if (list.ok) this.learnYears(list.value.fiscalYears);
    this.asked.set(true);
  }
}
