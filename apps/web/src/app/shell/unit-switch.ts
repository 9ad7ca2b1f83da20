import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { UnitView } from '@jiheng/contract';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { UnitFinder } from '../session/unit-finder';
import { Words } from '../words/words';
import { shellWords } from './shell-words';

let nextId = 1;

/** Chooses the unit one looks at, by typing part of its name. Loaded only for those who see more than one. */
@Component({
  selector: 'jh-unit-switch',
  imports: [FormsModule, NzSelectModule, UnitFinder],
  template: `
    <label class="jh-hidden" [attr.for]="id">{{ t('unit') }}</label>
    @if (many()) { <jh-unit-finder [inputId]="id" [unitId]="unitId()" [blank]="t('allUnits')" (chosen)="chosen.emit($event?.id ?? null)" /> } @else {
    <nz-select
      [nzId]="id" nzShowSearch [nzPlaceHolder]="t('allUnits')" [nzAllowClear]="true" [nzDropdownMatchSelectWidth]="false"
      [ngModel]="unitId()" (ngModelChange)="chosen.emit($event ?? null)">
      @for (unit of units(); track unit.id) { <nz-option [nzValue]="unit.id" [nzLabel]="unit.name" /> }
    </nz-select>
    }
  `,
  styles: ':host { display: block; } nz-select { width: 100%; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitSwitch {
  readonly units = input.required<readonly UnitView[]>();
  /** There are more units than these: they are searched for. */
  readonly many = input(false);
  readonly unitId = input.required<string | null>();
  readonly chosen = output<string | null>();
  /** The switch stands in the bar and in the drawer; labels need ids of their own. */
  protected readonly id = `jh-unit-${nextId++}`;
  protected readonly t = inject(Words).of(shellWords);
}
