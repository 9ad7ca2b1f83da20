import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { light } from '@jiheng/contract';
import type { z } from 'zod';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';

export type LightColour = z.infer<typeof light>;

/** 红黄绿灯: a shape and a word beside the colour, for those who do not see red and green apart and for black-and-white paper. */
@Component({
  selector: 'jh-light',
  template: '<i aria-hidden="true"></i><span>{{ short() }}</span><span class="jh-hidden">{{ sentence() }}</span>',
  styles: `
    :host { display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; font-size: 13px; }
    i { width: 11px; height: 11px; border-radius: 50%; background: transparent; border: 2px solid var(--jh-line-strong); flex: none; }
    :host([data-colour="GREEN"]) i { background: var(--jh-success); border-color: var(--jh-success); }
    :host([data-colour="YELLOW"]) i { background: #e0a100; border-color: #8a5a00; border-radius: 2px; transform: rotate(45deg) scale(.86); }
    :host([data-colour="RED"]) i { background: var(--jh-danger); border-color: var(--jh-danger); border-radius: 1px; }
    :host([data-colour="BLUE"]) i { background: #2d6cb5; border-color: #2d6cb5; border-radius: 50% 50% 0 50%; }
  `,
  host: { '[attr.data-colour]': 'colour()', '[attr.title]': 'sentence()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Light {
  readonly colour = input.required<LightColour>();
  private readonly t = inject(Words).of(commonWords);
  protected readonly short = computed(() => this.t(`lightShort${this.colour()}`));
  protected readonly sentence = computed(() => this.t(`light${this.colour()}`));
}
