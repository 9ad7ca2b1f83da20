import { ok, reconcilePulled, refuse, type Result, sameValue } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Db, Tx } from '../platform/database/tx';
import { Outbox } from '../platform/outbox/outbox';
import { TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { CandidateRepository } from './candidate.repository';
import { candidateOffered, type OfferedValue, type OfferOutcome, type OfferPreview } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { mayEditReport } from './report-editable';

/** Puts a source's value beside the present one. Nothing a person typed is ever overwritten. */
@Injectable()
export class OfferCandidateService {
  constructor(
    private readonly reports: MonitoringReportRepository, private readonly actuals: ActualRepository, private readonly candidates: CandidateRepository,
    private readonly targetTables: TargetTables, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  async offer(tx: Tx, offered: OfferedValue): Promise<Result<OfferOutcome>> {
    const head = await this.reports.lock(tx, offered.reportId);
    if (head === null) return refuse('monitoring-report.not-found');
    const row = await this.targetTables.indicatorByKey(tx, head.tableId, offered.indicatorKey);
    if (row === null) return refuse('report-row.not-found');
    const known = await this.candidates.byObservation(tx, offered.reportId, offered.indicatorKey, offered.observationId);
    if (known !== null) return ok({ outcome: known.outcome, candidateId: known.id });
    const source = { sourceName: offered.sourceName, origin: offered.origin ?? 'PULLED', sourceId: offered.sourceId ?? null };
    const at = this.clock.now();
    if (!mayEditReport(head, this.clock.today()).ok) {
      // What nobody could take over is not offered; given more time, or returned, the next pull offers. Until then nobody may take what the source says no more.
      const open = head.state === 'SIGNED' ? null : await this.candidates.openOf(tx, offered, source);
      if (open !== null && !sameValue(open.actual, offered.actual, row.indicator)) await this.candidates.replace(tx, offered, source, at);
      return ok({ outcome: 'LOCKED', candidateId: null });
    }

    const current = await this.actuals.latest(tx, offered.reportId, offered.indicatorKey, head.period.fiscalYear);
    const judged = reconcilePulled(current?.actual ?? null, { actual: offered.actual }, row.indicator, await this.actuals.yearBefore(tx, head.tableId, row.indicator.name), offered.earlier);
    if (judged.outcome === 'UNREADABLE' || judged.pulled === null) {
      return { ok: false, refusal: judged.refusal ?? { code: 'actual.pulled-nothing', params: { name: row.indicator.name } } };
    }
    const { pulled } = judged;
    const kept = await this.candidates.lastKept(tx, offered.reportId, offered.indicatorKey);
    // A person has looked at this very value and kept the own one; a nightly pull does not ask the same question again.
    if (kept !== null && judged.outcome === 'CANDIDATE' && sameValue(kept.actual, pulled, row.indicator)) {
      // What the same source said in between it says no more.
      await this.candidates.replace(tx, offered, source, at);
      return ok({ outcome: 'SAME', candidateId: kept.id });
    }
    const outcome = judged.outcome === 'SAME' ? 'SAME' : judged.warning === null ? 'CANDIDATE' : 'IMPLAUSIBLE';
    await this.candidates.replace(tx, offered, source, at);
    const candidateId = await this.candidates.insert(tx, {
      reportId: offered.reportId, indicatorId: row.id, indicatorKey: offered.indicatorKey, actual: pulled, outcome, warning: judged.warning?.message ?? null,
      observationId: offered.observationId, observedAt: offered.observedAt, verbatim: offered.verbatim, sha256: offered.sha256, ...source,
    }, outcome === 'SAME' ? at : null);
    if (outcome !== 'SAME') await this.outbox.put(tx, candidateOffered, { reportId: offered.reportId, indicatorId: row.id, candidateId });
    return ok({ outcome, candidateId });
  }

  /** What {@link offer} would answer, without writing: the same law, asked beforehand. */
  async preview(db: Db, place: Pick<OfferedValue, 'reportId' | 'indicatorKey' | 'actual' | 'earlier'>): Promise<Result<OfferPreview>> {
    const head = await this.reports.head(db, place.reportId);
    if (head === null) return refuse('monitoring-report.not-found');
    const row = await this.targetTables.indicatorByKey(db, head.tableId, place.indicatorKey);
    if (row === null) return refuse('report-row.not-found');
    const present = (await this.actuals.latest(db, place.reportId, place.indicatorKey, head.period.fiscalYear))?.actual ?? null;
    const judged = reconcilePulled(present, { actual: place.actual }, row.indicator, await this.actuals.yearBefore(db, head.tableId, row.indicator.name), place.earlier);
    if (judged.refusal !== null) return { ok: false, refusal: judged.refusal };
    const outcome = !mayEditReport(head, this.clock.today()).ok ? 'LOCKED' : judged.outcome === 'SAME' ? 'SAME' : judged.warning === null ? 'CANDIDATE' : 'IMPLAUSIBLE';
    return ok({ outcome, present, warning: judged.warning });
  }
}
