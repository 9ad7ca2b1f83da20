import { computed, signal } from '@angular/core';

/** The contract's lower bound for a password. */
export const PASSWORD_LENGTH = 10;

/** A password chosen twice. Says what is wrong only after a first try, so that nobody is scolded while typing. */
export class NewPassword {
  readonly value = signal('');
  readonly repeated = signal('');
  readonly tried = signal(false);
  readonly tooShort = computed(() => this.tried() && this.value().length < PASSWORD_LENGTH);
  readonly notSame = computed(() => this.tried() && !this.tooShort() && this.value() !== this.repeated());

  /** True when it may be sent. */
  check(): boolean {
    this.tried.set(true);
    return !this.tooShort() && !this.notSame();
  }
}
