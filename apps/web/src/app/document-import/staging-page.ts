import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject, input, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ImportBudgetView, ImportTableSummary, JobRunView, KeepImportFindings, OpenFindingsView } from '@jiheng/contract';
import { compareDecimal, doubtfulRows, totalWeight, toTargetTableOf } from '@jiheng/domain';
import { ImportsApi } from '../api/imports-api';
import { JobsApi } from '../api/jobs-api';
import { Load } from '../api/load';
import { newRequestId } from '../api/new-request-id';
import { Icon } from '../ui/icon/icon';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { Session } from '../session/session';
import { DraftShelf } from '../saving/draft-shelf';
import { ProgressBar } from '../ui/progress-bar/progress-bar';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { BudgetTab } from './budget-tab';
import { DifferencePanel } from './difference-panel';
import { HeadFindings } from './head-findings';
import { keepChoice, keptChoice } from './kept-choice';
import { NARROWEST, PaneDivider, WIDEST } from './pane-divider';
import { PrintedPages } from './printed-pages';
import { ProposalsModel } from './proposals-model';
import { ReasonsPanel } from './reasons-panel';
import { ResultsPanel } from './results-panel';
import { SourceModel } from './source-model';
import { SourcePane } from './source-pane';
import { StagedGrid } from './staged-grid';
import { StagedHead } from './staged-head';
import { StagedTasks } from './staged-tasks';
import { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';
import { UnitChoice } from './unit-choice';

/** Asked again this often while a document is being read, ms; the stream of jobs usually says it sooner. */
const ASK_AGAIN_MS = 1500;

/** Per cent of the width the original has until somebody moves the line. */
const USUAL_SHARE = 38;

/** 核对: the document on the left, what was read of it on the right, and the click that takes it into the books. */
@Component({
  selector: 'jh-staging-page',
  imports: [RouterLink, Icon, ProgressBar, RefusalNote, BudgetTab, DifferencePanel, HeadFindings, PaneDivider, ReasonsPanel, ResultsPanel, SourcePane, StagedGrid, StagedHead, StagedTasks, UnitChoice],
  templateUrl: './staging-page.html',
  styleUrl: './staging-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(window:beforeunload)': 'leaving($event)', '(window:pagehide)': 'model.keep()' },
})
export class StagingPage {
  /** The import, from the address. */
  readonly id = input.required<string>();

