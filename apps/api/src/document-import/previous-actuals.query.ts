import type { PreviousActualsView } from '@jiheng/contract';
import { formOfStaged, ok, refuse, replayCorrections, type Result, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type LoadedTargetTable, TargetDrafts } from '../target-table/target-table.public';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { proposePreviousActuals } from './propose-previous-actuals';
import { titleOf } from './table-summary';

/** A form with results, and the target table of the year after; null where the unit has none. */
export interface ResultsAndTarget {
  readonly staged: StagedTable;
  readonly title: { readonly zh: string; readonly en: string };
  readonly fiscalYear: number;
  readonly standing: LoadedTargetTable | null;
}

/** 作为上年完成值: what a self-evaluation or monitoring form says for the target table of the following year. */
@Injectable()
export class PreviousActualsQuery {
  constructor(private readonly views: DocumentImportQuery, private readonly imports: DocumentImportRepository, private readonly drafts: TargetDrafts, private readonly unitOfWork: UnitOfWork) {}

  /** @returns refusals `import.not-found`, `.table-not-found`, `.unit-needed`, `.not-results` */
  async of(actor: Actor, importId: string, at: number): Promise<Result<PreviousActualsView>> {
    const head = await this.views.readable(actor, importId);
    if (!head.ok) return head;
    if (head.value.unitId === null) return refuse('import.unit-needed');
    const found = await this.find(this.unitOfWork.db, importId, at, head.value.unitId);
    if (!found.ok) return found;
    const { staged, fiscalYear, standing } = found.value;
    if (standing === null) return ok({ fiscalYear, target: null, proposals: [], unmatched: [] });
    const { id, version, state, revision } = standing.head;
    return ok({
      fiscalYear, target: { tableId: id as NonNullable<PreviousActualsView['target']>['tableId'], version, state, revision, fills: fillsOf(state) },
      ...proposePreviousActuals(staged, standing.table),
    });
  }

  /** The form and the table it would fill, inside the caller's transaction where there is one. */
  async find(db: Db, importId: string, at: number, unitId: string): Promise<Result<ResultsAndTarget>> {
    const [stored] = await this.imports.tables(db, importId, [at]);
    if (stored === undefined) return refuse('import.table-not-found', { table: String(at + 1) });
    const staged = replayCorrections(stored.read, stored.log);
    const title = titleOf(staged);
    if (formOfStaged(staged) === 'TARGET') return refuse('import.not-results', { table: String(at + 1), title: title.zh, titleEn: title.en });
    const fiscalYear = staged.fiscalYear + 1;
    return ok({ staged, title, fiscalYear, standing: await this.drafts.standing(db, unitId, { fiscalYear, subject: staged.subject, project: staged.project }) });
  }
}

/** What a click may write: the draft itself, an adjustment beside a table in force, nothing while others have it in hand. */
export function fillsOf(state: LoadedTargetTable['head']['state']): NonNullable<PreviousActualsView['target']>['fills'] {
  return state === 'DRAFT' || state === 'RETURNED' ? 'DRAFT' : state === 'APPROVED' ? 'ADJUSTMENT' : 'NOTHING';
}
