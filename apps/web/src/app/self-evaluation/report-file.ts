import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { artifactHref } from '../api/self-evaluations-api';
import { saySize } from '../ui/evidence-list/file-size';
import { StatusTag } from '../ui/status-tag/status-tag';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { evaluationWords } from './evaluation-words';
import type { AgedArtifact } from './sort-artifacts';

/** One file: where it stands, what it was made from, and whether it still says what the page says. */
@Component({
  selector: 'li[jhReportFile]',
  imports: [StatusTag],
  template: `
    <span class="format">{{ artifact().format === 'xlsx' ? t('formatXlsx') : t('formatDocx') }}</span>
    <div>
      @if (artifact().state === 'READY') { <a [href]="href()" [attr.download]="artifact().fileName" [attr.aria-label]="t('download', { file: artifact().fileName })">{{ artifact().fileName }}</a> } @else { <span>{{ artifact().fileName }}</span> }
      <p class="jh-soft jh-small">{{ facts() }}</p>
      @if (file().age; as age) { <p class="old">{{ t(age === 'POINTS' ? 'fileOldPOINTS' : 'fileOldWORDS') }}</p> }
      @if (artifact().state === 'FAILED') { <p class="failed">{{ t('fileFailed', { cause: artifact().failure ?? '—' }) }}</p> }
    </div>
    @if (artifact().state !== 'READY') { <jh-status-tag [state]="artifact().state" /> }
  `,
  styles: `
    :host { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; } div { flex: 1; min-width: 220px; overflow-wrap: anywhere; }
    .format { width: 48px; padding: 1px 6px; border: 1px solid var(--jh-line-strong); border-radius: 3px; text-align: center; font-size: 12px; color: var(--jh-ink-soft); }
    .old { color: var(--jh-warning); font-size: 13px; } .failed { color: var(--jh-danger); font-size: 13px; }
  `,
  host: { '[attr.data-artifact]': 'artifact().state', '[attr.data-format]': 'artifact().format' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReportFile {
  readonly file = input.required<AgedArtifact>({ alias: 'jhReportFile' });

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly artifact = computed(() => this.file().artifact);
  protected readonly href = computed(() => artifactHref(this.artifact().id));
  protected readonly facts = computed(() => {
    const { size, by, at, scoreTotal, sha256 } = this.artifact();
    return [
      this.t('fileFacts', { size: size === null ? '—' : saySize(size), by, at: sayMoment(at, this.words.language()) }),
      ...(scoreTotal === null ? [] : [this.t('fileTotal', { total: scoreTotal })]), ...(sha256 === null ? [] : [this.t('fileSha', { sha: sha256.slice(0, 12) })]),
    ].join(' · ');
  });
}