  private readonly api = inject(ImportsApi);
  private readonly jobs = inject(JobsApi);
  private readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(stagingWords);
  private readonly grid = viewChild(StagedGrid);
  private readonly original = viewChild(SourcePane);
  protected readonly model = new StagingModel({
    view: () => this.api.view(this.id()), table: (at) => this.api.table(this.id(), at), correct: (at, body) => this.api.correct(this.id(), at, body),
    chooseUnit: (unitId) => this.api.chooseUnit(this.id(), unitId), accept: (body) => this.api.accept(this.id(), body), undo: (body) => this.api.undo(this.id(), body),
    previousActuals: (at) => this.api.previousActuals(this.id(), at), fillPreviousActuals: (at, body) => this.api.fillPreviousActuals(this.id(), at, body), newRequestId,
  }, () => new DraftShelf(browserStore(), `import.${this.id()}`, this.session.person()?.id ?? 'nobody', () => new Date().toISOString()));
  protected readonly proposals = new ProposalsModel({ read: (at, quarter) => this.api.proposedActuals(this.id(), at, quarter), propose: (at, body) => this.api.proposeActuals(this.id(), at, body) });
  protected readonly source = new SourceModel({ outline: () => this.api.outline(this.id()), chunk: (part, chunk) => this.api.chunk(this.id(), part, chunk) });
  protected readonly printed = new PrintedPages({ file: () => this.api.file(this.id()), open: async (bytes) => (await import('./open-pdf')).openPdf(bytes) });
  protected readonly usualShare = USUAL_SHARE;
  /** Per cent of the width that the original has. */
  protected readonly share = signal(keptChoice('original-share', USUAL_SHARE, isShare));
  protected readonly budget = new Load<ImportBudgetView>();
  protected readonly job = signal<JobRunView | null>(null);
  /** On a narrow window one of the panes is shown. */
  protected readonly pane = signal<'source' | 'recognised' | 'budget'>('recognised');
  protected readonly undoing = signal<'no' | 'ask' | 'discard'>('no');
  /** Kinds of warnings that are asked about before all tables are accepted; null while nobody is asked. */
  protected readonly asking = signal<OpenFindingsView | null>(null);
  protected readonly state = computed(() => this.model.view()?.state ?? null);
  /** Budget tables and no target table. */
  protected readonly budgetAlone = computed(() => { const view = this.model.view(); return view !== null && view.hasBudget && view.tables === 0; });
  protected readonly showsBudget = computed(() => this.budgetAlone() || (this.pane() === 'budget' && this.model.view()?.hasBudget === true));
  /** What the document holds, in short. */
  protected readonly contents = computed(() => {
    const view = this.model.view();
    if (view === null) return '';
    const results = this.model.passedOver();
    const parts = [[view.tables - results, 'contentTargets'], [results, 'contentResults'], [view.rows, 'contentRows'], [view.hasBudget ? 1 : 0, 'contentBudget']] as const;
    return parts.filter(([n]) => n > 0).map(([n, key]) => this.t(key, { n })).join(' · ');
  });
  protected readonly running = computed(() => /\.(?:txt|md)$/iu.test(this.model.view()?.fileName ?? ''));
  protected readonly otherUnit = computed(() => {
    const view = this.model.view();
    const plain = (text: string): string => text.normalize('NFKC').replace(/[\s()]/gu, '');
    return view !== null && view.unitName !== null && view.namedUnit !== '' && plain(view.namedUnit) !== plain(view.unitName);
  });
  protected readonly needsReason = computed(() => this.model.serverTable()?.standing?.state === 'APPROVED' && this.model.difference()?.unchanged === false && !this.model.isAccepted());
  protected readonly reason = linkedSignal(() => { const file = this.model.view()?.fileName; return file === undefined ? '' : this.t('adjustDefault', { file }); });
  protected readonly weight = computed(() => { const table = this.model.table(); return table === null ? '0' : withoutTrailingZeros(totalWeight(toTargetTableOf(table).indicators)); });
  protected readonly isWeightOff = computed(() => compareDecimal(this.weight(), '90') !== 0);
  protected readonly doubtful = computed(() => { const table = this.model.table(); return table === null ? 0 : doubtfulRows(table).length; });
  protected readonly openFindings = computed(() => this.model.findings().filter((one) => one.acceptedBecause === null));
  protected readonly errors = computed(() => this.openFindings().filter((one) => one.finding.severity === 'ERROR').length);
  protected readonly warnings = computed(() => this.openFindings().filter((one) => one.finding.severity === 'WARN').length);
  protected readonly mayUndoImport = computed(() => ((this.model.view()?.accepted ?? 0) > 0 || this.model.view()?.budgetStored === true || this.model.view()?.tableList.some((table) => table.proposed === true) === true) && (this.model.view()?.state === 'STAGED' || this.model.view()?.state === 'ACCEPTED'));
  protected readonly fileAddress = computed(() => this.api.fileAddress(this.id()));

