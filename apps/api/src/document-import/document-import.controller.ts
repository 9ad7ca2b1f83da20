import {
  acceptImport, chooseImportUnit, correctStagedTable, type DocumentImportList, documentImportList, type DocumentImportView, documentImportView, fillPreviousActuals, type ImportBudgetView, importBudgetView, type ImportedRemarkList, importedRemarkList, type ImportTableView, importTableView, keepImportFindings, type OpenFindingsView, openFindingsView,
  type PreviousActualsView, previousActualsView, proposeActuals, type ProposedActualsView, proposedActualsView, settleRemark, type SourceChunk, sourceChunk, type SourceOutline, sourceOutline, undoImport,
} from '@jiheng/contract';
import { DOCUMENT_SIZE_LIMIT } from '@jiheng/documents';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { AppConfig } from '../platform/config/app-config';
import { FileStore } from '../platform/files/file-store';
import { Answers } from '../platform/http/answers.decorator';
import { receiveFile } from '../platform/http/receive-file';
import { unwrap } from '../platform/http/refusal.exception';
import { AcceptImportService } from './accept-import.service';
import { ChooseImportUnit } from './choose-unit.service';
import { CorrectStagedTableService } from './correct-staged-table.service';
import { DocumentImportQuery } from './document-import.query';
import { FillPreviousActualsService } from './fill-previous-actuals.service';
import { ImportBudgetQuery } from './import-budget.query';
import { ImportedRemarksService } from './imported-remarks.service';
import { KeepFindingsOfImportService } from './keep-findings-of-import.service';
import { OpenFindingsQuery } from './open-findings.query';
import { PreviousActualsQuery } from './previous-actuals.query';
import { ProposeActualsService } from './propose-actuals.service';
import { ProposedActualsQuery } from './proposed-actuals.query';
import { ReceiveDocument } from './receive-document.service';
import { UndoImportService } from './undo-import.service';

const index = z.coerce.number().int().min(0).max(100_000);
const one = z.object({ id: z.uuid() });
const tableOf = one.extend({ at: index });
const chunkOf = one.extend({ part: index, chunk: index });
const quarterOf = z.object({ quarter: z.coerce.number().int().min(1).max(4).optional() });
const reportOf = z.object({ reportId: z.uuid() });
const listFilter = z.object({ cursor: z.uuid().optional() });
const wishOf = z.object({ unitId: z.uuid().optional(), fiscalYear: z.coerce.number().int().min(2000).max(2100).optional() });

/** 导入: documents on their way into the books, from the upload to the drafts and back. */
@Controller('imports')
@Policy('signed-in')
export class DocumentImportController {
  constructor(
    private readonly views: DocumentImportQuery, private readonly receiving: ReceiveDocument, private readonly correcting: CorrectStagedTableService, private readonly choosing: ChooseImportUnit,
    private readonly accepting: AcceptImportService, private readonly undoing: UndoImportService, private readonly budgets: ImportBudgetQuery, private readonly previous: PreviousActualsQuery, private readonly filling: FillPreviousActualsService,
    private readonly proposed: ProposedActualsQuery, private readonly proposing: ProposeActualsService, private readonly openFindings: OpenFindingsQuery, private readonly keeping: KeepFindingsOfImportService,
    private readonly said: ImportedRemarksService, private readonly files: FileStore, private readonly config: AppConfig,
  ) {}

