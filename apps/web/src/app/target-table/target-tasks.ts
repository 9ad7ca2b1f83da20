import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, input, output } from '@angular/core';
import { type TaskField, TASK_FIELDS, absoluteDecimal, addDecimal, checkSum, compareDecimal, roundHalfUp, subtractDecimal } from '@jiheng/domain';
import { readPastedBlock } from '../actual-entry/paste-block';
import { injectDrawNow } from '../ui/draw-now';
import { Icon } from '../ui/icon/icon';
import { Words } from '../words/words';
import { editorWords } from './editor-words';
import { readTask } from './read-draft';
import { obeyRowKey } from './row-keys';
import { sayTrouble } from './say-draft';
import { isBlankTask } from './table-draft';
import type { TableEditorModel } from './table-editor-model';

const LENGTHS: Readonly<Record<TaskField, number>> = { name: 200, content: 2000, total: 40, fiscal: 40, other: 40 };
const NAMES = { name: 'taskName', content: 'taskContent', total: 'taskTotal', fiscal: 'taskFiscal', other: 'taskOther' } as const;

/** 年度主要任务 of a whole unit under the pen: name, content and money of each, their sum beside the budget of the unit. */
@Component({
  selector: 'jh-target-tasks',
  imports: [Icon],
  templateUrl: './target-tasks.html',
  styleUrls: ['./pen-table.css', './target-tasks.css'],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown)': 'onKey($event)', '(paste)': 'onPaste($event)', '(focusin)': 'typed = false', '(input)': 'typed = true', '(focusout)': 'onLeave($event)' },
})
export class TargetTasks {
  readonly model = input.required<TableEditorModel>();
  readonly save = output<void>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drawNow = injectDrawNow();
  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  protected readonly fields = TASK_FIELDS;
  protected readonly amounts = ['total', 'fiscal', 'other'] as const;
  protected readonly lengths = LENGTHS;
  protected typed = false;

  protected readonly shown = computed(() => {
    const model = this.model();
    return model.tasks().map((task) => {
      const troubles = isBlankTask(task) ? [] : [...readTask(task).troubles].filter(([field]) => model.showAll() || model.left().has(`${task.id}.${field}`));
      return { task, troubles: new Map(troubles.map(([field, trouble]) => [field, sayTrouble(trouble, this.t, this.words.language())])) };
    });
  });
  /** 金额合计 as it is printed on the form; null where no task names the source. */
  protected readonly sums = computed(() => {
    const tasks = this.model().reading().table.tasks ?? [];
    const sum = (field: 'total' | 'fiscal' | 'other'): string | null => {
      const amounts = tasks.flatMap((task) => task[field] ?? []);
      return amounts.length === 0 ? null : roundHalfUp(addDecimal(...amounts), 2);
    };
    return { total: sum('total'), fiscal: sum('fiscal'), other: sum('other') };
  });
  /** How the sum stands to the budget of the unit; null while either is not known. */
  protected readonly compared = computed(() => {
    const { total: budget } = this.model().reading().table.budget;
    const { total } = this.sums();
    if (budget === null || total === null) return null;
    const { outcome } = checkSum((this.model().reading().table.tasks ?? []).flatMap((task) => task.total ?? []), budget);
    if (outcome !== 'OFF') return { fits: true, text: this.t('tasksFit', { total: budget }) };
    const left = roundHalfUp(absoluteDecimal(subtractDecimal(total, budget)), 2);
    return { fits: false, text: this.t(compareDecimal(total, budget) < 0 ? 'tasksShort' : 'tasksOver', { total: budget, left }) };
  });

  /** Goes to a field of a task that is on the page. */
  focusCell(taskId: string, field: TaskField): void {
    this.host.querySelector<HTMLElement>(`[data-task="${taskId}"] [data-cell="${field}"]`)?.focus();
  }

  protected sayField(field: TaskField): string {
    return this.t(NAMES[field]);
  }

  protected isAmount(field: TaskField): boolean {
    return field === 'total' || field === 'fiscal' || field === 'other';
  }

  protected add(id: string | null): void {
    this.focusSoon(this.model().addTask(id), 'name');
  }

  protected remove(id: string): void {
    const next = this.model().removeTask(id);
    if (next !== null) this.focusSoon(next, 'name');
  }

  protected move(id: string, by: -1 | 1, field: TaskField = 'name'): void {
    this.model().moveTask(id, by);
    this.focusSoon(id, field);
  }

  protected onLeave(event: FocusEvent): void {
    const place = placeIn(event.target);
    if (place !== null) this.model().leave(place.taskId, place.field);
  }

  protected onKey(event: KeyboardEvent): void {
    obeyRowKey(event, placeIn(event.target), this.typed, {
      save: () => { this.save.emit(); },
      undo: () => { this.model().undo(); },
      add: ({ taskId }) => { this.add(taskId); },
      remove: ({ taskId }) => { this.remove(taskId); },
      move: ({ taskId, field }, by) => { this.move(taskId, by, field); },
      step: ({ taskId, field }, by) => { this.step(taskId, field, by); },
    });
  }

  /** One cell is the field's own affair; a block of cells goes into the list. */
  protected onPaste(event: ClipboardEvent): void {
    const place = placeIn(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (place === null || !/[\t\n]/u.test(text.trimEnd())) return;
    event.preventDefault();
    this.model().pasteTasks(place.taskId, TASK_FIELDS.slice(TASK_FIELDS.indexOf(place.field)), readPastedBlock(text));
  }

  private step(taskId: string, field: TaskField, by: -1 | 1): void {
    const tasks = this.model().tasks();
    const at = tasks.findIndex((task) => task.id === taskId);
    const [task, next] = [tasks[at], tasks[at + by]];
    if (next !== undefined) this.focusCell(next.id, field);
    else if (by === 1 && task !== undefined && !isBlankTask(task)) this.add(taskId);
  }

  private focusSoon(taskId: string, field: TaskField): void {
    this.drawNow(() => this.focusCell(taskId, field));
  }
}

function placeIn(target: EventTarget | null): { readonly taskId: string; readonly field: TaskField } | null {
  if (!(target instanceof HTMLElement)) return null;
  const field = target.dataset['cell'];
  const taskId = target.closest<HTMLElement>('[data-task]')?.dataset['task'];
  return field === undefined || taskId === undefined ? null : { taskId, field: field as TaskField };
}
