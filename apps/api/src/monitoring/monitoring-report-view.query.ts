import type { CandidateView, MonitoringReportView, ReportRow } from '@jiheng/contract';
import {
  type Actual, lightOf, MONITORING_REPORT_WORKFLOW, movesInReach, overCauseOf, periodState, plausibility, refuse, type Result, ok, type RuleProfile, sayFinding, scoreIndicator,
} from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { HotLane } from '../platform/database/hot-lane';
import type { Reads } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type StoredIndicator, type TargetTableContent, TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { toEvidenceView } from './attach-evidence.service';
import type { StoredCandidate } from './candidate.repository';
import { ExecutionQuery } from './execution.query';
import type { ReportHead, StoredExplanation, StoredPeriod } from './monitoring.public';
import { EXTENDERS } from './extend-report.service';
import { mayEditReport } from './report-editable';
import { lastHandedOn } from './last-handed-on';
import { type BesideRows, type PresentActual, ReportFactsQuery } from './report-facts.query';
import { type ReportScore, ReportScoreQuery, type StoredRowScore } from './report-score.query';
import { yearSoFar } from './scoring-inputs.query';

/** Facts that rows of a report are shown by. */
interface RowFacts {
  readonly head: ReportHead;
  /** The reports of the year so far, this one the last. */
  readonly soFar: readonly (Pick<ReportHead, 'id'> & { readonly period: Pick<StoredPeriod, 'ordinal' | 'label'> })[];
  readonly actuals: ReadonlyMap<string, ReadonlyMap<string, PresentActual>>;
  readonly beside: Omit<BesideRows, 'history'>;
  readonly score: ReportScore;
}

