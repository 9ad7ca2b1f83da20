import { Injectable, inject } from '@angular/core';
import type { PeopleList, PersonView, UnitHistory, UnitList, UnitView, changePerson, changeUnit, createPerson, createUnit, createdPerson, peopleFilter, unitFilter } from '@jiheng/contract';
import type { z } from 'zod';
import { Http } from './http';
import type { Answer } from './problem';

export type CreatePersonBody = z.infer<typeof createPerson>;
export type ChangePersonBody = z.infer<typeof changePerson>;
export type CreateUnitBody = z.infer<typeof createUnit>;
export type ChangeUnitBody = z.infer<typeof changeUnit>;
/** Which people and which units are asked for; what is absent does not narrow. */
export type PeopleAsk = z.input<typeof peopleFilter>;
export type UnitAsk = z.input<typeof unitFilter>;
export type CreatedPerson = z.infer<typeof createdPerson>;

/** People, their roles, and the tree of budget units. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  private readonly http = inject(Http);

  people(ask: PeopleAsk = {}): Promise<Answer<PeopleList>> {
    return this.http.get('/people', { q: ask.q, after: ask.after });
  }
  create(body: CreatePersonBody): Promise<Answer<CreatedPerson>> {
    return this.http.send('POST', '/people', body);
  }
  change(id: string, body: ChangePersonBody): Promise<Answer<PersonView>> {
    return this.http.send('PUT', `/people/${id}`, body);
  }
  /** A new one-time password for somebody who forgot theirs; it is shown once. */
  resetPassword(id: string): Promise<Answer<CreatedPerson>> {
    return this.http.send('POST', `/people/${id}/password`);
  }
  units(ask: UnitAsk = {}): Promise<Answer<UnitList>> {
    return this.http.get('/units', { q: ask.q, kind: ask.kind, role: ask.role, open: ask.open, id: ask.id, after: ask.after });
  }
  createUnit(body: CreateUnitBody): Promise<Answer<UnitView>> {
    return this.http.send('POST', '/units', body);
  }
  changeUnit(id: string, body: ChangeUnitBody): Promise<Answer<UnitView>> {
    return this.http.send('PUT', `/units/${id}`, body);
  }
  /** A closed unit keeps its documents and takes no new ones. */
  closeUnit(id: string, reason: string): Promise<Answer<UnitView>> {
    return this.http.send('POST', `/units/${id}/closing`, { reason });
  }
  /** What became of a unit, newest first. */
  unitHistory(id: string): Promise<Answer<UnitHistory>> {
    return this.http.get(`/units/${id}/history`);
  }
  reopenUnit(id: string, reason: string): Promise<Answer<UnitView>> {
    return this.http.send('POST', `/units/${id}/reopening`, { reason });
  }
}
