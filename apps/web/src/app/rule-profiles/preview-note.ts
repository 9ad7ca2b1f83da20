import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { RuleProfilePreview } from '@jiheng/contract';
import { roundHalfUp } from '@jiheng/domain';
import { RouterLink } from '@angular/router';
import { sayMoment } from '../words/moments';
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
    <p>{{ effect() }}</p>
    @if (preview().computedAt; as at) {
      <p class="age">{{ t('computedAt', { at: say(at) }) }}@if (preview().movedSince) { <b>{{ t('movedSince', { n: preview().movedSince ?? 0 }) }}</b> }</p>
    }
    @if (mayBeAnew()) { <div class="jh-actions"><button type="button" class="jh-button jh-button-small" data-anew [attr.aria-disabled]="busy() ? true : null" (click)="again.emit()">{{ t('computeAnew') }}</button></div> }
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
                <td class="number">{{ mover.from ?? '—' }} {{ mover.ratingFrom ?? '' }}</td><td class="number">{{ mover.to ?? '—' }} {{ mover.ratingTo ?? '' }}</td><td class="number">{{ differenceOf(mover.difference) }}</td>
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
    .age { color: var(--jh-ink-soft); font-size: 13px; }
    .age b { margin-inline-start: 8px; color: var(--jh-danger); font-weight: 600; }
    .number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PreviewNote {
  readonly preview = input.required<RuleProfilePreview>();
  /** Whether whoever looks may have it computed as things stand now. */
  readonly mayBeAnew = input(false);
  readonly busy = input(false);
  /** Its job was cancelled, or it is old, and somebody wants it computed all the same. */
  readonly again = output<void>();
  protected readonly wasCancelled = computed(() => isCancelled(this.preview()));
  protected readonly isComputing = computed(() => isBeingComputed(this.preview()));
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(ruleProfilesWords);
  protected readonly effect = computed(() => {
    const { documents, reports, changed, signedKept: kept } = this.preview();
    // What was proposed before the kinds were counted knows only their sum.
    return reports === undefined ? this.t('effectSum', { documents, changed, kept }) : this.t('effectSentence', { reports, years: documents - reports, changed, kept });
  });

  protected say(moment: string): string {
    return sayMoment(moment, this.words.language());
  }
  /** With two decimals, as the points beside it; what was proposed earlier is kept with fewer. */
  protected differenceOf(difference: string | null): string {
    return difference === null ? '—' : roundHalfUp(difference, 2);
  }
}
