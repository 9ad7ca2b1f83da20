import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject, input, output, untracked } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { UnitView } from '@jiheng/contract';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { PeopleApi } from '../api/people-api';
import { Words } from '../words/words';
import { UnitSearch, type UnitNarrowing } from './unit-search';
import { unitFinderWords } from './unit-finder-words';

/** Chooses one of very many units: the server finds them by what is typed. */
@Component({
  selector: 'jh-unit-finder',
  imports: [FormsModule, NzSelectModule],
  template: `
    <nz-select
      [nzId]="inputId()" nzShowSearch nzServerSearch [nzPlaceHolder]="blank() || t('typeName')" [nzAllowClear]="blank() !== null" [nzDropdownMatchSelectWidth]="false" [nzDisabled]="disabled()"
      [nzNotFoundContent]="search.problem() ? t('notAsked') : search.searching() ? t('searching') : t('none')" [ngModel]="unitId() || null" (ngModelChange)="pick($event)" (nzOnSearch)="search.typed($event)" (nzOpenChange)="opened($event)">
      @for (unit of search.options(); track unit.id) { <nz-option [nzValue]="unit.id" [nzLabel]="unit.name" /> }
      @if (search.more()) { <nz-option nzDisabled nzValue="" [nzLabel]="t('narrow')" /> }
    </nz-select>
  `,
  styles: ':host { display: block; } nz-select { width: 100%; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitFinder {
  /** For the label that stands outside. */
  readonly inputId = input.required<string>();
  readonly unitId = input.required<string | null>();
  readonly narrowing = input<UnitNarrowing>({});
  /** What stands there while none is chosen and may be gone back to; null: one must be chosen. */
  readonly blank = input<string | null>(null);
  readonly disabled = input(false);
  readonly chosen = output<UnitView | null>();

  protected readonly t = inject(Words).of(unitFinderWords);
  private readonly people = inject(PeopleApi);
  protected readonly search = new UnitSearch((ask) => this.people.units(ask), () => this.narrowing());

  constructor() {
    // A choice that was made elsewhere (another switch, a form opened for a change) has a name too.
    effect(() => {
      const id = this.unitId();
      untracked(() => void this.search.choose(id));
    });
    inject(DestroyRef).onDestroy(() => { this.search.leave(); });
  }

  /** The first list comes when it is first wanted. */
  protected opened(open: boolean): void {
    if (open) void this.search.find('');
  }

  protected async pick(id: string | null): Promise<void> {
    if (id !== '') this.chosen.emit(await this.search.choose(id));
  }
}
