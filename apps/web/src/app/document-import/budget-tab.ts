import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { ImportBudgetView } from '@jiheng/contract';
import type { Load } from '../api/load';
import { Icon, type IconName } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { budgetWords } from './budget-words';

type Outcome = ImportBudgetView['identities'][number]['outcome'];
const ICONS: Readonly<Record<Outcome, IconName>> = { HOLDS: 'check', HOLDS_BY_ROUNDING: 'info', DOES_NOT_HOLD: 'error', NOT_APPLICABLE: 'clock' };
/** What does not hold comes first. */
const ORDER: readonly Outcome[] = ['DOES_NOT_HOLD', 'HOLDS_BY_ROUNDING', 'HOLDS', 'NOT_APPLICABLE'];

/** 预算表核对: what the budget tables of the document owe one another, with both sides in numbers, and the tables as printed. */
@Component({
  selector: 'jh-budget-tab',
  imports: [Icon, RefusalNote],
  template: `
    <jh-refusal [problem]="load().problem()" />
    @if (load().first()) { <div class="jh-skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }
    @if (load().value(); as budget) {
      <p class="facts"><b>{{ t('counts', counts()) }}</b> <span class="jh-soft">{{ t(budget.stored ? 'stored' : alone() ? 'alone' : 'waits', { year: budget.fiscalYear }) }}</span></p>
      <ul class="identities">
        @for (identity of identities(); track identity.number) {
          <li [attr.data-outcome]="identity.outcome">
            <details [open]="identity.outcome === 'DOES_NOT_HOLD'">
              <summary><jh-icon [name]="icons[identity.outcome]" /><span class="outcome">{{ t($any(identity.outcome)) }}</span><span class="number">B{{ identity.number }}</span> {{ pick(identity) }}</summary>
              @for (equation of identity.equations; track $index) {
                <p class="equation"><span class="jh-soft">{{ equation.about }}</span>
                  @for (term of equation.left; track $index) { <span>{{ $index ? ' + ' : '' }}{{ term.label }} <b>{{ term.amount }}</b></span> } <span>=</span>
                  @for (term of equation.right; track $index) { <span>{{ $index ? ' + ' : '' }}{{ term.label }} <b>{{ term.amount }}</b></span> }
                  <span class="sum">{{ t('sides', { left: equation.leftSum, right: equation.rightSum, difference: equation.difference }) }}</span></p>
              } @empty { <p class="jh-soft">{{ t('noEquation') }}</p> }
            </details>
          </li>
        }
      </ul>
      <h3>{{ t('tables') }}</h3>
      @for (table of budget.tables; track table.number) {
        <details class="printed"><summary>{{ t('table', { n: table.number, title: table.title }) }} <span class="jh-soft">{{ table.isEmpty ? t('empty') : t('rows', { n: table.rows.length }) }} · {{ table.place }}</span></summary>
          @if (table.rows.length) {
            <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="table.title"><table>
              <thead><tr>@for (column of table.columns; track $index) { <th scope="col">{{ column }}</th> }</tr></thead>
              <tbody>@for (row of table.rows; track $index) { <tr>@for (cell of row; track $index) { <td>{{ cell }}</td> }</tr> }</tbody>
            </table></div>
          }
        </details>
      }
    }
  `,
  styles: `
    :host { display: grid; gap: 12px; }
    .facts { display: flex; flex-wrap: wrap; gap: 4px 18px; }
    .identities { display: grid; gap: 4px; margin: 0; padding: 0; list-style: none; } .identities li { border: 1px solid var(--jh-line); border-inline-start: 4px solid var(--jh-line-strong); border-radius: 4px; padding: 4px 10px; }
    li[data-outcome="HOLDS"] { border-inline-start-color: var(--jh-success); } li[data-outcome="DOES_NOT_HOLD"] { border-inline-start-color: var(--jh-danger); } li[data-outcome="HOLDS_BY_ROUNDING"] { border-inline-start-color: var(--jh-warning); }
    summary { cursor: pointer; } .identities jh-icon { font-size: 15px; vertical-align: -2px; }
    .outcome { margin-inline: 4px 10px; font-weight: 600; } li[data-outcome="HOLDS"] .outcome { color: var(--jh-success); } li[data-outcome="DOES_NOT_HOLD"] .outcome { color: var(--jh-danger); } li[data-outcome="HOLDS_BY_ROUNDING"] .outcome { color: #6f4800; }
    .number { display: inline-block; min-width: 34px; color: var(--jh-ink-soft); }
    .equation { display: flex; flex-wrap: wrap; gap: 2px 10px; margin: 4px 0 4px 22px; font-size: 13px; } .sum { flex-basis: 100%; color: var(--jh-ink-soft); }
    h3 { margin: 8px 0 0; font-size: 15px; }
    .printed { border-bottom: 1px solid var(--jh-line); padding: 6px 0; } .printed table { border-collapse: collapse; font-size: 12.5px; } .printed th, .printed td { padding: 3px 7px; border: 1px solid var(--jh-line-strong); white-space: nowrap; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BudgetTab {
  readonly load = input.required<Load<ImportBudgetView>>();
  /** The document has no target table with which they would be stored. */
  readonly alone = input(false);

  private readonly words = inject(Words);
  protected readonly t = this.words.of(budgetWords);
  protected readonly icons = ICONS;
  protected readonly identities = computed(() => [...(this.load().value()?.identities ?? [])].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || a.number - b.number));
  protected readonly counts = computed(() => {
    const of = (outcome: Outcome): number => this.identities().filter((one) => one.outcome === outcome).length;
    return { holds: of('HOLDS'), rounding: of('HOLDS_BY_ROUNDING'), fails: of('DOES_NOT_HOLD'), none: of('NOT_APPLICABLE') };
  });
  protected pick(identity: { readonly zh: string; readonly en: string }): string { return this.words.pick(identity); }
}
