import type { HistoryEntry } from '@jiheng/contract';
import type { Actual, ActualOrigin } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { lookUp } from '../platform/database/look-up';
import type { Reads } from '../platform/database/prepared';
import { ACTUAL_COLUMNS, type ActualRow, toActual } from './actual.mapper';
import type { StoredCandidate } from './candidate.repository';
import type { ReportHead, StoredEvidence, StoredExplanation } from './monitoring.public';
import { REPORT_HEAD_SQL, type ReportHeadRow, toReportHead } from './monitoring-report.repository';

/** A present value of a row, as screens show it. */
export interface PresentActual {
  readonly revision: number;
  readonly actual: Actual;
  readonly origin: ActualOrigin;
  readonly observationId: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Everything that stands beside the values of one report, by row key. */
export interface BesideRows {
  readonly explanations: ReadonlyMap<string, StoredExplanation>;
  readonly evidence: ReadonlyMap<string, readonly StoredEvidence[]>;
  /** Those that wait, one of each source, the newest first. */
  readonly candidates: ReadonlyMap<string, readonly StoredCandidate[]>;
  readonly history: HistoryEntry[];
}

interface PresentRow extends ActualRow {
  readonly report_id: string;
  readonly indicator_key: string;
  readonly revision: number;
  readonly origin: ActualOrigin;
  readonly observation_id: string | null;
  readonly by: string;
  readonly recorded_at: Date;
}

type Told<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] };
interface BesideRow {
  readonly explanations: (Told<StoredExplanation> & { readonly key: string })[];
  readonly evidence: (Told<StoredEvidence> & { readonly key: string })[];
  readonly candidates: (Told<StoredCandidate> & { readonly key: string })[];
  readonly history: HistoryEntry[];
}

/** The facts of a report for screens: three prepared statements whatever the number of rows, none of which needs the answer of another. */
@Injectable()
export class ReportFactsQuery {
  /** All reports of the report's lineage in the order of periods; empty when there is no such report. */
  async siblings(reads: Reads, reportId: string): Promise<ReportHead[]> {
    const rows = await reads.rows<ReportHeadRow>('report-siblings', `${REPORT_HEAD_SQL} where r.lineage_id = (select lineage_id from monitoring_report where id = $1) order by p.ordinal`, [reportId]);
    return rows.map(toReportHead);
  }

  /** Present values of all reports of the report's lineage, by report id and row key; a report without values is missing. */
  async actuals(reads: Reads, reportId: string): Promise<Map<string, Map<string, PresentActual>>> {
    const rows = await reads.rows<PresentRow>('report-present-actuals', `
      select distinct on (a.report_id, a.indicator_key) a.report_id, a.indicator_key, a.revision, a.origin, a.observation_id, w.display_name as by, a.recorded_at, ${ACTUAL_COLUMNS}
      from monitoring_report r ${lookUp('actual', 'a', 'report_id = r.id and fiscal_year = r.fiscal_year')} join person w on w.id = a.recorded_by
      where r.lineage_id = (select lineage_id from monitoring_report where id = $1) order by a.report_id, a.indicator_key, a.revision desc`, [reportId]);
    const present = new Map<string, Map<string, PresentActual>>();
    for (const row of rows) {
      const ofReport = present.get(row.report_id) ?? new Map<string, PresentActual>();
      present.set(row.report_id, ofReport);
      ofReport.set(row.indicator_key, {
        revision: row.revision, actual: toActual(row), origin: row.origin, observationId: row.observation_id, by: row.by, at: row.recorded_at,
      });
    }
    return present;
  }

  /** Reasons, files, candidates and moves of one report. None of them holds a number of the field, so they may travel as JSON. */
  async beside(reads: Reads, reportId: string): Promise<BesideRows> {
    const row = await reads.one<BesideRow>('report-beside', `
      select
        (select coalesce(json_agg(x), '[]') from (select distinct on (e.indicator_key) e.indicator_key as key, e.revision, e.causes, e.sentence, e.measures, e.likelihood, e.forecast,
            w.display_name as by, e.recorded_at as at
          from deviation_explanation e join person w on w.id = e.recorded_by where e.report_id = $1 order by e.indicator_key, e.revision desc) x) as explanations,
        (select coalesce(json_agg(x), '[]') from (select e.indicator_key as key, e.id, e.file_name as "fileName", e.media_type as "mediaType", e.size_bytes as size, e.sha256,
            w.display_name as by, e.uploaded_at as at
          from evidence e join person w on w.id = e.uploaded_by where e.report_id = $1 and e.withdrawn_at is null order by e.id) x) as evidence,
        (select coalesce(json_agg(x), '[]') from (select c.indicator_key as key, c.id, c.report_id as "reportId", c.indicator_id as "indicatorId", c.indicator_key as "indicatorKey", c.actual,
            c.outcome, c.warning, c.observation_id as "observationId", c.source_name as "sourceName", c.observed_at as "observedAt", c.verbatim, c.sha256, c.origin, c.settlement
          from candidate c where c.report_id = $1 and c.settled_at is null order by c.observed_at desc, c.id desc) x) as candidates,
        (select coalesce(json_agg(x), '[]') from (select a.move, a.from_state as "from", a.to_state as "to", w.display_name as by, a.role, a.at, a.opinion
          from workflow_action a join person w on w.id = a.actor_id where a.document_kind = 'MONITORING_REPORT' and a.document_id = $1 order by a.id) x) as history`, [reportId]);
    const { explanations, evidence, candidates, history } = row ?? { explanations: [], evidence: [], candidates: [], history: [] };
    const byKey = new Map<string, StoredEvidence[]>();
    const waiting = new Map<string, StoredCandidate[]>();
    for (const { key, observedAt, ...candidate } of candidates) waiting.set(key, [...(waiting.get(key) ?? []), { ...candidate, observedAt: new Date(observedAt) }]);
    for (const { key, at, ...file } of evidence) byKey.set(key, [...(byKey.get(key) ?? []), { ...file, at: new Date(at) }]);
    return {
      explanations: new Map(explanations.map(({ key, at, ...explanation }) => [key, { ...explanation, at: new Date(at) }])), evidence: byKey,
      candidates: waiting,
      history: history.map((act) => ({ ...act, at: new Date(act.at).toISOString() })),
    };
  }
}
