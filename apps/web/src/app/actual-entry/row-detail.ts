import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal, untracked, viewChild } from '@angular/core';
import { type Indicator, formatTarget } from '@jiheng/domain';
import { evidenceHref } from '../api/monitoring-reports-api';
import { newRequestId } from '../api/new-request-id';
import type { Problem } from '../api/problem';
import { Candidate, type CandidateChoice } from '../ui/candidate/candidate';
import { DeviationNote } from '../ui/deviation-note/deviation-note';
import { EvidenceList } from '../ui/evidence-list/evidence-list';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { toActual } from '../api/actual-body';
import type { ActualEntryModel } from './actual-entry-model';
import type { ActualRevision } from './entry-gateway';
import type { EntryRow } from './entry-row';
import { entryWords } from './entry-words';
import { ImportedRemarkNote } from './imported-remark';
import { ShareSlider } from './share-slider';
import { sayActual, saySteps } from './say-reading';

/** Everything behind one row, opened in place: how its points come about, its past, candidate, explanation and evidence. */
@Component({
  selector: 'jh-row-detail',
  imports: [Candidate, DeviationNote, EvidenceList, ImportedRemarkNote, RefusalNote, ShareSlider],
  templateUrl: './row-detail.html',
  styleUrl: './row-detail.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown.escape)': 'onEscape($event)', '(keydown.control.enter)': 'closed.emit()' },
})
export class RowDetail {
  readonly row = input.required<EntryRow>();
  readonly model = input.required<ActualEntryModel>();
  readonly editable = input.required<boolean>();
  readonly closed = output<void>();
  /** A choice about a candidate was made, and what was pressed for it is gone. */
  readonly chosen = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly hrefOf = evidenceHref;
  protected readonly indicator = computed<Indicator>(() => this.row().indicator);
  protected readonly target = computed(() => formatTarget(this.indicator().target));
  protected readonly steps = computed(() => saySteps(this.row().score(), this.words.language()));
  /** The points on the screen are the ones the server has stored. */
  protected readonly isScored = computed(() => this.row().isScored());
  protected readonly facts = computed(() => {
    const { basis, previousActual, scoringRule, accumulation } = this.indicator();
    const rule = scoringRule === null ? null : this.common(`rule${scoringRule}`);
    return [
      { label: this.t('accumulation'), value: this.t(`accumulation${accumulation}`) }, { label: this.t('rule'), value: rule },
      { label: this.t('previousActual'), value: previousActual }, { label: this.t('basis'), value: basis },
    ].filter((fact): fact is { label: string; value: string } => fact.value !== null && fact.value !== '');
  });
  protected readonly gaps = computed(() => this.row().explanationGaps().length > 0);
  protected readonly explanationTheirs = computed(() => (this.row().explanation.saver.phase().kind === 'conflict' ? this.row().explanation.theirs() : null));
  protected readonly explanationProblem = computed(() => {
    const phase = this.row().explanation.saver.phase();
    return phase.kind === 'refused' || phase.kind === 'offline' ? phase.problem : null;
  });
  protected readonly uploads = computed(() => this.model().uploads.of(this.row().id).map((upload) => ({
    number: upload.number, name: upload.file.name, share: upload.share, refusal: upload.problem === null ? null : this.words.pick(upload.problem.sentence),
  })));
  /** The newest, and what other sources say: any of them may be chosen. */
  protected readonly candidates = computed(() => {
    const { candidate } = this.row().server();
    return candidate === null ? [] : [candidate, ...candidate.others ?? []].map((one) => ({ candidate: one, value: sayActual(toActual(one.actual), this.indicator(), this.words.language()) }));
  });
  private readonly shown = viewChild(Candidate);
  protected readonly evidenceProblem = signal<Problem | null>(null);
  private readonly revisions = signal<readonly ActualRevision[] | null>(null);
  protected readonly historyProblem = signal<Problem | null>(null);
  protected readonly history = computed(() => (this.revisions() ?? []).map((revision) => ({
    revision: revision.revision, value: sayActual(toActual(revision.actual), this.indicator(), this.words.language()) || this.t('conflictEmpty'), by: revision.by,
    origin: this.common(`origin${revision.origin}`), at: revision.at, when: sayMoment(revision.at, this.words.language()),
  })));
  protected readonly historyRead = computed(() => this.revisions() !== null);

  constructor() {
    // The past is read when the row opens, and again when the server has stored something new.
    effect(() => {
      const row = this.row();
      const revision = row.server().current?.revision ?? 0;
      untracked(() => void this.readHistory(row, revision));
    });
  }

  /** While an input method composes, Esc is its own. */
  protected onEscape(event: Event): void {
    if (event instanceof KeyboardEvent && event.isComposing) return;
    event.stopPropagation();
    this.closed.emit();
  }

  /** The newest candidate is not wanted: its reason is asked for. */
  askReason(): void {
    this.shown()?.ask();
  }

  protected async settle(choice: CandidateChoice, candidateId: string): Promise<void> {
    if (!this.row().settling() && await this.model().settleCandidate(this.row().id, newRequestId(), choice.choice, choice.reason, candidateId) === null) this.chosen.emit();
  }

  protected attach(files: readonly File[]): void {
    void this.model().uploads.attach(this.row().id, files);
  }

  protected async detach(evidenceId: string): Promise<void> {
    this.evidenceProblem.set(await this.model().uploads.remove(this.row().id, evidenceId));
  }

  protected retry(number: number): void {
    const upload = this.model().uploads.of(this.row().id).find((one) => one.number === number);
    if (upload !== undefined) void this.model().uploads.retry(upload);
  }

  protected dismiss(number: number): void {
    const upload = this.model().uploads.of(this.row().id).find((one) => one.number === number);
    if (upload !== undefined) this.model().uploads.dismiss(upload);
  }

  private async readHistory(row: EntryRow, revision: number): Promise<void> {
    if (revision === 0) {
      this.revisions.set([]);
      return;
    }
    const outcome = await this.model().history(row.id);
    if (this.row() !== row) return;
    this.historyProblem.set(outcome.kind === 'done' ? null : outcome.problem);
    if (outcome.kind === 'done') this.revisions.set([...outcome.answer.revisions].sort((a, b) => b.revision - a.revision));
  }
}
