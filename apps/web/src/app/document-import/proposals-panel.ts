import { ChangeDetectionStrategy, Component, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ProposedActualsView } from '@jiheng/contract';
import { CAUSE_WORDS, LIKELIHOOD_WORDS, type MoneyPart } from '@jiheng/domain';
import { entryWords } from '../actual-entry/entry-words';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import type { ProposalsModel } from './proposals-model';
import { proposalsWords } from './proposals-words';
import type { StagingModel } from './staging-model';

/** 监控表: which of its values go to which report as candidates, which cannot and why, and one click that proposes them. */
@Component({
  selector: 'jh-proposals-panel',
  imports: [RouterLink, RefusalNote],
  template: `
    <section class="proposals" aria-labelledby="proposals">
      <h4 id="proposals">{{ t('title') }}</h4>
      <jh-refusal [problem]="proposals().load.problem()" />
      @if (view(); as view) {
        @if (view.quarters.length && (view.why || !view.fits)) {
          <label class="quarter">{{ t('quarter') }}
            <select #which class="jh-input" data-quarter (change)="choose(which.value)">
              @if (view.quarter === null) { <option value="" selected>{{ t('quarterChoose') }}</option> }
              @for (one of view.quarters; track one.ordinal) { <option [value]="one.ordinal" [selected]="one.ordinal === view.quarter">{{ label(one.ordinal, one.label) }}</option> }
            </select></label>
        }
        @if (view.why; as why) { <p class="jh-notice jh-notice-warning" data-why>{{ pick(why) }}</p> }
        @if (view.report; as report) {
          <p>{{ t('about', { n: open().length, year: view.fiscalYear, label: label(view.quarter ?? 0, report.label), version: report.version }) }} <a [routerLink]="['/reports', report.reportId, 'entry']">{{ t('openReport') }}</a></p>
          @if (!view.fits) { <p class="jh-notice jh-notice-warning">{{ t('notWhole', { printed: printed() }) }}</p> }
          @else { <p class="jh-soft">{{ t(view.isYearToDate ? 'yearToDate' : 'ownOnly', { printed: printed() }) }}</p> }
          @if (view.proposals.length) {
            <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('title')">
              <table class="jh-list-table">
                <thead><tr><th scope="col">{{ t('columnTake') }}</th><th scope="col">{{ t('columnName') }}</th><th scope="col">{{ t('columnPrinted') }}</th><th scope="col">{{ t('columnValue') }}</th><th scope="col">{{ t('columnNow') }}</th></tr></thead>
                <tbody>
                  @for (one of view.proposals; track one.key) {
                    <tr [attr.data-key]="one.key">
                      <td><input type="checkbox" [checked]="chosen().has(one.key)" [disabled]="one.outcome === 'SAME' || !mayPropose()" [attr.aria-label]="t('take', { name: one.name })" (change)="toggle(one.key)"></td>
                      <td>{{ one.name }}@if (one.match === 'NAME_ONLY') { <p class="warn jh-small">{{ t('nameOnly', { level: one.level1 }) }}</p> }@if (one.warning; as warning) { <p class="warn jh-small">{{ pick(warning) }}</p> }</td>
                      <td>{{ one.printed }}</td><td><b>{{ one.value }}</b></td>
                      <td>@if (one.outcome === 'SAME') { {{ t('same') }} } @else { {{ one.present ?? '—' }} }</td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          } @else if (!view.why) { <p>{{ t('none') }}</p> }
          @if (view.explanations.length) {
            <h5>{{ t('explanations') }}</h5>
            <ul class="list">
              @for (one of view.explanations; track one.key) {
                <li [attr.data-explained]="one.key"><label><input type="checkbox" [checked]="explained().has(one.key)" [disabled]="one.isSame || !mayPropose()" (change)="toggleExplained(one.key)"> <b>{{ one.name }}</b></label>
                  <p>{{ sayExplanation(one.printed) }}</p>
                  <p class="jh-soft jh-small">{{ t('inReport') }}{{ one.isSame ? t('same') : one.present ? sayExplanation(one.present) : '—' }}</p></li>
              }
            </ul>
          }
          @if (view.money; as money) {
            <h5>{{ t('money') }}</h5>
            <label data-money><input type="checkbox" [checked]="withMoney()" [disabled]="money.isSame || !mayPropose()" (change)="withMoney.set(!withMoney())"> {{ t('moneyTake') }}</label>
            <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('money')">
              <table class="jh-list-table">
                <thead><tr><th scope="col">{{ entry('moneyPart') }}</th><th scope="col">{{ t('columnPrinted') }}</th><th scope="col">{{ t('columnNow') }}</th></tr></thead>
                <tbody>@for (row of money.printed; track row.part) { <tr><td>{{ entry(partWord(row.part)) }}</td><td><b>{{ sayMoney(row) }}</b></td><td>{{ money.isSame ? t('same') : sayPresent(money.present, row.part) }}</td></tr> }</tbody>
              </table>
            </div>
          }
          @if (view.unplaced.length) { <details data-unplaced><summary>{{ t('unplaced', { n: view.unplaced.length }) }}</summary><ul>@for (one of view.unplaced; track $index) { <li>{{ pick(one) }}</li> }</ul></details> }
        }
        @if (view.unmatched.length) { <details data-unmatched><summary>{{ t('unmatched', { n: view.unmatched.length }) }}</summary><ul>@for (one of view.unmatched; track $index) { <li>{{ pick(one.why) }}</li> }</ul></details> }
        <jh-refusal [problem]="proposals().problem()" />
        @if (view.proposedAt; as at) { <p class="jh-notice jh-notice-success" role="status" data-proposed>{{ t('proposed', { at: moment(at) }) }} {{ mayPropose() && model().mayEdit() ? t('again') : '' }}</p> }
        @if (view.report && mayPropose() && (view.proposals.length || view.explanations.length || view.money)) {
          <button type="button" class="jh-button jh-button-primary" data-act="propose" [disabled]="proposals().busy() || taken() === 0" (click)="propose()">{{ proposals().busy() ? t('proposing') : explained().size || withMoney() ? t('proposeAll', { n: chosen().size, explained: explained().size, money: withMoney() ? t('andMoney') : '' }) : t('propose', { n: chosen().size }) }}</button>
          <p class="jh-hint">{{ t('law') }}</p>
        }
      }
    </section>
  `,
  styles: `
    .proposals { display: grid; gap: 8px; } h4 { margin: 0; font-size: 14px; } p, ul { margin: 0; } .warn { color: #6f4800; } .jh-button { justify-self: start; } .quarter { display: grid; gap: 4px; max-width: 240px; } li { margin-block: 2px; } h5 { margin: 6px 0 0; font-size: 13px; } .list { padding-inline-start: 0; list-style: none; } .list li { padding: 4px 0; border-bottom: 1px solid var(--jh-line); } .list p { padding-inline-start: 22px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProposalsPanel {
  readonly model = input.required<StagingModel>();
  readonly proposals = input.required<ProposalsModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(proposalsWords);
  protected readonly entry = this.words.of(entryWords);
  protected readonly view = computed<ProposedActualsView | null>(() => (this.proposals().at() === this.model().at() ? this.proposals().load.value() : null));
  protected readonly open = computed(() => (this.view()?.proposals ?? []).filter((one) => one.outcome !== 'SAME'));
  protected readonly printed = computed(() => this.view()?.printed ?? this.t('unsaid'));
  protected readonly mayPropose = computed(() => {
    const view = this.model().view();
    return view !== null && this.view()?.why === null && (view.state === 'STAGED' || view.state === 'ACCEPTED') && view.writableUnits.some((unit) => unit.id === view.unitId);
  });
  /** All that are certain; what is doubtful, or of another span than the report, a person ticks. */
  protected readonly chosen = linkedSignal<ReadonlySet<string>>(() => new Set(this.view()?.fits === true ? this.open().filter((one) => one.outcome === 'CANDIDATE' && one.match === 'SAME').map((one) => one.key) : []));

  /** Explanations that would be new, and money where the report's is other: only where the form is about the whole period. */
  protected readonly explained = linkedSignal<ReadonlySet<string>>(() => new Set(this.view()?.fits === true ? (this.view()?.explanations ?? []).filter((one) => !one.isSame && one.present === null).map((one) => one.key) : []));
  protected readonly withMoney = linkedSignal(() => { const view = this.view(); return view?.fits === true && view.money !== null && !view.money.isSame; });
  protected readonly taken = computed(() => this.chosen().size + this.explained().size + (this.withMoney() ? 1 : 0));

  constructor() {
    // Read anew with every table that is opened, every correction that is with the server, and every unit that is chosen.
    effect(() => {
      const [stored, view] = [this.model().serverTable(), this.model().view()];
      if (stored === null || view === null || view.unitId === null || stored.at !== this.model().at()) return;
      untracked(() => void this.proposals().read(stored.at));
    });
  }

  protected pick(said: { readonly zh: string; readonly en: string }): string { return this.words.pick(said); }
  protected moment(text: string): string { return sayMoment(text, this.words.language()); }
  protected label(ordinal: number, label: string): string { return this.words.language() === 'en' ? `Q${ordinal}` : label; }

  protected choose(quarter: string): void {
    if (quarter !== '') void this.proposals().choose(Number(quarter));
  }

  protected toggle(key: string): void {
    this.chosen.update((chosen) => {
      const next = new Set(chosen);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }

  protected toggleExplained(key: string): void {
    this.explained.update((explained) => {
      const next = new Set(explained);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }

  protected sayExplanation({ causes, sentence, measures, likelihood, forecast }: ProposedActualsView['explanations'][number]['printed']): string {
    const parts = [
      causes.map((cause) => this.words.pick(CAUSE_WORDS[cause])).join('、'), sentence, measures, forecast === null ? '' : this.t('forecast', { value: forecast }),
      likelihood === null ? '' : this.t('likelihood', { value: this.words.pick(LIKELIHOOD_WORDS[likelihood]) }),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  protected partWord(part: MoneyPart): `part${MoneyPart}` { return `part${part}`; }

  protected sayMoney(row: { readonly initial: string | null; readonly adjusted: string | null; readonly executed: string | null }): string {
    return (['initial', 'adjusted', 'executed'] as const).flatMap((column) => (row[column] === null ? [] : [this.t(column, { amount: row[column] })])).join(' · ');
  }

  protected sayPresent(rows: NonNullable<ProposedActualsView['money']>['present'], part: MoneyPart): string {
    const row = rows.find((one) => one.part === part);
    return (row === undefined ? '' : this.sayMoney(row)) || '—';
  }

  protected async propose(): Promise<void> {
    const view = await this.proposals().propose([...this.chosen()], [...this.explained()], this.withMoney());
    if (view !== null) this.model().load.set(view);
  }
}
