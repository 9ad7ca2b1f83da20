import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Icon } from '../ui/icon/icon';
import { Words } from '../words/words';
import type { PlaceGroup } from './navigation';
import { shellWords } from './shell-words';

/** The places of the product as links; the same list stands at the side on a desk and in the drawer on a phone. */
@Component({
  selector: 'jh-navigation-list',
  imports: [RouterLink, RouterLinkActive, Icon],
  template: `
    @for (group of groups(); track group.word) {
      <p class="group" [id]="'group-' + group.word">{{ t(group.word) }}</p>
      <ul [attr.aria-labelledby]="'group-' + group.word">
        @for (place of group.places; track place.path) {
          <li>
            <a [routerLink]="place.path" routerLinkActive="here" ariaCurrentWhenActive="page" (click)="went.emit()">
              <jh-icon [name]="place.icon" />{{ t(place.word) }}
              @if (place.path === '/work' && waiting()) { <span class="count" [attr.aria-label]="t('waiting', { n: waiting() })">{{ waiting() }}</span> }
            </a>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    .group { padding: 14px 20px 4px; color: var(--jh-ink-faint); font-size: 12px; letter-spacing: .08em; }
    ul { list-style: none; padding: 0 10px; }
    a { display: flex; align-items: center; gap: 10px; min-height: 42px; padding: 0 10px; border-radius: 4px; color: var(--jh-ink); text-decoration: none; }
    a:hover { background: #f0f4f9; }
    a.here { background: var(--jh-primary-tint); color: var(--jh-primary-dark); font-weight: 600; box-shadow: inset 3px 0 0 var(--jh-primary); }
    .count { margin-left: auto; min-width: 22px; padding: 0 6px; border-radius: 11px; background: var(--jh-danger); color: #fff; font-size: 12px; font-weight: 500; line-height: 20px; text-align: center; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NavigationList {
  readonly groups = input.required<readonly PlaceGroup[]>();
  readonly waiting = input(0);
  readonly went = output<void>();
  protected readonly t = inject(Words).of(shellWords);
}
