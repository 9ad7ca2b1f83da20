import type { HistoryEntry } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Prepared } from '../platform/database/prepared';

interface ActionRow {
  readonly move: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly by: string;
  readonly role: string | null;
  readonly at: Date;
  readonly opinion: string | null;
}

const BACK = new Set(['return', 'reopen', 'withdraw']);

/** What was done with a report, and since when its rows may have changed. */
@Injectable()
export class ReportHistoryQuery {
  constructor(private readonly prepared: Prepared) {}

  /** Every move, the oldest first. */
  async of(reportId: string): Promise<HistoryEntry[]> {
    const rows = await this.prepared.rows<ActionRow>('report-history', `
      select w.move, w.from_state, w.to_state, p.display_name as by, w.role, w.at, w.opinion from workflow_action w join person p on p.id = w.actor_id
      where w.document_kind = 'MONITORING_REPORT' and w.document_id = $1 order by w.id`, [reportId]);
    return rows.map((row) => ({ move: row.move, from: row.from_state, to: row.to_state, by: row.by, role: row.role, at: row.at.toISOString(), opinion: row.opinion }));
  }
}

/**
 * The act after which the rows count as changed: the last time the report was handed on (submitted or signed) before it last came back.
 * Null when it never came back: nobody has seen an earlier state of it.
 */
export function lastHandedOn(history: readonly HistoryEntry[]): HistoryEntry | null {
  const back = history.findLastIndex((act) => BACK.has(act.move));
  return back < 0 ? null : history.slice(0, back).findLast((act) => act.move === 'submit' || act.move === 'sign') ?? null;
}
