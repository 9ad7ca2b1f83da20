import { createHash } from 'node:crypto';
import type { FindingView } from '@jiheng/contract';
import type { Indicator, MainTask } from '@jiheng/domain';
import { Injectable, Logger } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { BUILD_MARK } from '../platform/config/build-mark';
import { Prepared } from '../platform/database/prepared';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { toFindingView } from './finding-view';
import { findingsOf } from './table-findings';
import { toBudget } from './target-table.mapper';
import type { TargetTableRow } from './target-table-read';

/**
 * What the quality check says of a stored version. Checking takes a millisecond and more, reading a tenth of one: of versions that do not
 * change any more the findings are kept beside the table and made again when the program, the rules, the revision or the unit's name are others.
 */
@Injectable()
export class KeptFindings {
  private readonly log = new Logger(KeptFindings.name);

  constructor(private readonly rules: RulesInForce, private readonly prepared: Prepared, private readonly unitOfWork: UnitOfWork) {}

  /** The findings of a version as JSON of an array of `FindingView`. */
  async textOf(row: TargetTableRow): Promise<string> {
    const madeOf = markOf(row);
    const text = row.kept_findings !== null && row.kept_made_of === madeOf ? row.kept_findings : await this.make(row, madeOf);
    if (row.accepted === null) return text;
    const accepted = new Map(row.accepted.map(({ id, ...acceptance }) => [id, acceptance]));
    const findings = JSON.parse(text) as FindingView[];
    return JSON.stringify(findings.map((finding) => ({ ...finding, accepted: accepted.get(finding.id ?? '') ?? null })));
  }

  private async make(row: TargetTableRow, madeOf: string): Promise<string> {
    const rules = await this.rules.byId(this.unitOfWork.db, row.profile_id);
    const rows = JSON.parse(row.indicators) as (Indicator & { readonly id: string; readonly ordinal: number })[];
    const indicators = rows.map(({ id: _id, ordinal: _ordinal, ...indicator }): Indicator => indicator);
    const table = {
      subject: row.subject, fiscalYear: row.fiscal_year, budgetUnit: row.unit_name, project: row.project === '' ? null : row.project, budget: budgetOf(row), goalText: row.goal_text, indicators,
      ...(row.main_tasks === null ? {} : { tasks: JSON.parse(row.main_tasks) as MainTask[] }),
    };
    const text = JSON.stringify(findingsOf({ table, lead: row.lead }, rules).map((finding) => ({ ...toFindingView(finding), id: finding.id, rowKey: finding.rowKey, accepted: null })));
    if (row.state === 'APPROVED' || row.state === 'SUPERSEDED') this.keep(row.id, madeOf, text);
    return text;
  }

  /** Nobody waits for it, and a database that cannot take it (a replica, a full disk) only makes the next reader compute again. */
  private keep(tableId: string, madeOf: string, text: string): void {
    this.prepared.rows('kept-findings-write', `
      insert into kept_findings (table_id, made_of, findings) select id, $2, $3 from performance_target_table where id = $1
      on conflict (table_id) do update set made_of = excluded.made_of, findings = excluded.findings`, [tableId, madeOf, text])
      .catch((error: unknown) => { this.log.debug({ err: error, tableId }, 'findings could not be kept'); });
  }
}

/** The money of a row of the read, as the domain's table holds it. */
export function budgetOf(row: TargetTableRow): ReturnType<typeof toBudget> {
  return toBudget(row.subject, {
    budgetTotal: row.budget_total, budgetFiscal: row.budget_fiscal, budgetOther: row.budget_other, budgetHigherLevel: row.budget_higher_level, budgetLocalLevel: row.budget_local_level,
  });
}

/** Everything the findings of an unchanging version depend on besides its own columns, which `revision` stands for. */
function markOf(row: TargetTableRow): string {
  const unit = createHash('sha256').update(row.unit_name).digest('hex').slice(0, 16);
  return `${BUILD_MARK}/${row.profile_id ?? ''}/${row.revision}/${unit}`;
}
