import type { TargetTableSummary, TargetTableView } from '@jiheng/contract';
import { movesInReach, ok, periodState, refuse, type Result, TARGET_TABLE_WORKFLOW } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Prepared } from '../platform/database/prepared';
import type { JsonText } from '../platform/http/json-text';
import { budgetOf, KeptFindings } from './kept-findings';
import { TARGET_TABLE_READ, type TargetTableRow } from './target-table-read';

const ALONE = TARGET_TABLE_READ.sql((number) => `$${number}`);

/** GET /api/target-tables/:id */
@Injectable()
export class TargetTableViewQuery {
  constructor(private readonly prepared: Prepared, private readonly findings: KeptFindings, private readonly access: Access, private readonly clock: Clock) {}

  /** A version whole: rows, findings, versions, history. Refusal `target-table.not-found` also for a table outside the reader's units. */
  async view(actor: Actor, tableId: string): Promise<Result<TargetTableView>> {
    const told = await this.tell(actor, await this.prepared.one<TargetTableRow>(TARGET_TABLE_READ.name, ALONE, [tableId]));
    return told.ok ? ok(JSON.parse(told.value) as TargetTableView) : told;
  }

  /**
   * The same of a row that is read already ({@link TARGET_TABLE_READ}), as the text that is sent: what PostgreSQL put together is neither
   * taken apart nor put together again.
   */
  async tell(actor: Actor, row: TargetTableRow | null): Promise<Result<JsonText<TargetTableView>>> {
    if (row === null || !this.access.mayRead(actor, row.unit_path)) return refuse('target-table.not-found');
    const roles = this.access.rolesAt(actor, row.unit_path);
    const moves: string[] = movesInReach(TARGET_TABLE_WORKFLOW, row.state, { roles }).filter((move) => move !== 'supersede');
    if (row.state === 'APPROVED' && roles.includes('reporter')) moves.push('adjust');
    const said = JSON.stringify({ ...this.summary(row), goalText: row.goal_text, budget: budgetOf(row), lead: row.lead, moves, revision: row.revision });
    const findings = await this.findings.textOf(row);
    return ok(`${said.slice(0, -1)},"selfEvaluation":${row.self_evaluation ?? 'null'},"indicators":${row.indicators},"versions":${row.versions},"history":${row.history},"findings":${findings}${row.main_tasks === null ? '' : `,"tasks":${row.main_tasks}`}}`);
  }

  private summary(row: TargetTableRow): Omit<TargetTableSummary, 'selfEvaluation'> {
    const today = this.clock.today();
    return {
      id: row.id as TargetTableSummary['id'], subject: row.subject, fiscalYear: row.fiscal_year, unitId: row.unit_id as TargetTableSummary['unitId'], unitName: row.unit_name,
      project: row.project === '' ? null : row.project, version: row.version, state: row.state, budgetTotal: row.budget_total, indicatorCount: row.indicator_count,
      weightTotal: row.weight_total,
      reports: row.reports.map(({ id, periodId, startsOn, ...report }) => ({
        ...report, id: id as TargetTableSummary['reports'][number]['id'], periodId: periodId as TargetTableSummary['reports'][number]['periodId'], periodState: periodState({ startsOn, dueOn: report.dueOn }, today),
      })),
    };
  }
}
