import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PullSourceView } from '@jiheng/contract';
import { JobsApi } from '../api/jobs-api';
import { answered } from '../api/problem';
import { PullSourcesApi } from '../api/pull-sources-api';
import { TargetTablesApi } from '../api/target-tables-api';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { type MappableIndicator, PullSourceDraft, type SourceFormGateway } from './pull-source-draft';
import { PullSourceForm } from './pull-source-form';
import { PullSourcesModel } from './pull-sources-model';
import { sourcesWords } from './sources-words';

/** 取数来源: where candidates come from, and pulling them for a period. */
@Component({
  selector: 'jh-pull-sources-page',
  imports: [RouterLink, Icon, PullSourceForm, RefusalNote, StatusTag],
  templateUrl: './pull-sources-page.html',
  styleUrl: './pull-sources-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PullSourcesPage {
  private readonly words = inject(Words);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly t = this.words.of(sourcesWords);
  protected readonly model: PullSourcesModel;
  private readonly session = inject(Session);
  private readonly tables = inject(TargetTablesApi);
  private readonly gateway: SourceFormGateway;
  /** The source under the pen; null while none is. */
  protected readonly draft = signal<PullSourceDraft | null>(null);
  protected readonly saved = signal('');
  /** Units for which the person may make a source; whether they really may, the server says. */
  protected readonly units = computed(() => this.viewpoint.units().filter((unit) => unit.kind === 'UNIT'));
  protected readonly mayAdd = computed(() => this.session.hasRole('reporter', 'administrator') && this.units().length > 0);
  protected readonly periodName = computed(() => sayPeriod(this.model.period()?.label ?? '', this.words.language()));

  constructor() {
    const [sources, jobs] = [inject(PullSourcesApi), inject(JobsApi)];
    this.model = new PullSourcesModel({
      list: () => sources.list(this.viewpoint.unitId()), periods: (fiscalYear) => sources.periods(fiscalYear),
      run: (id, periodId) => sources.run(id, { periodId: periodId as Parameters<typeof sources.run>[1]['periodId'] }), resume: (id) => sources.resume(id),
      pause: (id) => sources.pause(id), watch: (hear, resync) => jobs.watch(hear, resync),
    });
    inject(DestroyRef).onDestroy(() => { this.model.leave(); });
    this.gateway = {
      create: (body) => sources.create(body), change: (id, body) => sources.change(id, body), try: (body) => sources.try(body), indicators: (unitId) => this.indicatorsOf(unitId),
    };
    effect(() => {
      const year = this.viewpoint.settledYear();
      this.viewpoint.unitId();
      if (year) untracked(() => void this.model.load(year));
    });
  }

  protected add(): void {
    this.open(null);
  }

  protected change(source: PullSourceView): void {
    this.open(source);
  }

  protected async done(name: string): Promise<void> {
    this.draft.set(null);
    await this.model.load(this.viewpoint.fiscalYear());
    this.saved.set(this.t('made', { name }));
  }

  protected reasonOf(source: PullSourceView): string {
    return this.words.pick({ zh: source.pauseReason ?? '', en: source.pauseReasonEn ?? source.pauseReason ?? '' });
  }

  private open(source: PullSourceView | null): void {
    this.saved.set('');
    const draft = new PullSourceDraft(this.gateway, source, this.viewpoint.unitId() ?? this.units()[0]?.id ?? '');
    this.draft.set(draft);
    void draft.readIndicators();
    window.scrollTo({ top: 0 });
  }

  /** The rows of the unit's tables in the year looked at; a row that several versions have is offered once. */
  private async indicatorsOf(unitId: string): ReturnType<SourceFormGateway['indicators']> {
    const list = await this.tables.list({ fiscalYear: this.viewpoint.fiscalYear(), unitId, q: '' });
    if (!list.ok) return list;
    const found = new Map<string, MappableIndicator>();
    for (const view of await Promise.all(list.value.tables.map((table) => this.tables.view(table.id)))) {
      if (!view.ok) return view;
      const tableTitle = view.value.project ?? view.value.unitName;
      for (const row of view.value.indicators) if (!found.has(row.key)) found.set(row.key, { key: row.key, name: row.name, tableTitle, unit: row.target.unit ?? '' });
    }
    return answered([...found.values()]);
  }

  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected failureOf(run: NonNullable<PullSourceView['lastRun']>): string {
    return this.words.pick({ zh: run.failureZh ?? '', en: run.failureEn ?? '' });
  }
}
