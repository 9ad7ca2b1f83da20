import { createHash } from 'node:crypto';
import type { proposeActuals } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportRepository } from './document-import.repository';
import { requireStaged } from './import-rights';
import { ImportedRemarkRepository } from './imported-remark.repository';
import { ProposedActualsQuery } from './proposed-actuals.query';
import { settledState } from './settled-state';

/**
 * Puts what a monitoring form says beside what stands in its report: values as candidates, explanations and money as remarks. A person there takes
 * each over or keeps the own. Nothing is recorded here. Undoing the import withdraws what nobody has settled.
 */
@Injectable()
export class ProposeActualsService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly remarks: ImportedRemarkRepository, private readonly proposing: ProposedActualsQuery, private readonly reports: MonitoringReports,
    private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** @returns refusals `import.not-monitoring`, `.unit-needed`, `.nothing-chosen`, `.not-staged`, and why the report takes nothing (`import.no-report`, `actual.period-closed` …) */
  propose(actor: Actor, importId: string, at: number, wish: z.output<typeof proposeActuals>): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId), ['STAGED', 'ACCEPTED']);
      if (!head.ok) return head;
      const { unitId, fileName, sha256, createdAt } = head.value;
      if (unitId === null) return refuse('import.unit-needed');
      const found = await this.proposing.find(tx, importId, at, unitId, wish.quarter);
      if (!found.ok) return found;
      const { report, why, proposals, explanations, money } = found.value;
      if (why !== null) return { ok: false, refusal: why };
      const keys = new Set(wish.keys);
      const chosen = proposals.filter(({ shown }) => keys.has(shown.key) && shown.outcome !== 'SAME');
      const explained = explanations.filter(({ key, isSame }) => !isSame && wish.explained.includes(key));
      const spent = wish.money && money !== null && !money.isSame ? money.printed : null;
      if (report === null || chosen.length + explained.length + (spent === null ? 0 : 1) === 0) return refuse('import.nothing-chosen');
      const observationIds: string[] = [];
      const earlierOf = await this.reports.earlierInYear(tx, chosen.map(({ shown }) => ({ reportId: report.head.id, indicatorKey: shown.key })));
      for (const { shown, actual, rowId } of chosen) {
        const observationId = observationOf(importId, at, rowId, report.head.id, shown.value);
        const cell = { reportId: report.head.id, indicatorKey: shown.key };
        const offered = await this.reports.offerCandidate(tx, {
          ...cell, actual, earlier: earlierOf(cell), observationId, sourceName: fileName, observedAt: createdAt, verbatim: shown.printed, sha256, origin: 'IMPORTED',
        });
        if (!offered.ok) return offered;
        observationIds.push(observationId);
      }
      const madeAt = this.clock.now();
      await this.imports.addProposal(tx, { importId, at, reportId: report.head.id, observationIds, by: actor.personId, madeAt });
      await this.remarks.offer(tx, { importId, at, reportId: report.head.id, by: actor.personId, madeAt }, [
        ...explained.map(({ key, printed }) => ({ indicatorKey: key, body: { explanation: printed, money: null } })), ...(spent === null ? [] : [{ indicatorKey: null, body: { explanation: null, money: spent } }]),
      ]);
      const settled = settledState(await this.imports.summaries(tx, importId));
      if (settled !== head.value.state) await this.imports.setState(tx, importId, settled);
      await this.audit.append(tx, actor, 'import.actuals-proposed', importId, { table: String(at + 1), report: report.head.id, rows: String(chosen.length), explanations: String(explained.length), money: String(spent !== null) });
      return ok(undefined);
    });
  }
}

/** The same value of the same row for the same report is one observation, however often it is proposed. */
function observationOf(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
