import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, untracked } from '@angular/core';
import { Icon } from '../ui/icon/icon';

/**
 * One line that stands for a part of the staged table beside its rows: what it is, what it says in short, and how much of it waits for a person.
 * It opens by itself when a table is shown in which something waits; what comes up later only lights the mark, so that no row moves under the hand.
 */
@Component({
  selector: 'jh-staged-strip',
  imports: [Icon],
  template: `
    <details [open]="isOpen()" (toggle)="isOpen.set(box.open)" #box>
      <summary>
        <b>{{ title() }}</b>
        @if (waits()) { <span class="waits" [attr.data-severity]="severity()"><jh-icon [name]="severity() === 'ERROR' ? 'error' : 'warn'" />{{ waits() }}</span> }
        <span class="facts">{{ facts() }}</span>
      </summary>
      <div class="inside"><ng-content /></div>
    </details>
    <ng-content select="[beside]" />
  `,
  styles: `
    :host { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: flex-start; min-width: 0; border-bottom: 1px solid var(--jh-line); }
    details { flex: 1 1 320px; min-width: 0; }
    summary { display: flex; gap: 8px; align-items: center; min-height: 32px; cursor: pointer; font-size: 13px; list-style: none; } summary::-webkit-details-marker { display: none; }
    summary::before { content: ''; flex: none; width: 0; border-block: 5px solid transparent; border-inline-start: 6px solid var(--jh-ink-soft); transition: transform .12s; } details[open] > summary::before { transform: rotate(90deg); }
    summary:focus-visible { outline: 2px solid var(--jh-focus); outline-offset: -2px; } summary:hover b { color: var(--jh-primary); }
    b { flex: none; font-weight: 600; } .facts { overflow: hidden; color: var(--jh-ink-soft); text-overflow: ellipsis; white-space: nowrap; }
    .waits { display: inline-flex; flex: none; gap: 3px; align-items: center; color: #6f4800; } .waits[data-severity="ERROR"] { color: var(--jh-danger); } .waits jh-icon { font-size: 15px; }
    .inside { padding: 2px 0 8px; }
    @media (max-width: 720px) { summary { flex-wrap: wrap; gap: 2px 8px; padding-block: 6px; } details { flex-basis: 100%; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StagedStrip {
  readonly title = input.required<string>();
  readonly facts = input('');
  /** How much waits for a person, in words; empty: nothing does. */
  readonly waits = input('');
  readonly severity = input<'WARN' | 'ERROR'>('WARN');
  /** Whether it stands open when a table is shown. */
  readonly opens = input(false);
  /** The table it is about: another one is looked at anew. */
  readonly about = input.required<unknown>();

  readonly isOpen = linkedSignal({ source: computed(() => this.about()), computation: () => untracked(() => this.opens()) });
}
