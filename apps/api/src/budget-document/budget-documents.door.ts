import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Db, Tx } from '../platform/database/tx';
import { BudgetDocuments, type LoadedBudgetDocument, type NewBudgetDocument } from './budget-document.public';
import { BudgetDocumentRepository } from './budget-document.repository';

/** What stands behind the public door. */
@Injectable()
export class BudgetDocumentsDoor extends BudgetDocuments {
  constructor(private readonly documents: BudgetDocumentRepository, private readonly audit: AuditTrail, private readonly clock: Clock) { super(); }

  override async store(tx: Tx, actor: Actor, made: NewBudgetDocument): Promise<{ readonly id: string; readonly version: number }> {
    const stored = await this.documents.append(tx, made, actor.personId, this.clock.now());
    await this.audit.append(tx, actor, 'budget-document.stored', stored.id, { year: String(made.fiscalYear), version: String(stored.version), file: made.sourceName });
    return stored;
  }

  override async withdraw(tx: Tx, actor: Actor, id: string): Promise<void> {
    if (await this.documents.withdraw(tx, id, actor.personId, this.clock.now())) await this.audit.append(tx, actor, 'budget-document.withdrawn', id);
  }

  override latest(db: Db, unitId: string, fiscalYear: number): Promise<LoadedBudgetDocument | null> { return this.documents.latest(db, unitId, fiscalYear); }
}
