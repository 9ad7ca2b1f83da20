import { computed, signal } from '@angular/core';
import type { BudgetUnitId, PersonView, Role, UnitHistory, UnitView } from '@jiheng/contract';
import { Load } from '../api/load';
import type { ChangePersonBody, ChangeUnitBody, CreatePersonBody, CreateUnitBody, CreatedPerson } from '../api/people-api';
import type { Answer, Problem } from '../api/problem';
import { PersonDraft } from './person-draft';
import { UnitDraft, unitLines } from './unit-draft';

/** What the model asks of the server. */
export interface PeopleDoor {
  people(): Promise<Answer<{ readonly people: readonly PersonView[] }>>;
  units(): Promise<Answer<{ readonly units: readonly UnitView[] }>>;
  create(body: CreatePersonBody): Promise<Answer<CreatedPerson>>;
  change(id: string, body: ChangePersonBody): Promise<Answer<PersonView>>;
  resetPassword(id: string): Promise<Answer<CreatedPerson>>;
  createUnit(body: CreateUnitBody): Promise<Answer<UnitView>>;
  changeUnit(id: string, body: ChangeUnitBody): Promise<Answer<UnitView>>;
  closeUnit(id: string, reason: string): Promise<Answer<UnitView>>;
  reopenUnit(id: string, reason: string): Promise<Answer<UnitView>>;
  unitHistory(id: string): Promise<Answer<UnitHistory>>;
}

/** Who moves a table to its approval and a quarter to its signature. */
const POSTS = ['reporter', 'reviewer', 'manager', 'department', 'finance'] as const satisfies readonly Role[];

/** People with their roles and the tree of units, as the administrator keeps them. */
export class PeopleModel {
  private readonly peopleLoad = new Load<{ readonly people: readonly PersonView[] }>();
  private readonly unitLoad = new Load<{ readonly units: readonly UnitView[] }>();
  readonly people = computed(() => this.peopleLoad.value()?.people ?? []);
  readonly units = computed(() => unitLines(this.unitLoad.value()?.units ?? []));
  /** Posts that a table and a quarter pass through and nobody holds yet, in their order; empty until people are read. */
  readonly vacant = computed(() => {
    const people = this.peopleLoad.value()?.people;
    return people === undefined ? [] : POSTS.filter((post) => !people.some((person) => person.active && person.roles.some((held) => held.role === post)));
  });
  readonly first = computed(() => this.peopleLoad.first() || this.unitLoad.first());
  readonly readProblem = computed(() => this.peopleLoad.problem() ?? this.unitLoad.problem());
  readonly problem = signal<Problem | null>(null);
  readonly busy = signal(false);
  readonly person = signal<PersonDraft | null>(null);
  readonly unit = signal<UnitDraft | null>(null);
  /** Shown once; nobody can ask for it again. */
  readonly oneTime = signal<CreatedPerson | null>(null);
  /** A unit was to be closed or opened again without saying why. */
  readonly reasonMissing = signal(false);
  /** What became of the unit whose history is open. */
  readonly history = new Load<UnitHistory>();
  readonly historyOf = signal<UnitView | null>(null);
  readonly savedName = signal<{ readonly kind: 'person' | 'unit' | 'unitChanged' | 'unitClosed' | 'unitReopened'; readonly name: string } | null>(null);

  constructor(private readonly door: PeopleDoor) {}

  async read(): Promise<void> {
    await Promise.all([this.peopleLoad.run(() => this.door.people()), this.unitLoad.run(() => this.door.units())]);
  }

  add(): void {
    this.open(new PersonDraft(null, this.units().length === 1 ? this.units()[0]?.unit.id : ''), null);
  }
  edit(person: PersonView): void {
    this.open(new PersonDraft(person), null);
  }
  addUnit(): void {
    this.open(null, new UnitDraft());
  }
  editUnit(unit: UnitView): void {
    this.open(null, new UnitDraft(unit));
  }
  close(): void {
    this.open(null, null);
  }

  async savePerson(): Promise<void> {
    const draft = this.person();
    if (!draft?.check() || this.busy()) return;
    const displayName = draft.displayName().trim();
    const roles = draft.roles().map((held) => ({ role: held.role, unitId: held.unitId as BudgetUnitId }));
    const { of } = draft;
    if (of === null) {
      const made = await this.ask(() => this.door.create({ login: draft.login().trim(), displayName, roles }));
      if (!made) return;
      this.oneTime.set(made);
    } else if (!(await this.ask(() => this.door.change(of.id, { displayName, active: draft.active(), roles })))) return;
    this.person.set(null);
    this.savedName.set({ kind: 'person', name: displayName });
    await this.peopleLoad.run(() => this.door.people());
  }

  async resetPassword(person: PersonView): Promise<void> {
    const made = await this.ask(() => this.door.resetPassword(person.id));
    if (!made) return;
    this.oneTime.set(made);
    await this.peopleLoad.run(() => this.door.people());
  }

  async saveUnit(): Promise<void> {
    const draft = this.unit();
    if (!draft?.check() || this.busy()) return;
    const { of } = draft;
    const reason = draft.reason().trim();
    const made = await this.ask(() => (of === null ? this.door.createUnit(draft.body()) : this.door.changeUnit(of.id, { ...draft.body(), ...(reason === '' ? {} : { reason }) })));
    if (!made) return;
    this.unit.set(null);
    this.savedName.set({ kind: of === null ? 'unit' : 'unitChanged', name: made.name });
    await this.unitLoad.run(() => this.door.units());
  }

  /** Closes an open unit or opens a closed one; both need a reason, which is kept. */
  async turnUnit(unit: UnitView, reason: string): Promise<boolean> {
    this.reasonMissing.set(reason.trim().length < 2);
    if (this.reasonMissing() || this.busy()) return false;
    const isClosed = unit.closedAt != null;
    const made = await this.ask(() => (isClosed ? this.door.reopenUnit(unit.id, reason.trim()) : this.door.closeUnit(unit.id, reason.trim())));
    if (!made) return false;
    this.savedName.set({ kind: isClosed ? 'unitReopened' : 'unitClosed', name: made.name });
    await this.unitLoad.run(() => this.door.units());
    return true;
  }

  /** Opens the history of a unit; the same unit once more closes it. */
  async showHistory(unit: UnitView): Promise<void> {
    const isOpen = this.historyOf()?.id === unit.id;
    this.historyOf.set(isOpen ? null : unit);
    if (!isOpen) await this.history.run(() => this.door.unitHistory(unit.id));
  }

  private open(person: PersonDraft | null, unit: UnitDraft | null): void {
    this.person.set(person);
    this.unit.set(unit);
    this.problem.set(null);
    this.savedName.set(null);
  }

  /** One write at a time; a refusal stays beside the form and the draft stays as it is. */
  private async ask<T>(write: () => Promise<Answer<T>>): Promise<T | null> {
    this.busy.set(true);
    this.problem.set(null);
    const answer = await write();
    this.busy.set(false);
    if (answer.ok) return answer.value;
    this.problem.set(answer.problem);
    return null;
  }
}
