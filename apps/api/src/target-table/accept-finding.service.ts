import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FindingAcceptanceRepository } from './finding-acceptance.repository';
import { findingsOf } from './table-findings';
import { TargetTableRepository } from './target-table.repository';

const SEVERITY_WORDS = { ERROR: ['错误，须改正', 'an error and has to be corrected'], INFO: ['提示，不必处理', 'information and needs nothing'] } as const;

/** 写明理由后接受: a warning that is right as it stands. The reason goes with the table to whoever reviews and signs it. */
@Injectable()
export class AcceptFinding {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTableRepository, private readonly acceptances: FindingAcceptanceRepository, private readonly rules: RulesInForce,
    private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** Refuses errors, information, and findings that are no longer there because what they are about has changed. */
  accept(actor: Actor, tableId: string, findingId: string, reason: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      // Under the lock the row cannot change between its finding and the acceptance.
      const head = await this.tables.lock(tx, tableId);
      if (head === null) return refuse('target-table.not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'reviewer'], head.unitPath, 'target-table.not-found');
      if (!allowed.ok) return allowed;
      if (head.state === 'APPROVED' || head.state === 'SUPERSEDED') return refuse('target-table.locked');
      const loaded = await this.tables.load(tx, tableId);
      const rules = await this.rules.of(tx, head.unitPath, head.fiscalYear);
      const finding = loaded === null ? undefined : findingsOf(loaded, rules).find((one) => one.id === findingId);
      if (finding === undefined) return refuse('finding.not-found');
      if (finding.severity !== 'WARN') {
        const [severity, severityEn] = SEVERITY_WORDS[finding.severity];
        return refuse('finding.not-warning', { severity, severityEn });
      }
      await this.acceptances.insert(tx, { tableId, finding, reason, acceptedBy: actor.personId, at: this.clock.now() });
      await this.audit.append(tx, actor, 'finding.accepted', tableId, { code: finding.code, row: finding.rowKey ?? '', reason });
      return ok(undefined);
    });
  }
}
