import type { EvidenceView } from '@jiheng/contract';
import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { AppConfig } from '../platform/config/app-config';
import { FileStore } from '../platform/files/file-store';
import { receiveFile } from '../platform/http/receive-file';
import { unwrap } from '../platform/http/refusal.exception';
import { AttachEvidenceService } from './attach-evidence.service';

const row = z.object({ id: z.uuid(), indicatorId: z.uuid() });
const placed = row.extend({ evidenceId: z.uuid() });
const one = z.object({ id: z.uuid() });

/** 佐证资料: up, down and away. */
@Controller()
@Policy('signed-in')
export class EvidenceController {
  constructor(private readonly service: AttachEvidenceService, private readonly files: FileStore, private readonly config: AppConfig) {}

  @Post('monitoring-reports/:id/actuals/:indicatorId/evidence')
  async attach(@CurrentActor() actor: Actor, @Param({ schema: row }) { id, indicatorId }: z.output<typeof row>, @Req() request: FastifyRequest): Promise<EvidenceView> {
    const arrived = unwrap(await receiveFile(request, { noFile: 'evidence.no-file', tooLarge: 'evidence.too-large' }, this.config.MAX_UPLOAD_MB));
    return unwrap(await this.service.attach(actor, id, indicatorId, arrived));
  }

  @Delete('monitoring-reports/:id/actuals/:indicatorId/evidence/:evidenceId')
  @HttpCode(204)
  async withdraw(@CurrentActor() actor: Actor, @Param({ schema: placed }) { id, evidenceId }: z.output<typeof placed>): Promise<void> {
    unwrap(await this.service.withdraw(actor, id, evidenceId));
  }

  /** Always as a download and never as a page: an uploaded file runs in nobody's browser under our address. */
  @Get('evidence/:id')
  async download(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    const file = unwrap(await this.service.open(actor, id));
    await reply
      .header('content-type', file.mediaType).header('content-length', String(file.size))
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`)
      .header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox").header('cache-control', 'private, no-store')
      .send(this.files.open(file.sha256));
  }
}
