import { ChangeDetectionStrategy, Component, ElementRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import type { DemonstrationAccounts } from '@jiheng/contract';
import { SessionApi } from '../api/session-api';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { Door } from './door';
import { inPlaces } from './demonstration-places';
import { safeNext } from './own-page';
import { Session } from './session';
import { sessionWords } from './session-words';
import { SignInModel } from './sign-in-model';

/** The way in. Stands outside the shell and uses no component library, so that it is there at once on a slow line. */
@Component({
  selector: 'jh-sign-in-page',
  imports: [Door, RefusalNote],
  templateUrl: './sign-in-page.html',
  styleUrl: './door-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  /** The page that was asked for; comes from the address. */
  readonly next = input<string>();
  /** Present when the session ended by itself. */
  readonly lost = input<string>();

  protected readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(sessionWords);
  protected readonly shown = signal(false);
  protected readonly model = new SignInModel((body) => this.session.signIn(body));
  private readonly router = inject(Router);
  private readonly loginBox = viewChild.required<ElementRef<HTMLInputElement>>('login');
  private readonly passwordBox = viewChild.required<ElementRef<HTMLInputElement>>('password');

  /** Everybody of a demonstration; null elsewhere and until they are read. */
  protected readonly accounts = signal<DemonstrationAccounts | null>(null);
  protected readonly groups = computed(() => inPlaces(this.accounts()?.accounts ?? []));
  /** The accounts themselves are English words for the posts. */
  protected readonly zh = computed(() => this.words.language() === 'zh');

  constructor() {
    const api = inject(SessionApi);
    effect(() => {
      if (!this.session.view()?.demonstration) return;
      untracked(async () => {
        const answer = await api.demonstrationAccounts();
        if (answer.ok) this.accounts.set(answer.value);
      });
    });
  }

  protected fill(login: string, password: string): void {
    this.model.login.set(login);
    this.model.password.set(password);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (await this.model.submit()) {
      await this.router.navigateByUrl(safeNext(this.next()));
      return;
    }
    (this.model.loginMissing() ? this.loginBox() : this.passwordBox()).nativeElement.focus();
  }
}
