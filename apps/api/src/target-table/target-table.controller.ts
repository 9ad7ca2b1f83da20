import { adjustTargetTable, changeTargetTable, type TargetTableList, type TargetTableView, targetTableBody } from '@jiheng/contract';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Beside, ReadBeside } from '../platform/access/read-beside';
import { JSON_MEDIA_TYPE, type JsonText } from '../platform/http/json-text';
import { unwrap } from '../platform/http/refusal.exception';
import { AdjustTargetsService } from './adjust-targets.service';
import { DiscardDraftService } from './discard-draft.service';
import { DraftTargetTableService } from './draft-target-table.service';
import { TargetTableListQuery } from './target-table-list.query';
import { TARGET_TABLE_READ, type TargetTableRow } from './target-table-read';
import { TargetTableViewQuery } from './target-table-view.query';

const one = z.object({ id: z.uuid() });
const seen = z.object({ expectedRevision: z.coerce.number().int().min(0) });
const listFilter = z.object({ fiscalYear: z.coerce.number().int().min(2000).max(2100).optional(), unitId: z.uuid().optional(), q: z.string().max(100).optional(), cursor: z.string().max(1000).optional() });

/** 绩效目标表. Its moves (送审, 批复 …) are made where all documents are moved. */
@Controller('target-tables')
@Policy('signed-in')
export class TargetTableController {
  constructor(
    private readonly lists: TargetTableListQuery, private readonly views: TargetTableViewQuery, private readonly drafts: DraftTargetTableService,
    private readonly adjusting: AdjustTargetsService, private readonly discarding: DiscardDraftService,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @Query({ schema: listFilter }) filter: z.output<typeof listFilter>): Promise<TargetTableList> {
    return this.lists.list(actor, filter);
  }

  @Get(':id')
  @ReadBeside(TARGET_TABLE_READ)
  @Header('content-type', JSON_MEDIA_TYPE)
  async view(@CurrentActor() actor: Actor, @Param({ schema: one }) _: z.output<typeof one>, @Beside() table: TargetTableRow | null): Promise<JsonText<TargetTableView>> {
    return unwrap(await this.views.tell(actor, table));
  }

  @Post()
  async create(@CurrentActor() actor: Actor, @Body({ schema: targetTableBody }) body: z.output<typeof targetTableBody>): Promise<TargetTableView> {
    return unwrap(await this.views.view(actor, unwrap(await this.drafts.create(actor, body))));
  }

  @Put(':id')
  async change(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: changeTargetTable }) body: z.output<typeof changeTargetTable>): Promise<TargetTableView> {
    unwrap(await this.drafts.change(actor, id, body));
    return unwrap(await this.views.view(actor, id));
  }

  @Delete(':id')
  @HttpCode(204)
  async discard(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Query({ schema: seen }) { expectedRevision }: z.output<typeof seen>): Promise<void> {
    unwrap(await this.discarding.discard(actor, id, expectedRevision));
  }

  @Post(':id/adjustments')
  async adjust(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: adjustTargetTable }) body: z.output<typeof adjustTargetTable>): Promise<TargetTableView> {
    return unwrap(await this.views.view(actor, unwrap(await this.adjusting.adjust(actor, id, body))));
  }
}
