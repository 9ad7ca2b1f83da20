import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { Accumulation, Direction, ScoringRule } from '@jiheng/domain';
import { sayFormWord } from '../ui/form-table/form-words';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import type { CellChange, TableChanges } from './compare-tables';
import { type EditorKey, editorWords } from './editor-words';
import { sayAccumulation, sayDirection } from './say-draft';

const CELL_WORDS: Readonly<Record<CellChange['field'], EditorKey>> = {
  target: 'fieldTarget', weight: 'fieldWeight', name: 'fieldName', level1: 'fieldLevel1', level2: 'fieldLevel2', direction: 'fieldDirection', scoringRule: 'fieldRule',
  accumulation: 'fieldAccumulation', basis: 'fieldBasis', previousActual: 'fieldPrevious', evidence: 'fieldEvidence',
};
const HEAD_WORDS: Readonly<Record<TableChanges['head'][number]['field'], EditorKey>> = {
  goalText: 'fieldGoal', project: 'fieldProject', lead: 'fieldLead', total: 'fieldTotal', fiscal: 'fieldFiscal', other: 'fieldOther', higherLevel: 'fieldHigherLevel', localLevel: 'fieldLocalLevel', tasks: 'fieldTasks',
};

/** What differs between two versions of a table, row by row: before and after stand beside each other. */
@Component({
  selector: 'jh-version-changes',
  template: `
    <ul>
      @for (change of changes().head; track change.field) {
        <li><p class="name">{{ t(head(change.field)) }}</p><p class="pair"><del>{{ change.before || t('empty') }}</del><span class="to" aria-hidden="true">→</span><ins>{{ change.after || t('empty') }}</ins></p></li>
      }
      @for (change of changes().rows; track $index) {
        <li [attr.data-kind]="change.kind">
          <p class="name"><span class="kind">{{ kind(change.kind) }}</span>{{ change.name }}</p>
          @for (cell of change.cells; track cell.field) {
            <p class="pair"><span class="field">{{ t(word(cell.field)) }}</span>
              @if (change.kind !== 'ADDED') { <del>{{ say(cell, cell.before) }}</del> }
              @if (change.kind === 'CHANGED') { <span class="to" aria-hidden="true">→</span> }
              @if (change.kind !== 'REMOVED') { <ins>{{ say(cell, cell.after) }}</ins> }
            </p>
          }
        </li>
      }
    </ul>
    @if (changes().same) { <p class="jh-soft jh-small">{{ t('changesSame', { n: changes().same }) }}</p> }
  `,
  styles: `
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 8px 0; border-bottom: 1px solid var(--jh-line); }
    .name { font-weight: 600; } .kind { display: inline-block; margin-right: 8px; padding: 0 8px; border: 1px solid; border-radius: 3px; font-size: 12px; font-weight: 500; color: var(--jh-primary); background: var(--jh-primary-tint); }
    [data-kind="ADDED"] .kind { color: var(--jh-success); background: var(--jh-success-tint); } [data-kind="REMOVED"] .kind { color: var(--jh-danger); background: var(--jh-danger-tint); }
    .pair { display: flex; flex-wrap: wrap; gap: 2px 8px; font-size: 13px; } .field { min-width: 72px; color: var(--jh-ink-soft); } .to { color: var(--jh-ink-soft); }
    del { color: var(--jh-danger); white-space: pre-line; } ins { color: var(--jh-success); text-decoration: none; font-weight: 500; white-space: pre-line; }
    ul + p { margin-top: 8px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class VersionChanges {
  readonly changes = input.required<TableChanges>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  private readonly common = this.words.of(commonWords);

  protected word(field: CellChange['field']): EditorKey {
    return CELL_WORDS[field];
  }

  protected kind(kind: TableChanges['rows'][number]['kind']): string {
    return this.t(`change${kind}`);
  }

  protected head(field: TableChanges['head'][number]['field']): EditorKey {
    return HEAD_WORDS[field];
  }

  protected say(cell: CellChange, text: string): string {
    if (text === '') return this.t('empty');
    switch (cell.field) {
      case 'direction': return sayDirection(text as Direction, false, this.t);
      case 'accumulation': return sayAccumulation(text as Accumulation, this.t);
      case 'scoringRule': return this.common(`rule${text as ScoringRule}`);
      case 'level1': case 'level2': return sayFormWord(text, this.words.language());
      default: return text;
    }
  }
}
