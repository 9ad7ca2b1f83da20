import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { HeadField } from '@jiheng/domain';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import type { StagingModel } from './staging-model';
import { stagingWords, type StagingKey } from './staging-words';

const MONEY: Readonly<Record<'PROJECT' | 'UNIT', readonly (readonly [HeadField, StagingKey])[]>> = {
  PROJECT: [['total', 'moneyTotal'], ['fiscal', 'moneyFiscal'], ['other', 'moneyOther']],
  UNIT: [['higherLevel', 'moneyHigherLevel'], ['localLevel', 'moneyLocalLevel'], ['other', 'moneyOther'], ['total', 'moneyTotal']],
};

/** The head of a staged table: what it is about, its money, its goal, and the lead that no document may name. Kept when a field is left. */
@Component({
  selector: 'jh-staged-head',
  template: `
    @if (model().table(); as table) {
      <details class="head" open>
        <summary>{{ t('head') }}</summary>
        <div class="fields">
          <label>{{ t('headSubject') }}
            <select #kind class="jh-input" [disabled]="!model().mayEdit()" (change)="set('subject', kind.value)">
              <option value="PROJECT" [selected]="table.subject === 'PROJECT'">{{ common('subjectPROJECT') }}</option><option value="UNIT" [selected]="table.subject === 'UNIT'">{{ common('subjectUNIT') }}</option>
            </select></label>
          <label>{{ t('headYear') }} <input #year class="jh-input short" inputmode="numeric" [readonly]="!model().mayEdit()" [value]="table.fiscalYear" (focus)="at('fiscalYear')" (change)="set('fiscalYear', year.value) || (year.value = '' + table.fiscalYear)"></label>
          @if (table.subject === 'PROJECT') {
            <label class="wide">{{ t('headProject') }} <input #project class="jh-input" name="project" [attr.aria-invalid]="projectMissing()" [readonly]="!model().mayEdit()" [value]="table.project ?? ''" (focus)="at('project')" (change)="set('project', project.value)"></label>
            @if (!model().isResults()) {
              <label class="wide" [class.ask]="!table.lead && model().mayEdit()">{{ t('headLead') }} <input #lead class="jh-input" name="lead" autocomplete="off" [readonly]="!model().mayEdit()" [value]="table.lead ?? ''" [attr.aria-describedby]="'lead-ask'" (focus)="at(null)" (change)="set('lead', lead.value)">
                @if (!table.lead && model().mayEdit()) { <span class="jh-hint" id="lead-ask">{{ t('leadAsk') }}</span> }</label>
            }
          }
          @for (field of money(); track field[0]) {
            <label>{{ t(field[1]) }}{{ t('moneyUnit') }} <input #amount class="jh-input short" inputmode="decimal" [attr.name]="field[0]" [readonly]="!model().mayEdit()" [value]="amountOf(field[0])" (focus)="at(field[0])" (change)="set(field[0], amount.value) || (amount.value = amountOf(field[0]))"></label>
          }
        </div>
        <label class="goal">{{ t('headGoal') }} <textarea #goal class="jh-input" rows="2" [readonly]="!model().mayEdit()" [value]="table.goalText" (focus)="at('goalText')" (change)="set('goalText', goal.value)"></textarea></label>
      </details>
    }
  `,
  styles: `
    summary { padding: 6px 0; font-weight: 600; cursor: pointer; }
    .fields { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: flex-start; }
    label { display: grid; gap: 2px; font-size: 13px; color: var(--jh-ink-soft); } .wide { flex: 1 1 200px; } .goal { margin-top: 8px; }
    .jh-input { color: var(--jh-ink); font-size: 14px; min-height: 32px; } .short { width: 108px; }
    .ask .jh-input { border-style: dashed; border-color: var(--jh-warning); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StagedHead {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(stagingWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly money = computed(() => MONEY[this.model().table()?.subject ?? 'PROJECT']);
  protected readonly projectMissing = computed(() => this.model().gaps().some((gap) => gap.column === 'project'));

  protected amountOf(field: HeadField): string {
    return (this.model().table()?.budget as Partial<Record<HeadField, string | null>> | undefined)?.[field] ?? '';
  }

  protected at(field: string | null): void {
    this.model().active.set(null);
    this.model().activeHead.set(field);
  }

  /** False when the text cannot be taken: the field then shows again what holds. */
  protected set(field: HeadField, text: string): boolean {
    return this.model().correct({ kind: 'SET_HEAD', field, text });
  }
}
