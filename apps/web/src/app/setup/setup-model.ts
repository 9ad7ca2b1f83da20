import { computed, signal } from '@angular/core';
import type { SessionView } from '@jiheng/contract';
import type { SetUpBody } from '../api/session-api';
import type { Answer, Problem } from '../api/problem';
import { NewPassword } from '../session/new-password';

/** The shape of an account, as the contract has it. */
export const LOGIN_SHAPE = /^[a-z0-9._-]{2,64}$/;

/** The first visitor of an empty installation: a unit and its first administrator. */
export class SetupModel {
  readonly unitName = signal('');
  readonly displayName = signal('');
  readonly login = signal('');
  readonly password = new NewPassword();
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly unitNameMissing = computed(() => this.password.tried() && this.unitName().trim().length < 2);
  readonly displayNameMissing = computed(() => this.password.tried() && this.displayName().trim() === '');
  readonly loginWrong = computed(() => this.password.tried() && !LOGIN_SHAPE.test(this.login().trim()));

  constructor(private readonly setUp: (body: SetUpBody) => Promise<Answer<SessionView>>) {}

  /** True when the administrator exists. */
  async submit(): Promise<boolean> {
    const passwordFits = this.password.check();
    if (!passwordFits || this.unitNameMissing() || this.displayNameMissing() || this.loginWrong() || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.setUp({
      unitName: this.unitName().trim(), displayName: this.displayName().trim(), login: this.login().trim(), password: this.password.value(),
    });
    this.busy.set(false);
    if (!answer.ok) this.problem.set(answer.problem);
    return answer.ok;
  }
}
