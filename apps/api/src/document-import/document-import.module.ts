import { Module } from '@nestjs/common';
import { BudgetDocumentModule } from '../budget-document/budget-document.module';
import { BudgetUnitModule } from '../budget-unit/budget-unit.public';
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
import { OperatorQuery } from './operator.query';
import { PreviousActualsQuery } from './previous-actuals.query';
import { ReadDocumentHandler } from './read-document.handler';
import { ReceiveDocument } from './receive-document.service';
import { StageDocument } from './stage-document.service';
import { StoreDocument } from './store-document.service';
import { TakeInTable } from './take-in-table.service';
import { UndoImportService } from './undo-import.service';

/** Published documents on their way into the books: read by a job, checked by a person, accepted as drafts, taken back. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule, BudgetDocumentModule],
  controllers: [DocumentImportController],
  providers: [
    DocumentImportRepository, DocumentReader, ReceiveDocument, StageDocument, ReadDocumentHandler, CorrectStagedTableService, ChooseImportUnit, TakeInTable, AcceptImportService,
    UndoImportService, DocumentImportQuery, ImportBudgetQuery, OperatorQuery, StoreDocument, PreviousActualsQuery, FillPreviousActualsService,
  ],
  exports: [StoreDocument, OperatorQuery],
})
export class DocumentImportModule {}
