import { ok, STAGED_RULES, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import { DocumentImportRepository } from './document-import.repository';
import type { UnprintedTable } from './document-import.rows';
import { DocumentReader } from './document-reader';
import { stageTables } from './stage-tables';

/**
 * Readings stored before it was kept what else their document prints know of its sums only what disagreed. The file is still there: it is read once more, and what it prints
 * beside each table is kept, so that a correction which breaks a sum that agreed is noticed. Nothing else of the second reading is taken over.
 */
@Injectable()
export class RecoverPrints {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly files: FileStore, private readonly reader: DocumentReader) {}

  /**
   * Of the tables of an import that wait for a person. A file that is not there any more, that cannot be read again, or in which a table is found elsewhere (it was read with
   * a form of somebody's own) leaves them as they were.
   */
  async recover(importId: string): Promise<void> {
    const unprinted = await this.imports.unprinted(this.unitOfWork.db, importId, STAGED_RULES);
    if (unprinted.length === 0) return;
    const head = await this.imports.head(this.unitOfWork.db, importId);
    const bytes = head === null ? null : await this.fileOf(head.sha256);
    if (head === null || bytes === null) return;
    const read = await this.reader.read({ name: head.fileName, bytes }, head.fiscalYear);
    if (!read.ok) return;
    const again = stageTables(read.value);
    const prints = unprinted.flatMap((table) => {
      const one = again[table.at];
      return one?.printed === undefined || !isSame(table, one) ? [] : [{ at: table.at, print: one.printed }];
    });
    if (prints.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      await this.imports.lock(tx, importId);
      await this.imports.keepPrints(tx, importId, prints);
      return ok(undefined);
    });
  }

  /** null when it is not kept any more. */
  private async fileOf(sha256: string): Promise<Buffer | null> {
    try {
      return Buffer.concat((await this.files.open(sha256).toArray()) as Buffer[]);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw fault;
    }
  }
}

/** Whether a table of the second reading stands where the stored one was read, and is about the same. Its rows may have been read otherwise since: what is printed below them is not. */
function isSame(stored: UnprintedTable, { form, subject, project, place }: StagedTable): boolean {
  return stored.form === (form ?? 'TARGET') && stored.subject === subject && stored.project === project && stored.place === place;
}
