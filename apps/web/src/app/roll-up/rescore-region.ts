import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RollUpView } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import { RollUpsApi } from '../api/roll-ups-api';
import { Session } from '../session/session';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayQuarter } from '../words/moments';
import { Words } from '../words/words';
import { rollUpWords } from './roll-up-words';

/** Points of a whole region computed once more, for whoever doubts them: a job, which leaves what is right as it is. */
@Component({
  selector: 'jh-rescore-region',
  imports: [RefusalNote, RouterLink],
  template: `
    @if (isOffered()) {
      <section class="jh-card jh-no-print" aria-labelledby="rescore">
        <div><h2 id="rescore">{{ t('rescoreTitle') }}</h2><p class="jh-soft">{{ t('rescoreText', { unit: view().unit.name, year: view().fiscalYear, quarter: quarter() }) }}</p></div>
        <button type="button" class="jh-button" [disabled]="asking() || asked()" (click)="ask()">{{ t('rescore') }}</button>
        <p role="status">@if (asked()) { {{ t('rescoreAsked') }} <a routerLink="/jobs">{{ t('rescoreSee') }}</a> }</p>
        <jh-refusal [problem]="problem()" />
      </section>
    }
  `,
  styles: `
    section { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 20px; align-items: center; padding: 14px var(--jh-space-5); }
    h2 { font-size: 15px; } [role="status"]:empty { display: none; } [role="status"], jh-refusal { grid-column: 1 / -1; }
    @media (max-width: 720px) { section { grid-template-columns: minmax(0, 1fr); row-gap: 10px; padding-inline: var(--jh-space-4); } button { justify-self: start; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RescoreRegion {
  readonly view = input.required<RollUpView>();

  private readonly api = inject(RollUpsApi);
  private readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(rollUpWords);
  private readonly place = computed(() => `${this.view().unit.unitId}/${this.view().fiscalYear}/${this.view().periodOrdinal}`);
  /** Another region or quarter begins anew. */
  protected readonly asked = linkedSignal({ source: this.place, computation: () => false });
  protected readonly asking = linkedSignal({ source: this.place, computation: () => false });
  protected readonly problem = linkedSignal<string, Problem | null>({ source: this.place, computation: () => null });
  /** A year is scored where it is evaluated; and what nobody has, nobody can score. */
  protected readonly isOffered = computed(() => this.view().periodOrdinal > 0 && this.view().unit.measures.tables > 0 && this.session.hasRole('department', 'finance', 'administrator'));
  protected readonly quarter = computed(() => sayQuarter(this.view().periodOrdinal, this.words.language()));

  protected async ask(): Promise<void> {
    const { unit, fiscalYear, periodOrdinal } = this.view();
    const place = this.place();
    this.asking.set(true);
    const answer = await this.api.rescore({ unitId: unit.unitId, fiscalYear, periodOrdinal });
    if (place !== this.place()) return;
    this.asking.set(false);
    this.asked.set(answer.ok);
    this.problem.set(answer.ok ? null : answer.problem);
  }
}
