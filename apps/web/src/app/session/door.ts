import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { LanguageSwitch } from '../ui/language-switch/language-switch';
import { Words } from '../words/words';
import { Session } from './session';
import { sessionWords } from './session-words';

/** The frame of the pages outside the shell: the product's name on the one side, what is asked for on the other. */
@Component({
  selector: 'jh-door',
  imports: [LanguageSwitch],
  templateUrl: './door.html',
  styleUrl: './door.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Door {
  protected readonly t = inject(Words).of(sessionWords);
  protected readonly session = inject(Session);
}
