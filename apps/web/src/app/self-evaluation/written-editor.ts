import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Words } from '../words/words';
import { evaluationWords } from './evaluation-words';
import { SaveNote } from '../saving/save-note';
import type { WrittenPart } from './written-part';

/** A text of the report that saves itself; after a conflict their words stand beside mine until somebody chooses. */
@Component({
  selector: 'jh-written-editor',
  imports: [SaveNote],
  template: `
    @if (editable()) {
      <textarea #box class="jh-input" maxlength="20000" [rows]="rows()" [value]="part().text()" [placeholder]="hint()" [attr.aria-label]="label()" [attr.aria-invalid]="isStuck() ? true : null"
        (input)="part().write(box.value)" (blur)="part().saver.flush()"></textarea>
      @if (part().saver.phase().kind === 'conflict') {
        <div class="jh-notice jh-notice-warning" role="alert">
          <p>{{ conflict() }}</p>
          <p class="theirs">{{ t('theirsText', { text: part().server().text || t('nothing') }) }}</p>
          <span class="jh-actions"><button type="button" class="jh-button jh-button-small" (click)="part().takeTheirs()">{{ t('takeTheirs') }}</button><button type="button" class="jh-button jh-button-small jh-button-primary" (click)="part().keepMine()">{{ t('keepMine') }}</button></span>
        </div>
      }
      <jh-save-note [phase]="part().saver.phase()" [dirty]="part().dirty()" [hasContent]="part().server().revision > 0" />
      <p class="printed">{{ part().text() }}</p>
    } @else if (part().text()) { <p class="read">{{ part().text() }}</p> } @else { <p class="jh-soft jh-no-print">{{ t('chapterEmpty') }}</p> }
  `,
  styles: `
    :host { display: grid; gap: 6px; min-width: 0; }
    textarea { field-sizing: content; min-height: 72px; max-height: 60vh; }
    .printed { display: none; }
    .read, .printed, .theirs { white-space: pre-line; overflow-wrap: anywhere; }
    @media print { textarea, .jh-notice { display: none; } .printed { display: block; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WrittenEditor {
  readonly part = input.required<WrittenPart>();
  readonly editable = input.required<boolean>();
  /** Name for those who do not see the page. */
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly rows = input(4);

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly conflict = computed(() => {
    const phase = this.part().saver.phase();
    return phase.kind === 'conflict' ? this.words.pick(phase.problem.sentence) : '';
  });
  protected readonly isStuck = computed(() => this.part().saver.phase().kind === 'refused');
}
