import { ok, replayCorrections, STAGED_RULES } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportRepository } from './document-import.repository';
import { RecoverPrints } from './recover-prints.service';
import { Surroundings } from './surroundings';
import { summaryOf } from './table-summary';

/** Tables that are counted anew while somebody waits for the page: some milliseconds each. The rest follows with the next look, or when it is opened. */
const AT_ONCE = 50;

/** What is kept of staged tables follows the rules in force: tables that were counted by older ones are counted once more when somebody looks at them. */
@Injectable()
export class RecountStaged {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly surroundings: Surroundings, private readonly prints: RecoverPrints) {}

  /**
   * Counts tables of an import that wait for a person by the rules in force.
   * @param at this table only; null: the first {@link AT_ONCE} that were counted by other rules
   */
  async refresh(importId: string, at: number | null = null): Promise<void> {
    await this.prints.recover(importId);
    await this.unitOfWork.run(async (tx) => {
      // Nobody corrects a table between its reading and its counts.
      await this.imports.lock(tx, importId);
      const ordinals = await this.imports.countedByOthers(tx, importId, STAGED_RULES, at, AT_ONCE);
      for (const stored of await this.imports.tables(tx, importId, ordinals)) {
        const table = replayCorrections(stored.read, stored.log);
        await this.imports.summarise(tx, importId, stored.at, summaryOf(table, await this.surroundings.of(tx, importId, table)));
      }
      return ok(undefined);
    });
  }
}
