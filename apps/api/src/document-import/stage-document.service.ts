import type { RecognitionTemplate } from '@jiheng/documents';
import { ok, type Refusal, refuse, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import { DocumentImportRepository } from './document-import.repository';
import type { ImportHead } from './document-import.rows';
import { DocumentReader } from './document-reader';
import { stageBudget, stageTables } from './stage-tables';
import { unitNamed } from './unit-named';

type Progress = (done: number, total: number, at?: string) => Promise<void>;
const STEPS = 3;

/** Reads a document that was brought and lays its tables out for a person. Twice asked, once done. */
@Injectable()
export class StageDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly files: FileStore, private readonly reader: DocumentReader, private readonly clock: Clock,
  ) {}

  /**
   * A document that cannot be read is REFUSED with the reader's sentence; faults are thrown and may pass.
   * @param templates forms beyond the built-in ones
   */
  async stage(id: string, progress: Progress, templates: readonly RecognitionTemplate[] = []): Promise<void> {
    const head = await this.imports.head(this.unitOfWork.db, id);
    if (head === null || head.state !== 'READING') return;
    await progress(0, STEPS, head.fileName);
    const bytes = Buffer.concat(await this.files.open(head.sha256).toArray() as Buffer[]);
    await progress(1, STEPS, head.fileName);
    const read = await this.reader.read({ name: head.fileName, bytes }, head.fiscalYear, templates);
    if (!read.ok) return this.refuse(id, read.refusal);
    const budget = stageBudget(read.value);
    if (read.value.tables.length === 0 && budget === null) {
      // Budget tables alone, of a year that nobody said.
      const refused = refuse('document.no-fiscal-year', { file: head.fileName, place: '' });
      return refused.ok ? undefined : this.refuse(id, refused.refusal);
    }
    await progress(2, STEPS, head.fileName);
    const namedUnit = read.value.tables.find((table) => table.budgetUnit !== '')?.budgetUnit ?? budget?.budget.unit ?? '';
    const unitId = head.unitId ?? await this.likelyUnit(this.unitOfWork.db, head, namedUnit);
    await this.unitOfWork.run(async (tx) => {
      // Another run of this job may have been faster.
      if ((await this.imports.lock(tx, id))?.state !== 'READING') return ok(undefined);
      await this.imports.stage(tx, id, { parts: read.value.parts, tables: stageTables(read.value, templates), namedUnit, unitId, budget }, this.clock.now());
      return ok(undefined);
    });
    await progress(STEPS, STEPS, head.fileName);
  }

  private refuse(id: string, refusal: Refusal): Promise<void> {
    return this.giveUp(id, { code: refusal.code, zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') });
  }

  /** Marks the import as not readable, with the sentence why. */
  async giveUp(id: string, refusal: NonNullable<ImportHead['refusal']>): Promise<void> {
    await this.unitOfWork.always((tx) => this.imports.refuse(tx, id, refusal, this.clock.now()));
  }

  /** The unit the document names among those its bringer writes for, else the only one there is; a person sees it and may choose another. */
  private async likelyUnit(db: Db, head: ImportHead, namedUnit: string): Promise<string | null> {
    const units = await this.imports.writableUnits(db, head.createdBy);
    return unitNamed(units, namedUnit)?.id ?? (units.length === 1 ? units[0]?.id ?? null : null);
  }
}
