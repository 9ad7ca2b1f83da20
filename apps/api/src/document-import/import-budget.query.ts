import type { ImportBudgetView } from '@jiheng/contract';
import { checkIdentities, ok, refuse, replayCorrections, type Result, toTargetTableOf } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { toBudgetTableViews, toIdentityViews } from '../budget-document/budget-document.public';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';

/** The budget tables of a document, checked against one another, its text and its target tables as they are corrected now. */
@Injectable()
export class ImportBudgetQuery {
  constructor(private readonly views: DocumentImportQuery, private readonly imports: DocumentImportRepository, private readonly unitOfWork: UnitOfWork) {}

  /** @returns refusals `import.not-found`, `import.no-budget` */
  async of(actor: Actor, importId: string): Promise<Result<ImportBudgetView>> {
    const head = await this.views.readable(actor, importId);
    if (!head.ok) return head;
    const { db } = this.unitOfWork;
    const staged = await this.imports.budget(db, importId);
    if (staged === null) return refuse('import.no-budget');
    const tables = (await this.imports.tables(db, importId, null)).map((table) => toTargetTableOf(replayCorrections(table.read, table.log)));
    const targets = tables.filter((table) => table.fiscalYear === staged.fiscalYear);
    return ok({
      fiscalYear: staged.fiscalYear, printedUnit: staged.budget.unit, stored: staged.budgetDocumentId !== null,
      tables: toBudgetTableViews(staged.budget, staged.printed), identities: toIdentityViews(checkIdentities({ budget: staged.budget, narrative: staged.narrative, targets })),
    });
  }
}
