import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Icon, type IconName } from '../ui/icon/icon';
import { Words } from '../words/words';
import type { Concern, ConcernGroup, Gravity } from './attention';
import { signOffWords } from './sign-off-words';

const ICONS: Readonly<Record<Gravity, IconName>> = { OWED: 'error', DOUBTFUL: 'warn', KNOWN: 'info' };
/** Longer lists fold behind a button: the glance counts, not the list. */
const SHOWN_AT_ONCE = 6;
const ORDER: readonly Gravity[] = ['OWED', 'DOUBTFUL', 'KNOWN'];

/** 需要关注: what is owed and what is doubtful at one glance, each a way to its row. */
@Component({
  selector: 'jh-attention-summary',
  imports: [Icon],
  template: `
    @for (part of parts(); track part.gravity) {
      <section [attr.data-gravity]="part.gravity" [attr.aria-label]="t(part.word)">
        <h3><jh-icon [name]="part.icon" />{{ t(part.word) }}</h3>
        <dl>
          @for (group of part.groups; track group.concern) {
            <div [attr.data-concern]="group.concern">
              <dt>{{ t(group.concern) }} <b>{{ t('attentionCount', { n: group.places.length }) }}</b></dt>
              <dd>@for (place of group.shown; track $index) { <button type="button" class="jh-link" [attr.aria-label]="t('goTo', { name: place.name })" (click)="goTo.emit(place.rowId)">{{ place.name }}</button> }@if (group.folded) { <button type="button" class="jh-link more" (click)="unfold(group.concern)">{{ t('attentionMore', { n: group.folded }) }}</button> }</dd>
            </div>
          }
        </dl>
      </section>
    } @empty { <p class="none"><jh-icon name="check" />{{ t('attentionNone') }}</p> }
  `,
  styles: `
    :host { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 16px 32px; align-items: start; }
    h3 { display: flex; align-items: center; gap: 6px; margin-bottom: 6px; }
    h3 jh-icon { font-size: 17px; }
    [data-gravity="OWED"] h3 { color: var(--jh-danger); }
    [data-gravity="DOUBTFUL"] h3 { color: var(--jh-warning); }
    [data-gravity="KNOWN"] h3 { color: var(--jh-primary); }
    dl { display: grid; gap: 6px; }
    dt { font-weight: 500; } dt b { font-weight: 400; color: var(--jh-ink-soft); }
    dd { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: 13px; }
    dd .jh-link { min-height: 24px; text-align: start; }
    .more { color: var(--jh-ink-soft); }
    .none { display: flex; align-items: center; gap: 8px; color: var(--jh-success); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AttentionSummary {
  readonly groups = input.required<readonly ConcernGroup[]>();
  /** The id of the row to go to; null: the money block. */
  readonly goTo = output<string | null>();

  protected readonly t = inject(Words).of(signOffWords);
  private readonly unfolded = signal<ReadonlySet<Concern>>(new Set());
  protected readonly parts = computed(() => ORDER.flatMap((gravity) => {
    const groups = this.groups().filter((group) => group.gravity === gravity).map((group) => {
      const isWhole = group.places.length <= SHOWN_AT_ONCE || this.unfolded().has(group.concern);
      return { ...group, shown: isWhole ? group.places : group.places.slice(0, SHOWN_AT_ONCE - 1), folded: isWhole ? 0 : group.places.length - SHOWN_AT_ONCE + 1 };
    });
    return groups.length === 0 ? [] : [{ gravity, icon: ICONS[gravity], word: `gravity${gravity}` as const, groups }];
  }));

  protected unfold(concern: Concern): void {
    this.unfolded.update((open) => new Set([...open, concern]));
  }
}
