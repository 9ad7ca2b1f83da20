import type { ProposedActualsView } from '@jiheng/contract';
import { formOfStaged, ok, quarterOfSpan, readMonthSpan, type Refusal, refuse, replayCorrections, type Result, type SpokenQuarter, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports, type ReportHead, type YearQuarter } from '../monitoring/monitoring.public';
import type { Actor } from '../platform/access/actor';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type LoadedTargetTable, TargetDrafts, TargetTables } from '../target-table/target-table.public';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { proposeActuals, type ProposedActual, said } from './propose-actuals';
import { titleOf } from './table-summary';

type Report = NonNullable<ProposedActualsView['report']>;

/** A monitoring form, the report its values are for, and what they would be there. */
export interface FormAndReport {
  readonly staged: StagedTable;
  readonly quarters: ProposedActualsView['quarters'];
  readonly quarter: SpokenQuarter | null;
  readonly report: { readonly head: ReportHead; readonly version: number } | null;
  /** Why nothing can be proposed; null where something can. */
  readonly why: Refusal | null;
  readonly proposals: readonly ProposedActual[];
  readonly unmatched: ProposedActualsView['unmatched'];
}

/** 作为本期候选值: what an imported monitoring form would put beside the cells of the report of its period. */
@Injectable()
export class ProposedActualsQuery {
  constructor(
    private readonly views: DocumentImportQuery, private readonly imports: DocumentImportRepository, private readonly drafts: TargetDrafts, private readonly tables: TargetTables,
    private readonly reports: MonitoringReports, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @param quarter the one a person chose, 1…4; null: the one the form speaks of
   * @returns refusals `import.not-found`, `.table-not-found`, `.unit-needed`, `.not-monitoring`
   */
  async of(actor: Actor, importId: string, at: number, quarter: number | null): Promise<Result<ProposedActualsView>> {
    const head = await this.views.readable(actor, importId);
    if (!head.ok) return head;
    if (head.value.unitId === null) return refuse('import.unit-needed');
    const { db } = this.unitOfWork;
    const found = await this.find(db, importId, at, head.value.unitId, quarter);
    if (!found.ok) return found;
    const { staged, quarters, quarter: about, report, why, proposals, unmatched } = found.value;
    return ok({
      fiscalYear: staged.fiscalYear, printed: staged.period ?? null, quarters, quarter: about?.ordinal ?? null, isYearToDate: about?.isYearToDate ?? false, fits: about?.isWhole ?? false,
      report: report === null ? null : { reportId: report.head.id as Report['reportId'], label: report.head.period.label, tableId: report.head.tableId as Report['tableId'], version: report.version },
      why: why === null ? null : said(why), proposals: proposals.map((one) => one.shown), unmatched,
      proposedAt: (await this.imports.proposals(db, importId)).find((one) => one.at === at)?.madeAt.toISOString() ?? null,
    });
  }

  /** The form and what it says for the report, inside the caller's transaction where there is one. */
  async find(db: Db, importId: string, at: number, unitId: string, chosen: number | null): Promise<Result<FormAndReport>> {
    const [stored] = await this.imports.tables(db, importId, [at]);
    if (stored === undefined) return refuse('import.table-not-found', { table: String(at + 1) });
    const staged = replayCorrections(stored.read, stored.log);
    const title = titleOf(staged);
    const named = { title: title.zh, titleEn: title.en, year: String(staged.fiscalYear) };
    if (formOfStaged(staged) !== 'MONITORING') return refuse('import.not-monitoring', { table: String(at + 1), title: title.zh, titleEn: title.en });
    const standing = await this.drafts.standing(db, unitId, staged);
    const inForce = standing === null ? null : await this.tables.inForce(db, standing.head.lineageId);
    const nothing = (why: ReturnType<typeof refuse>, quarters: FormAndReport['quarters'] = [], quarter: SpokenQuarter | null = null): Result<FormAndReport> =>
      ok({ staged, quarters, quarter, report: null, why: why.refusal, proposals: [], unmatched: [] });
    if (standing === null || inForce === null) return nothing(refuse('import.no-table-of-year', named));
    const year = (await this.reports.loadYear(db, inForce.lineageId)).quarters;
    const quarters = year.map(({ head }) => ({ ordinal: head.period.ordinal, label: head.period.label }));
    const about = quarterAbout(staged, chosen);
    if (!about.ok) return nothing(about, quarters);
    const { ordinal } = about.value;
    const target = year.find(({ head }) => head.period.ordinal === ordinal);
    const content = target === undefined ? null : await this.tables.content(db, target.head.tableId);
    if (target === undefined || content === null) return nothing(refuse('import.no-report', { ...named, quarter: String(ordinal) }), quarters, about.value);
    const mayEdit = this.reports.mayEdit(target.head);
    return ok({
      staged, quarters, quarter: about.value, report: { head: target.head, version: await this.versionOf(db, target, standing) }, why: mayEdit.ok ? null : mayEdit.refusal,
      ...proposeActuals(staged, {
        indicators: content.indicators.map(({ indicator }) => indicator),
        earlier: (key) => Array.from({ length: ordinal - 1 }, (_, before) => year.find(({ head }) => head.period.ordinal === before + 1)?.actuals.get(key)?.actual ?? null),
        present: (key) => target.actuals.get(key)?.actual ?? null,
      }, about.value.isYearToDate),
    });
  }

  private async versionOf(db: Db, { head }: YearQuarter, standing: LoadedTargetTable): Promise<number> {
    return head.tableId === standing.head.id ? standing.head.version : (await this.tables.head(db, head.tableId))?.version ?? standing.head.version;
  }
}

/** The quarter the form speaks of, or the one a person said; a chosen one takes the values as the form means them, and is whole only where the form ends there. */
function quarterAbout({ period }: StagedTable, chosen: number | null): { readonly ok: true; readonly value: SpokenQuarter } | ReturnType<typeof refuse> {
  const span = period === undefined ? null : readMonthSpan(period);
  const spoken = span === null ? null : quarterOfSpan(span);
  if (chosen !== null && chosen !== spoken?.ordinal) return { ok: true, value: { ordinal: chosen, isYearToDate: spoken?.isYearToDate ?? true, isWhole: false } };
  if (spoken !== null) return { ok: true, value: spoken };
  return period === undefined ? refuse('import.period-unsaid') : refuse('import.period-no-quarter', { period });
}
