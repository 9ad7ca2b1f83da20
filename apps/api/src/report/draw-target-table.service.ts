import { type Result, ok, refuse, targetTableForm } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { DrawingDesk } from './drawing-desk';
import type { ReportFormat } from './report.repository';
import { fileNameOf } from './request-report.service';

/** 绩效目标表 as a file in its official layout. Small enough to be drawn while somebody waits; nothing is kept of it. */
@Injectable()
export class DrawTargetTable {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTables, private readonly access: Access, private readonly clock: Clock, private readonly desk: DrawingDesk) {}

  async draw(actor: Actor, tableId: string, format: ReportFormat): Promise<Result<{ bytes: Buffer; fileName: string }>> {
    const loaded = await this.tables.load(this.unitOfWork.db, tableId);
    if (loaded === null || !this.access.mayRead(actor, loaded.head.unitPath)) return refuse('target-table.not-found');
    const form = targetTableForm(loaded.table, { lead: loaded.lead });
    const bytes = await this.desk.form(form, format, this.clock.now());
    return ok({ bytes, fileName: fileNameOf(`${loaded.head.fiscalYear}年绩效目标表-${loaded.head.project ?? loaded.head.unitName}`, format) });
  }
}
