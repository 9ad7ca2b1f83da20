import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { PullAuth, PullPaging, PullSecretName } from '@jiheng/contract';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import type { PullSourceDraft, SourceField } from './pull-source-draft';
import { sourceAccessWords } from './source-access-words';
import { authKindsOf, usualPaging } from './source-settings';

/** What a source is asked with: who asks, the query, the pages. Secrets go in and never come back. */
@Component({
  selector: 'jh-pull-source-access',
  templateUrl: './pull-source-access.html',
  styleUrl: './pull-source-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PullSourceAccess {
  readonly draft = input.required<PullSourceDraft>();
  /** What is wrong with a field, in words; '' for nothing. */
  readonly errorOf = input.required<(field: SourceField) => string>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(sourceAccessWords);
  protected readonly dhis2Fields = ['dataSet', 'orgUnit'] as const;
  protected readonly authKinds = computed(() => authKindsOf(this.draft().kind()));
  protected readonly pagings: readonly PullPaging['kind'][] = ['NONE', 'NEXT_LINK', 'PAGE', 'OFFSET'];

  protected chooseAuth(kind: string): void {
    this.draft().chooseAuth(kind as PullAuth['kind']);
  }
  protected changeAuth(part: Readonly<Record<string, string>>): void {
    this.draft().change({ auth: { ...this.draft().settings().auth, ...part } as PullAuth });
  }
  protected choosePaging(kind: string): void {
    this.draft().change({ paging: usualPaging(kind as PullPaging['kind']) });
  }
  protected changePaging(part: Readonly<Record<string, string | number>>): void {
    this.draft().change({ paging: { ...this.draft().settings().paging, ...part } as PullPaging });
  }
  protected storedHint(name: PullSecretName): string {
    const since = this.draft().storedSince(name);
    return since === null ? '' : this.t('stored', { since: sayMoment(since, this.words.language()) });
  }
}
