import type { EvidenceView } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import { Outbox } from '../platform/outbox/outbox';
import { TargetTables } from '../target-table/target-table.public';
import { evidenceMediaType, plainFileName } from './evidence-kind';
import { EvidenceRepository } from './evidence.repository';
import { evidenceChanged, type StoredEvidence } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { mayEditReport } from './report-editable';

/** A file as it arrived. */
export interface ArrivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** 佐证资料 is put behind a value, and withdrawn. The bytes lie under their digest and are never changed. */
@Injectable()
export class AttachEvidenceService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly evidence: EvidenceRepository,
    private readonly targetTables: TargetTables, private readonly files: FileStore, private readonly outbox: Outbox, private readonly audit: AuditTrail,
    private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** Attaches a file. The same bytes behind the same row again are answered with what is there (an answer may have been lost). */
  async attach(actor: Actor, reportId: string, indicatorId: string, arrived: ArrivedFile): Promise<Result<EvidenceView>> {
    // Rights first: nobody fills the disk who may not write here.
    const allowed = await this.mayWrite(actor, reportId);
    if (!allowed.ok) return allowed;
    const fileName = plainFileName(arrived.name);
    const mediaType = await evidenceMediaType(fileName, arrived.bytes);
    if (!mediaType.ok) return mediaType;
    // The bytes are there before the row that names them; an abandoned file is harmless, a row without bytes is not.
    const { sha256, size } = await this.files.put(arrived.bytes);
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const editable = mayEditReport(head, this.clock.today());
      if (!editable.ok) return editable;
      const row = await this.targetTables.indicator(tx, head.tableId, indicatorId);
      if (row === null) return refuse('report-row.not-found');
      const { key } = row.indicator;
      const twin = await this.evidence.twin(tx, reportId, key, sha256);
      if (twin !== null) return ok(toEvidenceView(twin));
      const at = this.clock.now();
      const id = await this.evidence.insert(tx, { reportId, indicatorId, indicatorKey: key, fileName, mediaType: mediaType.value, size, sha256, uploadedBy: actor.personId, at });
      await this.reports.touch(tx, reportId);
      await this.outbox.put(tx, evidenceChanged, { reportId, indicatorId }, { dedupKey: `evidence-changed/${reportId}` });
      await this.audit.append(tx, actor, 'evidence.attached', reportId, { indicatorKey: key, fileName, sha256 });
      return ok(toEvidenceView({ id, fileName, mediaType: mediaType.value, size, sha256, by: actor.displayName, at }));
    });
  }

  /** Withdraws a file: it no longer stands behind the row, its bytes and its trace stay. */
  withdraw(actor: Actor, reportId: string, evidenceId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      const placed = await this.evidence.byId(tx, evidenceId);
      if (placed === null || placed.reportId !== reportId) return refuse('evidence.not-found');
      if (placed.withdrawn) return ok(undefined);
      const editable = mayEditReport(head, this.clock.today());
      if (!editable.ok) return editable;
      await this.evidence.withdraw(tx, evidenceId, actor.personId, this.clock.now());
      await this.reports.touch(tx, reportId);
      await this.outbox.put(tx, evidenceChanged, { reportId, indicatorId: placed.indicatorId }, { dedupKey: `evidence-changed/${reportId}` });
      await this.audit.append(tx, actor, 'evidence.withdrawn', reportId, { indicatorKey: placed.indicatorKey, fileName: placed.fileName, sha256: placed.sha256 });
      return ok(undefined);
    });
  }

  /** What a download needs; whoever may read the unit may read its files. */
  async open(actor: Actor, evidenceId: string): Promise<Result<StoredEvidence>> {
    const placed = await this.evidence.byId(this.unitOfWork.db, evidenceId);
    const head = placed === null ? null : await this.reports.head(this.unitOfWork.db, placed.reportId);
    if (placed === null || head === null || !this.access.mayRead(actor, head.unitPath)) return refuse('evidence.not-found');
    return ok(placed);
  }

  private async mayWrite(actor: Actor, reportId: string): Promise<Result<void>> {
    const head = await this.reports.head(this.unitOfWork.db, reportId);
    if (head === null) return refuse('monitoring-report.not-found');
    const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
    return allowed.ok ? mayEditReport(head, this.clock.today()) : allowed;
  }
}

/** A file as it crosses the wire. */
export function toEvidenceView(stored: StoredEvidence): EvidenceView {
  return {
    id: stored.id as EvidenceView['id'], fileName: stored.fileName, mediaType: stored.mediaType, size: stored.size, sha256: stored.sha256, by: stored.by, at: stored.at.toISOString(),
  };
}
