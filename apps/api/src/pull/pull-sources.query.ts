import { type PullSourceView, pullSourceSettings } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Prepared } from '../platform/database/prepared';
import { TAKEN_BACK } from '../platform/queue/job-failure';
import { withoutQuery } from './connectors/place-url';
import { SWITCHED_OFF_BY } from './pull-failure';
import { subjectOfSource } from './run-pull.job';

interface SourceRow {
  id: string; unitId: string; unitName: string; name: string; kind: PullSourceView['kind']; place: string; state: 'ACTIVE' | 'PAUSED'; pauseReason: string | null; pauseReasonEn: string | null;
  rowsPath: string; keyField: string; valueField: string; path: string; settings: unknown; secrets: { name: string; setAt: string }[];
  switchedOff: boolean;
  revision: number; mappings: PullSourceView['mappings'];
  lastRun: PullSourceView['lastRun'];
  silentSince: string | null;
}

/** So many sources are listed: who keeps those of a province looks at one unit after the other. */
const MOST_LISTED = 200;

/** Sources of the units a person may read, each with its last attempt. */
@Injectable()
export class PullSourcesQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access) {}

  /** By place in the tree, those at and below one unit or of all; at most {@link MOST_LISTED}, and whether there are more. */
  async list(actor: Actor, unitId: string | null): Promise<{ sources: PullSourceView[]; more: boolean }> {
    const found = await this.found(actor, unitId, null);
    return { sources: found.slice(0, MOST_LISTED), more: found.length > MOST_LISTED };
  }

  async one(actor: Actor, sourceId: string): Promise<PullSourceView | null> {
    return (await this.found(actor, null, sourceId))[0] ?? null;
  }

  private async found(actor: Actor, unitId: string | null, sourceId: string | null): Promise<PullSourceView[]> {
    const rows = await this.prepared.rows<SourceRow>('pull-sources-list', `
      select s.id, s.unit_id as "unitId", u.name as "unitName", s.name, s.kind, s.place, s.state, s.pause_reason_zh as "pauseReason", s.pause_reason_en as "pauseReasonEn", s.rows_path as "rowsPath",
        s.key_field as "keyField", s.value_field as "valueField", u.path, s.settings, s.revision,
        coalesce((select json_agg(json_build_object('name', k.name, 'setAt', to_char(k.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by k.name) from pull_secret k where k.source_id = s.id), '[]') as secrets,
        coalesce((select json_agg(json_build_object('indicatorKey', m.indicator_key, 'field', m.field, 'unit', m.unit_symbol, 'formula', m.formula, 'numeratorField', m.numerator_field, 'denominatorField', m.denominator_field,
            'tableTitle', coalesce(i.title, ''), 'indicatorName', coalesce(i.name, m.indicator_key)) order by m.ordinal)
          from pull_mapping m
          left join lateral (
            select i.name, case when t.project = '' then u.name else t.project end as title
            from indicator i join performance_target_table t on t.id = i.table_id
            where t.unit_id = s.unit_id and i.indicator_key = m.indicator_key order by t.fiscal_year desc, t.version desc limit 1) i on true
          where m.source_id = s.id), '[]') as mappings,
        coalesce(s.state = 'PAUSED' and starts_with(s.pause_reason_en, $6), false) as "switchedOff",
        (select json_build_object('id', r.id, 'jobRunId', r.job_run_id, 'state', case when r.failure_kind = 'CANCELLED' or forsaken and job.state = 'CANCELLED' then 'CANCELLED' when forsaken then 'FAILED' else r.state end,
            'at', to_char(coalesce(r.finished_at, case when forsaken then job.finished_at end, r.started_at, r.requested_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'observations', (select count(*) from observation o where o.pull_run_id = r.id),
            'candidates', (select count(*) from observation o where o.pull_run_id = r.id and o.outcome in ('CANDIDATE', 'IMPLAUSIBLE')),
            'same', (select count(*) from observation o where o.pull_run_id = r.id and o.outcome = 'SAME'),
            'unreadable', (select count(*) from observation o where o.pull_run_id = r.id and o.outcome = 'UNREADABLE'),
            'locked', (select count(*) from observation o where o.pull_run_id = r.id and o.outcome = 'LOCKED'),
            'doubtful', (select count(*) from observation o where o.pull_run_id = r.id and o.outcome = 'IMPLAUSIBLE'),
            'nextTry', case when not forsaken and job.state = 'WAITING' and r.next_try_at is not null then json_build_object('periodId', r.period_id, 'at', to_char(r.next_try_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end,
            'failureZh', coalesce(r.failure_zh, case when forsaken and job.state = 'CANCELLED' then $4 when forsaken then coalesce(job.failure_zh, $4) when job.state = 'WAITING' then job.failure_zh end),
            'failureEn', coalesce(r.failure_en, case when forsaken and job.state = 'CANCELLED' then $5 when forsaken then coalesce(job.failure_en, $5) when job.state = 'WAITING' then job.failure_en end))
          from pull_run r left join job_run job on job.id = r.job_run_id
          cross join lateral (select r.state in ('WAITING', 'RUNNING') and coalesce(job.state not in ('WAITING', 'RUNNING'), true) as forsaken) f
          where r.source_id = s.id order by r.requested_at desc, r.id desc limit 1) as "lastRun",
        (select to_char(min(n.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from job_notice n where n.subject = $7 || s.id and n.kind = 'SILENCE' and n.over_at is null) as "silentSince"
      from pull_source s join budget_unit u on u.id = s.unit_id
      where u.path like any($1::text[]) and ($2::uuid is null or u.path like '%/' || $2::text || '/%') and ($3::uuid is null or s.id = $3) order by u.path, s.name limit ${MOST_LISTED + 1}`,
    [this.access.scopePatterns(actor), unitId, sourceId, TAKEN_BACK.zh, TAKEN_BACK.en, SWITCHED_OFF_BY, subjectOfSource('')]);
    return rows.map(({ path, ...row }) => {
      const mayChange = this.access.hasRole(actor, 'reporter', path) || this.access.hasRole(actor, 'administrator', path);
      // A place may carry a key in its query: who cannot change the source need not see it.
      return { ...row, place: mayChange ? row.place : withoutQuery(row.place), settings: mayChange ? pullSourceSettings.parse(row.settings) : null, mayChange } as unknown as PullSourceView;
    });
  }
}
