import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { Door } from './door';
import { PasswordModel } from './password-model';
import { Session } from './session';
import { sessionWords } from './session-words';

/** An own password: the first thing after a one-time password, and a choice later on. */
@Component({
  selector: 'jh-password-page',
  imports: [Door, RefusalNote],
  templateUrl: './password-page.html',
  styleUrl: './door-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordPage {
  protected readonly session = inject(Session);
  protected readonly t = inject(Words).of(sessionWords);
  protected readonly model = new PasswordModel((body) => this.session.changePassword(body));
  private readonly router = inject(Router);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (await this.model.submit()) await this.leave();
  }

  protected async leave(): Promise<void> {
    await this.router.navigateByUrl('/work');
  }
}
