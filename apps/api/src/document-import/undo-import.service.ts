import { ok, type PerformanceTargetTable, refuse, type Result, stateWords, TARGET_TABLE_WORKFLOW } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetDocuments } from '../budget-document/budget-document.public';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetDrafts, type TargetTableHead, TargetTables } from '../target-table/target-table.public';
import { DocumentImportRepository } from './document-import.repository';
import type { StoredAcceptance } from './document-import.rows';
import { requireStaged } from './import-rights';
import { ImportedRemarkRepository } from './imported-remark.repository';

/** 撤销导入: takes out of the books what an import put there, as long as nobody has handed it on. */
@Injectable()
export class UndoImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly remarks: ImportedRemarkRepository, private readonly targetTables: TargetTables, private readonly drafts: TargetDrafts,
    private readonly budgets: BudgetDocuments, private readonly reports: MonitoringReports, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /**
   * New drafts and adjustment drafts are deleted, rewritten drafts get back what they were; candidates and remarks that nobody has settled are withdrawn,
   * what a person took over stays. All or nothing.
   * @param discardEdits also where somebody has changed a draft since
   * @returns refusals `import.sent-on`, `import.draft-edited`, `import.already-undone`
   */
  undo(actor: Actor, importId: string, discardEdits: boolean): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId), ['STAGED', 'ACCEPTED']);
      if (!head.ok) return head;
      const made = await this.imports.standingAcceptances(tx, importId);
      const budget = (await this.imports.budget(tx, importId))?.budgetDocumentId ?? null;
      const proposed = await this.imports.proposals(tx, importId);
      if (made.length === 0 && budget === null && proposed.length === 0) return refuse('import.already-undone');
      // Values of a self-evaluation may have gone into a draft of the same document: what this import wrote itself is nobody's edit.
      const restored = new Map<string, number>();
      const heads = await this.targetTables.lockAll(tx, made.filter((one) => one.how !== 'UNCHANGED').map((one) => one.targetTableId));
      const removed: string[] = [];
      for (const acceptance of made) {
        const undone = await this.takeBack(tx, actor, acceptance, heads.get(acceptance.targetTableId) ?? null, discardEdits, restored, removed);
        if (!undone.ok) return undone;
      }
      await this.drafts.removeAll(tx, actor, removed);
      if (budget !== null) {
        await this.budgets.withdraw(tx, actor, budget);
        await this.imports.setBudgetDocument(tx, importId, null);
      }
      const now = this.clock.now();
      await this.reports.withdrawCandidates(tx, proposed.flatMap((one) => one.observationIds), actor.personId);
      await this.remarks.withdraw(tx, importId, actor.personId, now);
      await this.imports.withdrawProposals(tx, proposed.map((one) => one.id), actor.personId, now);
      await this.imports.undo(tx, made.map((one) => one.id), actor.personId, now);
      await this.imports.setState(tx, importId, 'UNDONE');
      await this.audit.append(tx, actor, 'import.undone', importId, { tables: [...made, ...proposed].map((one) => String(one.at + 1)).join(' ') });
      return ok(undefined);
    });
  }

  /** @param head of the table, locked; null: it is gone, or nothing was written */
  private async takeBack(
    tx: Tx, actor: Actor, made: StoredAcceptance, head: TargetTableHead | null, discardEdits: boolean, restored: Map<string, number>, removed: string[],
  ): Promise<Result<void>> {
    if (made.how === 'UNCHANGED' || head === null) return ok(undefined);
    const named = { title: made.title, titleEn: made.title === '单位整体' ? 'the unit as a whole' : made.title };
    const editable = head.state === 'DRAFT' || (made.how === 'REWRITTEN' && head.state === 'RETURNED');
    if (!editable) return refuse('import.sent-on', { ...named, ...stateWords(TARGET_TABLE_WORKFLOW.states[head.state]) });
    if ((restored.get(made.targetTableId) ?? head.revision) !== made.revision && !discardEdits) return refuse('import.draft-edited', named);
    if (made.how === 'REWRITTEN') {
      const { table, lead } = made.before as { readonly table: PerformanceTargetTable; readonly lead: string | null };
      // What the draft did not have it loses again.
      await this.drafts.rewrite(tx, actor, made.targetTableId, { ...table, tasks: table.tasks ?? [] }, lead);
      restored.set(made.targetTableId, made.revision - 1);
    } else removed.push(made.targetTableId);
    return ok(undefined);
  }
}
