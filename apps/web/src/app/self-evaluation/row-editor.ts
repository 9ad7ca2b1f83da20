import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type RuleProfile, formatActual, formatTarget } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { evidenceHref } from '../api/monitoring-reports-api';
import { DeviationNote } from '../ui/deviation-note/deviation-note';
import { EvidenceList } from '../ui/evidence-list/evidence-list';
import { StatusTag } from '../ui/status-tag/status-tag';
import { sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { AdjustmentEditor } from './adjustment-editor';
import type { EvaluationRow } from './evaluation-row';
import { evaluationWords } from './evaluation-words';
import { JudgementEditor } from './judgement-editor';
import { explanationOf } from './row-parts';
import { SaveNote } from '../saving/save-note';
import { sayRowScore } from './say-row-score';

/** Everything about one row of the year, opened below it: how its points came about, the quarters, and what is written here. */
@Component({
  selector: 'jh-row-editor',
  imports: [RouterLink, AdjustmentEditor, DeviationNote, EvidenceList, JudgementEditor, SaveNote, StatusTag],
  templateUrl: './row-editor.html',
  styleUrl: './row-editor.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class RowEditor {
  readonly row = input.required<EvaluationRow>();
  readonly editable = input.required<boolean>();
  readonly profile = input.required<RuleProfile | null>();
  readonly closed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly hrefOf = evidenceHref;
  protected readonly target = computed(() => formatTarget(this.row().indicator.target));
  protected readonly steps = computed(() => sayRowScore(this.row().score(), this.words.language()));
  protected readonly quarters = computed(() => this.row().server().quarters.map((quarter) => ({
    ...quarter, label: sayPeriod(quarter.label, this.words.language()), value: quarter.actual.kind === 'NOT_REPORTED' ? '—' : formatActual(toActual(quarter.actual), this.row().indicator, this.words.language()),
  })));
  protected readonly conflict = computed(() => {
    const phase = this.row().saver.phase();
    return phase.kind === 'conflict' ? this.words.pick(phase.problem.sentence) : '';
  });
  protected readonly contested = computed(() => this.row().contested());
  /** What the other person left, part by part. */
  protected readonly theirs = computed(() => {
    const row = this.row();
    const server = row.server();
    const note = explanationOf(server);
    return this.contested().map((part) => {
      if (part === 'explanation') return this.t('theirsExplanation', { text: [note.sentence, note.measures].filter((text) => text !== '').join(' · ') || this.t('nothing') });
      if (part === 'judgement') return this.t('theirsJudgement', { text: formatActual(toActual(server.yearActual), row.indicator, this.words.language()) });
      return this.t('theirsAdjustment', { text: server.adjustment === null ? this.t('nothing') : `${server.adjustment.points}（${server.adjustment.reason}）` });
    });
  });
}
