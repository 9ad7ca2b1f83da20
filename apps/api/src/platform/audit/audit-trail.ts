import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor';
import { newId } from '../database/new-id';
import type { Tx } from '../database/tx';

/** Who acts when no person does: pulls, schedules, the command line. */
export const THE_HOUSE = { personId: null, displayName: '系统' } as const;

/** The trail of deeds, written with the deed itself: a deed without its trace cannot be committed. */
@Injectable()
export class AuditTrail {
  /** The columns of an event for a statement that writes it with the deed. */
  event(actor: Pick<Actor, 'personId' | 'displayName'>, action: string, subjectId: string, facts: Readonly<Record<string, string>> = {}): { readonly id: string; readonly actorId: string | null; readonly actorName: string; readonly action: string; readonly subjectId: string; readonly facts: string } {
    return { id: newId(), actorId: actor.personId, actorName: actor.displayName, action, subjectId, facts: JSON.stringify(facts) };
  }

  /** Appends one event. `action` is a dotted past tense (`actual.recorded`); `facts` holds no secrets. */
  async append(tx: Tx, actor: Pick<Actor, 'personId' | 'displayName'> | typeof THE_HOUSE, action: string, subjectId: string, facts: Readonly<Record<string, string>> = {}): Promise<void> {
    await tx.manager.query('insert into audit_event (id, actor_id, actor_name, action, subject_id, facts) values ($1, $2, $3, $4, $5, $6)',
      [newId(), actor.personId, actor.displayName, action, subjectId, JSON.stringify(facts)]);
  }

  /** Appends one event for each of many subjects of one deed, in one statement and in order. */
  async appendAll(tx: Tx, actor: Pick<Actor, 'personId' | 'displayName'> | typeof THE_HOUSE, action: string, subjects: readonly { readonly id: string; readonly facts?: Readonly<Record<string, string>> }[]): Promise<void> {
    if (subjects.length === 0) return;
    await tx.manager.query('insert into audit_event (id, actor_id, actor_name, action, subject_id, facts) select s.id, $1, $2, $3, s.subject, s.facts::jsonb from unnest($4::uuid[], $5::uuid[], $6::text[]) s(id, subject, facts)',
      [actor.personId, actor.displayName, action, subjects.map(() => newId()), subjects.map((one) => one.id), subjects.map((one) => JSON.stringify(one.facts ?? {}))]);
  }
}
