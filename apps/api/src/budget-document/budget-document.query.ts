import type { BudgetDocumentView } from '@jiheng/contract';
import { type CheckedIdentity, checkIdentities, ok, type PerformanceTargetTable, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { toBudgetTableViews, toIdentityViews } from './budget-document-view';
import type { LoadedBudgetDocument } from './budget-document.public';
import { BudgetDocumentRepository } from './budget-document.repository';

/** A unit's published budget of a year with its identities, checked against the target tables as they are now. */
@Injectable()
export class BudgetDocumentQuery {
  constructor(
    private readonly documents: BudgetDocumentRepository, private readonly units: BudgetUnits, private readonly tables: TargetTables, private readonly unitOfWork: UnitOfWork, private readonly access: Access,
  ) {}

  /** @returns refusals `house.not-found` (a unit that does not exist or may not be read), `budget-document.not-found` */
  async of(actor: Actor, unitId: string, fiscalYear: number): Promise<Result<BudgetDocumentView>> {
    const { db } = this.unitOfWork;
    const unit = await this.units.find(db, unitId);
    if (unit === null || !this.access.mayRead(actor, unit.path)) return refuse('house.not-found');
    const document = await this.documents.latest(db, unitId, fiscalYear);
    if (document === null) return refuse('budget-document.not-found', { unit: unit.name, year: String(fiscalYear) });
    const targets: PerformanceTargetTable[] = [];
    for (const id of await this.documents.targetTables(db, unitId, fiscalYear)) {
      const content = await this.tables.content(db, id);
      if (content !== null) targets.push(content.table);
    }
    return ok(toView(document, unit.name, checkIdentities({ budget: document.budget, narrative: document.narrative, targets })));
  }
}

function toView(document: LoadedBudgetDocument, unitName: string, identities: readonly CheckedIdentity[]): BudgetDocumentView {
  const { id, unitId, fiscalYear, version, sourceName, printed, budget, by, at } = document;
  return {
    id, unitId: unitId as BudgetDocumentView['unitId'], unitName, fiscalYear, version, printedUnit: budget.unit, sourceName, by, storedAt: at.toISOString(),
    tables: toBudgetTableViews(budget, printed), identities: toIdentityViews(identities),
  };
}
