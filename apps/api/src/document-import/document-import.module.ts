import { Module } from '@nestjs/common';
import { BudgetDocumentModule } from '../budget-document/budget-document.module';
import { BudgetUnitModule } from '../budget-unit/budget-unit.public';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { AcceptImportService } from './accept-import.service';
import { ChooseImportUnit } from './choose-unit.service';
import { CorrectStagedTableService } from './correct-staged-table.service';
import { DocumentImportController } from './document-import.controller';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { DocumentReader } from './document-reader';
import { FillPreviousActualsService } from './fill-previous-actuals.service';
import { ImportBudgetQuery } from './import-budget.query';
import { ImportedRemarkRepository } from './imported-remark.repository';
import { ImportedRemarksService } from './imported-remarks.service';
import { KeepFindingsOfImportService } from './keep-findings-of-import.service';
import { OpenFindingsQuery } from './open-findings.query';
import { OperatorQuery } from './operator.query';
import { PreviousActualsQuery } from './previous-actuals.query';
import { ProposeActualsService } from './propose-actuals.service';
import { ProposedActualsQuery } from './proposed-actuals.query';
import { ReadDocumentHandler } from './read-document.handler';
import { ReceiveDocument } from './receive-document.service';
import { StageDocument } from './stage-document.service';
import { StoreDocument } from './store-document.service';
import { RecountStaged } from './recount-staged.service';
import { RecoverPrints } from './recover-prints.service';
import { Surroundings } from './surroundings';
import { TakeInTable } from './take-in-table.service';
import { UndoImportService } from './undo-import.service';

/** Published documents on their way into the books: read by a job, checked by a person, accepted as drafts, taken back. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule, MonitoringModule, BudgetDocumentModule],
  controllers: [DocumentImportController],
  providers: [
    DocumentImportRepository, DocumentReader, ReceiveDocument, StageDocument, ReadDocumentHandler, CorrectStagedTableService, ChooseImportUnit, TakeInTable, AcceptImportService,
    UndoImportService, DocumentImportQuery, ImportBudgetQuery, OperatorQuery, StoreDocument, PreviousActualsQuery, FillPreviousActualsService,
    ProposedActualsQuery, ProposeActualsService, OpenFindingsQuery, KeepFindingsOfImportService, RecountStaged, RecoverPrints, Surroundings, ImportedRemarkRepository, ImportedRemarksService,
  ],
  exports: [StoreDocument, OperatorQuery],
})
export class DocumentImportModule {}
