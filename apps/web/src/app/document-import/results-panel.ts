import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PreviousActualsView } from '@jiheng/contract';
import { formOfStaged } from '@jiheng/domain';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import type { ProposalsModel } from './proposals-model';
import { ProposalsPanel } from './proposals-panel';
import { resultsWords } from './results-words';
import { resultOf } from './staged-rows';
import type { StagingModel } from './staging-model';

/** 自评表 / 监控表: says why this is no target table, and offers its results as 上年完成值 of the target table of the year after, and those of a monitoring form as candidates of its period. */
@Component({
  selector: 'jh-results-panel',
  imports: [RouterLink, RefusalNote, ProposalsPanel],
  template: `
    <section class="results" aria-labelledby="results">
      <h3 id="results">{{ t($any(form())) }} <span class="jh-soft">{{ t('noDraft') }}</span></h3>
      @if (template(); as of) { <p class="jh-soft">{{ t('why', { template: pick(of), share: shareOf(of.confidence), n: withResult() }) }}</p> }
      @if (form() === 'MONITORING' && model().view()?.unitId && proposals(); as proposed) { <jh-proposals-panel [model]="model()" [proposals]="proposed" /> }
      <h4>{{ t('title') }}</h4>
      @if (!model().view()?.unitId) { <p>{{ t('unitFirst') }}</p> }
      <jh-refusal [problem]="model().previous.problem()" />
      @if (proposed(); as view) {
        @if (view.target; as target) {
          <p>{{ t('target', { year: view.fiscalYear, version: target.version, state: common($any(target.state === 'DRAFT' ? 'tableDRAFT' : 'state' + target.state)) }) }} <a [routerLink]="['/tables', target.tableId]">{{ t('open') }}</a></p>
          @if (view.proposals.length) {
            <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('title')">
              <table class="jh-list-table">
                <thead><tr><th scope="col">{{ t('columnTake') }}</th><th scope="col">{{ t('columnName') }}</th><th scope="col">{{ t('columnValue') }}</th><th scope="col">{{ t('columnNow') }}</th></tr></thead>
                <tbody>
                  @for (one of view.proposals; track one.key) {
                    <tr [attr.data-key]="one.key">
                      <td><input type="checkbox" [checked]="chosen().has(one.key)" [disabled]="one.there || !mayFill()" [attr.aria-label]="t('take', { name: one.name })" (change)="toggle(one.key)"></td>
                      <td>{{ one.name }}@if (one.match === 'NAME_ONLY') { <p class="warn jh-small">{{ t('nameOnly', { level: one.level1 }) }}</p> }</td>
                      <td><b>{{ one.previousActual }}</b></td>
                      <td>@if (one.there) { {{ t('same') }} } @else { {{ one.replaces ?? '—' }} }</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          } @else { <p>{{ t('none') }}</p> }
          @if (view.unmatched.length) { <details><summary>{{ t('unmatched', { n: view.unmatched.length }) }}</summary><p class="jh-soft">{{ view.unmatched.join(listSign()) }}</p></details> }
          @if (target.fills === 'NOTHING') { <p class="jh-notice jh-notice-warning">{{ t('underWay') }}</p> }
          @else if (mayFill()) {
            @if (target.fills === 'ADJUSTMENT') { <label class="why">{{ t('reason') }} <input #why class="jh-input" maxlength="500" [value]="reason()" (input)="reason.set(why.value)"></label> }
            <button type="button" class="jh-button jh-button-primary" data-act="fill-previous" [disabled]="model().busy() || chosen().size === 0" (click)="fill()">{{ t(target.fills === 'DRAFT' ? 'fillDraft' : 'fillAdjustment', { n: chosen().size }) }}</button>
          }
        } @else { <p>{{ t('noTarget', { year: view.fiscalYear }) }}</p> }
      }
    </section>
  `,
  styles: `
    .results { display: grid; gap: 8px; padding: 10px 14px; border: 1px solid var(--jh-line-strong); border-inline-start: 4px solid var(--jh-warning); border-radius: 4px; font-size: 13px; }
    h3, h4 { margin: 0; font-size: 14px; } h3 span { font-weight: 400; } p { margin: 0; } .warn { color: #6f4800; } .why { display: grid; gap: 4px; max-width: 420px; } .jh-button { justify-self: start; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ResultsPanel {
  readonly model = input.required<StagingModel>();
  /** Where a monitoring form may be proposed to its report. */
  readonly proposals = input<ProposalsModel | null>(null);

  private readonly words = inject(Words);
  protected readonly t = this.words.of(resultsWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly form = computed(() => { const table = this.model().table(); return table === null ? 'SELF_EVALUATION' : formOfStaged(table); });
  protected readonly template = computed(() => this.model().table()?.template ?? null);
  protected readonly withResult = computed(() => (this.model().table()?.rows ?? []).filter((row) => resultOf(row) !== null).length);
  protected readonly proposed = computed<PreviousActualsView | null>(() => (this.model().previousAt() === this.model().at() ? this.model().previous.value() : null));
  /** The import may be settled as far as its target tables go; results may still be used. */
  protected readonly mayFill = computed(() => {
    const view = this.model().view();
    return view !== null && (view.state === 'STAGED' || view.state === 'ACCEPTED') && view.writableUnits.some((unit) => unit.id === view.unitId) && !this.model().isAccepted();
  });
  /** All that are certain by level and name; the others a person ticks. */
  protected readonly chosen = linkedSignal<ReadonlySet<string>>(() => new Set((this.proposed()?.proposals ?? []).filter((one) => !one.there && one.match === 'SAME' && one.replaces === null).map((one) => one.key)));
  protected readonly reason = linkedSignal(() => this.t('reasonDefault', { file: this.model().view()?.fileName ?? '' }));
  protected readonly listSign = computed(() => (this.words.language() === 'en' ? ', ' : '、'));

  /** Whole per cent, cut: 0.999 is not certain. */
  protected shareOf(confidence: string): string {
    const [whole = '0', places = ''] = confidence.split('.');
    return `${Number(whole + places.padEnd(2, '0').slice(0, 2))}%`;
  }
  protected pick(of: { readonly zh: string; readonly en: string }): string { return this.words.pick(of); }

  protected toggle(key: string): void {
    this.chosen.update((chosen) => {
      const next = new Set(chosen);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }

  protected async fill(): Promise<void> {
    const isAdjustment = this.proposed()?.target?.fills === 'ADJUSTMENT';
    await this.model().fillPrevious([...this.chosen()], isAdjustment ? this.reason() : '');
  }
}
