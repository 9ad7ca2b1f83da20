import type { ProposedActualsView } from '@jiheng/contract';
import { formOfStaged, ok, quarterOfSpan, readMonthSpan, type Refusal, refuse, replayCorrections, type Result, type SpokenQuarter, type StagedTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports, type ReportHead, type StoredExplanation, type YearQuarter } from '../monitoring/monitoring.public';
import type { Actor } from '../platform/access/actor';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type LoadedTargetTable, TargetDrafts, TargetTables } from '../target-table/target-table.public';
import { DocumentImportQuery } from './document-import.query';
import { DocumentImportRepository } from './document-import.repository';
import { proposeActuals, type ProposedActual, said } from './propose-actuals';
import { proposeExplanations, proposeMoney } from './propose-remarks';
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
  readonly explanations: ProposedActualsView['explanations'];
  readonly money: ProposedActualsView['money'];
  readonly unplaced: ProposedActualsView['unplaced'];
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
    const { staged, quarters, quarter: about, report, why, proposals, unmatched, explanations, money, unplaced } = found.value;
    return ok({
      fiscalYear: staged.fiscalYear, printed: staged.period ?? null, quarters, quarter: about?.ordinal ?? null, isYearToDate: about?.isYearToDate ?? false, fits: about?.isWhole ?? false,
      report: report === null ? null : { reportId: report.head.id as Report['reportId'], label: report.head.period.label, tableId: report.head.tableId as Report['tableId'], version: report.version },
      why: why === null ? null : said(why), proposals: proposals.map((one) => one.shown), unmatched, explanations, money, unplaced,
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
      ok({ staged, quarters, quarter, report: null, why: why.refusal, proposals: [], unmatched: [], explanations: [], money: null, unplaced: [] });
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
    const indicators = content.indicators.map(({ indicator }) => indicator);
    const remarks = proposeExplanations(staged, indicators, (key) => explanationOf(target.explanations.get(key)));
    const execution = staged.money === undefined ? null : await this.reports.executionView(target.head.id);
    const money = proposeMoney(staged, staged.subject, execution?.rows ?? [], about.value.isYearToDate);
    return ok({
      explanations: remarks.explanations, money: money.money, unplaced: [...remarks.unplaced, ...money.unplaced],
      staged, quarters, quarter: about.value, report: { head: target.head, version: await this.versionOf(db, target, standing) }, why: mayEdit.ok ? null : mayEdit.refusal,
      ...proposeActuals(staged, {
        indicators,
        earlier: (key) => Array.from({ length: ordinal - 1 }, (_, before) => year.find(({ head }) => head.period.ordinal === before + 1)?.actuals.get(key)?.actual ?? null),
        present: (key) => target.actuals.get(key)?.actual ?? null,
      }, about.value.isYearToDate),
    });
  }

  private async versionOf(db: Db, { head }: YearQuarter, standing: LoadedTargetTable): Promise<number> {
    return head.tableId === standing.head.id ? standing.head.version : (await this.tables.head(db, head.tableId))?.version ?? standing.head.version;
  }
}

function explanationOf(stored: StoredExplanation | undefined): ProposedActualsView['explanations'][number]['present'] {
  if (stored === undefined) return null;
  const { causes, sentence, measures, likelihood, forecast } = stored;
  return { causes: [...causes], sentence, measures, likelihood, forecast };
}

/** The quarter the form speaks of, or the one a person said; a chosen one takes the values as the form means them, and is whole only where the form ends there. */
function quarterAbout({ period }: StagedTable, chosen: number | null): { readonly ok: true; readonly value: SpokenQuarter } | ReturnType<typeof refuse> {
  const span = period === undefined ? null : readMonthSpan(period);
  const spoken = span === null ? null : quarterOfSpan(span);
  if (chosen !== null && chosen !== spoken?.ordinal) return { ok: true, value: { ordinal: chosen, isYearToDate: spoken?.isYearToDate ?? true, isWhole: false } };
  if (spoken !== null) return { ok: true, value: spoken };
  return period === undefined ? refuse('import.period-unsaid') : refuse('import.period-no-quarter', { period });
}
