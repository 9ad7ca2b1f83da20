import { computed, signal } from '@angular/core';
import type { SessionView } from '@jiheng/contract';
import type { ChangePasswordBody } from '../api/session-api';
import type { Answer, Problem } from '../api/problem';
import { NewPassword } from './new-password';

/** Changing one's own password. */
export class PasswordModel {
  readonly current = signal('');
  readonly next = new NewPassword();
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly currentMissing = computed(() => this.next.tried() && this.current() === '');

  constructor(private readonly change: (body: ChangePasswordBody) => Promise<Answer<SessionView>>) {}

  /** True when the new password holds. */
  async submit(): Promise<boolean> {
    if (!this.next.check() || this.currentMissing() || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.change({ current: this.current(), next: this.next.value() });
    this.busy.set(false);
    if (!answer.ok) this.problem.set(answer.problem);
    return answer.ok;
  }
}
