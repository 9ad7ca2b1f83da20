import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A part of a whole: how many, its word and its colour. */
export interface CountPart {
  readonly key: string;
  readonly count: number;
  readonly word: string;
  readonly tone: 'good' | 'done' | 'waiting' | 'open' | 'bad' | 'none';
}

/** Counts of one whole as a bar of stretches, with the numbers in words beside it: the bar alone says nothing to the ear or on black-and-white paper. */
@Component({
  selector: 'jh-count-bar',
  template: `
    <div class="bar" aria-hidden="true">@for (part of shown(); track part.key) { <i [attr.data-tone]="part.tone" [style.flex-grow]="part.count"></i> }</div>
    @if (!short()) {
      <ul>@for (part of parts(); track part.key) { <li [class.nothing]="!part.count"><i [attr.data-tone]="part.tone" aria-hidden="true"></i>{{ part.word }} <b>{{ part.count }}</b></li> }</ul>
    } @else { <span class="jh-hidden">{{ said() }}</span> }
  `,
  styles: `
    :host { display: block; }
    .bar { display: flex; height: 10px; gap: 1px; border-radius: 3px; overflow: hidden; background: #e1e7ee; }
    .bar i { flex-basis: 0; min-width: 3px; }
    :host([data-short]) .bar { height: 8px; min-width: 96px; }
    i[data-tone="good"] { background: var(--jh-success); }
    i[data-tone="done"] { background: #4d9a68; }
    i[data-tone="waiting"] { background: #2d6cb5; }
    i[data-tone="open"] { background: #e0a100; }
    i[data-tone="bad"] { background: var(--jh-danger); }
    i[data-tone="none"] { background: #a9b4c1; }
    ul { list-style: none; padding: 0; margin-top: 8px; display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; }
    li { display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; }
    li i { width: 10px; height: 10px; border-radius: 2px; flex: none; }
    .nothing { color: var(--jh-ink-soft); }
    .nothing b { font-weight: 400; }
  `,
  host: { '[attr.data-short]': "short() ? '' : null", '[attr.title]': 'short() ? said() : null' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CountBar {
  readonly parts = input.required<readonly CountPart[]>();
  /** In a row of a list: the words are left to the ear and the pointer. */
  readonly short = input(false);
  protected readonly shown = computed(() => this.parts().filter((part) => part.count > 0));
  protected readonly said = computed(() => this.shown().map((part) => `${part.word} ${part.count}`).join('，'));
}
