import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import type { ArrivedFile } from '../platform/http/receive-file';
import { Outbox } from '../platform/outbox/outbox';
import { JobRuns } from '../platform/queue/job-runs';
import { DocumentImportRepository } from './document-import.repository';
import { readDocumentJob } from './read-document.job';

/** What is known of a document before it is read. */
export interface DocumentWish {
  readonly unitId: string | null;
  /** Taken where the document names no year. */
  readonly fiscalYear: number | null;
}

/** Takes a document in: its bytes under their digest, and a job that reads it. */
@Injectable()
export class ReceiveDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly units: BudgetUnits, private readonly files: FileStore,
    private readonly outbox: Outbox, private readonly jobRuns: JobRuns, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** May this person bring a document, for this unit or for one that is said later? */
  async mayBring(actor: Actor, unitId: string | null): Promise<Result<void>> {
    if (unitId === null) return actor.roles.some((held) => held.role === 'reporter') ? ok(undefined) : refuse('house.not-allowed');
    const unit = await this.units.find(this.unitOfWork.db, unitId);
    return unit === null ? refuse('house.not-found') : this.access.requireRole(actor, ['reporter'], unit.path);
  }

  /**
   * @param where `queue`: a job reads it; `here`: the caller does, at once
   * @returns the id of the import, in state READING
   */
  async receive(actor: Actor, file: ArrivedFile, wish: DocumentWish, where: 'queue' | 'here' = 'queue'): Promise<Result<string>> {
    // Rights first: nobody fills the disk who may not write here.
    const allowed = await this.mayBring(actor, wish.unitId);
    if (!allowed.ok) return allowed;
    const fileName = plainName(file.name);
    if (file.bytes.length === 0) return refuse('document.empty', { file: fileName });
    const { sha256, size } = await this.files.put(file.bytes);
    return this.unitOfWork.run(async (tx) => {
      const id = newId();
      await this.imports.insert(tx, { id, unitId: wish.unitId, fileName, sizeBytes: size, sha256, fiscalYear: wish.fiscalYear, createdBy: actor.personId, createdAt: this.clock.now() });
      await this.audit.append(tx, actor, 'import.received', id, { fileName, sha256 });
      if (where === 'here') return ok(id);
      const jobRunId = await this.jobRuns.create(tx, {
        name: readDocumentJob.name, titleZh: `读取文件：${fileName}`, titleEn: `Read document: ${fileName}`, unitId: wish.unitId, requestedBy: actor.personId, link: `/import/${id}`,
      });
      await this.imports.setJobRun(tx, id, jobRunId);
      await this.outbox.put(tx, readDocumentJob, { importId: id }, { jobRunId });
      return ok(id);
    });
  }
}

/** The name without a path and without signs that turn the direction of writing. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  return last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(-200) || 'document';
}
