import { Injectable, computed, inject, signal } from '@angular/core';
import type { UnitView } from '@jiheng/contract';
import { Load } from '../api/load';
import { PeopleApi } from '../api/people-api';
import { Session } from './session';

/** Which year and which unit the person looks at: chosen in the top bar, followed by the lists, forgotten with the shell, so that the next person starts afresh. */
@Injectable()
export class Viewpoint {
  private readonly session = inject(Session);
  private readonly people = inject(PeopleApi);
  private readonly chosenYear = signal<number | null>(null);
  private readonly chosenUnit = signal<string | null>(null);
  private readonly knownYears = signal<readonly number[]>([]);
  private readonly unitLoad = new Load<{ readonly units: readonly UnitView[] }>();

  readonly fiscalYear = computed(() => this.chosenYear() ?? this.session.view()?.fiscalYear ?? 0);
  /** null: everything the person may see. */
  readonly unitId = this.chosenUnit.asReadonly();
  readonly units = computed(() => this.unitLoad.value()?.units ?? []);
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
  }
  /** Reads the units of one's scope; the top bar does it once. */
  async readUnits(): Promise<void> {
    await this.unitLoad.run(() => this.people.units());
  }
}
