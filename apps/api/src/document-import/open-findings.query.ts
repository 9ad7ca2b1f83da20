import type { OpenFindingsView } from '@jiheng/contract';
import { ok, replayCorrections, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { Surroundings } from './surroundings';
import { summaryOf, type TableSummary } from './table-summary';

/** Tables whose warnings nobody has counted yet (staged before they were) are looked at so many at a time. */
const TABLES_AT_ONCE = 50;

/**
 * 采纳全部: which warnings the tables still have, by code, so that each is asked for once. All tables are counted, however many the document has:
 * the count of each is kept beside it and added up by the database.
 */
@Injectable()
export class OpenFindingsQuery {
  constructor(private readonly views: DocumentImportQuery, private readonly imports: DocumentImportRepository, private readonly surroundings: Surroundings, private readonly unitOfWork: UnitOfWork) {}

  async of(actor: Actor, importId: string): Promise<Result<OpenFindingsView>> {
    const head = await this.views.readable(actor, importId);
    if (!head.ok) return head;
    const { db } = this.unitOfWork;
    const byCode = new Map((await this.imports.openWarnings(db, importId)).map((one) => [one.code, one]));
    for await (const { openWarnings } of this.uncounted(db, importId)) {
      for (const { code, zh, en, count } of openWarnings) {
        const known = byCode.get(code) ?? { code, zh, en, count: 0, tables: 0 };
        byCode.set(code, { ...known, count: known.count + count, tables: known.tables + 1 });
      }
    }
    return ok({ findings: [...byCode.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)) });
  }

  private async *uncounted(db: Db, importId: string): AsyncGenerator<TableSummary> {
    const ordinals = await this.imports.uncounted(db, importId);
    for (let from = 0; from < ordinals.length; from += TABLES_AT_ONCE) {
      for (const { read, log } of await this.imports.tables(db, importId, ordinals.slice(from, from + TABLES_AT_ONCE))) {
        const table = replayCorrections(read, log);
        yield summaryOf(table, await this.surroundings.of(db, importId, table));
      }
    }
  }
}
