import type { ScoreView } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { ArchivedYears } from '../platform/database/archived-years';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Scores } from './scoring.public';

interface HeadRow {
  id: string; documentKind: 'MONITORING_REPORT' | 'SELF_EVALUATION'; documentId: string; profileName: string; profileVersion: number; engineVersion: string; inputsDigest: string;
  computedAt: Date; indicatorPoints: string; applicableWeight: string; total: string | null; rating: string | null; rescaled: boolean; unitPath: string; traceKept: boolean;
  executionRate: string | null; executionPoints: string | null; executionWeight: string | null;
}
interface LineRow {
  indicatorId: string; key: string; name: string; points: string | null; weight: string; attainmentRate: string | null; deviationRate: string | null; flags: string[];
  explanationOwed: boolean; blockedCode: string | null; blockedParams: Record<string, string> | null;
}

/** One computation, step by step. */
@Injectable()
export class ScoreQuery {
  constructor(
    private readonly prepared: Prepared, private readonly scores: Scores, private readonly unitOfWork: UnitOfWork, private readonly access: Access,
    private readonly archive: ArchivedYears,
  ) {}

  async one(actor: Actor, scoreId: string): Promise<Result<ScoreView>> {
    const head = await this.prepared.one<HeadRow>('score-head', `
      select s.id, s.document_kind as "documentKind", s.document_id as "documentId", p.name as "profileName", p.version as "profileVersion", s.engine_version as "engineVersion",
        s.inputs_digest as "inputsDigest", s.computed_at as "computedAt", s.indicator_points as "indicatorPoints", s.applicable_weight as "applicableWeight", s.total, s.rating, s.rescaled,
        s.execution_rate as "executionRate", s.execution_points as "executionPoints", s.execution_weight as "executionWeight", u.path as "unitPath",
        exists (select 1 from score_trace t where t.score_id = s.id and t.fiscal_year = s.fiscal_year) as "traceKept"
      from score s join rule_profile p on p.id = s.profile_id
        left join monitoring_report r on s.document_kind = 'MONITORING_REPORT' and r.id = s.document_id
        left join self_evaluation e on s.document_kind = 'SELF_EVALUATION' and e.id = s.document_id
        join performance_target_table t on t.id = coalesce(r.table_id, e.table_id) join budget_unit u on u.id = t.unit_id
      where s.id = $1`, [scoreId]);
    if (head === null) return this.refuseWhatIsAway(actor, scoreId);
    if (!this.access.mayRead(actor, head.unitPath)) return refuse('scoring.not-found');
    const lines = await this.prepared.rows<LineRow>('score-lines', `
      select s.indicator_id as "indicatorId", s.indicator_key as key, i.name, s.points, s.weight, s.attainment_rate as "attainmentRate", s.deviation_rate as "deviationRate", s.flags,
        s.explanation_owed as "explanationOwed", s.blocked_code as "blockedCode", s.blocked_params as "blockedParams"
      from indicator_line s join indicator i on i.id = s.indicator_id where s.score_id = $1 order by s.ordinal`, [scoreId]);
    const computation = await this.scores.computation(this.unitOfWork.db, scoreId);
    const view = {
      id: head.id, documentKind: head.documentKind, documentId: head.documentId, profile: { name: head.profileName, version: head.profileVersion }, engineVersion: head.engineVersion,
      inputsDigest: head.inputsDigest, computedAt: head.computedAt.toISOString(), indicatorPoints: head.indicatorPoints, applicableWeight: head.applicableWeight, total: head.total,
      rating: head.rating, rescaled: head.rescaled, trace: computation?.trace ?? [], traceFrom: head.traceKept ? 'STORED' : computation === null ? 'UNAVAILABLE' : 'RECOMPUTED',
      execution: head.executionWeight === null ? null : {
        rate: head.executionRate, points: head.executionPoints, weight: head.executionWeight, flags: computation?.execution?.flags ?? [], trace: computation?.execution?.trace ?? [],
      },
      rows: lines.map(({ blockedCode, blockedParams, ...line }, at) => ({
        ...line, trace: computation?.rows[at]?.trace ?? [], blocked: blockedCode === null ? null : { code: blockedCode, params: blockedParams ?? {} },
      })),
    };
    return ok(view as unknown as ScoreView);
  }

  /** A score of an archived year says where it is, to those who might read it. Looked for only while a year is away, by its key. */
  private async refuseWhatIsAway(actor: Actor, scoreId: string): Promise<Result<never>> {
    for (const year of await this.archive.all()) {
      const name = `archive.score_${year}`;
      // An archive that was dumped and dropped cannot say which scores it held.
      if ((await this.prepared.one<{ here: boolean }>('score-archive-here', 'select to_regclass($1) is not null as here', [name]))?.here !== true) continue;
      const found = await this.prepared.one<{ path: string }>(`score-archived-${year}`, `
        select u.path from ${name} s left join monitoring_report r on s.document_kind = 'MONITORING_REPORT' and r.id = s.document_id left join self_evaluation e on s.document_kind = 'SELF_EVALUATION' and e.id = s.document_id
          join performance_target_table t on t.id = coalesce(r.table_id, e.table_id) join budget_unit u on u.id = t.unit_id where s.id = $1`, [scoreId]);
      if (found !== null && this.access.mayRead(actor, found.path)) return refuse('year.archived', { year: String(year) });
    }
    return refuse('scoring.not-found');
  }
}
