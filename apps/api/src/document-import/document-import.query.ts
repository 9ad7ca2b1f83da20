import type { DocumentImportList, DocumentImportSummary, DocumentImportView, ImportTableView, SourceChunk, SourceOutline } from '@jiheng/contract';
import { ok, refuse, replayCorrections, type Result, STAGED_RULES, standingCorrections } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetDrafts, toIndicatorView } from '../target-table/target-table.public';
import { DocumentImportRepository } from './document-import.repository';
import type { CountedSummary, ImportHead, StoredImportTable } from './document-import.rows';
import { mayChangeImport, mayReadImport } from './import-rights';
import { RecountStaged } from './recount-staged.service';
import { Surroundings } from './surroundings';
import { unitNamed } from './unit-named';

/** Imports a page of the list holds. */
const PAGE = 20;
/** Units offered beside the one the document names; who writes for more searches for the right one. */
const MOST_OFFERED = 200;

/** Reads of documents on their way into the books, each person within their reach. */
@Injectable()
export class DocumentImportQuery {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly surroundings: Surroundings, private readonly recounting: RecountStaged, private readonly drafts: TargetDrafts, private readonly prepared: Prepared, private readonly access: Access,
  ) {}

  /** Newest first; `cursor` is the id of the last one seen. */
  async list(actor: Actor, cursor: string | null): Promise<Omit<DocumentImportList, 'maxUploadMb'>> {
    const rows = await this.prepared.rows<DocumentImportSummary & { createdAt: Date | string }>('document-import-list', `
      select i.id, i.file_name as "fileName", i.size_bytes as "sizeBytes", i.unit_id as "unitId", u.name as "unitName", i.state,
        case when i.refusal_code is null then null else json_build_object('code', i.refusal_code, 'zh', i.refusal_zh, 'en', i.refusal_en) end as refusal, i.job_run_id as "jobRunId",
        n.tables, n.rows, (select count(*)::int from import_acceptance a where a.import_id = i.id and a.undone_at is null) as accepted, p.display_name as by, i.created_at as "createdAt"
      from document_import i join person p on p.id = i.created_by left join budget_unit u on u.id = i.unit_id
        cross join lateral (select count(*)::int as tables, coalesce(sum(row_count), 0)::int as rows from import_table where import_id = i.id) n
      where (i.created_by = $1 or u.path like any($2)) and ($3::uuid is null or i.id < $3) order by i.id desc limit ${PAGE + 1}`, [actor.personId, this.access.scopePatterns(actor), cursor]);
    const page = rows.slice(0, PAGE).map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
    return { imports: page, nextCursor: rows.length > PAGE ? page.at(-1)?.id ?? null : null };
  }

  /** The import with its tables in short. */
  async view(actor: Actor, id: string): Promise<Result<DocumentImportView>> {
    const found = await this.readable(actor, id);
    if (!found.ok) return found;
    const head = found.value;
    const tableList = await this.summaries(head);
    const units = await this.imports.writableUnits(this.unitOfWork.db, actor.personId);
    const named = unitNamed(units, head.namedUnit);
    const budget = await this.imports.budgetState(this.unitOfWork.db, id);
    return ok({
      id: head.id as DocumentImportView['id'], fileName: head.fileName, sizeBytes: head.sizeBytes, unitId: head.unitId as DocumentImportView['unitId'], unitName: head.unitName, state: head.state,
      refusal: head.refusal, jobRunId: head.jobRunId, tables: tableList.length, rows: tableList.reduce((sum, table) => sum + table.rows, 0),
      accepted: tableList.filter((table) => table.accepted?.undone === false).length, by: head.by, createdAt: head.createdAt.toISOString(), namedUnit: head.namedUnit,
      writableUnits: [...(named === null ? [] : [named]), ...units.filter((unit) => unit !== named)].slice(0, MOST_OFFERED).map((unit) => ({ id: unit.id as DocumentImportView['writableUnits'][number]['id'], name: unit.name })),
      tableList: tableList.map(({ rules: _rules, ...table }) => ({ ...table, accepted: momentOf(table.accepted) })), mayEdit: head.state === 'STAGED' && mayChangeImport(this.access, actor, head),
      hasBudget: budget !== 'NONE', budgetStored: budget === 'STORED',
    });
  }

  /** One table whole, as corrected, and the one that is already there. */
  async table(actor: Actor, id: string, at: number): Promise<Result<ImportTableView>> {
    const found = await this.readable(actor, id);
    if (!found.ok) return found;
    const { db } = this.unitOfWork;
    const stored = await this.stored(found.value, at);
    if (stored === null) return refuse('import.table-not-found', { table: String(at + 1) });
    const table = replayCorrections(stored.read, stored.log);
    const { mayUndo, mayRedo } = standingCorrections(stored.log);
    const { unitId } = found.value;
    const standing = unitId === null ? null : await this.drafts.standing(db, unitId, table);
    return ok({
      at, sequence: stored.log.length, mayUndo, mayRedo, table, accepted: momentOf(stored.accepted),
      ...(table.tasks === undefined ? {} : { around: { projects: [...(await this.surroundings.of(db, id, table)).projects] } }),
      standing: standing === null ? null : {
        tableId: standing.head.id as NonNullable<ImportTableView['standing']>['tableId'], version: standing.head.version, state: standing.head.state, goalText: standing.table.goalText,
        budget: { ...standing.table.budget }, indicators: standing.indicators.map(toIndicatorView),
        ...(standing.table.tasks === undefined ? {} : { tasks: standing.table.tasks.map((task) => ({ ...task })) }),
      },
    });
  }

  async outline(actor: Actor, id: string): Promise<Result<SourceOutline>> {
    const found = await this.readable(actor, id);
    return found.ok ? ok(await this.imports.outline(this.unitOfWork.db, id)) : found;
  }

  async chunk(actor: Actor, id: string, part: number, chunk: number): Promise<Result<SourceChunk>> {
    const found = await this.readable(actor, id);
    if (!found.ok) return found;
    const lines = await this.imports.chunk(this.unitOfWork.db, id, part, chunk);
    return lines === null ? refuse('import.not-found') : ok(lines);
  }

  /** One table, by the rules in force where it waits for a person: with them it may have got what its document prints besides. */
  private async stored({ id, state }: ImportHead, at: number): Promise<StoredImportTable | null> {
    const { db } = this.unitOfWork;
    const [stored] = await this.imports.tables(db, id, [at]);
    if (stored === undefined || state !== 'STAGED' || !isOutdated(stored)) return stored ?? null;
    await this.recounting.refresh(id, at);
    return (await this.imports.tables(db, id, [at]))[0] ?? null;
  }

  /** The tables in short; those that wait for a person as the rules in force count them. */
  private async summaries({ id, state }: ImportHead): Promise<readonly CountedSummary[]> {
    const { db } = this.unitOfWork;
    const kept = await this.imports.summaries(db, id);
    if (state !== 'STAGED' || !kept.some(isOutdated)) return kept;
    await this.recounting.refresh(id);
    return this.imports.summaries(db, id);
  }

  /** The head, for whoever may see it. */
  async readable(actor: Actor, id: string): Promise<Result<ImportHead>> {
    const head = await this.imports.head(this.unitOfWork.db, id);
    return head === null || !mayReadImport(this.access, actor, head) ? refuse('import.not-found') : ok(head);
  }
}

/** Counted by other rules than those in force, and not in the books. */
function isOutdated({ rules, accepted }: Pick<CountedSummary, 'rules' | 'accepted'>): boolean {
  return rules !== STAGED_RULES && (accepted === null || accepted.undone);
}

/** PostgreSQL prints moments inside JSON in its own way. */
function momentOf<A extends { readonly at: string } | null>(accepted: A): A {
  return accepted === null ? accepted : { ...accepted, at: new Date(accepted.at).toISOString() };
}
