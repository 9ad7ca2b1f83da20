import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input } from '@angular/core';
import { addDecimal, roundHalfUp, type TaskField } from '@jiheng/domain';
import { injectDrawNow } from '../ui/draw-now';
import { Words } from '../words/words';
import { StagedStrip } from './staged-strip';
import type { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';
import { tasksWords } from './tasks-words';

/** Codes of findings that the tasks are behind. */
const ABOUT_TASKS = /^Q-P[45]/u;

/** 年度主要任务 of a whole unit as one line that opens: what was read, put right where it is wrong. A field is kept when it is left; Enter goes down a line. */
@Component({
  selector: 'jh-staged-tasks',
  imports: [StagedStrip],
  template: `
    @if (tasks(); as list) {
      <jh-staged-strip [title]="t('title', { n: list.length })" [facts]="facts()" [waits]="waits()" [severity]="errors() ? 'ERROR' : 'WARN'" [opens]="waits() !== ''" [about]="model().serverTable()?.at">
        <p class="jh-hint">{{ t('hint') }}</p>
        @if (list.length) {
          <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('title', { n: list.length })">
            <table class="jh-list-table">
              <thead><tr><th scope="col">{{ t('name') }}</th><th scope="col">{{ t('content') }}</th><th scope="col">{{ t('total') }}</th><th scope="col">{{ t('fiscal') }}</th><th scope="col">{{ t('other') }}</th>@if (model().mayEdit()) { <th scope="col"><span class="jh-hidden">{{ t('delete') }}</span></th> }</tr></thead>
              <tbody>
                @for (task of list; track $index; let at = $index) {
                  <tr [attr.data-task]="at">
                    @for (field of fields; track field) {
                      <td [class.amount]="isAmount(field)">
                        @if (isAmount(field)) {
                          <input #box class="jh-input" inputmode="decimal" [attr.name]="'task-' + field" [attr.aria-label]="t('cell', { n: at + 1, field: t(field) })" [readonly]="!model().mayEdit()" [value]="task[field] ?? ''"
                            (change)="set(at, field, box.value) || (box.value = task[field] ?? '')" (keydown.enter)="down($event, at, field)">
                        } @else {
                          <textarea #words class="jh-input" rows="2" [attr.name]="'task-' + field" [attr.aria-label]="t('cell', { n: at + 1, field: t(field) })" [attr.aria-invalid]="field === 'name' && !task.name ? true : null" [readonly]="!model().mayEdit()" [value]="task[field] ?? ''"
                            (change)="set(at, field, words.value) || (words.value = task[field] ?? '')" (keydown.enter)="down($event, at, field)"></textarea>
                        }
                      </td>
                    }
                    @if (model().mayEdit()) { <td><button type="button" class="jh-button jh-button-small" [attr.aria-label]="t('deleteOne', { name: task.name || at + 1 })" (click)="model().correct({ kind: 'DELETE_TASK', at })">{{ t('delete') }}</button></td> }
                  </tr>
                }
              </tbody>
              <tfoot><tr><th scope="row" colspan="2">{{ t('sum') }}</th>@for (field of amounts; track field) { <td class="amount" [attr.data-sum]="field">{{ sumOf(field) }}</td> }@if (model().mayEdit()) { <td></td> }</tr></tfoot>
            </table>
          </div>
        }
        @if (model().mayEdit()) { <p><button type="button" class="jh-button jh-button-small" data-act="add-task" (click)="add()">{{ t('add') }}</button></p> }
      </jh-staged-strip>
    }
  `,
  styles: `
    p { margin: 0 0 4px; } td { padding: 2px 4px; } td { vertical-align: top; } td .jh-input { width: 100%; min-width: 120px; min-height: 30px; font-size: 13px; } textarea { field-sizing: content; resize: none; padding-block: 4px; } .amount, .amount .jh-input { text-align: end; }
    td.amount .jh-input { min-width: 72px; padding-inline: 6px; } tfoot th { text-align: start; } tfoot td, tfoot th { padding: 6px 8px; font-size: 13px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StagedTasks {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly drawNow = injectDrawNow();
  protected readonly t = this.words.of(tasksWords);
  private readonly staging = this.words.of(stagingWords);
  protected readonly fields = ['name', 'content', 'total', 'fiscal', 'other'] as const satisfies readonly TaskField[];
  protected readonly amounts = ['total', 'fiscal', 'other'] as const;
  /** null: the form has no such table, or is about a project. */
  protected readonly tasks = computed(() => { const table = this.model().table(); return table === null || table.subject !== 'UNIT' ? null : table.tasks ?? null; });

  /** What is said of the tasks and nobody has explained; a task without a name has to be named. */
  private readonly findings = computed(() => this.model().findings().filter((one) => one.row === null && one.acceptedBecause === null && ABOUT_TASKS.test(one.finding.code)));
  protected readonly nameless = computed(() => (this.tasks() ?? []).filter((task) => task.name.trim() === '').length);
  protected readonly errors = computed(() => this.nameless() + this.findings().filter((one) => one.finding.severity === 'ERROR').length);
  protected readonly waits = computed(() => {
    const warnings = this.findings().filter((one) => one.finding.severity === 'WARN').length;
    return [this.errors() ? this.staging('errors', { n: this.errors() }) : '', warnings ? this.staging('warnings', { n: warnings }) : ''].filter((part) => part !== '').join(' · ');
  });
  /** The tasks in one line: their money, their names. */
  protected readonly facts = computed(() => [this.sumOf('total') === '' ? '' : this.t('sumShort', { sum: this.sumOf('total') }), ...(this.tasks() ?? []).map((task) => task.name)].filter((part) => part !== '').join(' · '));

  protected isAmount(field: TaskField): boolean { return field === 'total' || field === 'fiscal' || field === 'other'; }

  /** 金额合计 as it is printed on the form; blank where no task names the source. */
  protected sumOf(field: 'total' | 'fiscal' | 'other'): string {
    const amounts = (this.tasks() ?? []).flatMap((task) => task[field] ?? []);
    return amounts.length === 0 ? '' : roundHalfUp(addDecimal(...amounts), 2);
  }

  /** False when the text cannot be taken: the field then shows again what holds. */
  protected set(at: number, field: TaskField, text: string): boolean {
    return this.model().correct({ kind: 'SET_TASK', at, field, text });
  }

  protected add(): void {
    const at = this.tasks()?.length ?? 0;
    if (this.model().correct({ kind: 'ADD_TASK' })) this.focus(at, 'name');
  }

  protected down(event: Event, at: number, field: TaskField): void {
    event.preventDefault();
    (event.target as HTMLInputElement).dispatchEvent(new Event('change'));
    this.focus(Math.min(at + 1, (this.tasks()?.length ?? 1) - 1), field);
  }

  private focus(at: number, field: TaskField): void {
    this.drawNow(() => this.host.nativeElement.querySelector<HTMLInputElement>(`[data-task="${at}"] [name="task-${field}"]`)?.focus());
  }
}
