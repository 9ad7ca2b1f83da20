import type { AcceptedTable, FillPreviousActuals } from '@jiheng/contract';
import { ok, type PerformanceTargetTable, refuse, type Result, stateWords, TARGET_TABLE_WORKFLOW } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type LoadedTargetTable, TargetDrafts, TargetTables } from '../target-table/target-table.public';
import { DocumentImportRepository } from './document-import.repository';
import { requireStaged } from './import-rights';
import { fillsOf, PreviousActualsQuery } from './previous-actuals.query';
import { proposePreviousActuals } from './propose-previous-actuals';
import { settledState } from './settled-state';

/**
 * Writes the values a person chose from a form with results into the target table of the year after: into its draft, or, where it is in force,
 * into an adjustment draft beside it. It is an acceptance of that form, so undoing the import takes it back.
 */
@Injectable()
export class FillPreviousActualsService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly proposing: PreviousActualsQuery, private readonly drafts: TargetDrafts, private readonly tables: TargetTables,
    private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** @returns refusals `import.not-results`, `.no-next-table`, `.target-changed`, `.under-way`, `.reason-needed`, `.nothing-chosen`, `.not-staged` */
  fill(actor: Actor, importId: string, at: number, wish: FillPreviousActuals): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId), ['STAGED', 'ACCEPTED']);
      if (!head.ok) return head;
      const { unitId } = head.value;
      if (unitId === null) return refuse('import.unit-needed');
      const summary = (await this.imports.summaries(tx, importId)).find((table) => table.at === at);
      if (summary?.accepted?.undone === false) return refuse('import.nothing-chosen');
      const found = await this.proposing.find(tx, importId, at, unitId);
      if (!found.ok) return found;
      const { staged, title, fiscalYear, standing } = found.value;
      const named = { title: title.zh, titleEn: title.en, year: String(fiscalYear) };
      if (standing === null) return refuse('import.no-next-table', named);
      // Under its lock the table is what the person saw, or they look again.
      const { id: tableId, state } = standing.head;
      const locked = await this.tables.lock(tx, tableId);
      if (locked === null || locked.revision !== wish.expectedRevision || locked.revision !== standing.head.revision) return refuse('import.target-changed', named);
      if (fillsOf(state) === 'NOTHING') return refuse('import.under-way', { ...named, ...stateWords(TARGET_TABLE_WORKFLOW.states[state]) });
      const chosen = new Set(wish.keys);
      const values = new Map(proposePreviousActuals(staged, standing.table).proposals.filter((one) => chosen.has(one.key) && !one.there).map((one) => [one.key, one.previousActual]));
      if (values.size === 0) return refuse('import.nothing-chosen');
      const written = await this.write(tx, actor, standing, filled(standing.table, values), named, (wish.reason ?? '').trim());
      if (!written.ok) return written;
      const { targetTableId, how, revision } = written.value;
      const before = how === 'REWRITTEN' ? { table: standing.table, lead: standing.lead } : null;
      await this.imports.accept(tx, importId, [{ at, targetTableId, how, title: title.zh, before, revision }], actor.personId, this.clock.now());
      const settled = settledState(await this.imports.summaries(tx, importId));
      if (settled !== head.value.state) await this.imports.setState(tx, importId, settled);
      await this.audit.append(tx, actor, 'import.previous-actuals-filled', importId, { table: String(at + 1), target: targetTableId, rows: String(values.size) });
      return ok(undefined);
    });
  }

  private async write(
    tx: Tx, actor: Actor, standing: LoadedTargetTable, table: PerformanceTargetTable, named: { readonly title: string; readonly titleEn: string }, reason: string,
  ): Promise<Result<{ readonly targetTableId: string; readonly how: AcceptedTable['how']; readonly revision: number }>> {
    const { head, lead } = standing;
    if (fillsOf(head.state) === 'DRAFT') return ok({ targetTableId: head.id, how: 'REWRITTEN', revision: await this.drafts.rewrite(tx, actor, head.id, table, lead) });
    if (reason === '') return refuse('import.reason-needed', named);
    const made = await this.drafts.adjust(tx, actor, head, table, lead, reason);
    return made.ok ? ok({ targetTableId: made.value, how: 'ADJUSTED', revision: 0 }) : made;
  }
}

function filled(table: PerformanceTargetTable, values: ReadonlyMap<string, string>): PerformanceTargetTable {
  return { ...table, indicators: table.indicators.map((row) => ({ ...row, previousActual: values.get(row.key) ?? row.previousActual })) };
}
