import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Words } from '../words/words';
import { Door } from './door';
import { ownPage } from './own-page';
import { Session } from './session';
import { sessionWords } from './session-words';

/** Between two questions, and by how much that differs from page to page: a county's pages do not all come back in the same moment. */
const PAUSE_MS = 3_000;
const SPREAD_MS = 1_000;

/** Shown while the service is away. Asks again by itself and goes on to the page that was asked for as soon as it is answered. */
@Component({
  selector: 'jh-away-page',
  imports: [Door],
  template: `
    <jh-door>
      <section class="away" [attr.aria-busy]="asking()">
        <h1>{{ t('awayTitle') }}</h1>
        <p class="jh-notice jh-notice-warning" role="alert">{{ sentence() }}</p>
        <p>{{ t('awayWaits') }}</p>
        <button type="button" class="jh-button" [disabled]="asking()" (click)="ask()">{{ asking() ? t('awayAsking') : t('awayNow') }}</button>
      </section>
    </jh-door>
  `,
  styles: '.away { display: grid; gap: 18px; justify-items: start; } h1 { font-size: 24px; margin-bottom: 4px; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AwayPage {
  /** The page that was asked for. */
  readonly next = input<string>();

  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(sessionWords);
  protected readonly asking = signal(false);
  /** What the server says of itself. The browser's own sentences speak of what was typed, and nothing was typed here. */
  protected readonly sentence = computed(() => {
    const problem = this.session.away();
    return problem === null || problem.code.startsWith('web.') ? this.t('awayUnanswered') : this.words.pick(problem.sentence);
  });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => { this.left = true; clearTimeout(this.timer); });
    this.wait();
  }

  protected async ask(): Promise<void> {
    clearTimeout(this.timer);
    this.asking.set(true);
    const answer = await this.session.ready();
    if (this.left) return;
    this.asking.set(false);
    // The address has been that of the page all the time: nothing new is to be gone back over.
    if (answer.ok) await this.router.navigateByUrl(ownPage(this.next()), { replaceUrl: true });
    else this.wait();
  }

  private wait(): void {
    this.timer = setTimeout(() => void this.ask(), PAUSE_MS + Math.random() * SPREAD_MS);
  }
}
