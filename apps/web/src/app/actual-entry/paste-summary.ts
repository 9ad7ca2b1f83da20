import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { sayRefusal } from '@jiheng/domain';
import { Words } from '../words/words';
import { entryWords } from './entry-words';
import type { PasteReport, PastedCell } from './pasted-cells';

interface SummaryLine {
  readonly rowId: string | null;
  readonly name: string;
  readonly sentence: string;
}

/** What a paste did: counts first, then every cell that was not simply taken, each leading to its place. */
@Component({
  selector: 'jh-paste-summary',
  template: `
    <div class="jh-notice" [class.jh-notice-warning]="troubled()" role="status">
      <p><strong>{{ t('paste') }}</strong>（{{ report().byName ? t('pasteByName') : t('pasteInOrder') }}）：{{ counts() }}</p>
      @if (lines().length > 0) {
        <ul>
          @for (line of lines(); track $index) {
            <li>@if (line.rowId; as rowId) { <button type="button" class="jh-link" (click)="goTo.emit(rowId)">{{ line.name }}</button>：{{ line.sentence }} } @else { {{ line.sentence }} }</li>
          }
        </ul>
      }
      <span class="jh-actions">
        <button type="button" class="jh-button jh-button-small" (click)="undone.emit()">{{ t('pasteUndo') }}</button>
        <button type="button" class="jh-button jh-button-small" (click)="dismissed.emit()">{{ t('dismiss') }}</button>
      </span>
    </div>
  `,
  styles: 'ul{margin:4px 0;padding-left:1.2em;max-height:168px;overflow:auto;font-size:13px}.jh-actions{margin-top:6px}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasteSummary {
  readonly report = input.required<PasteReport>();
  readonly goTo = output<string>();
  readonly undone = output<void>();
  readonly dismissed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  protected readonly counts = computed(() => {
    const count = (outcome: PastedCell['outcome']): number => this.report().cells.filter((cell) => cell.outcome === outcome).length;
    const parts = [
      { n: count('taken'), key: 'pasteTaken' }, { n: count('refused'), key: 'pasteRefused' }, { n: count('same'), key: 'pasteSame' }, { n: count('blank'), key: 'pasteBlank' },
      { n: count('beyond'), key: 'pasteBeyond' }, { n: count('aside'), key: 'pasteAside' },
    ] as const;
    return parts.filter((part) => part.n > 0 || part.key === 'pasteTaken').map((part) => this.t(part.key, { n: part.n })).join(this.words.language() === 'zh' ? '，' : ', ');
  });
  protected readonly troubled = computed(() => this.report().cells.some((cell) => cell.outcome === 'refused' || cell.outcome === 'beyond'));
  protected readonly lines = computed(() => this.report().cells.flatMap((cell): SummaryLine[] => {
    switch (cell.outcome) {
      case 'refused': return [{ rowId: cell.rowId, name: cell.name, sentence: sayRefusal(cell.refusal, this.words.language()) }];
      case 'beyond':
      case 'aside': return [{ rowId: null, name: '', sentence: this.t('pasteLine', { line: cell.line, text: cell.text }) }];
      default: return [];
    }
  }));
}
