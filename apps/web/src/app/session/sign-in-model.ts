import { computed, signal } from '@angular/core';
import type { SessionView } from '@jiheng/contract';
import type { SignInBody } from '../api/session-api';
import type { Answer, Problem } from '../api/problem';

/** What happens between typing an account and being in. Keeps the account when refused; the password goes, as people expect. */
export class SignInModel {
  readonly login = signal('');
  readonly password = signal('');
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  private readonly tried = signal(false);
  readonly loginMissing = computed(() => this.tried() && this.login().trim() === '');
  readonly passwordMissing = computed(() => this.tried() && this.password() === '');

  constructor(private readonly enter: (body: SignInBody) => Promise<Answer<SessionView>>) {}

  /** True when the person is in. */
  async submit(): Promise<boolean> {
    this.tried.set(true);
    if (this.busy() || this.loginMissing() || this.passwordMissing()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.enter({ login: this.login().trim(), password: this.password() });
    this.busy.set(false);
    if (answer.ok) return true;
    this.problem.set(answer.problem);
    if (answer.problem.status >= 400 && answer.problem.status < 500) {
      this.password.set('');
      this.tried.set(false);
    }
    return false;
  }
}
