import { type Guard, MONITORING_REPORT_WORKFLOW, type Result, type Workflow, defaultProgressProfile, gapsOfMonitoredRow, gapsOfScoredRow, lightOf, ok, plausibility, refuse, sayFinding } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetExecutions } from '../budget-execution/budget-execution.public';
import { type MonitoringReportState, MonitoringReports, type ScoringInputRow, type ScoringInputs } from '../monitoring/monitoring.public';
import type { Tx } from '../platform/database/tx';
import { Scores, type StoredScore } from '../scoring/scoring.public';
import { type Blocker, type DocumentMoves, type FoundGuards, type MovableDocument, guardsFrom } from './document-moves';
import { explanationOwed } from './explanation-gaps';

const LAST_QUARTER = 4;

/** 监控表: what has to be answered and explained before it goes on. */
@Injectable()
export class MonitoringReportMoves implements DocumentMoves {
  readonly kind = 'MONITORING_REPORT';
  readonly scored = 'MONITORING_REPORT';
  readonly notFound = 'monitoring-report.not-found';
  readonly workflow = MONITORING_REPORT_WORKFLOW as unknown as Workflow<string, string>;

  constructor(private readonly reports: MonitoringReports, private readonly executions: BudgetExecutions, private readonly scores: Scores) {}

  lock(tx: Tx, id: string): Promise<MovableDocument | null> {
    return this.reports.lock(tx, id);
  }

  async setState(tx: Tx, document: MovableDocument, to: string): Promise<Result<number>> {
    return ok(await this.reports.setState(tx, document.id, to as MonitoringReportState));
  }

  async findGuards(tx: Tx, document: MovableDocument, guards: readonly Guard[], score: StoredScore | null): Promise<FoundGuards> {
    const inputs = await this.reports.loadScoringInputs(tx, document.id);
    if (inputs === null) return { guards: {}, blockers: [] };
    const blockers: Blocker[] = [...this.overdue(inputs), ...inputs.rows.flatMap((row) => [...unanswered(row), ...impossible(row)])];
    if (guards.includes('explanationsGiven')) blockers.push(...(await this.unexplained(tx, inputs, score)));
    // Owed evidence warns and does not block: what a file proves is judged by the reviewer. Nobody further has acted, or the state would say so.
    return guardsFrom(guards, blockers);
  }

  async recordersOf(tx: Tx, document: MovableDocument): Promise<readonly string[]> {
    const money = await this.executions.recorderOf(tx, document.id);
    return [...(await this.reports.recordersOf(tx, document.id)), ...(money === null ? [] : [money])];
  }

  async signedContent(tx: Tx, document: MovableDocument): Promise<unknown> {
    const inputs = await this.reports.loadScoringInputs(tx, document.id);
    const year = inputs === null ? null : await this.reports.loadYear(tx, inputs.head.lineageId);
    const files = year?.quarters.find((quarter) => quarter.head.id === document.id)?.evidence;
    const execution = await this.executions.of(tx, document.id);
    return {
      tableId: inputs?.head.tableId, period: inputs?.head.period.id,
      rows: inputs?.rows.map(({ indicatorId, current, revision, explanation, indicator }) => ({
        indicatorId, actual: current, revision, explanation, evidence: (files?.get(indicator.key) ?? []).map((file) => file.sha256),
      })),
      execution: execution === null ? null : { revision: execution.revision, parts: execution.parts, reason: execution.reason },
    };
  }

  /** What may not be entered any more may not be handed on either: a deadline that only locked the cells would lock nothing. */
  private overdue(inputs: ScoringInputs): Blocker[] {
    const editable = this.reports.mayEdit(inputs.head);
    return editable.ok ? [] : [{ guard: 'periodOpen', indicatorId: null, refusal: editable.refusal }];
  }

  /** In the first quarters what lags behind is explained; at the end of the year whatever earns less than its weight, or far more than asked. */
  private async unexplained(tx: Tx, inputs: ScoringInputs, score: StoredScore | null): Promise<Blocker[]> {
    const { period } = inputs.head;
    const isLast = period.ordinal >= LAST_QUARTER;
    const computed = isLast && score !== null ? await this.scores.computation(tx, score.id) : null;
    return inputs.rows.flatMap((row, at) => {
      const points = computed?.rows[at];
      const months = Number(period.endsOn.slice(5, 7));
      const gaps = isLast
        ? (points === undefined ? [] : gapsOfScoredRow(points, row.explanation))
        : gapsOfMonitoredRow(lightOf(row.indicator, row.yearToDate, { fiscalYear: period.fiscalYear, months }).light, row.explanation);
      return gaps.length === 0 ? [] : [{ guard: 'explanationsGiven' as const, indicatorId: row.indicatorId, refusal: explanationOwed(row.indicator.name, gaps) }];
    });
  }
}

/** Rows that are entered once, at the end of the year, are asked for by the self-evaluation and not by a quarter. */
function unanswered(row: ScoringInputRow): Blocker[] {
  if (row.current.kind !== 'NOT_REPORTED' || defaultProgressProfile(row.indicator.accumulation) === 'YEAR_END') return [];
  return [{ guard: 'rowsAnswered', indicatorId: row.indicatorId, refusal: refuse('open.row-unanswered', { name: row.indicator.name }).refusal }];
}

function impossible(row: ScoringInputRow): Blocker[] {
  return plausibility(row.current, row.indicator).filter((finding) => finding.severity === 'ERROR').map((finding) => ({
    guard: 'findingsCleared', indicatorId: row.indicatorId, refusal: refuse('open.finding', { message: finding.message, messageEn: sayFinding(finding, 'en') }).refusal,
  }));
}
