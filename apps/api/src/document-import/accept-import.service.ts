import type { AcceptImport, ImportTableSummary } from '@jiheng/contract';
import { formOfStaged, ok, refuse, replayCorrections, type Result, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetDocuments } from '../budget-document/budget-document.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetDrafts } from '../target-table/target-table.public';
import { DocumentImportRepository } from './document-import.repository';
import type { StoredImportTable } from './document-import.rows';
import { requireStaged } from './import-rights';
import { type TakenIn, TakeInTable } from './take-in-table.service';
import { settledState } from './settled-state';
import { RESULT_FORM_WORDS, titleOf } from './table-summary';

/**
 * 采纳: a person lets staged tables into the books, as drafts. All that were chosen, or none: a page that takes a thousand chooses some at a time.
 * Forms that hold results become no drafts.
 */
@Injectable()
export class AcceptImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly tables: TakeInTable, private readonly drafts: TargetDrafts, private readonly access: Access,
    private readonly budgets: BudgetDocuments, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** Refusals: `import.*`, those of a draft (`target-table.*`). */
  accept(actor: Actor, importId: string, wish: AcceptImport): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId));
      if (!head.ok) return head;
      const { unitId, unitName } = head.value;
      if (unitId === null || unitName === null) return refuse('import.unit-needed');
      const summaries = await this.imports.summaries(tx, importId);
      const [first] = summaries;
      if (wish.tables === undefined && first !== undefined && summaries.every((table) => table.form !== 'TARGET')) return notATarget(first);
      const known = new Map(summaries.map((table) => [table.at, table]));
      const isIn = (at: number): boolean => known.get(at)?.accepted?.undone === false;
      const wanted = wish.tables ?? summaries.filter((table) => table.form === 'TARGET').map((table) => table.at);
      const chosen = await this.imports.tables(tx, importId, wanted.filter((at) => !isIn(at)));
      if (summaries.length === 0) return this.acceptBudgetAlone(tx, actor, importId, unitId, head.value.fileName);
      // A slice whose answer was lost is asked for again.
      if (chosen.length === 0) return wish.tables !== undefined && wanted.length > 0 && wanted.every(isIn) ? ok(undefined) : refuse('import.nothing-chosen');
      const seen = new Set(summaries.filter((table) => table.form === 'TARGET' && isIn(table.at)).map(subjectOf));
      const taken = await this.takeIn(tx, actor, importId, { id: unitId, name: unitName }, chosen, wish.reason ?? '', seen);
      if (!taken.ok) return taken;
      await this.storeBudget(tx, actor, importId, unitId, head.value.fileName);
      const state = settledState(await this.imports.summaries(tx, importId));
      if (state !== 'STAGED') await this.imports.setState(tx, importId, state);
      await this.audit.append(tx, actor, 'import.accepted', importId, { tables: chosen.map((table) => String(table.at + 1)).join(' ') });
      return ok(undefined);
    });
  }

  private async acceptBudgetAlone(tx: Tx, actor: Actor, importId: string, unitId: string, sourceName: string): Promise<Result<void>> {
    await this.storeBudget(tx, actor, importId, unitId, sourceName);
    await this.imports.setState(tx, importId, 'ACCEPTED');
    await this.audit.append(tx, actor, 'import.accepted', importId, { tables: '' });
    return ok(undefined);
  }

  /** The budget tables come along with the first tables of the document that are accepted. */
  private async storeBudget(tx: Tx, actor: Actor, importId: string, unitId: string, sourceName: string): Promise<void> {
    const staged = await this.imports.budget(tx, importId);
    if (staged === null || staged.budgetDocumentId !== null) return;
    const { fiscalYear, budget, narrative, printed } = staged;
    const { id } = await this.budgets.store(tx, actor, { unitId, fiscalYear, sourceName, budget, printed, narrative });
    await this.imports.setBudgetDocument(tx, importId, id);
  }

  private async takeIn(
    tx: Tx, actor: Actor, importId: string, unit: { readonly id: string; readonly name: string }, chosen: readonly StoredImportTable[], reason: string, seen: Set<string>,
  ): Promise<Result<void>> {
    const all = chosen.map((stored) => ({ at: stored.at, staged: replayCorrections(stored.read, stored.log) }));
    const standing = await this.drafts.whichStand(tx, unit.id, all.map(({ staged }) => staged));
    const taken: { readonly at: number; readonly staged: StagedTable; readonly into: TakenIn }[] = [];
    for (const [index, { at, staged }] of all.entries()) {
      const title = titleOf(staged);
      const form = formOfStaged(staged);
      if (form !== 'TARGET') return notATarget({ at, form, project: staged.project });
      const subject = subjectOf(staged);
      // A second table of the same name would quietly rewrite the draft the first has just made.
      if (seen.has(subject)) return refuse('import.twice-in-file', { table: String(at + 1), title: title.zh, titleEn: title.en });
      seen.add(subject);
      const into = await this.tables.take(tx, actor, unit, staged, at + 1, reason, standing.has(index));
      if (!into.ok) return into;
      taken.push({ at, staged, into: into.value });
    }
    // New drafts, what became of each table and where its rows were read: a few statements, however many tables there are.
    const made = await this.drafts.createAll(tx, actor, unit.id, taken.flatMap(({ into: { target } }) => ('id' in target ? [] : [target])));
    if (!made.ok) return made;
    const ids = [...made.value];
    const written = taken.map((one) => ({ ...one, targetTableId: 'id' in one.into.target ? one.into.target.id : ids.shift() ?? '' }));
    await this.imports.accept(tx, importId, written.map(({ at, staged, into: { how, before, revision }, targetTableId }) => ({ at, targetTableId, how, title: titleOf(staged).zh, before, revision })), actor.personId, this.clock.now());
    const changed = written.filter(({ into }) => into.how !== 'UNCHANGED');
    await this.imports.writeOrigins(tx, importId, changed.flatMap(({ at, staged, into: { keys }, targetTableId }) =>
      staged.rows.map((row) => ({ at, tableId: targetTableId, key: keys.get(row.id) ?? row.id, rowId: row.id, place: row.place, cells: row.cells }))), changed.map((one) => one.targetTableId));
    for (const { staged, into: { keys }, targetTableId } of changed) {
      await this.drafts.keepFindings(tx, actor, targetTableId, staged.acceptedFindings.map((kept) => ({ ...kept, row: kept.row === null ? null : keys.get(kept.row) ?? kept.row })));
    }
    return ok(undefined);
  }
}

function subjectOf({ fiscalYear, project }: { readonly fiscalYear: number; readonly project: string | null }): string {
  return `${fiscalYear}/${project ?? ''}`;
}

function notATarget({ at, form, project }: Pick<ImportTableSummary, 'at' | 'form' | 'project'>): ReturnType<typeof refuse> {
  const title = titleOf({ project });
  return refuse('import.not-a-target-form', { table: String(at + 1), title: title.zh, titleEn: title.en, ...RESULT_FORM_WORDS[form === 'TARGET' ? 'SELF_EVALUATION' : form] });
}
