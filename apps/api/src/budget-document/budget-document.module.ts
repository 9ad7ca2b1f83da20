import { Module } from '@nestjs/common';
import { BudgetUnitModule } from '../budget-unit/budget-unit.public';
import { TargetTableModule } from '../target-table/target-table.module';
import { BudgetDocumentController } from './budget-document.controller';
import { BudgetDocuments } from './budget-document.public';
import { BudgetDocumentQuery } from './budget-document.query';
import { BudgetDocumentRepository } from './budget-document.repository';
import { BudgetDocumentsDoor } from './budget-documents.door';

/** Published budgets: the eleven tables of a unit and year, and what they owe one another. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule],
  controllers: [BudgetDocumentController],
  providers: [BudgetDocumentRepository, BudgetDocumentQuery, { provide: BudgetDocuments, useClass: BudgetDocumentsDoor }],
  exports: [BudgetDocuments],
})
export class BudgetDocumentModule {}
