import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { MainTask } from '@jiheng/domain';
import { addDecimal, roundHalfUp } from '@jiheng/domain';
import { Words } from '../words/words';
import { tableWords } from './table-words';

/** 年度主要任务 for a phone: what the form prints in a table, as cards. */
@Component({
  selector: 'jh-task-cards',
  template: `
    <h3>{{ t('tasks') }}</h3>
    <ul>
      @for (task of tasks(); track $index) {
        <li>
          <p class="name">{{ task.name }}</p>
          @if (task.content) { <p>{{ task.content }}</p> }
          <p class="facts">@if (task.total) { <b>{{ t('taskAmount', { total: money(task.total) }) }}</b> }@if (task.fiscal) { <span>{{ t('taskFiscal', { value: money(task.fiscal) }) }}</span> }@if (task.other) { <span>{{ t('taskOther', { value: money(task.other) }) }}</span> }</p>
        </li>
      }
    </ul>
    @if (sum(); as total) { <p class="jh-soft">{{ t('taskSum', { total }) }}</p> }
  `,
  styles: `
    h3 { margin: 16px 0 4px; font-size: 14px; color: var(--jh-primary-dark); }
    ul { list-style: none; padding: 0; } li { padding: 10px 0; border-bottom: 1px solid var(--jh-line); } .name { font-weight: 500; }
    .facts { display: flex; flex-wrap: wrap; gap: 2px 14px; color: var(--jh-ink-soft); } .facts b { color: var(--jh-ink); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskCards {
  readonly tasks = input.required<readonly MainTask[]>();

  protected readonly t = inject(Words).of(tableWords);
  protected readonly sum = computed(() => {
    const amounts = this.tasks().flatMap((task) => task.total ?? []);
    return amounts.length === 0 ? null : roundHalfUp(addDecimal(...amounts), 2);
  });

  protected money(amount: string): string {
    return roundHalfUp(amount, 2);
  }
}
