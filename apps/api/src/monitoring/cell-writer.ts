import type { Actual, ActualOrigin } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { HotLane } from '../platform/database/hot-lane';
import { newId } from '../platform/database/new-id';
import { Outbox } from '../platform/outbox/outbox';
import { OwnWishes } from '../platform/outbox/own-wishes';
import { type ActualRow, toActual, toActualColumns } from './actual.mapper';
import { actualRecorded, type ReportHead } from './monitoring.public';

/** One more revision of one cell, decided on a report as it was read. */
export interface CellToWrite {
  readonly head: Pick<ReportHead, 'id' | 'revision' | 'period'>;
  readonly indicatorId: string;
  readonly indicatorKey: string;
  readonly revision: number;
  readonly actual: Actual;
  readonly origin: ActualOrigin;
  readonly requestId: string;
  readonly at: Date;
}

/** What stands there now. */
export interface CellWritten {
  readonly reportRevision: number;
  readonly actual: Actual;
}

// The report is locked first, so that what follows sees all that was done to it before; a report that has moved since it was read, or a candidate that waits for a
// choice, leaves everything as it is. Value, trail and wish come of the one row that the report's update answers, or not at all.
const LOCK = 'select 1 from monitoring_report where id = $1 for update';
const WRITE = `
  with report as (
    update monitoring_report set revision = revision + 1 where id = $1 and revision = $2
      and not exists (select 1 from candidate c where c.report_id = $1 and c.indicator_key = $3 and c.settled_at is null) returning revision),
  recorded as (
    insert into actual (report_id, indicator_key, id, fiscal_year, indicator_id, revision, origin, request_id, recorded_by, recorded_at,
      kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reached_on, reason)
    select $1::uuid, $3, $4::uuid, $5::integer, $6::uuid, $7::integer, $8, $9::uuid, $10::uuid, $11::timestamptz, $12, $13::numeric, $14, $15::numeric, $16::numeric, $17::numeric, $18, $19::numeric, $20, $21::boolean, $22::numeric, $23, $24 from report
    returning kind, magnitude, unit_symbol, numerator, denominator, grade, share, note, answer, deduction, reached_on, reason),
  wished as (insert into outbox_message (id, kind, name, payload) select $25::uuid, $26, $27, $28::jsonb from report),
  noted as (insert into audit_event (id, actor_id, actor_name, action, subject_id, facts) select $29::uuid, $10::uuid, $30, $31, $1::text, $32::jsonb from report)
  select report.revision as report_revision, recorded.* from report, recorded`;

/** Writes a value with its revision, trail and wish in one way to the database. */
@Injectable()
export class CellWriter {
  constructor(private readonly lane: HotLane, private readonly outbox: Outbox, private readonly own: OwnWishes, private readonly audit: AuditTrail) {}

  /** Null when the report does not stand any more as it was read: nothing is written. Throws what the database says, the same request twice among it. */
  async write(actor: Actor, cell: CellToWrite): Promise<CellWritten | null> {
    const { head, actual } = cell;
    const value = toActualColumns(actual);
    const wish = this.outbox.message(actualRecorded, { reportId: head.id, indicatorId: cell.indicatorId });
    const note = this.audit.event(actor, 'actual.recorded', head.id, { indicatorKey: cell.indicatorKey, revision: String(cell.revision), kind: actual.kind });
    const [written] = await this.lane.inOneBreath<ActualRow & { readonly report_revision: number }>([
      { text: LOCK, values: [head.id] },
      { text: WRITE, values: [
        head.id, head.revision, cell.indicatorKey, newId(), head.period.fiscalYear, cell.indicatorId, cell.revision, cell.origin, cell.requestId, actor.personId, cell.at,
        value.kind, value.magnitude, value.unitSymbol, value.baseMagnitude, value.numerator, value.denominator, value.grade, value.share, value.note, value.answer, value.deduction, value.reachedOn, value.reason,
        wish.id, wish.kind, wish.name, wish.payload, note.id, note.actorName, note.action, note.facts] },
    ], (rows) => { if (rows.length > 0) this.own.committed(wish); });
    return written === undefined ? null : { reportRevision: written.report_revision, actual: toActual(written) };
  }
}
