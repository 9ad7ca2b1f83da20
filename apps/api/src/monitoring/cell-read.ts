import type { ActualOrigin, DeviationCause, RuleProfile } from '@jiheng/domain';
import { z } from 'zod';
import type { BesideRead } from '../platform/access/read-beside';
import { lookUpAny } from '../platform/database/look-up';
import type { ActualRow } from './actual.mapper';
import type { StoredEvidence, StoredExplanation } from './monitoring.public';
import { REPORT_HEAD_SQL, type ReportHeadRow } from './monitoring-report.repository';
import { SCORE_LINE_COLUMNS, SCORE_OF_REQUEST, type ScoreLineColumns, type ScoreStateRow } from './report-score.query';

const cell = z.object({ id: z.uuid(), indicatorId: z.uuid() });

/** What was said of the row in one period. */
export interface ReadSaying extends ActualRow {
  readonly revision: number;
  readonly origin: ActualOrigin;
  readonly observation_id: string | null;
  readonly by: string;
  readonly recorded_at: string;
}

type Told<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] };

/** One row of one report with everything that recording a value looks at and its answer shows; numbers are text, moments are text as well. */
export interface CellRow extends ReportHeadRow, ScoreLineColumns, Omit<ScoreStateRow, 'state'> {
  readonly key: string;
  /** The periods of the year so far that have a report, in order. */
  readonly spoken: readonly { readonly id: string; readonly ordinal: number; readonly label: string; readonly said: ReadSaying | null }[];
  readonly has_candidate: boolean;
  readonly explanation: (Told<StoredExplanation> & { readonly causes: DeviationCause[] }) | null;
  readonly evidence: readonly Told<StoredEvidence>[];
  readonly score_state: ScoreStateRow['state'] | null;
  readonly parameters: RuleProfile | null;
}

/**
 * Read with the session of whoever records a value: one way to the database. What it tells is not locked; {@link CellWriter} writes only where the
 * report still stands at this revision.
 */
export const CELL_READ: BesideRead<CellRow> = {
  name: 'report-cell',
  sql: (p) => `
    select h.*, i.indicator_key as key, q.state as score_state, q.score_id, q.failure_code, q.failure_params, q.failure_zh, coalesce(s.total, s.indicator_points) as total, s.rating, s.computed_at, l.parameters,
      (select json_agg(x order by x.ordinal) from (
        select e.id, p.ordinal, p.label, (
          select row_to_json(y) from (
            select a.revision, a.origin, a.observation_id, w.display_name as by, a.recorded_at, a.kind, a.magnitude::text, a.unit_symbol, a.numerator::text, a.denominator::text, a.grade, a.share::text, a.note, a.answer,
              a.deduction::text, a.reached_on, a.reason
            from actual a join person w on w.id = a.recorded_by where a.report_id = e.id and a.fiscal_year = e.fiscal_year and a.indicator_key = i.indicator_key order by a.revision desc limit 1) y) as said
        from monitoring_report e join reporting_period p on p.id = e.period_id where e.lineage_id = h.lineage_id and p.ordinal <= h.ordinal) x) as spoken,
      exists (select 1 from candidate c where c.report_id = h.id and c.indicator_key = i.indicator_key and c.settled_at is null) as has_candidate,
      (select row_to_json(x) from (
        select d.revision, d.causes, d.sentence, d.measures, d.likelihood, d.forecast, w.display_name as by, d.recorded_at as at
        from deviation_explanation d join person w on w.id = d.recorded_by where d.report_id = h.id and d.indicator_key = i.indicator_key order by d.revision desc limit 1) x) as explanation,
      (select coalesce(json_agg(x), '[]') from (
        select f.id, f.file_name as "fileName", f.media_type as "mediaType", f.size_bytes as size, f.sha256, w.display_name as by, f.uploaded_at as at
        from evidence f join person w on w.id = f.uploaded_by where f.report_id = h.id and f.indicator_key = i.indicator_key and f.withdrawn_at is null order by f.id) x) as evidence,
      ${SCORE_LINE_COLUMNS}
    from (${REPORT_HEAD_SQL} where r.id = ${p(1)}) h join indicator i on i.id = ${p(2)} and i.table_id = h.table_id
      ${lookUpAny('score_request', 'q', "document_kind = 'MONITORING_REPORT' and document_id = h.id")}
      ${lookUpAny('score', 's', SCORE_OF_REQUEST)} ${lookUpAny('rule_profile', 'l', 'id = s.profile_id')}`,
  params: (request) => {
    const given = cell.safeParse(request.params);
    return given.success ? [given.data.id, given.data.indicatorId] : null;
  },
};
