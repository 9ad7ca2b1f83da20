import { createHash } from 'node:crypto';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Prepared } from '../platform/database/prepared';

/** After this many failures of one login from one address within the window, the door stays shut until the window ends. */
const FAILURES = 5;
const WINDOW_MINUTES = 15;

/** Slows guessing of passwords, for one login from one address, so that nobody can lock a colleague out from elsewhere. */
@Injectable()
export class SignInThrottle {
  constructor(private readonly prepared: Prepared) {}

  /**
   * Counts an attempt before the password is tried, so that many at once do not slip through. Refused when the window is used up.
   */
  async attempt(login: string, address: string): Promise<Result<void>> {
    const row = await this.prepared.one<{ failures: number; minutes: number }>('sign-in-attempt', `
      insert into sign_in_attempt as seen (who, failures, window_from) values ($1, 1, now())
      on conflict (who) do update set
        failures = case when seen.window_from < now() - make_interval(mins => $2) then 1 else seen.failures + 1 end,
        window_from = case when seen.window_from < now() - make_interval(mins => $2) then now() else seen.window_from end
      returning failures, ceil(extract(epoch from (window_from + make_interval(mins => $2) - now())) / 60)::int as minutes`, [who(login, address), WINDOW_MINUTES]);
    if (row === null || row.failures <= FAILURES) return ok(undefined);
    return refuse('house.too-many-attempts', { minutes: String(Math.max(1, row.minutes)) });
  }

  /** The password was right: nothing is remembered. */
  async forget(login: string, address: string): Promise<void> {
    await this.prepared.rows('sign-in-forget', 'delete from sign_in_attempt where who = $1 or window_from < now() - make_interval(mins => $2)', [who(login, address), WINDOW_MINUTES]);
  }
}

/** Logins and addresses are not kept in the clear: the table would be a list of who works here and from where. */
function who(login: string, address: string): string {
  return createHash('sha256').update(`${login.toLowerCase()}\n${address}`).digest('hex');
}
