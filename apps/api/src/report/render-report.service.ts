import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { FileStore } from '../platform/files/file-store';
import { drawReportDocument } from './docx/report-document.docx';
import type { ReportContent } from './report-content';
import { type ReportFormat, ReportRepository } from './report.repository';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

/** Draws what was asked for from the content kept with it, and keeps the bytes. A file that is there already is not drawn again. */
@Injectable()
export class RenderReport {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly reports: ReportRepository, private readonly files: FileStore) {}

  async render(artifactId: string, progress: (done: number, total: number, at: string) => Promise<void>): Promise<void> {
    const { db } = this.unitOfWork;
    const artifact = await this.reports.byId(db, artifactId);
    const content = await this.reports.content(db, artifactId);
    if (artifact === null || content === null || artifact.state === 'READY') return;
    await this.unitOfWork.always((tx) => this.reports.begin(tx, artifactId));
    await progress(0, 2, content.sheet.title);
    const bytes = await draw(content, artifact.format, artifact.requestedAt);
    await progress(1, 2, artifact.fileName);
    const { sha256, size } = await this.files.put(bytes);
    await this.unitOfWork.always((tx) => this.reports.finish(tx, artifactId, sha256, size));
    await progress(2, 2, artifact.fileName);
  }

  async markFailed(artifactId: string, failure: { readonly zh: string; readonly en: string }): Promise<void> {
    await this.unitOfWork.always((tx) => this.reports.fail(tx, artifactId, failure));
  }
}

function draw(content: ReportContent, format: ReportFormat, at: Date): Promise<Buffer> {
  return format === 'xlsx' ? drawFormWorkbook(content.sheet, at) : drawReportDocument(content);
}