  @Get()
  @Answers(documentImportList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: listFilter }) { cursor }: z.output<typeof listFilter>): Promise<DocumentImportList> {
    return { ...await this.views.list(actor, cursor ?? null), maxUploadMb: Math.min(this.config.MAX_UPLOAD_MB, DOCUMENT_SIZE_LIMIT) };
  }

  @Post()
  @HttpCode(202)
  @Answers(documentImportView)
  async receive(@CurrentActor() actor: Actor, @Query({ schema: wishOf }) { unitId, fiscalYear }: z.output<typeof wishOf>, @Req() request: FastifyRequest): Promise<DocumentImportView> {
    unwrap(await this.receiving.mayBring(actor, unitId ?? null));
    const file = unwrap(await receiveFile(request, { noFile: 'evidence.no-file', tooLarge: 'import.too-large' }, this.config.MAX_UPLOAD_MB));
    return unwrap(await this.views.view(actor, unwrap(await this.receiving.receive(actor, file, { unitId: unitId ?? null, fiscalYear: fiscalYear ?? null }))));
  }

  /** What imported monitoring forms say of a report beside their values. */
  @Get('remarks')
  @Answers(importedRemarkList)
  async remarks(@CurrentActor() actor: Actor, @Query({ schema: reportOf }) { reportId }: z.output<typeof reportOf>): Promise<ImportedRemarkList> {
    return unwrap(await this.said.of(actor, reportId));
  }

  @Post('remarks/:id/settlement')
  @HttpCode(204)
  async settleRemark(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: settleRemark }) body: z.output<typeof settleRemark>): Promise<void> {
    unwrap(await this.said.settle(actor, id, body));
  }

  @Get(':id')
  @Answers(documentImportView)
  async view(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<DocumentImportView> {
    return unwrap(await this.views.view(actor, id));
  }

  @Put(':id/unit')
  @Answers(documentImportView)
  async choose(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: chooseImportUnit }) body: z.output<typeof chooseImportUnit>): Promise<DocumentImportView> {
    unwrap(await this.choosing.choose(actor, id, body.unitId));
    return unwrap(await this.views.view(actor, id));
  }

  @Get(':id/tables/:at')
  @Answers(importTableView)
  async table(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>): Promise<ImportTableView> {
    return unwrap(await this.views.table(actor, id, at));
  }

  @Post(':id/tables/:at/corrections')
  @HttpCode(200)
  @Answers(importTableView)
  async correct(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>, @Body({ schema: correctStagedTable }) body: z.output<typeof correctStagedTable>): Promise<ImportTableView> {
    unwrap(await this.correcting.correct(actor, id, at, body));
    return unwrap(await this.views.table(actor, id, at));
  }

  /** 作为上年完成值: what a form with results would write into the target table of the year after. */
  @Get(':id/tables/:at/previous-actuals')
  @Answers(previousActualsView)
  async previousActuals(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>): Promise<PreviousActualsView> {
    return unwrap(await this.previous.of(actor, id, at));
  }

  @Post(':id/tables/:at/previous-actuals')
  @HttpCode(200)
  @Answers(documentImportView)
  async fillPreviousActuals(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>, @Body({ schema: fillPreviousActuals }) body: z.output<typeof fillPreviousActuals>): Promise<DocumentImportView> {
    unwrap(await this.filling.fill(actor, id, at, body));
    return unwrap(await this.views.view(actor, id));
  }

  /** 作为本期候选值: what a monitoring form would put beside the cells of the report of its period. */
  @Get(':id/tables/:at/proposed-actuals')
  @Answers(proposedActualsView)
  async proposedActuals(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>, @Query({ schema: quarterOf }) { quarter }: z.output<typeof quarterOf>): Promise<ProposedActualsView> {
    return unwrap(await this.proposed.of(actor, id, at, quarter ?? null));
  }

  @Post(':id/tables/:at/proposed-actuals')
  @HttpCode(200)
  @Answers(documentImportView)
  async proposeActuals(@CurrentActor() actor: Actor, @Param({ schema: tableOf }) { id, at }: z.output<typeof tableOf>, @Body({ schema: proposeActuals }) body: z.output<typeof proposeActuals>): Promise<DocumentImportView> {
    unwrap(await this.proposing.propose(actor, id, at, body));
    return unwrap(await this.views.view(actor, id));
  }

  /** What a person is asked before all tables are accepted. */
  @Get(':id/open-findings')
  @Answers(openFindingsView)
  async open(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<OpenFindingsView> {
    return unwrap(await this.openFindings.of(actor, id));
  }

  @Post(':id/kept-findings')
  @HttpCode(200)
  @Answers(documentImportView)
  async keep(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: keepImportFindings }) body: z.output<typeof keepImportFindings>): Promise<DocumentImportView> {
    unwrap(await this.keeping.keep(actor, id, body));
    return unwrap(await this.views.view(actor, id));
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @Answers(documentImportView)
  async accept(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: acceptImport }) body: z.output<typeof acceptImport>): Promise<DocumentImportView> {
    unwrap(await this.accepting.accept(actor, id, body));
    return unwrap(await this.views.view(actor, id));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Answers(documentImportView)
  async undo(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: undoImport }) body: z.output<typeof undoImport>): Promise<DocumentImportView> {
    unwrap(await this.undoing.undo(actor, id, body.discardEdits));
    return unwrap(await this.views.view(actor, id));
  }

  /** 预算表核对. */
  @Get(':id/budget')
  @Answers(importBudgetView)
  async budget(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<ImportBudgetView> {
    return unwrap(await this.budgets.of(actor, id));
  }

  @Get(':id/source')
  @Answers(sourceOutline)
  async outline(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<SourceOutline> {
    return unwrap(await this.views.outline(actor, id));
  }

  @Get(':id/source/:part/:chunk')
  @Answers(sourceChunk)
  async chunk(@CurrentActor() actor: Actor, @Param({ schema: chunkOf }) { id, part, chunk }: z.output<typeof chunkOf>): Promise<SourceChunk> {
    return unwrap(await this.views.chunk(actor, id, part, chunk));
  }

  /** Always as a download and never as a page: an uploaded file runs in nobody's browser under our address. */
  @Get(':id/file')
  async download(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Res() reply: FastifyReply): Promise<void> {
    const head = unwrap(await this.views.readable(actor, id));
    const name = encodeURIComponent(head.fileName).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    await reply.header('content-type', 'application/octet-stream').header('content-length', String(head.sizeBytes)).header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'; sandbox").header('cache-control', 'private, no-store').send(this.files.open(head.sha256));
  }
}
