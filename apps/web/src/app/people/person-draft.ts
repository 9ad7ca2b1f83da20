import { computed, signal } from '@angular/core';
import type { PersonView, Role } from '@jiheng/contract';
import { LOGIN_SHAPE } from '../setup/setup-model';

export interface RoleDraft {
  readonly role: Role;
  readonly unitId: string;
}

/** A person being added or changed. `of` is null for a new one; an account keeps its login for ever. */
export class PersonDraft {
  readonly login = signal('');
  readonly displayName = signal('');
  readonly active = signal(true);
  readonly roles = signal<readonly RoleDraft[]>([]);
  private readonly tried = signal(false);
  readonly nameMissing = computed(() => this.tried() && this.displayName().trim() === '');
  readonly loginWrong = computed(() => this.tried() && this.of === null && !LOGIN_SHAPE.test(this.login().trim()));
  /** A new person without a role could do nothing; an old one may be left without. */
  readonly rolesMissing = computed(() => this.tried() && ((this.of === null && this.roles().length === 0) || this.roles().some((held) => held.unitId === '')));

  constructor(readonly of: PersonView | null, unitId = '') {
    if (of) {
      this.login.set(of.login);
      this.displayName.set(of.displayName);
      this.active.set(of.active);
      this.roles.set(of.roles.map((held) => ({ role: held.role, unitId: held.unitId })));
    } else {
      this.roles.set([{ role: 'reporter', unitId }]);
    }
  }

  addRole(unitId = ''): void {
    this.roles.update((roles) => [...roles, { role: 'reporter', unitId: roles.at(-1)?.unitId ?? unitId }]);
  }
  removeRole(at: number): void {
    this.roles.update((roles) => roles.filter((_, index) => index !== at));
  }
  changeRole(at: number, change: Partial<RoleDraft>): void {
    this.roles.update((roles) => roles.map((held, index) => (index === at ? { ...held, ...change } : held)));
  }

  /** True when it may be sent; from then on it says what is missing. */
  check(): boolean {
    this.tried.set(true);
    return !this.nameMissing() && !this.loginWrong() && !this.rolesMissing();
  }
}
