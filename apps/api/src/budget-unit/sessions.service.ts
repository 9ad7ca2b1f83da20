import { randomBytes } from 'node:crypto';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { csrfTokenOf, hashToken, IDLE_HOURS, LONGEST_HOURS, type RequestSession } from '../platform/access/session.query';
import { AuditTrail } from '../platform/audit/audit-trail';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { hashPassword, passwordFits } from './password';
import { PersonEntity } from './person.entity';
import { SignInThrottle } from './sign-in-throttle';

/** A session just opened; the token goes into the cookie and is nowhere else. */
export interface OpenedSession { readonly token: string; readonly csrfToken: string; readonly personId: string }

/** Signing in and out, and one's own password. */
@Injectable()
export class Sessions {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly throttle: SignInThrottle, private readonly audit: AuditTrail) {}

  /** Opens a session; one sentence for a wrong login and a wrong password. */
  async signIn(given: { login: string; password: string }, address: string): Promise<Result<OpenedSession>> {
    const login = given.login.toLowerCase();
    const allowed = await this.throttle.attempt(login, address);
    if (!allowed.ok) return allowed;
    const person = await this.unitOfWork.db.manager.findOneBy(PersonEntity, { login });
    const fits = await passwordFits(given.password, person?.active === true ? person.passwordHash : null);
    if (!fits || person === null) return refuse('house.wrong-password');
    await this.throttle.forget(login, address);
    return ok(await this.unitOfWork.always(async (tx) => {
      const opened = await this.open(tx, person.id);
      await this.audit.append(tx, { personId: person.id, displayName: person.displayName }, 'session.opened', person.id);
      return opened;
    }));
  }

  /** Opens a session for a person, in the deed that made or proved them. */
  async open(tx: Tx, personId: string): Promise<OpenedSession> {
    const token = randomBytes(32).toString('base64url');
    await tx.manager.query('delete from session where last_seen_at < now() - make_interval(hours => $1) or created_at < now() - make_interval(hours => $2)', [IDLE_HOURS, LONGEST_HOURS]);
    await tx.manager.query('insert into session (token_hash, person_id) values ($1, $2)', [hashToken(token), personId]);
    return { token, csrfToken: csrfTokenOf(token), personId };
  }

  async signOut(session: RequestSession): Promise<void> {
    await this.unitOfWork.always((tx) => tx.manager.query('delete from session where token_hash = $1', [session.tokenHash]));
  }

  /** Sets one's own password; every other session of the person ends. */
  async changePassword(session: RequestSession, given: { current: string; next: string }, address: string): Promise<Result<void>> {
    const { actor } = session;
    const allowed = await this.throttle.attempt(actor.login, address);
    if (!allowed.ok) return allowed;
    return this.unitOfWork.run(async (tx) => {
      const person = await tx.manager.findOne(PersonEntity, { where: { id: actor.personId }, lock: { mode: 'pessimistic_write' } });
      // Not 401: the session is good, the field is wrong.
      if (person === null || !(await passwordFits(given.current, person.passwordHash))) return refuse('house.present-password-wrong');
      if (given.next === given.current) return refuse('house.password-unchanged');
      if (given.next.toLowerCase().includes(actor.login)) return refuse('house.password-is-login');
      await this.throttle.forget(actor.login, address);
      await tx.manager.update(PersonEntity, { id: person.id }, { passwordHash: await hashPassword(given.next), mustChangePassword: false });
      await tx.manager.query('delete from session where person_id = $1 and token_hash <> $2', [person.id, session.tokenHash]);
      await this.audit.append(tx, actor, 'password.changed', person.id);
      return ok(undefined);
    });
  }
}
