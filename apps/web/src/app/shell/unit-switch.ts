import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { UnitView } from '@jiheng/contract';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { Words } from '../words/words';
import { shellWords } from './shell-words';

/** Chooses the unit one looks at, by typing part of its name. Loaded only for those who see more than one. */
@Component({
  selector: 'jh-unit-switch',
  imports: [FormsModule, NzSelectModule],
  template: `
    <nz-select
      nzShowSearch [nzPlaceHolder]="t('allUnits')" [nzAllowClear]="true" [nzDropdownMatchSelectWidth]="false" [attr.aria-label]="t('unit')"
      [ngModel]="unitId()" (ngModelChange)="chosen.emit($event ?? null)">
      @for (unit of units(); track unit.id) { <nz-option [nzValue]="unit.id" [nzLabel]="unit.name" /> }
    </nz-select>
  `,
  styles: ':host, nz-select { display: block; width: 100%; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitSwitch {
  readonly units = input.required<readonly UnitView[]>();
  readonly unitId = input.required<string | null>();
  readonly chosen = output<string | null>();
  protected readonly t = inject(Words).of(shellWords);
}
