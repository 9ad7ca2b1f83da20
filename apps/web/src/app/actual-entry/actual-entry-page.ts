import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ImportedRemark, MonitoringReportView } from '@jiheng/contract';
import { ImportsApi } from '../api/imports-api';
import { JobsApi } from '../api/jobs-api';
import { Load } from '../api/load';
import { MonitoringReportsApi, monitoringFormHref } from '../api/monitoring-reports-api';
import { Session } from '../session/session';
import type { ChosenMove } from '../ui/move-bar/move-bar';
import { sayMove } from '../ui/move-bar/moves';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayDay, sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { ActualEntryModel } from './actual-entry-model';
import type { TextStore } from '../saving/draft-shelf';
import { entryGateway } from './entry-api-gateway';
import type { EntryGateway } from './entry-gateway';
import { EntryGrid } from './entry-grid';
import { entryWords } from './entry-words';
import { ExecutionPanel } from './execution-panel';
import type { MissingThing } from './missing-things';
import { PasteSummary } from './paste-summary';
import { RemarksNotice } from './remarks-notice';
import { SubmitBar } from './submit-bar';

/** Moves that are made on this page; the others belong to the review. */
const OWN_MOVES = ['submit', 'withdraw'];
/** What others changed is fetched, and a finished score without the stream of points, once several have had time to arrive, ms. */
const SCORE_PAUSE_MS = 1_000;
/** Without news of the job (a broken stream) the score is asked for after this long, ms. */
const SCORE_PATIENCE_MS = 10_000;

/** 季度填报: one monitoring report as a grid in the layout of the form. The screen people live in. */
@Component({
  selector: 'jh-actual-entry-page',
  imports: [RouterLink, EntryGrid, ExecutionPanel, PasteSummary, RefusalNote, RemarksNotice, StatusTag, SubmitBar],
  templateUrl: './actual-entry-page.html',
  styleUrl: './actual-entry-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(window:beforeunload)': 'guard($event)', '(window:pagehide)': 'model()?.keepDrafts()', '(document:visibilitychange)': 'onVisibility()', '(window:online)': 'onOnline()' },
})
export class ActualEntryPage {
  /** From the route. */
  readonly id = input.required<string>();

  private readonly api = inject(MonitoringReportsApi);
  private readonly imports = inject(ImportsApi);
  private readonly jobs = inject(JobsApi);
  private readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly load = new Load<MonitoringReportView>();
  protected readonly model = signal<ActualEntryModel | null>(null);
  protected readonly movedTo = signal<string | null>(null);
  protected readonly showKeys = signal(false);
  private readonly grid = viewChild(EntryGrid);
  private scoreTimer: ReturnType<typeof setTimeout> | null = null;
  private unwatch: (() => void) | null = null;

  protected readonly report = computed(() => this.model()?.report() ?? null);
  protected readonly head = computed(() => {
    const report = this.report();
    if (report === null) return null;
    const { table, period } = report;
    const subject = this.common(`subject${table.subject}`);
    // The table of a whole unit is called by the unit; its name stands once.
    return { project: table.project ?? table.unitName, what: table.project === null ? subject : `${subject} · ${table.unitName}`, due: this.t('dueOn', { day: sayDay(report.extendedUntil ?? period.dueOn, this.words.language()) }) };
  });
  protected readonly whyReadOnly = computed(() => {
    const report = this.report();
    if (report === null || report.editable) return '';
    if (report.state !== 'DRAFT' && report.state !== 'RETURNED') return this.t('readOnly', { state: this.common(`state${report.state}`) });
    if (report.period.state === 'FUTURE') return this.t('readOnlyFuture');
    if (report.period.state !== 'CLOSED') return this.t('readOnlyOther');
    return this.t(report.mayExtend === true ? 'readOnlyClosedExtend' : 'readOnlyClosed');
  });
  protected readonly returned = computed(() => {
    const report = this.report();
    const last = report?.state === 'RETURNED' ? report.history.findLast((entry) => entry.to === 'RETURNED') : undefined;
    return last?.opinion ? this.t('returned', { opinion: last.opinion }) : '';
  });
  protected readonly restored = computed(() => {
    const restored = this.model()?.restored() ?? null;
    return restored === null ? '' : this.t('restored', { cells: restored.cells, at: sayMoment(restored.at, this.words.language()) });
  });
  protected readonly notice = computed(() => {
    const notice = this.model()?.notice() ?? null;
    return notice === null ? '' : this.t(notice.key, { unit: notice.key === 'unitsDiffer' ? notice.unit : '', above: notice.key === 'unitsDiffer' ? notice.above : '' });
  });
  protected readonly moves = computed(() => (this.report()?.moves ?? []).filter((move) => OWN_MOVES.includes(move)));
  protected readonly hasOtherMoves = computed(() => (this.report()?.moves ?? []).some((move) => !OWN_MOVES.includes(move)));

