import type { OpenFindingsView } from '@jiheng/contract';
import { ok, replayCorrections, type Result, sayFinding } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { openWarnings } from './keep-findings-of-import.service';

/** Tables looked through for what a person is asked; the reason for a code then holds for all of them. */
const TABLES_LOOKED_AT = 200;

/** 采纳全部: which warnings the tables still have, by code, so that each is asked for once. */
@Injectable()
export class OpenFindingsQuery {
  constructor(private readonly views: DocumentImportQuery, private readonly imports: DocumentImportRepository, private readonly unitOfWork: UnitOfWork) {}

  async of(actor: Actor, importId: string): Promise<Result<OpenFindingsView>> {
    const head = await this.views.readable(actor, importId);
    if (!head.ok) return head;
    const { db } = this.unitOfWork;
    const open = (await this.imports.summaries(db, importId)).filter((table) => table.form === 'TARGET' && table.warnings > 0 && table.accepted?.undone !== false);
    const byCode = new Map<string, { code: string; zh: string; en: string; count: number; tables: number }>();
    for (const stored of await this.imports.tables(db, importId, open.slice(0, TABLES_LOOKED_AT).map((table) => table.at))) {
      const seen = new Set<string>();
      for (const { finding } of openWarnings(replayCorrections(stored.read, stored.log))) {
        const known = byCode.get(finding.code) ?? { code: finding.code, zh: sayFinding(finding, 'zh'), en: sayFinding(finding, 'en'), count: 0, tables: 0 };
        byCode.set(finding.code, { ...known, count: known.count + 1, tables: known.tables + (seen.has(finding.code) ? 0 : 1) });
        seen.add(finding.code);
      }
    }
    return ok({ findings: [...byCode.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)), isAll: open.length <= TABLES_LOOKED_AT });
  }
}
