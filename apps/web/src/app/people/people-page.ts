import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import type { PersonView, UnitView } from '@jiheng/contract';
import { PeopleApi } from '../api/people-api';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { sayRole } from '../words/roles';
import { Words } from '../words/words';
import { PeopleModel } from './people-model';
import { peopleWords } from './people-words';
import { PersonForm } from './person-form';
import { unitLines } from './unit-draft';
import { UnitForm } from './unit-form';
import { UnitHistoryList } from './unit-history-list';

const SAVED = { person: 'personSaved', unit: 'unitSaved', unitChanged: 'unitChanged', unitClosed: 'unitClosed', unitReopened: 'unitReopened' } as const;

/** People with their roles, and the tree of units: the administrator's page. */
@Component({
  selector: 'jh-people-page',
  imports: [Icon, PersonForm, RefusalNote, UnitForm, UnitHistoryList],
  templateUrl: './people-page.html',
  styleUrl: './people-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PeoplePage {
  private readonly words = inject(Words);
  protected readonly t = this.words.of(peopleWords);
  protected readonly common = this.words.of(commonWords);
  private readonly viewpoint = inject(Viewpoint);
  protected readonly model = new PeopleModel(inject(PeopleApi), () => this.viewpoint.readUnits());
  /** What forms offer: everything one may see, whatever is searched for below. */
  protected readonly offered = computed(() => unitLines(this.viewpoint.units()));
  /** The person whose password is about to be reset: asked in place, because the old one stops working. */
  protected readonly resetting = signal<string | null>(null);
  /** The unit about to be closed or opened again: a reason is asked for in place. */
  protected readonly turning = signal<string | null>(null);
  protected readonly saved = computed(() => {
    const saved = this.model.savedName();
    return saved ? this.t(SAVED[saved.kind], { name: saved.name }) : '';
  });

  protected readonly vacantRoles = computed(() => this.model.vacant().map((role) => sayRole(role, this.common)).join(this.words.language() === 'zh' ? '、' : ', '));

  constructor() {
    void this.model.read();
    inject(DestroyRef).onDestroy(() => { this.model.leave(); });
  }

  protected sayRole(role: string): string {
    return sayRole(role, this.common);
  }

  /** Asks for the reason in the row of the unit. */
  protected askToTurn(id: string | null): void {
    this.model.reasonMissing.set(false);
    this.turning.set(id);
  }

  protected async turn(unit: UnitView, reason: string): Promise<void> {
    if (await this.model.turnUnit(unit, reason)) this.turning.set(null);
  }

  protected async reset(person: PersonView): Promise<void> {
    this.resetting.set(null);
    await this.model.resetPassword(person);
  }
}
