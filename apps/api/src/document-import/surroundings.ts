import { replayCorrections, type StagedSurroundings, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import { DocumentImportRepository } from './document-import.repository';
import { summaryOf } from './table-summary';

/** What the tables of one document say of one another: the main tasks of the whole unit have the money of the tables of their projects. */
@Injectable()
export class Surroundings {
  constructor(private readonly imports: DocumentImportRepository) {}

  /** What other tables say that this one has to agree with; nothing is asked for a table without main tasks. */
  async of(db: Db, importId: string, table: Pick<StagedTable, 'subject' | 'tasks'>): Promise<StagedSurroundings> {
    return table.subject === 'UNIT' && (table.tasks?.length ?? 0) > 0 ? this.imports.projectsOf(db, importId) : { projects: [] };
  }

  /** The money of a project has changed: tables with main tasks are counted anew. */
  async tell(tx: Tx, importId: string, changed: number): Promise<void> {
    const concerned = (await this.imports.withTasks(tx, importId)).filter((at) => at !== changed);
    if (concerned.length === 0) return;
    const around = await this.imports.projectsOf(tx, importId);
    for (const { at, read, log } of await this.imports.tables(tx, importId, concerned)) await this.imports.summarise(tx, importId, at, summaryOf(replayCorrections(read, log), around));
  }
}
