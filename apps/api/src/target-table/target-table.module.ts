import { Module } from '@nestjs/common';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { AcceptFinding } from './accept-finding.service';
import { AdjustTargetsService } from './adjust-targets.service';
import { DiscardDraftService } from './discard-draft.service';
import { DraftTargetTableService } from './draft-target-table.service';
import { TargetDraftsDoor } from './target-drafts.door';
import { FindingAcceptanceRepository } from './finding-acceptance.repository';
import { FindingController } from './finding.controller';
import { KeptFindings } from './kept-findings';
import { TargetTableController } from './target-table.controller';
import { TargetTableListQuery } from './target-table-list.query';
import { TargetDrafts, TargetTables } from './target-table.public';
import { TargetTableRepository } from './target-table.repository';
import { TargetTableViewQuery } from './target-table-view.query';
import { TargetTablesDoor } from './target-tables.door';

/** The promise. */
@Module({
  imports: [BudgetUnitModule],
  controllers: [TargetTableController, FindingController],
  providers: [
    TargetTableRepository, FindingAcceptanceRepository, AcceptFinding, DraftTargetTableService, DiscardDraftService, AdjustTargetsService, TargetTableListQuery, TargetTableViewQuery, KeptFindings,
    { provide: TargetTables, useClass: TargetTablesDoor }, { provide: TargetDrafts, useClass: TargetDraftsDoor },
  ],
  exports: [TargetTables, TargetDrafts],
})
export class TargetTableModule {}