/** GET /api/monitoring-reports/:id, and single rows of it after a deed. */
@Injectable()
export class MonitoringReportViewQuery {
  constructor(
    private readonly found: ReportFactsQuery, private readonly actuals: ActualRepository, private readonly execution: ExecutionQuery, private readonly scores: ReportScoreQuery,
    private readonly targetTables: TargetTables, private readonly unitOfWork: UnitOfWork, private readonly lane: HotLane, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** The whole report. Refusal `monitoring-report.not-found` also for a report outside the reader's units. */
  async view(actor: Actor, reportId: string): Promise<Result<MonitoringReportView>> {
    const [found, execution] = await this.lane.together((reads) => Promise.all([this.read(reads, reportId), this.execution.view(reportId, reads)]));
    const { siblings, head } = found;
    if (head === undefined || !this.access.mayRead(actor, head.unitPath)) return refuse('monitoring-report.not-found');
    const [content, facts] = [await this.contentOf(head), await this.facts(head, found)];
    const { history } = facts.beside;
    const today = this.clock.today();
    const roles = this.access.rolesAt(actor, head.unitPath);
    const open = mayEditReport(head, today).ok;
    return ok({
      id: reportId as MonitoringReportView['id'], revision: head.revision, state: head.state, period: toPeriodView(head.period, today), table: tableOf(head, content),
      rows: content.indicators.map((stored) => toReportRow(stored, facts, today)), execution, score: facts.score.state,
      editable: roles.includes('reporter') && open, history,
      // Nothing is handed on out of a period that is over; the guard of the move says so, too.
      moves: movesInReach(MONITORING_REPORT_WORKFLOW, head.state, { roles }).filter((move) => open || move !== 'submit'),
      profile: { ...facts.score.profile }, today, changedSince: await this.changedSince(reportId, content, facts),
      extendedUntil: head.extendedUntil, mayExtend: EXTENDERS.some((role) => roles.includes(role)),
      siblings: siblings.map((one) => ({ id: one.id as MonitoringReportView['id'], label: one.period.label, ordinal: one.period.ordinal, state: one.state })),
    });
  }

  /** One row as it stands, for the answer to a deed and for a 409. Null when there is no such row or it may not be read. */
  async row(actor: Actor, reportId: string, indicatorId: string): Promise<{ row: ReportRow; reportRevision: number } | null> {
    const found = await this.lane.together((reads) => this.read(reads, reportId));
    const { head } = found;
    if (head === undefined || !this.access.mayRead(actor, head.unitPath)) return null;
    const stored = (await this.contentOf(head)).indicators.find((one) => one.id === indicatorId);
    if (stored === undefined) return null;
    return { row: toReportRow(stored, await this.facts(head, found), this.clock.today()), reportRevision: head.revision };
  }

  private async contentOf(head: ReportHead): Promise<TargetTableContent> {
    const content = await this.targetTables.content(this.unitOfWork.db, head.tableId);
    if (content === null) throw new Error(`report ${head.id} without its table`);
    return content;
  }

  /** Everything stored about a report's rows, in one way to the database; the head first, so that its revision is never ahead of its values. */
  private async read(reads: Reads, reportId: string) {
    const [siblings, actuals, beside, score] = await Promise.all([
      this.found.siblings(reads, reportId), this.found.actuals(reads, reportId), this.found.beside(reads, reportId), this.scores.stored(reads, reportId),
    ]);
    return { siblings, head: siblings.find((one) => one.id === reportId), actuals, beside, score };
  }

  private async facts(head: ReportHead, { siblings, actuals, beside, score }: Awaited<ReturnType<MonitoringReportViewQuery['read']>>): Promise<RowFacts & { readonly beside: BesideRows }> {
    const soFar = siblings.filter((one) => one.period.ordinal <= head.period.ordinal);
    return { head, soFar, actuals, beside, score: await this.scores.explained(score, { unitPath: head.unitPath, fiscalYear: head.period.fiscalYear }) };
  }

  private async changedSince(reportId: string, content: TargetTableContent, facts: RowFacts & { readonly beside: BesideRows }): Promise<MonitoringReportView['changedSince']> {
    const handedOn = lastHandedOn(facts.beside.history);
    if (handedOn === null) return null;
    const at = new Date(handedOn.at);
    const present = facts.actuals.get(reportId);
    const rows: NonNullable<MonitoringReportView['changedSince']>['rows'] = [];
    for (const { id, indicator } of content.indicators) {
      const now = present?.get(indicator.key);
      if (now === undefined || now.at <= at) continue;
      const before = (await this.actuals.history(this.unitOfWork.db, reportId, indicator.key)).find((revision) => revision.at <= at);
      rows.push({ indicatorId: id as ReportRow['indicator']['id'], before: before === undefined ? null : toBody(before.actual), after: toBody(now.actual) });
    }
    return { move: handedOn.move, at: handedOn.at, rows };
  }
}

function tableOf(head: ReportHead, { table, version }: TargetTableContent): MonitoringReportView['table'] {
  return {
    id: head.tableId as MonitoringReportView['table']['id'], subject: table.subject, unitName: head.unitName, project: table.project, fiscalYear: table.fiscalYear, version,
    goalText: table.goalText, budget: { ...table.budget },
  };
}

/** A period as it crosses the wire. */
export function toPeriodView(period: StoredPeriod, today: string): MonitoringReportView['period'] {
  return { ...period, id: period.id as MonitoringReportView['period']['id'], state: periodState(period, today) };
}

/** The domain's actual is the wire's, key by key. */
export function toBody(actual: Actual): ReportRow['yearToDate'] {
  return actual;
}

/** A row as screens show it. */
export function toReportRow({ id, ordinal, indicator }: StoredIndicator, facts: RowFacts, today: string): ReportRow {
  const { head, soFar } = facts;
  const current = facts.actuals.get(head.id)?.get(indicator.key) ?? null;
  const spoken = soFar.map((one) => ({ ordinal: one.period.ordinal, label: one.period.label, actual: facts.actuals.get(one.id)?.get(indicator.key)?.actual ?? null }));
  const accumulated = yearSoFar(indicator, spoken);
  const explanation = facts.beside.explanations.get(indicator.key) ?? null;
  const [candidate, ...others] = facts.beside.candidates.get(indicator.key) ?? [];
  const stored = facts.score.rows.get(indicator.key);
  const warnings = current === null ? [] : plausibility(current.actual, indicator).map((finding) => ({ code: finding.code, zh: finding.message, en: sayFinding(finding, 'en') }));
  return {
    indicator: { ...indicator, id: id as ReportRow['indicator']['id'], ordinal },
    current: current === null ? null : {
      revision: current.revision, actual: toBody(current.actual), origin: current.origin, by: current.by, at: current.at.toISOString(), observationId: current.observationId,
    },
    earlier: spoken.flatMap((one) => (one.ordinal < head.period.ordinal ? [{ ordinal: one.ordinal, label: one.label, actual: toBody(one.actual ?? { kind: 'NOT_REPORTED' }) }] : [])),
    yearToDate: toBody(accumulated.actual), candidate: candidate === undefined ? null : { ...toCandidateView(candidate), ...(others.length === 0 ? {} : { others: others.map(toCandidateView) }) },
    evidence: (facts.beside.evidence.get(indicator.key) ?? []).map(toEvidenceView),
    explanation: explanation === null ? null : { ...explanation, causes: [...explanation.causes], at: explanation.at.toISOString() },
    score: stored === undefined ? null : toRowScore(stored, indicator, accumulated, explanation, facts.score.profile, { fiscalYear: head.period.fiscalYear, periodClosed: periodState(head.period, today) === 'CLOSED' }),
    light: lightOf(indicator, accumulated.actual, { fiscalYear: head.period.fiscalYear, months: head.period.ordinal * 3 }).light,
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function toCandidateView(candidate: StoredCandidate): CandidateView {
  return {
    id: candidate.id as CandidateView['id'], actual: toBody(candidate.actual), sourceName: candidate.sourceName, observedAt: candidate.observedAt.toISOString(),
    verbatim: candidate.verbatim, sha256: candidate.sha256, warning: candidate.warning, outcome: candidate.outcome, origin: candidate.origin,
    // Of a document there is no answer to look up: its own words stand here.
    ...(candidate.origin === 'PULLED' ? { observationId: candidate.observationId } : {}),
  };
}

/**
 * The stored points of a row with their derivation, computed again from what stands there now. When the two disagree the value has changed
 * since it was scored: the row then has no points until the job has run.
 */
export function toRowScore(
  stored: StoredRowScore, indicator: StoredIndicator['indicator'], accumulated: ReturnType<typeof yearSoFar>, explanation: Pick<StoredExplanation, 'causes'> | null,
  profile: RuleProfile, context: Parameters<typeof scoreIndicator>[2],
): ReportRow['score'] {
  const again = scoreIndicator({ indicator, actual: accumulated.actual, overCause: overCauseOf(explanation), accumulated }, profile, context);
  if (again.points !== stored.points) return null;
  return {
    points: stored.points, weight: stored.weight, attainmentRate: stored.attainmentRate, deviationRate: stored.deviationRate, flags: stored.flags,
    trace: again.trace.map((step) => ({ step: step.step, params: { ...step.params }, text: step.text })), explanationOwed: stored.explanationOwed,
    blocked: stored.blockedCode === null ? null : { code: stored.blockedCode, params: stored.blockedParams ?? {} },
  };
}
