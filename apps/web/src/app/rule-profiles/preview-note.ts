import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { RuleProfilePreview } from '@jiheng/contract';
import { RouterLink } from '@angular/router';
import { Words } from '../words/words';
import { isBeingComputed, isCancelled } from './rule-profiles-model';
import { ruleProfilesWords } from './rule-profiles-words';

/** What another profile would change: how many documents, ratings from → to, the largest moves. */
@Component({
  selector: 'jh-preview-note',
  imports: [RouterLink],
  template: `
    @if (wasCancelled()) {
      <p>{{ t('cancelled', { n: preview().documents }) }}</p>
      <div class="jh-actions"><button type="button" class="jh-button" data-again (click)="again.emit()">{{ t('computeAgain') }}</button></div>
    } @else if (isComputing()) { <p>{{ t(preview().jobState === 'FAILED' ? 'notComputable' : 'beingComputed', { n: preview().documents }) }} <a routerLink="/jobs">{{ t('toJobs') }}</a></p> } @else {
    <p>{{ t('effectSentence', { documents: preview().documents, changed: preview().changed, kept: preview().signedKept }) }}</p>
    @if (preview().notComputed) { <p class="jh-hint">{{ t('notComputed', { n: preview().notComputed }) }}</p> }
    @if (preview().ratings.length) {
      <p><b>{{ t('ratings') }}</b> @for (step of preview().ratings; track $index) { <span class="step">{{ t('ratingStep', { from: step.from ?? t('unrated'), to: step.to ?? t('unrated'), count: step.count }) }}</span> }</p>
    }
    @if (preview().movers.length) {
      <div class="jh-scroll" tabindex="0" role="region" [attr.aria-label]="t('movers')">
        <table class="jh-list-table">
          <caption class="jh-hidden">{{ t('caption') }}</caption>
          <thead><tr><th scope="col">{{ t('document') }}</th><th scope="col" class="number">{{ t('from') }}</th><th scope="col" class="number">{{ t('to') }}</th><th scope="col" class="number">{{ t('difference') }}</th></tr></thead>
          <tbody>
            @for (mover of preview().movers; track mover.documentId) {
              <tr>
                <td>{{ words.language() === 'zh' ? mover.title : mover.titleEn }}<span class="jh-soft jh-small unit">{{ mover.unitName }}</span></td>
                <td class="number">{{ mover.from ?? '—' }} {{ mover.ratingFrom ?? '' }}</td><td class="number">{{ mover.to ?? '—' }} {{ mover.ratingTo ?? '' }}</td><td class="number">{{ mover.difference ?? '—' }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    } @else { <p class="jh-soft">{{ t('noMovers') }}</p> }
    }
  `,
  styles: `
    :host { display: grid; gap: 8px; }
    .step { display: inline-block; margin-inline-start: 12px; }
    .unit { display: block; }
    .number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PreviewNote {
  readonly preview = input.required<RuleProfilePreview>();
  /** Its job was cancelled, and somebody wants it computed all the same. */
  readonly again = output<void>();
  protected readonly wasCancelled = computed(() => isCancelled(this.preview()));
  protected readonly isComputing = computed(() => isBeingComputed(this.preview()));
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(ruleProfilesWords);
}
