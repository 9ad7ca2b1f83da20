import { Module } from '@nestjs/common';
import { AdjustTargetsService } from './adjust-targets.service';
import { DocumentReader } from './document-reader';
import { DraftTargetTableService } from './draft-target-table.service';
import { ImportTargetTableService } from './import-target-table.service';
import { TargetTableController } from './target-table.controller';
import { TargetTableListQuery } from './target-table-list.query';
import { TargetTables } from './target-table.public';
import { TargetTableRepository } from './target-table.repository';
import { TargetTableViewQuery } from './target-table-view.query';
import { TargetTablesDoor } from './target-tables.door';

/** The promise. */
@Module({
  controllers: [TargetTableController],
  providers: [
    TargetTableRepository, DraftTargetTableService, AdjustTargetsService, DocumentReader, ImportTargetTableService, TargetTableListQuery, TargetTableViewQuery,
    { provide: TargetTables, useClass: TargetTablesDoor },
  ],
  exports: [TargetTables],
})
export class TargetTableModule {}
