import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { UnitView } from '@jiheng/contract';
import { Door } from '../session/door';
import { Session } from '../session/session';
import { sessionWords } from '../session/session-words';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { SetupModel } from './setup-model';

/** Shown once in the life of an installation: it makes the first administrator and then is gone. */
@Component({
  selector: 'jh-setup-page',
  imports: [Door, RefusalNote],
  templateUrl: './setup-page.html',
  styleUrl: '../session/door-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SetupPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  protected readonly t = inject(Words).of(sessionWords);
  protected readonly model = new SetupModel((body) => this.session.setUp(body));

  protected pickKind(kind: string): void {
    this.model.unitKind.set(kind as UnitView['kind']);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (await this.model.submit()) await this.router.navigateByUrl(this.session.person() ? '/people' : '/sign-in');
  }
}
