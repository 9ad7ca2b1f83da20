import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { FindingView } from '@jiheng/contract';
import { TargetTablesApi } from '../api/target-tables-api';
import { Inbox } from '../my-work/inbox';
import { StartSelfEvaluation } from '../self-evaluation/start-self-evaluation';
import { Session } from '../session/session';
import type { FormNote } from '../ui/form-table/form-note';
import { FormTable } from '../ui/form-table/form-table';
import { sayFormWord } from '../ui/form-table/form-words';
import { DocumentHistory } from '../ui/history/history';
import { Icon } from '../ui/icon/icon';
import { MoveBar, type ChosenMove } from '../ui/move-bar/move-bar';
import { sayMove } from '../ui/move-bar/moves';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayRating } from '../words/ratings';
import { Words } from '../words/words';
import { AdjustmentForm } from './adjustment-form';
import { editorWords } from './editor-words';
import { DiscardDraft } from './discard-draft';
import { FindingList, type TakenOn } from './finding-list';
import { IndicatorCards } from './indicator-cards';
import { QuarterChip } from './quarter-chip';
import { tableWords } from './table-words';
import { targetForm } from './target-form';
import { TaskCards } from './task-cards';
import { TargetTableModel } from './target-table-model';
import { VersionChanges } from './version-changes';

/** One target table as the form prints it, with what machines found in it, its quarters, versions and history. */
@Component({
  selector: 'jh-target-table-page',
  imports: [RouterLink, AdjustmentForm, DiscardDraft, DocumentHistory, FindingList, FormTable, Icon, IndicatorCards, MoveBar, QuarterChip, RefusalNote, StartSelfEvaluation, StatusTag, TaskCards, VersionChanges],
  templateUrl: './target-table-page.html',
  styleUrl: './target-table-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TargetTablePage {
  readonly id = input.required<string>();

  private readonly tables = inject(TargetTablesApi);
  private readonly inbox = inject(Inbox);
  private readonly router = inject(Router);
  protected readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(tableWords);
  protected readonly e = this.words.of(editorWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly asking = signal(false);
  protected readonly discarding = signal(false);
  protected readonly plain = withoutTrailingZeros;
  protected readonly model = new TargetTableModel({
    view: (id) => this.tables.view(id),
    move: (id, body) => this.tables.move(id, body),
    adjust: (id, body) => this.tables.adjust(id, body),
    acceptFinding: (id, findingId, reason) => this.tables.acceptFinding(id, findingId, reason),
    discard: (id, expectedRevision) => this.tables.discard(id, expectedRevision),
  });
  private readonly bar = viewChild(MoveBar);

  protected readonly form = computed(() => {
    const table = this.model.table();
    return table ? targetForm({ ...table, budgetUnit: table.unitName }, table.lead) : null;
  });
  protected readonly notes = computed<ReadonlyMap<number, readonly FormNote[]>>(
    () => new Map([...this.model.rowFindings()].map(([row, findings]) => [row, findings.map((finding) => this.noteOf(finding))])),
  );
  protected readonly movedText = computed(() => {
    const move = this.model.moved();
    return move ? this.t('moved', { move: sayMove(move, this.common) }) : '';
  });
  protected readonly say = (text: string) => sayFormWord(text, this.words.language());
  protected readonly sayRating = (rating: string) => sayRating(rating, this.words.language());

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => {
        this.asking.set(false);
        this.discarding.set(false);
        void this.model.read(id);
      });
    });
  }

  protected async move(chosen: ChosenMove): Promise<void> {
    if (!(await this.model.move(chosen))) return;
    this.bar()?.clear();
    await this.inbox.refresh();
  }

  /** Made: on to the editor, where the new version is a copy of the one in force. */
  protected async adjust(reason: string): Promise<void> {
    const id = await this.model.adjust(reason);
    if (id === null) return;
    this.asking.set(false);
    await this.router.navigate(['/tables', id, 'edit']);
  }

  protected async acceptFinding({ findingId, reason }: TakenOn): Promise<void> {
    await this.model.acceptFinding(findingId, reason);
  }

  /** Gone: back to the version that stands, or to the list. */
  protected async discard(): Promise<void> {
    const standing = await this.model.discard();
    this.discarding.set(false);
    if (standing === undefined) return;
    void this.inbox.refresh();
    await this.router.navigate(standing === null ? ['/tables'] : ['/tables', standing]);
  }

  protected openVersion(id: string): void {
    void this.router.navigate(['/tables', id]);
  }

  protected print(): void {
    window.print();
  }

  private noteOf(finding: FindingView): FormNote {
    const text = this.words.pick({ zh: finding.message, en: finding.messageEn });
    return finding.accepted ? { severity: 'ACCEPTED', text: `${text} ${this.common('severityACCEPTED')}：${finding.accepted.reason}` } : { severity: finding.severity, text };
  }
}
