import { computed, signal } from '@angular/core';
import type { SessionView, UnitView } from '@jiheng/contract';
import type { SetUpBody } from '../api/session-api';
import type { Answer, Problem } from '../api/problem';
import { NewPassword } from '../session/new-password';

/** The shape of an account, as the contract has it. */
export const LOGIN_SHAPE = /^[a-z0-9._-]{2,64}$/;

/** The first visitor of an empty installation: a unit and its first administrator. */
export class SetupModel {
  readonly unitName = signal('');
  readonly unitCode = signal('');
  readonly unitKind = signal<UnitView['kind']>('UNIT');
  readonly regionCode = signal('');
  readonly displayName = signal('');
  readonly login = signal('');
  readonly password = new NewPassword();
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly unitNameMissing = computed(() => this.password.tried() && this.unitName().trim().length < 2);
  readonly regionWrong = computed(() => this.regionCode().trim() !== '' && !/^\d{2,12}$/.test(this.regionCode().trim()));
  readonly displayNameMissing = computed(() => this.password.tried() && this.displayName().trim() === '');
  readonly loginWrong = computed(() => this.password.tried() && !LOGIN_SHAPE.test(this.login().trim()));

  constructor(private readonly setUp: (body: SetUpBody) => Promise<Answer<SessionView>>) {}

  /** True when the administrator exists. */
  async submit(): Promise<boolean> {
    const passwordFits = this.password.check();
    if (!passwordFits || this.unitNameMissing() || this.regionWrong() || this.displayNameMissing() || this.loginWrong() || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.setUp({
      unitName: this.unitName().trim(), unitKind: this.unitKind(), ...optional('unitCode', this.unitCode()), ...optional('regionCode', this.regionCode()), displayName: this.displayName().trim(), login: this.login().trim(), password: this.password.value(),
    });
    this.busy.set(false);
    if (!answer.ok) this.problem.set(answer.problem);
    return answer.ok;
  }
}

/** A field that may be left blank is not sent then: the server has its own default. */
function optional<K extends string>(key: K, text: string): Partial<Record<K, string>> {
  return text.trim() === '' ? {} : ({ [key]: text.trim() } as Record<K, string>);
}
