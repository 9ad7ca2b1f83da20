import type { SelfEvaluationView } from '@jiheng/contract';
import {
  type Refusal, type Result, type RuleProfile, SELF_EVALUATION_WORKFLOW, type TableScore, isEditable, movesInReach, ok, refuse, sayRefusal, selfEvaluationReport,
} from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { accountOf } from './account';
import type { LoadedSelfEvaluation, YearRow } from './loaded-self-evaluation';
import { executionReason, openPointsOf } from './open-points';
import { contentDigestOf, reportContentOf } from './report-content';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-parts';
import { YearReader } from './year.reader';

interface ScoreRow {
  state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED'; scoreId: string | null; documentRevision: number; total: string | null; rating: string | null;
  computedAt: Date | null; failure: string | null; parameters: RuleProfile | null;
}
interface HistoryRow { move: string; from: string; to: string; by: string; role: string; at: Date; opinion: string | null }
interface ArtifactRow {
  id: string; format: 'xlsx' | 'docx'; template: string; state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED'; fileName: string; size: number | null; sha256: string | null;
  scoreTotal: string | null; by: string; at: Date; failure: string | null; jobRunId: string | null; contentDigest: string;
}

/** The whole year for its page. Points are computed on the spot by the same law that the score job uses, so page and score cannot differ. */
@Injectable()
export class SelfEvaluationQuery {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly prepared: Prepared, private readonly years: YearReader, private readonly rules: RulesInForce,
    private readonly access: Access, private readonly clock: Clock,
  ) {}

  async one(actor: Actor, id: string): Promise<Result<SelfEvaluationView>> {
    const year = await this.years.load(this.unitOfWork.db, id);
    if (year === null || !this.access.mayRead(actor, year.head.unitPath)) return refuse('self-evaluation.not-found');
    const stored = await this.score(id);
    const profile = stored?.parameters ?? (await this.rules.of(this.unitOfWork.db, year.head.unitPath, year.head.fiscalYear));
    const { score, printed, account } = accountOf(year, profile);
    const roles = this.access.rolesAt(actor, year.head.unitPath);
    const view = {
      ...headOf(year), rows: year.rows.map((row, at) => rowOf(row, score, at, printed.finalPoints[at] ?? null)), execution: executionOf(year, score),
      computedTotal: score.total, total: printed.total, rating: printed.rating, score: scoreStateOf(year, stored, profile), profile: { ...profile },
      goalAchieved: year.chapters.get(GOAL_ACHIEVED)?.written ?? '', goalAchievedRevision: year.chapters.get(GOAL_ACHIEVED)?.revision ?? 0,
      chapters: selfEvaluationReport(account).map((chapter) => ({ ...chapter, revision: year.chapters.get(chapter.id)?.revision ?? 0 })), artifacts: await this.artifacts(id, contentDigestOf(reportContentOf(account))), history: await this.history(id),
      editable: isEditable(SELF_EVALUATION_WORKFLOW, year.head.state) && roles.includes('reporter'),
      moves: movesInReach(SELF_EVALUATION_WORKFLOW, year.head.state, { roles }), today: this.clock.today(),
      openPoints: openPointsOf(year, score, profile).map(({ refusal, indicatorId }) => ({ code: refusal.code, indicatorId, sentence: both(refusal) })),
    };
    return ok(view as unknown as SelfEvaluationView);
  }

  private score(id: string): Promise<ScoreRow | null> {
    return this.prepared.one<ScoreRow>('self-evaluation-score', `
      select r.state, r.score_id as "scoreId", r.document_revision as "documentRevision", s.total, s.rating, s.computed_at as "computedAt", r.failure_zh as failure, p.parameters
      from score_request r left join score s on s.id = r.score_id and s.fiscal_year = r.fiscal_year left join rule_profile p on p.id = s.profile_id
      where r.document_kind = 'SELF_EVALUATION' and r.document_id = $1`, [id]);
  }

  private async history(id: string): Promise<object[]> {
    const rows = await this.prepared.rows<HistoryRow>('self-evaluation-history', `
      select a.move, a.from_state as "from", a.to_state as "to", p.display_name as by, a.role, a.at, a.opinion
      from workflow_action a join person p on p.id = a.actor_id where a.document_kind = 'SELF_EVALUATION' and a.document_id = $1 order by a.id`, [id]);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** @param digest of what a file made now would say */
  private async artifacts(id: string, digest: string): Promise<object[]> {
    const rows = await this.prepared.rows<ArtifactRow>('self-evaluation-artifacts', `
      select a.id, a.format, a.template_id as template, a.state, a.file_name as "fileName", a.size_bytes as size, a.sha256, s.total as "scoreTotal", p.display_name as by, a.requested_at as at,
        a.failure_zh as failure, a.job_run_id as "jobRunId", a.content_digest as "contentDigest"
      from report_artifact a join person p on p.id = a.requested_by join score s on s.id = a.score_id and s.fiscal_year = a.fiscal_year
      where a.document_kind = 'SELF_EVALUATION' and a.document_id = $1 order by a.requested_at desc, a.id desc`, [id]);
    return rows.map(({ contentDigest, ...row }) => ({ ...row, at: row.at.toISOString(), outdated: contentDigest !== digest }));
  }
}

function both(refusal: Refusal): { zh: string; en: string } {
  return { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') };
}

function headOf(year: LoadedSelfEvaluation) {
  const { head } = year;
  return {
    id: head.id, revision: head.revision, state: head.state,
    table: {
      id: head.tableId, subject: head.subject, unitName: head.unitName, departmentName: head.departmentName, project: head.project, fiscalYear: head.fiscalYear, version: year.version,
      goalText: year.goalText, budget: year.budget,
    },
  };
}

function rowOf(row: YearRow, score: TableScore, at: number, finalPoints: string | null) {
  const points = score.rows[at];
  if (points === undefined) throw new Error('a row without its points');
  const { key: _key, ...rowScore } = points;
  const { adjustment, explanation } = row;
  return {
    indicator: { ...row.indicator, id: row.indicatorId, ordinal: at + 1 }, quarters: row.quarters, yearActual: row.scoring.actual, score: rowScore, revision: row.answerRevision,
    adjustment: adjustment === null ? null : { ...adjustment, at: adjustment.at.toISOString() }, finalPoints,
    explanation: explanation === null ? null : { ...explanation, at: explanation.at.toISOString() }, evidence: row.evidence.map((file) => ({ ...file, at: file.at.toISOString() })),
  };
}

function executionOf(year: LoadedSelfEvaluation, score: TableScore) {
  if (score.execution === null) return null;
  const { rate, points, weight, trace, flags } = score.execution;
  return { rows: year.execution?.parts ?? [], rate, points, weight, trace, flags, reason: executionReason(year), revision: year.execution?.revision ?? 0, reasonRevision: year.chapters.get(EXECUTION_REASON)?.revision ?? 0 };
}

/** When the document has moved on since its points were computed, they are still to come. */
function scoreStateOf(year: LoadedSelfEvaluation, stored: ScoreRow | null, profile: RuleProfile) {
  const profileName = { profileName: profile.name, profileVersion: profile.version };
  if (stored === null) return { state: 'WAITING', scoreId: null, total: null, rating: null, computedAt: null, failure: null, ...profileName };
  const isBehind = stored.state === 'DONE' && stored.documentRevision < year.head.revision;
  return {
    state: isBehind ? 'WAITING' : stored.state, scoreId: stored.scoreId, total: stored.total, rating: stored.rating, computedAt: stored.computedAt?.toISOString() ?? null,
    failure: stored.failure, ...profileName,
  };
}
