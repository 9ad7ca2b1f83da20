import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Words } from '../words/words';
import { evaluationWords } from './evaluation-words';
import type { SelfEvaluationModel } from './self-evaluation-model';
import { WrittenEditor } from './written-editor';

const HINTS = { overview: 'hint_overview', process: 'hint_process', problems: 'hint_problems', measures: 'hint_measures' } as const;

/** 自评报告 chapter by chapter: what the data say, and what people write. */
@Component({
  selector: 'jh-chapter-list',
  imports: [WrittenEditor],
  template: `
    @for (chapter of chapters(); track chapter.id) {
      <section [attr.data-chapter]="chapter.id" [id]="'chapter-' + chapter.id" tabindex="-1">
        <h3>{{ chapter.title }}</h3>
        <div class="computed" lang="zh-CN">@for (sentence of chapter.computed; track $index) { <p>{{ sentence }}</p> }</div>
        @if (chapter.part; as part) {
          <div class="written"><p class="jh-label jh-no-print">{{ model().view().editable ? t('chapterWrite') : t('chapterRead') }}</p><jh-written-editor [part]="part" [editable]="model().view().editable" [label]="chapter.title + ' · ' + t('chapterWrite')" [hint]="chapter.hint" /></div>
        }
      </section>
    }
  `,
  styles: `
    :host { display: grid; gap: 20px; max-width: 920px; }
    section:focus { outline: none; }
    h3 { margin-bottom: 4px; font: 600 16px/1.6 var(--jh-font-form); }
    .computed { display: grid; gap: 2px; } .computed p { white-space: pre-line; overflow-wrap: anywhere; }
    .written { margin-top: 8px; padding-left: 14px; border-left: 3px solid var(--jh-line-strong); }
    @media print { h3 { font-size: 12pt; break-after: avoid; } .written { padding: 0; border: 0; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChapterList {
  readonly model = input.required<SelfEvaluationModel>();

  protected readonly t = inject(Words).of(evaluationWords);
  protected readonly chapters = computed(() => this.model().view().chapters.map((chapter) => ({
    ...chapter, part: this.model().written.get(chapter.id) ?? null, hint: Object.hasOwn(HINTS, chapter.id) ? this.t(HINTS[chapter.id as keyof typeof HINTS]) : '',
  })));
}
