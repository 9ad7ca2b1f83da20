import { Injectable, inject } from '@angular/core';
import type { DemonstrationAccounts, SessionView, changePassword, setUp, signIn } from '@jiheng/contract';
import type { z } from 'zod';
import { Http } from './http';
import type { Answer } from './problem';

export type SignInBody = z.input<typeof signIn>;
export type SetUpBody = z.input<typeof setUp>;
export type ChangePasswordBody = z.input<typeof changePassword>;

/** Who is signed in, and the ways in and out. */
@Injectable({ providedIn: 'root' })
export class SessionApi {
  private readonly http = inject(Http);

  view(): Promise<Answer<SessionView>> {
    return this.http.get('/session');
  }
  signIn(body: SignInBody): Promise<Answer<SessionView>> {
    return this.http.send('POST', '/session', body);
  }
  /** Who there is in a demonstration; asked for only there. */
  demonstrationAccounts(): Promise<Answer<DemonstrationAccounts>> {
    return this.http.get('/demonstration/accounts');
  }
  signOut(): Promise<Answer<void>> {
    return this.http.send('DELETE', '/session');
  }
  changePassword(body: ChangePasswordBody): Promise<Answer<unknown>> {
    return this.http.send('POST', '/session/password', body);
  }
  /** Makes the first administrator; refused as soon as anybody exists. */
  setUp(body: SetUpBody): Promise<Answer<SessionView>> {
    return this.http.send('POST', '/setup', body);
  }
}
