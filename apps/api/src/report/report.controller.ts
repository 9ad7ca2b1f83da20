import { type ReportArtifactView, emptyFormFile, reportArtifactView, requestReport } from '@jiheng/contract';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { FileStore } from '../platform/files/file-store';
import { Answers } from '../platform/http/answers.decorator';
import { HeavyRead } from '../platform/http/heavy-read';
import { unwrap } from '../platform/http/refusal.exception';
import { DrawEmptyForm, type EmptyFormWish } from './draw-empty-form.service';
import { DrawMonitoringForm } from './draw-monitoring-form.service';
import { DrawTargetTable } from './draw-target-table.service';
import { ReportQuery } from './report.query';
import type { ReportFormat } from './report.repository';
import { RequestReport } from './request-report.service';

const one = z.object({ id: z.uuid() });
const emptyForm = z.object({ file: emptyFormFile });
const emptyFormFor = z.object({ fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(), unitId: z.uuid().optional() });
const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** 报告文件. */
@Controller()
@Policy('signed-in')
export class ReportController {
  constructor(
    private readonly requests: RequestReport, private readonly reports: ReportQuery, private readonly targetTables: DrawTargetTable, private readonly monitoring: DrawMonitoringForm,
    private readonly emptyForms: DrawEmptyForm, private readonly files: FileStore,
  ) {}

  @Post('self-evaluations/:id/reports')
  @HttpCode(202)
  @Answers(reportArtifactView)
  async request(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: requestReport }) wish: z.output<typeof requestReport>): Promise<ReportArtifactView> {
    const { artifactId } = unwrap(await this.requests.request(actor, id, wish.format));
    return unwrap(await this.reports.one(actor, artifactId));
  }

  @Get('reports/:id')
  @Answers(reportArtifactView)
  async view(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<ReportArtifactView> {
    return unwrap(await this.reports.one(actor, id));
  }

  @Get('reports/:id/file')
  async download(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    const file = unwrap(await this.reports.file(actor, id));
    await asDownload(reply, file.fileName, file.format).header('content-length', String(file.size)).header('etag', `"${file.sha256}"`).send(this.files.open(file.sha256));
  }

  @Get('target-tables/:id/form.xlsx') @HeavyRead()
  async targetTableSheet(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, unwrap(await this.targetTables.draw(actor, id, 'xlsx')), 'xlsx');
  }

  @Get('target-tables/:id/form.docx') @HeavyRead()
  async targetTableDocument(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, unwrap(await this.targetTables.draw(actor, id, 'docx')), 'docx');
  }

  @Get('monitoring-reports/:id/form.xlsx') @HeavyRead()
  async monitoringSheet(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, unwrap(await this.monitoring.draw(actor, id, 'xlsx')), 'xlsx');
  }

  @Get('monitoring-reports/:id/form.docx') @HeavyRead()
  async monitoringDocument(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, unwrap(await this.monitoring.draw(actor, id, 'docx')), 'docx');
  }

  @Get('form-templates/:file') @HeavyRead()
  async emptyForm(
    @CurrentActor() actor: Actor, @Param({ schema: emptyForm }) { file }: z.output<typeof emptyForm>, @Query({ schema: emptyFormFor }) { fiscalYear, unitId }: z.output<typeof emptyFormFor>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [form, format] = file.split('.') as [EmptyFormWish['form'], ReportFormat];
    await send(reply, unwrap(await this.emptyForms.draw(actor, { form, format, fiscalYear: fiscalYear ?? null, unitId: unitId ?? null })), format);
  }
}

async function send(reply: FastifyReply, { bytes, fileName }: { readonly bytes: Buffer; readonly fileName: string }, format: ReportFormat): Promise<void> {
  await asDownload(reply, fileName, format).send(bytes);
}

function asDownload(reply: FastifyReply, fileName: string, format: ReportFormat): FastifyReply {
  const name = encodeURIComponent(fileName).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return reply.header('content-type', MEDIA_TYPES[format]).header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    .header('x-content-type-options', 'nosniff').header('cache-control', 'private, no-store');
}
