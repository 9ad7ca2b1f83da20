import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ReconciliationView } from '@jiheng/contract';
import { retell } from '@jiheng/domain';
import type { Problem } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { percentOf } from './percent';
import { reconciliationWords } from './reconciliation-words';

/** 取数核对: how often sources and people disagree. */
@Component({
  selector: 'jh-reconciliation-page',
  imports: [RouterLink, RefusalNote],
  templateUrl: './reconciliation-page.html',
  styleUrl: './reconciliation-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReconciliationPage {
  private readonly api = inject(PullCareApi);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(reconciliationWords);
  protected readonly view = signal<ReconciliationView | null>(null);
  protected readonly problem = signal<Problem | null>(null);

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    const answer = await this.api.reconciliation();
    this.problem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.view.set(answer.value);
  }

  protected warningOf(warning: string | null): string | null {
    return warning === null ? null : retell(warning, this.words.language());
  }
  protected percent(share: string | null): string {
    return share === null ? this.t('none') : this.t('percent', { n: percentOf(share) });
  }
  /** What the source's words were read as, where they do not say it themselves. */
  protected readingOf({ verbatim, reading }: { readonly verbatim: string; readonly reading: string | null }): string | null {
    return reading === null || reading.replace(/\s/gu, '') === verbatim.replace(/\s/gu, '') ? null : reading;
  }
  protected periodOf(row: { readonly periodZh: string; readonly periodEn: string }): string {
    return this.words.pick({ zh: row.periodZh, en: row.periodEn });
  }
  protected moment(text: string | null): string {
    return text === null ? this.t('none') : sayMoment(text, this.words.language());
  }
}
