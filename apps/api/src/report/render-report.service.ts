import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import { DrawingDesk } from './drawing-desk';
import { ReportRepository } from './report.repository';

/** Draws what was asked for from the content kept with it, and keeps the bytes. A file that is there already is not drawn again. */
@Injectable()
export class RenderReport {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly reports: ReportRepository, private readonly files: FileStore, private readonly desk: DrawingDesk) {}

  async render(artifactId: string, progress: (done: number, total: number, at: string) => Promise<void>): Promise<void> {
    const { db } = this.unitOfWork;
    const artifact = await this.reports.byId(db, artifactId);
    const content = await this.reports.content(db, artifactId);
    if (artifact === null || content === null || artifact.state === 'READY') return;
    await this.unitOfWork.always((tx) => this.reports.begin(tx, artifactId));
    await progress(0, 2, content.sheet.title);
    const bytes = await (artifact.format === 'xlsx' ? this.desk.form(content.sheet, 'xlsx', artifact.requestedAt) : this.desk.draw({ kind: 'report-docx', content }));
    await progress(1, 2, artifact.fileName);
    const { sha256, size } = await this.files.put(bytes);
    await this.unitOfWork.always((tx) => this.reports.finish(tx, artifactId, sha256, size));
    await progress(2, 2, artifact.fileName);
  }

  async markFailed(artifactId: string, failure: { readonly zh: string; readonly en: string }): Promise<void> {
    await this.unitOfWork.always((tx) => this.reports.fail(tx, artifactId, failure));
  }
}
