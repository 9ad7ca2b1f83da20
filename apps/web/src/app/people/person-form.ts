import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Role } from '@jiheng/contract';
import { UnitField } from '../session/unit-field';
import { Icon } from '../ui/icon/icon';
import { commonWords } from '../words/common-words';
import { sayRole } from '../words/roles';
import { Words } from '../words/words';
import { peopleWords } from './people-words';
import type { PersonDraft } from './person-draft';
import type { UnitLine } from './unit-draft';

export const ROLES: readonly Role[] = ['reporter', 'reviewer', 'manager', 'department', 'finance', 'administrator'];

/** The fields of a person: account, name, and the roles with the unit they hold for. */
@Component({
  selector: 'jh-person-form',
  imports: [Icon, UnitField],
  templateUrl: './person-form.html',
  styleUrl: './people-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PersonForm {
  readonly draft = input.required<PersonDraft>();
  readonly units = input.required<readonly UnitLine[]>();
  readonly busy = input(false);
  readonly saved = output<void>();
  readonly closed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(peopleWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly roles = ROLES;
  protected readonly all = computed(() => this.units().map((line) => line.unit));
  protected readonly depths = computed(() => new Map<string, number>(this.units().map((line) => [line.unit.id, line.depth])));

  protected sayRole(role: string): string {
    return sayRole(role, this.common);
  }
  protected pickRole(at: number, role: string): void {
    this.draft().changeRole(at, { role: role as Role });
  }
  protected submit(event: Event): void {
    event.preventDefault();
    this.saved.emit();
  }
}
