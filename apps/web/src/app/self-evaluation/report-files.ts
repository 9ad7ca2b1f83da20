import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { artifactHref } from '../api/self-evaluations-api';
import { saySize } from '../ui/evidence-list/file-size';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { ageOf } from './artifact-age';
import { evaluationWords } from './evaluation-words';
import type { SelfEvaluationModel } from './self-evaluation-model';

/** Files made from the year: asked for here, made in the background, with what they were made from. */
@Component({
  selector: 'jh-report-files',
  imports: [Icon, RefusalNote, StatusTag],
  template: `
    <div class="ask">
      <button type="button" class="jh-button jh-button-primary" data-make="xlsx" [disabled]="model().requesting() !== null" (click)="model().requestReport('xlsx')"><jh-icon name="file" />{{ model().requesting() === 'xlsx' ? t('making') : t('makeXlsx') }}</button>
      <button type="button" class="jh-button jh-button-primary" data-make="docx" [disabled]="model().requesting() !== null" (click)="model().requestReport('docx')"><jh-icon name="file" />{{ model().requesting() === 'docx' ? t('making') : t('makeDocx') }}</button>
      <p class="jh-hint">{{ t('filesHint') }}</p>
    </div>
    <jh-refusal [problem]="model().reportProblem()" />
    <ul aria-live="polite">
      @for (file of files(); track file.id) {
        <li [attr.data-artifact]="file.state" [attr.data-format]="file.format">
          <span class="format">{{ file.format === 'xlsx' ? t('formatXlsx') : t('formatDocx') }}</span>
          <div>
            @if (file.state === 'READY') { <a [href]="file.href" [attr.download]="file.fileName" [attr.aria-label]="t('download', { file: file.fileName })">{{ file.fileName }}</a> } @else { <span>{{ file.fileName }}</span> }
            <p class="jh-soft jh-small">{{ file.facts }}</p>
            @if (file.age; as age) { <p class="old">{{ t(age === 'POINTS' ? 'fileOldPOINTS' : 'fileOldWORDS') }}</p> }
            @if (file.state === 'FAILED') { <p class="failed">{{ t('fileFailed', { cause: file.failure ?? '—' }) }}</p> }
          </div>
          @if (file.state !== 'READY') { <jh-status-tag [state]="file.state" /> }
        </li>
      } @empty { <li class="jh-soft">{{ t('filesNone') }}</li> }
    </ul>
  `,
  styles: `
    :host { display: grid; gap: 12px; }
    .ask { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
    ul { list-style: none; padding: 0; display: grid; gap: 10px; }
    li { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; } li > div { flex: 1; min-width: 220px; overflow-wrap: anywhere; }
    .format { width: 48px; padding: 1px 6px; border: 1px solid var(--jh-line-strong); border-radius: 3px; text-align: center; font-size: 12px; color: var(--jh-ink-soft); }
    .old { color: var(--jh-warning); font-size: 13px; } .failed { color: var(--jh-danger); font-size: 13px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReportFiles {
  readonly model = input.required<SelfEvaluationModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly files = computed(() => {
    const view = this.model().view();
    return view.artifacts.map((file) => ({
      ...file, href: artifactHref(file.id), age: ageOf(file, view),
      facts: [
        this.t('fileFacts', { size: file.size === null ? '—' : saySize(file.size), by: file.by, at: sayMoment(file.at, this.words.language()) }),
        ...(file.scoreTotal === null ? [] : [this.t('fileTotal', { total: file.scoreTotal })]), ...(file.sha256 === null ? [] : [this.t('fileSha', { sha: file.sha256.slice(0, 12) })]),
      ].join(' · '),
    }));
  });
}
