import type { FindingView, HistoryEntry, TargetTableView } from '@jiheng/contract';
import { type Finding, movesInReach, ok, refuse, type Result, sayFinding, TARGET_TABLE_WORKFLOW } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FindingAcceptanceRepository } from './finding-acceptance.repository';
import { findingsOf } from './table-findings';
import type { LoadedTargetTable } from './target-table.public';
import { toIndicatorView } from './target-table-body';
import { TargetTableListQuery } from './target-table-list.query';
import { TargetTableRepository } from './target-table.repository';

interface ActionRow {
  readonly move: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly by: string;
  readonly role: string | null;
  readonly at: Date;
  readonly opinion: string | null;
}

/** GET /api/target-tables/:id */
@Injectable()
export class TargetTableViewQuery {
  constructor(
    private readonly tables: TargetTableRepository, private readonly list: TargetTableListQuery, private readonly prepared: Prepared, private readonly unitOfWork: UnitOfWork,
    private readonly access: Access, private readonly rules: RulesInForce, private readonly acceptances: FindingAcceptanceRepository,
  ) {}

  /** A version whole: rows, findings, versions, history. Refusal `target-table.not-found` also for a table outside the reader's units. */
  async view(actor: Actor, tableId: string): Promise<Result<TargetTableView>> {
    const loaded = await this.tables.load(this.unitOfWork.db, tableId);
    if (loaded === null || !this.access.mayRead(actor, loaded.head.unitPath)) return refuse('target-table.not-found');
    const { head, table } = loaded;
    const summary = await this.list.summary(tableId);
    if (summary === null) return refuse('target-table.not-found');
    const versions = await this.prepared.rows<TargetTableView['versions'][number]>('target-table-versions',
      'select id, version, state from performance_target_table where lineage_id = $1 order by version', [head.lineageId]);
    const roles = this.access.rolesAt(actor, head.unitPath);
    const moves: string[] = movesInReach(TARGET_TABLE_WORKFLOW, head.state, { roles }).filter((move) => move !== 'supersede');
    if (head.state === 'APPROVED' && roles.includes('reporter')) moves.push('adjust');
    return ok({
      ...summary, goalText: table.goalText, budget: { ...table.budget }, lead: loaded.lead, indicators: loaded.indicators.map(toIndicatorView), moves,
      findings: await this.findings(loaded), history: await this.history(tableId), versions, revision: head.revision,
    });
  }

  private async findings(loaded: LoadedTargetTable): Promise<FindingView[]> {
    const { db } = this.unitOfWork;
    const [rules, accepted] = [await this.rules.of(db, loaded.head.unitPath, loaded.head.fiscalYear), await this.acceptances.of(db, loaded.head.id)];
    return findingsOf(loaded, rules).map((finding) => {
      const taken = accepted.get(finding.id);
      return { ...toFindingView(finding), id: finding.id, rowKey: finding.rowKey, accepted: taken === undefined ? null : { reason: taken.reason, by: taken.by, at: taken.at.toISOString() } };
    });
  }

  private async history(tableId: string): Promise<HistoryEntry[]> {
    const rows = await this.prepared.rows<ActionRow>('target-table-history', `
      select w.move, w.from_state, w.to_state, p.display_name as by, w.role, w.at, w.opinion from workflow_action w join person p on p.id = w.actor_id
      where w.document_kind = 'TARGET_TABLE' and w.document_id = $1 order by w.id`, [tableId]);
    return rows.map((row) => ({ move: row.move, from: row.from_state, to: row.to_state, by: row.by, role: row.role, at: row.at.toISOString(), opinion: row.opinion }));
  }
}

/** A finding as it crosses the wire, in both languages. */
export function toFindingView(finding: Finding): FindingView {
  return {
    code: finding.code, severity: finding.severity, table: finding.table, row: finding.row, message: finding.message, messageEn: sayFinding(finding, 'en'),
    expected: finding.expected, found: finding.found,
  };
}