  protected readonly formats = ['xlsx', 'docx'] as const;
  protected readonly formHref = monitoringFormHref;
  protected readonly period = (label: string): string => sayPeriod(label, this.words.language());

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.open(id));
    });
    effect(() => this.watchSaved());
    inject(DestroyRef).onDestroy(() => {
      if (this.scoreTimer !== null) clearTimeout(this.scoreTimer);
      this.leave();
    });
  }

  protected async open(id: string): Promise<void> {
    this.leave();
    await this.begin(id);
  }

  /** The report and what imported forms say of it are read together: no row may move under the pointer once the sheet stands. Without an answer about the forms it goes on without them. */
  private async begin(id: string): Promise<void> {
    const gateway = entryGateway(this.api, this.imports, id);
    const [answer, remarks] = await Promise.all([this.load.run(() => this.api.view(id)), gateway.remarks()]);
    if (answer.ok && answer.value.id === this.id()) this.start(answer.value, gateway, remarks);
  }

  protected reopen(): void {
    void this.open(this.id());
  }

  protected goTo(thing: MissingThing): void {
    const model = this.model();
    if (model === null) return;
    if (thing.rowId === null) {
      document.querySelector<HTMLElement>(thing.what === 'reason' ? '#jh-execution-reason' : 'jh-execution-panel input')?.focus();
      return;
    }
    if (thing.what === 'explanation' || thing.what === 'evidence' || thing.what === 'candidate') model.openRow.set(thing.rowId);
    this.grid()?.focusRow(thing.rowId);
  }

  /** Opens the detail of a row that an imported form explains. */
  protected openRemark(rowId: string): void {
    this.model()?.openRow.set(rowId);
    this.grid()?.focusRow(rowId);
  }

  protected goToMoney(): void {
    document.querySelector<HTMLElement>('jh-execution-panel [data-act="take-remark"]')?.focus();
  }

  protected goToRow(rowId: string): void {
    this.grid()?.focusRow(rowId);
  }

  protected async move({ move, opinion }: ChosenMove): Promise<void> {
    const model = this.model();
    if (model === null || !(await model.move(move, opinion))) return;
    this.movedTo.set(this.t('moved', { move: sayMove(move, this.common) }));
    // The page may now be read-only: it begins anew with what the server says.
    await this.begin(this.id());
  }

  protected undo(): void {
    this.focusChanged(this.model()?.undo() ?? null);
  }

  protected redo(): void {
    this.focusChanged(this.model()?.redo() ?? null);
  }

  protected undoPaste(): void {
    this.undo();
    this.model()?.lastPaste.set(null);
  }

  protected print(): void {
    window.print();
  }

  /** Asks before leaving while something is not saved. */
  protected guard(event: BeforeUnloadEvent): void {
    const model = this.model();
    if (model === null || (model.unsaved() === 0 && !model.uploads.busy())) return;
    model.keepDrafts();
    void model.saveAll();
    event.preventDefault();
  }

  /** Coming back to the page: what others changed meanwhile is shown. */
  protected onVisibility(): void {
    const model = this.model();
    if (document.visibilityState === 'visible') void model?.fresh();
    else model?.keepDrafts();
  }

  protected onOnline(): void {
    void this.model()?.saveAll();
  }

  private start(report: MonitoringReportView, gateway: EntryGateway, remarks: readonly ImportedRemark[]): void {
    this.leave();
    this.model.set(new ActualEntryModel(report, { gateway, remarks, store: browserStore(), personId: this.session.person()?.id ?? 'nobody', now: () => new Date().toISOString() }));
    this.unwatch = this.api.watchPoints(report.id, (points) => this.model()?.hearPoints(points), () => this.watchJobs());
  }

  /** The server tells no points: the page hears of jobs that end and asks, as it does by itself after a while in any case. */
  private watchJobs(): void {
    this.unwatch?.();
    this.unwatch = this.jobs.watch((job) => {
      if (job.state === 'DONE' && job.name.startsWith('score')) this.askForScore();
    }, () => this.askForScore());
  }

  private leave(): void {
    this.unwatch?.();
    this.unwatch = null;
    const model = this.model();
    if (model === null) return;
    void model.saveAll().finally(() => model.stop());
    model.keepDrafts();
    this.model.set(null);
  }

  private focusChanged(rowId: string | null): void {
    if (rowId !== null) this.grid()?.focusRow(rowId);
  }

  /**
   * The server scores after every saved change and tells the points; should the news get lost, the page asks by itself. When it tells of a state
   * that this page does not know, somebody else was at work: the report is fetched, once nothing of one's own is on the way.
   */
  private watchSaved(): void {
    const model = this.model();
    if (model === null) return;
    const quiet = model.unsaved() === 0;
    const overtaken = model.isOvertaken();
    const waiting = model.scoreIsBehind();
    if (quiet && (waiting || overtaken)) untracked(() => this.askForScore(overtaken ? SCORE_PAUSE_MS : SCORE_PATIENCE_MS));
  }

  private askForScore(pauseMs = SCORE_PAUSE_MS): void {
    if (this.scoreTimer !== null) clearTimeout(this.scoreTimer);
    this.scoreTimer = setTimeout(() => {
      const model = this.model();
      if (model !== null && model.unsaved() === 0) void model.fresh();
    }, pauseMs);
  }
}

function browserStore(): TextStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
