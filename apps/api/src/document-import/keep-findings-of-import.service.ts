import type { KeepImportFindings } from '@jiheng/contract';
import { aboutOf, type Correction, ok, replayCorrections, type Result, type StagedFinding, stagedFindings, type StagedSurroundings, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportRepository } from './document-import.repository';
import { requireStaged } from './import-rights';
import { Surroundings } from './surroundings';
import { summaryOf } from './table-summary';

/** 说明后保留, once for many: every open warning of one code in the chosen tables is kept with the same reason. It stands in the log of each table like a correction. */
@Injectable()
export class KeepFindingsOfImportService {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly surroundings: Surroundings, private readonly access: Access, private readonly clock: Clock) {}

  /** Tables that are in the books already, and warnings that have a reason, stay as they are: asked twice, done once. */
  keep(actor: Actor, importId: string, wish: KeepImportFindings): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId));
      if (!head.ok) return head;
      const reasons = new Map(wish.reasons.map(({ code, reason }) => [code, reason.trim()]));
      for (const stored of await this.imports.tables(tx, importId, wish.tables)) {
        if (stored.accepted !== null && !stored.accepted.undone) continue;
        const log = [...stored.log];
        const known = new Set<string>();
        const table = replayCorrections(stored.read, stored.log);
        const around = await this.surroundings.of(tx, importId, table);
        for (const open of openWarnings(table, around)) {
          const { row, finding: { code } } = open;
          const about = aboutOf(open);
          const reason = reasons.get(code) ?? '';
          if (reason === '' || known.has(`${code}/${row ?? ''}/${about}`)) continue;
          known.add(`${code}/${row ?? ''}/${about}`);
          const body: Correction = { kind: 'ACCEPT_FINDING', code, row, about, reason };
          log.push(body);
          await this.imports.append(tx, importId, stored.at, { sequence: log.length, requestId: newId(), body, by: actor.personId, madeAt: this.clock.now() });
        }
        if (log.length > stored.log.length) await this.imports.summarise(tx, importId, stored.at, summaryOf(replayCorrections(stored.read, log), around));
      }
      return ok(undefined);
    });
  }
}

/** Warnings that nobody has given a reason for. Errors are mended, not explained. */
export function openWarnings(table: StagedTable, around: StagedSurroundings): readonly StagedFinding[] {
  return stagedFindings(table, around).filter(({ finding, acceptedBecause }) => finding.severity === 'WARN' && acceptedBecause === null);
}
