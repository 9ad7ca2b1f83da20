import { computed, signal } from '@angular/core';
import type { BudgetUnitId, PeopleList, PersonView, Role, UnitHistory, UnitList, UnitView } from '@jiheng/contract';
import { Load } from '../api/load';
import type { ChangePersonBody, ChangeUnitBody, CreatePersonBody, CreateUnitBody, CreatedPerson, PeopleAsk, UnitAsk } from '../api/people-api';
import type { Answer, Problem } from '../api/problem';
import { PagedList } from './paged-list';
import { PersonDraft } from './person-draft';
import { UnitDraft, unitLines } from './unit-draft';

/** What the model asks of the server. */
export interface PeopleDoor {
  people(ask: PeopleAsk): Promise<Answer<PeopleList>>;
  units(ask: UnitAsk): Promise<Answer<UnitList>>;
  create(body: CreatePersonBody): Promise<Answer<CreatedPerson>>;
  change(id: string, body: ChangePersonBody): Promise<Answer<PersonView>>;
  resetPassword(id: string): Promise<Answer<CreatedPerson>>;
  createUnit(body: CreateUnitBody): Promise<Answer<UnitView>>;
  changeUnit(id: string, body: ChangeUnitBody): Promise<Answer<UnitView>>;
  closeUnit(id: string, reason: string): Promise<Answer<UnitView>>;
  reopenUnit(id: string, reason: string): Promise<Answer<UnitView>>;
  unitHistory(id: string): Promise<Answer<UnitHistory>>;
}

/** People with their roles and the tree of units, as the administrator keeps them. */
export class PeopleModel {
  readonly peopleList: PagedList<PersonView>;
  readonly unitList: PagedList<UnitView>;
  readonly people = computed(() => this.peopleList.items());
  /** The tree as far as it was read; what a search found stands side by side. */
  readonly units = computed(() => unitLines(this.unitList.items()));
  /** Posts that a table and a quarter pass through and nobody holds yet, in their order; empty until people are read. */
  readonly vacant = signal<readonly Role[]>([]);
  readonly first = computed(() => this.peopleList.first() || this.unitList.first());
  readonly readProblem = computed(() => this.peopleList.problem() ?? this.unitList.problem());
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

  /** @param unitsChanged whoever else shows the units is told when they are others */
  constructor(private readonly door: PeopleDoor, private readonly unitsChanged: () => Promise<void> = () => Promise.resolve()) {
    this.peopleList = new PagedList(async (q, last) => {
      const answer = await this.door.people({ ...(q === '' ? {} : { q }), ...(last === undefined ? {} : { after: last.login }) });
      if (!answer.ok) return answer;
      this.vacant.set(answer.value.vacant);
      return { ...answer, value: { items: answer.value.people, more: answer.value.more } };
    });
    this.unitList = new PagedList(async (q, last) => {
      const answer = await this.door.units({ ...(q === '' ? {} : { q }), ...(last === undefined ? {} : { after: last.id }) });
      return answer.ok ? { ...answer, value: { items: answer.value.units, more: answer.value.more } } : answer;
    });
  }

  async read(): Promise<void> {
    await Promise.all([this.peopleList.read(), this.unitList.read()]);
  }

  /** Nobody waits any longer. */
  leave(): void {
    this.peopleList.leave();
    this.unitList.leave();
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
    await this.peopleList.read();
  }

  async resetPassword(person: PersonView): Promise<void> {
    const made = await this.ask(() => this.door.resetPassword(person.id));
    if (!made) return;
    this.oneTime.set(made);
    await this.peopleList.read();
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
    await Promise.all([this.unitList.read(), this.unitsChanged()]);
  }

  /** Closes an open unit or opens a closed one; both need a reason, which is kept. */
  async turnUnit(unit: UnitView, reason: string): Promise<boolean> {
    this.reasonMissing.set(reason.trim().length < 2);
    if (this.reasonMissing() || this.busy()) return false;
    const isClosed = unit.closedAt != null;
    const made = await this.ask(() => (isClosed ? this.door.reopenUnit(unit.id, reason.trim()) : this.door.closeUnit(unit.id, reason.trim())));
    if (!made) return false;
    this.savedName.set({ kind: isClosed ? 'unitReopened' : 'unitClosed', name: made.name });
    await Promise.all([this.unitList.read(), this.unitsChanged()]);
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
