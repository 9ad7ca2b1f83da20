import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import type { PersonView, Role, SessionView } from '@jiheng/contract';
import { Http } from '../api/http';
import { answered, type Answer, type Problem } from '../api/problem';
import { SessionApi, type ChangePasswordBody, type SetUpBody, type SignInBody } from '../api/session-api';

/** Who am I, what may I. Asked once when the first page opens and again after signing in or out. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(SessionApi);
  private readonly http = inject(Http);
  private readonly router = inject(Router);
  private readonly kept = signal<SessionView | null>(null);

  private readonly trouble = signal<Problem | null>(null);

  readonly view = this.kept.asReadonly();
  /** Why nobody could say who is there, when that was asked last; null once it was said. */
  readonly away = this.trouble.asReadonly();
  readonly person = computed<PersonView | null>(() => this.kept()?.person ?? null);
  /** Today by the server's clock; it may be set for demonstrations, so no page asks the browser's. */
  readonly today = computed(() => this.kept()?.today ?? '');

  constructor() {
    effect(() => {
      if (this.http.sessionLost() > 0) untracked(() => this.lose());
    });
  }

  /** True when the person holds one of the roles anywhere. What may be done to a document, the server says with its moves. */
  hasRole(...roles: readonly Role[]): boolean {
    return this.person()?.roles.some((held) => roles.includes(held.role)) ?? false;
  }

  /** Asks once; later calls answer from memory. */
  async ready(): Promise<Answer<SessionView>> {
    const view = this.kept();
    if (view) return answered(view);
    const answer = await this.api.view();
    this.trouble.set(answer.ok ? null : answer.problem);
    return this.keep(answer);
  }

  /** Asks again, for instance after the password was changed. */
  async refresh(): Promise<Answer<SessionView>> {
    return this.keep(await this.api.view());
  }

  async signIn(body: SignInBody): Promise<Answer<SessionView>> {
    return this.keep(await this.api.signIn(body));
  }

  async setUp(body: SetUpBody): Promise<Answer<SessionView>> {
    return this.keep(await this.api.setUp(body));
  }

  /** Changes the password and reads the session again: the server renews its token. */
  async changePassword(body: ChangePasswordBody): Promise<Answer<SessionView>> {
    const answer = await this.api.changePassword(body);
    return answer.ok ? this.refresh() : answer;
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    this.forget();
    await this.router.navigateByUrl('/sign-in');
  }

  private keep(answer: Answer<SessionView>): Answer<SessionView> {
    if (answer.ok) {
      this.kept.set(answer.value);
      this.http.useCsrfToken(answer.value.csrfToken);
    }
    return answer;
  }

  private forget(): void {
    this.kept.set(null);
    this.http.useCsrfToken(null);
  }

  /** The server no longer knows us (12 hours idle, or signed out elsewhere): back to the door, and afterwards back to this page. */
  private lose(): void {
    if (!this.kept()?.person) return;
    this.forget();
    void this.router.navigate(['/sign-in'], { queryParams: { next: this.router.url, lost: true } });
  }
}
