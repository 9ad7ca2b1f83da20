import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { NzDrawerModule } from 'ng-zorro-antd/drawer';
import { Words } from '../words/words';
import type { PlaceGroup } from './navigation';
import { NavigationList } from './navigation-list';
import { shellWords } from './shell-words';

/** The navigation of narrow windows; loaded when it is first opened. */
@Component({
  selector: 'jh-navigation-drawer',
  imports: [NzDrawerModule, NavigationList],
  template: `
    <nz-drawer nzPlacement="left" [nzWidth]="276" [nzVisible]="open()" [nzTitle]="t('product')" (nzOnClose)="closed.emit()">
      <ng-container *nzDrawerContent>
        <ng-content />
        <nav [attr.aria-label]="t('navigation')"><jh-navigation-list [groups]="groups()" [waiting]="waiting()" (went)="closed.emit()" /></nav>
      </ng-container>
    </nz-drawer>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NavigationDrawer {
  readonly open = input.required<boolean>();
  readonly groups = input.required<readonly PlaceGroup[]>();
  readonly waiting = input(0);
  readonly closed = output<void>();
  protected readonly t = inject(Words).of(shellWords);
}
