import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** done of total as a bar; the words stand beside it. */
@Component({
  selector: 'jh-progress-bar',
  template: '<i [style.inline-size.%]="percent()"></i>',
  styles: `
    :host { display: block; height: 6px; min-width: 72px; border-radius: 3px; background: #e1e7ee; overflow: hidden; }
    i { display: block; height: 100%; background: var(--jh-primary); border-radius: 3px; }
    :host([data-full]) i { background: var(--jh-success); }
  `,
  host: {
    role: 'progressbar', 'aria-valuemin': '0', '[attr.aria-valuemax]': 'total()', '[attr.aria-valuenow]': 'done()', '[attr.aria-label]': 'label()',
    '[attr.data-full]': "done() >= total() ? '' : null",
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgressBar {
  readonly done = input.required<number>();
  readonly total = input.required<number>();
  readonly label = input.required<string>();
  protected readonly percent = computed(() => (this.total() > 0 ? Math.min(100, Math.round((this.done() * 100) / this.total())) : 0));
}
