import { ChangeDetectionStrategy, Component, ViewEncapsulation, computed, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { NzDropdownModule } from 'ng-zorro-antd/dropdown';
import { NzI18nService, en_US, zh_CN } from 'ng-zorro-antd/i18n';
import { filter } from 'rxjs';
import { Inbox } from '../my-work/inbox';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { LanguageSwitch } from '../ui/language-switch/language-switch';
import { sayDay } from '../words/moments';
import { Words } from '../words/words';
import { placesFor } from './navigation';
import { NavigationDrawer } from './navigation-drawer';
import { NavigationList } from './navigation-list';
import { shellWords } from './shell-words';
import { UnitSwitch } from './unit-switch';

/**
 * The frame of every signed-in page. The stylesheet of ng-zorro comes with it (no encapsulation: its overlays live at the end of the
 * document), so the sign-in page does not pay for it.
 */
@Component({
  selector: 'jh-shell',
  imports: [RouterOutlet, RouterLink, NzDropdownModule, Icon, LanguageSwitch, NavigationDrawer, NavigationList, UnitSwitch],
  providers: [Viewpoint, Inbox],
  templateUrl: './shell.html',
  styleUrls: ['../../styles/zorro.css', '../../styles/zorro-theme.css', './shell.css'],
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  protected readonly session = inject(Session);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly inbox = inject(Inbox);
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(shellWords);
  protected readonly drawer = signal(false);
  protected readonly groups = computed(() => placesFor(this.session.person()));
  protected readonly day = computed(() => (this.session.today() ? sayDay(this.session.today(), this.words.language()) : ''));

  constructor() {
    const i18n = inject(NzI18nService);
    effect(() => i18n.setLocale(this.words.language() === 'zh' ? zh_CN : en_US));
    void this.viewpoint.read();
    void this.inbox.refresh();
    // What waits changes with what people do here: asking after every page change is one small read.
    inject(Router).events.pipe(filter((event) => event instanceof NavigationEnd), takeUntilDestroyed()).subscribe(() => void this.inbox.refresh());
  }

  /** Phones and narrow windows; the year switch is a plain select, so it works with the system's own wheel. */
  protected chooseYear(year: string): void {
    this.viewpoint.lookAtYear(Number(year));
  }

  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
