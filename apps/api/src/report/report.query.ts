import type { ReportArtifactView } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Prepared } from '../platform/database/prepared';

interface Row {
  id: string; format: 'xlsx' | 'docx'; template: string; state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED'; fileName: string; size: number | null; sha256: string | null;
  scoreTotal: string | null; by: string; at: Date; failure: string | null; jobRunId: string | null; unitPath: string;
}

/** Where a report file stands, and its bytes when they are there. */
@Injectable()
export class ReportQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access) {}

  async one(actor: Actor, artifactId: string): Promise<Result<ReportArtifactView>> {
    const row = await this.prepared.one<Row>('report-artifact', `
      select a.id, a.format, a.template_id as template, a.state, a.file_name as "fileName", a.size_bytes as size, a.sha256, s.total as "scoreTotal", p.display_name as by, a.requested_at as at,
        a.failure_zh as failure, a.job_run_id as "jobRunId", u.path as "unitPath"
      from report_artifact a join person p on p.id = a.requested_by join score s on s.id = a.score_id and s.fiscal_year = a.fiscal_year join self_evaluation e on e.id = a.document_id
        join performance_target_table t on t.id = e.table_id join budget_unit u on u.id = t.unit_id
      where a.id = $1`, [artifactId]);
    if (row === null || !this.access.mayRead(actor, row.unitPath)) return refuse('report.not-found');
    const { unitPath: _unitPath, ...view } = row;
    return ok({ ...view, at: row.at.toISOString() } as unknown as ReportArtifactView);
  }

  async file(actor: Actor, artifactId: string): Promise<Result<{ sha256: string; size: number; fileName: string; format: 'xlsx' | 'docx' }>> {
    const found = await this.one(actor, artifactId);
    if (!found.ok) return found;
    const { sha256, size, fileName, format } = found.value;
    return sha256 === null || size === null ? refuse('report.not-ready') : ok({ sha256, size, fileName, format });
  }
}
