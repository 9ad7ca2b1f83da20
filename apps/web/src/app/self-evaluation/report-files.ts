import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { evaluationWords } from './evaluation-words';
import { ReportFile } from './report-file';
import type { SelfEvaluationModel } from './self-evaluation-model';
import { sortArtifacts } from './sort-artifacts';

/** Files made from the year: asked for here, made in the background, what holds first. */
@Component({
  selector: 'jh-report-files',
  imports: [Icon, RefusalNote, ReportFile],
  template: `
    <div class="ask">
      <button type="button" class="jh-button jh-button-primary" data-make="xlsx" [disabled]="model().requesting() !== null" (click)="model().requestReport('xlsx')"><jh-icon name="file" />{{ model().requesting() === 'xlsx' ? t('making') : t('makeXlsx') }}</button>
      <button type="button" class="jh-button jh-button-primary" data-make="docx" [disabled]="model().requesting() !== null" (click)="model().requestReport('docx')"><jh-icon name="file" />{{ model().requesting() === 'docx' ? t('making') : t('makeDocx') }}</button>
      <p class="jh-hint">{{ t('filesHint') }}</p>
    </div>
    <jh-refusal [problem]="model().reportProblem()" />
    <ul aria-live="polite">@for (file of files().first; track file.artifact.id) { <li [jhReportFile]="file"></li> } @empty { <li class="jh-soft">{{ t('filesNone') }}</li> }</ul>
    @if (files().older.length) {
      <details>
        <summary>{{ t('filesOlder', { n: files().older.length }) }}</summary>
        <ul>@for (file of files().older; track file.artifact.id) { <li [jhReportFile]="file"></li> }</ul>
      </details>
    }
  `,
  styles: `
    :host { display: grid; gap: 12px; }
    .ask { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
    ul { list-style: none; padding: 0; display: grid; gap: 10px; }
    summary { cursor: pointer; color: var(--jh-ink-soft); font-size: 13px; margin-bottom: 8px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReportFiles {
  readonly model = input.required<SelfEvaluationModel>();

  protected readonly t = inject(Words).of(evaluationWords);
  protected readonly files = computed(() => sortArtifacts(this.model().view()));
}
