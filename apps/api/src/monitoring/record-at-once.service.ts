import type { recordActual as recordActualBody, RecordedActual } from '@jiheng/contract';
import { type Actual, recordActual } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { SQL_STATE, sqlStateOf } from '../platform/database/sql-state';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { fromActualBody, toActual } from './actual.mapper';
import type { CellRow } from './cell-read';
import { CellWriter } from './cell-writer';
import type { PresentActual } from './report-facts.query';
import { toReportHead } from './monitoring-report.repository';
import { toReportRow } from './monitoring-report-view.query';
import { hasMoreTime } from './report-editable';
import { ReportScoreQuery } from './report-score.query';

/** What the database says when somebody else was a moment earlier, or the same request came twice: the long way finds out which. */
const OVERTAKEN: readonly (string | null)[] = [SQL_STATE.uniqueViolation, SQL_STATE.deadlock, SQL_STATE.serializationFailure];

/**
 * The short way of a typed value, which nearly every one takes: decided on what was read with the session, written only where the report still
 * stands at that revision, and answered without another look. Whatever is not plain (a refusal, a candidate that waits, the same value again, a report that has moved
 * meanwhile, a request that comes twice) takes the long way of {@link RecordActualService} under the report's lock.
 */
@Injectable()
export class RecordAtOnce {
  constructor(
    private readonly access: Access, private readonly clock: Clock, private readonly targetTables: TargetTables, private readonly writer: CellWriter, private readonly scores: ReportScoreQuery,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The row as it stands after the value was recorded; null where the long way has to be taken, nothing being written. */
  async record(actor: Actor, read: CellRow, indicatorId: string, body: z.output<typeof recordActualBody>): Promise<RecordedActual | null> {
    const head = toReportHead(read);
    const stored = read.has_candidate || !this.access.hasRole(actor, 'reporter', head.unitPath) ? null : await this.targetTables.indicator(this.unitOfWork.db, head.tableId, indicatorId);
    if (stored === null || stored.indicator.key !== read.key) return null;
    const { indicator } = stored;
    const said = read.spoken.find(({ id }) => id === head.id)?.said ?? null;
    const today = this.clock.today();
    const decided = recordActual({
      reportState: head.state, period: { ...head.period, months: head.period.ordinal * 3 }, today, reopened: hasMoreTime(head, today), indicator,
      roles: this.access.rolesAt(actor, head.unitPath), current: said === null ? null : { actual: toActual(said), revision: said.revision, by: said.by }, seenRevision: body.expectedRevision,
      entry: { actual: fromActualBody(body.actual) }, origin: 'TYPED',
    });
    if (!decided.ok || !decided.value.changed) return null;
    const { actual, revision } = decided.value;
    const at = this.clock.now();
    const origin = head.state === 'RETURNED' && said !== null ? 'CORRECTED' : 'TYPED';
    const written = await this.writer.write(actor, { head, indicatorId, indicatorKey: indicator.key, revision, actual, origin, requestId: body.requestId, at })
      .catch((error: unknown) => { if (OVERTAKEN.includes(sqlStateOf(error))) return null; throw error; });
    if (written === null) return null;
    const now: PresentActual = { revision, actual: written.actual, origin, observationId: null, by: actor.displayName, at };
    return { revision, reportRevision: written.reportRevision, row: toReportRow(stored, await this.factsOf(read, head, now), today) };
  }

  private async factsOf(read: CellRow, head: ReturnType<typeof toReportHead>, now: PresentActual): Promise<Parameters<typeof toReportRow>[1]> {
    const { key, explanation } = read;
    const earlier = read.spoken.flatMap(({ id, said }): [string, Map<string, { readonly actual: Actual } & PresentActual>][] => (id === head.id || said === null ? [] : [[id, new Map([[key, {
      revision: said.revision, actual: toActual(said), origin: said.origin, observationId: said.observation_id, by: said.by, at: new Date(said.recorded_at),
    }]])]]));
    return {
      head, soFar: read.spoken.map(({ id, ordinal, label }) => ({ id, period: { ordinal, label } })), actuals: new Map([...earlier, [head.id, new Map([[key, now]])]]),
      beside: {
        explanations: explanation === null ? new Map() : new Map([[key, { ...explanation, at: new Date(explanation.at) }]]),
        evidence: new Map([[key, read.evidence.map((file) => ({ ...file, at: new Date(file.at) }))]]), candidates: new Map(),
      },
      score: await this.scores.explained(read.score_state === null ? null : { ...read, state: read.score_state }, { unitPath: head.unitPath, fiscalYear: head.period.fiscalYear }),
    };
  }
}
