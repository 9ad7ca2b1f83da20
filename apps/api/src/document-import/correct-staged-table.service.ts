import type { CorrectStagedTable } from '@jiheng/contract';
import { applyCorrection, ok, refuse, replayCorrections, type Result, type StagedTable, standingCorrections } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportRepository } from './document-import.repository';
import { requireStaged } from './import-rights';
import { Surroundings } from './surroundings';
import { summaryOf } from './table-summary';

/** Writes one correction of a person into the log of a staged table, at once. */
@Injectable()
export class CorrectStagedTableService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly surroundings: Surroundings, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** Refusals: `import.*`, `staging.*`; `import.stale-revision` when the log is longer than the screen knows. The same request twice is written once. */
  correct(actor: Actor, importId: string, at: number, body: CorrectStagedTable): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId));
      if (!head.ok) return head;
      const [stored] = await this.imports.tables(tx, importId, [at]);
      if (stored === undefined) return refuse('import.table-not-found', { table: String(at + 1) });
      if (await this.imports.isKnown(tx, body.requestId)) return ok(undefined);
      if (stored.accepted !== null && !stored.accepted.undone) return refuse('import.not-staged', { state: '已采纳', stateEn: 'accepted' });
      if (stored.log.length !== body.expectedSequence) return refuse('import.stale-revision', { by: stored.lastHand ?? '其他人', byEn: stored.lastHand ?? 'somebody else' });
      const { correction } = body;
      const before = standingCorrections(stored.log);
      const sequence = stored.log.length + 1;
      if (correction.kind === 'UNDO' ? !before.mayUndo : correction.kind === 'REDO' && !before.mayRedo) return ok(undefined);
      const was = replayCorrections(stored.read, stored.log);
      if (correction.kind !== 'UNDO' && correction.kind !== 'REDO') {
        const applied = applyCorrection(was, correction, sequence);
        if (!applied.ok) return applied;
      }
      const now = replayCorrections(stored.read, [...stored.log, correction]);
      await this.imports.append(tx, importId, at, { sequence, requestId: body.requestId, body: correction, by: actor.personId, madeAt: this.clock.now() });
      await this.imports.summarise(tx, importId, at, summaryOf(now, await this.surroundings.of(tx, importId, now)));
      if (moneyOf(was) !== moneyOf(now)) await this.surroundings.tell(tx, importId, at);
      return ok(undefined);
    });
  }
}

/** What the main tasks of another table of the document are compared with. */
function moneyOf({ subject, project, budget }: StagedTable): string {
  return subject === 'PROJECT' ? `${project ?? ''}/${budget.total ?? ''}` : '';
}
