import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Words } from '../words/words';
import { shellWords } from './shell-words';

@Component({
  selector: 'jh-not-found-page',
  imports: [RouterLink],
  template: `
    <div class="jh-card jh-empty"><h1>{{ t('notFoundTitle') }}</h1><p>{{ t('notFoundText') }}</p><a class="jh-button jh-button-primary" routerLink="/work">{{ t('notFoundBack') }}</a></div>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFoundPage {
  protected readonly t = inject(Words).of(shellWords);
}
