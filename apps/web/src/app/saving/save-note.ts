import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import type { SavePhase } from './autosave';
import { phaseWord } from './phase-word';
import { saveWords } from './save-words';

/** Where something that saves itself stands: a word, and the sentence when it was refused or cannot be sent. */
@Component({
  selector: 'jh-save-note',
  imports: [RefusalNote],
  template: `
    <span class="word" [attr.data-phase]="phase().kind" role="status">{{ word() }}</span>
    <jh-refusal [problem]="problem()" />
  `,
  styles: `
    :host { display: block; }
    .word { font-size: 12.5px; color: var(--jh-ink-soft); } .word:empty { display: none; }
    [data-phase="refused"], [data-phase="conflict"] { color: var(--jh-danger); } [data-phase="offline"], [data-phase="waiting"] { color: var(--jh-warning); }
    @media print { :host { display: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SaveNote {
  readonly phase = input.required<SavePhase>();
  readonly dirty = input.required<boolean>();
  readonly hasContent = input(true);

  private readonly t = inject(Words).of(saveWords);
  protected readonly word = computed(() => {
    const key = phaseWord(this.phase(), this.dirty(), this.hasContent());
    return key === null ? '' : this.t(key);
  });
  protected readonly problem = computed(() => {
    const phase = this.phase();
    // A conflict is told where the choice is.
    return phase.kind === 'refused' || phase.kind === 'offline' ? phase.problem : null;
  });
}