  constructor() {
    effect(() => { this.id(); untracked(() => void this.read()); });
    // Whichever answer brings the tables first: stream, poll and page may all be asking.
    const isRead = computed(() => (this.model.view()?.tables ?? 0) > 0 || this.budgetAlone());
    effect(() => { if (isRead()) untracked(() => void this.source.read()); });
    effect(() => { if (this.budgetAlone()) untracked(() => this.showBudget()); });
    inject(DestroyRef).onDestroy(() => { this.model.keep(); this.printed.close(); });
    inject(DestroyRef).onDestroy(this.jobs.watch((job) => this.hear(job), () => { if (this.state() === 'READING') void this.read(); }));
    const timer = setInterval(() => { if (this.state() === 'READING') void this.read(); }, ASK_AGAIN_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected divide(share: number): void {
    this.share.set(share);
    keepChoice('original-share', share);
  }

  protected async read(): Promise<void> {
    await this.model.read();
  }

  private hear(job: JobRunView): void {
    if (job.id !== this.model.view()?.jobRunId) return;
    this.job.set(job);
    if (job.state === 'DONE' || job.state === 'FAILED') void this.read();
  }

  protected sayTable(table: ImportTableSummary): string {
    const done = table.accepted !== null && !table.accepted.undone;
    const mend = table.errors + table.gaps;
    return this.t('tableOption', { n: table.at + 1, title: table.project ?? this.t('unitWhole'), year: table.fiscalYear, rows: table.rows }) + (table.form === 'TARGET' ? '' : this.t(`option${table.form}`)) + (done ? this.t('optionAccepted') : mend > 0 ? this.t('optionErrors', { n: mend }) : '');
  }

  protected sayRefused(): string {
    const refusal = this.model.view()?.refusal;
    return refusal == null ? '' : this.words.pick(refusal);
  }

  /** A place of the document was clicked. */
  protected choosePlace(key: string): void {
    const found = this.model.destinations().get(key);
    if (found === undefined) return;
    // On a narrow window the original stands alone: its cell is on the other pane.
    if (this.pane() === 'source') this.pane.set('recognised');
    if ('head' in found) { this.model.active.set(null); this.model.activeHead.set(found.head); }
    else { this.model.activeHead.set(null); this.model.active.set(found); }
  }

  /** On a narrow window: the original, at the place of the cell a person is at. */
  protected showSource(): void {
    this.pane.set('source');
    this.original()?.show();
  }

  /** Checked anew whenever it is looked at: the target tables may have been corrected meanwhile. */
  protected showBudget(): void {
    this.pane.set('budget');
    void this.budget.run(() => this.api.budget(this.id()));
  }

  protected nextDoubt(): void {
    this.pane.set('recognised');
    this.grid()?.nextDoubt();
  }

  protected async accept(which: 'this' | 'all'): Promise<void> {
    if (which === 'all') {
      await this.model.drain();
      const open = await this.api.openFindings(this.id());
      // Not knowing what would have to be asked is no reason not to ask.
      if (!open.ok) {
        this.model.problem.set(open.problem);
        return;
      }
      if (open.value.findings.length > 0) {
        this.asking.set(open.value);
        return;
      }
    }
    await this.model.accept(which, this.reason());
  }

  /** Each kind of warning was asked about once: the reasons go to all tables, then the tables into the books. */
  protected async acceptReasoned(reasons: KeepImportFindings['reasons']): Promise<void> {
    if (reasons.length > 0 && !(await this.model.keepFindings(reasons, (body) => this.api.keepFindings(this.id(), body)))) return;
    this.asking.set(null);
    await this.model.accept('all', this.reason());
  }

  protected async storeBudget(): Promise<void> {
    if (await this.model.storeBudget()) this.showBudget();
  }

  protected async undo(): Promise<void> {
    const discard = this.undoing() === 'discard';
    if (await this.model.undoImport(discard)) {
      this.undoing.set('no');
      if (this.pane() === 'budget') this.showBudget();
    } else this.undoing.set(this.model.problem()?.code === 'import.draft-edited' ? 'discard' : 'no');
  }

  /** Corrections that are not with the server yet would be lost: the browser asks. */
  protected leaving(event: BeforeUnloadEvent): void {
    if (this.model.unsaved() > 0) event.preventDefault();
  }
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= NARROWEST && value <= WIDEST;
}

/** The browser's own storage; null where it is forbidden. */
function browserStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
