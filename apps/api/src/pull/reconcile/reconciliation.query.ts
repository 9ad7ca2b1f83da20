import type { ReconciliationView } from '@jiheng/contract';
import { type Actual, deviationOfPulled, periodWords, roundHalfUp } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { ArchivedYears } from '../../platform/database/archived-years';
import { Prepared } from '../../platform/database/prepared';

type SourceRow = Omit<ReconciliationView['sources'][number], 'lastDisagreementAt' | 'lastPulledAt'> & { readonly lastDisagreementAt: Date | null; readonly lastPulledAt: Date | null };
type RecentRow = Omit<ReconciliationView['recent'][number], 'at' | 'periodZh' | 'periodEn'> & { readonly at: Date; readonly fiscalYear: number; readonly ordinal: number; readonly label: string; readonly waiting: Waiting | null };

/** What a candidate that waits says, and the number that stands in its place; units as written, '' where there is none. */
interface Waiting { readonly pulled: Actual; readonly present: string; readonly presentUnit: string | null; readonly unit: string | null }

/** Places of a deviation, a share: 0.0525 is 5.25 per cent. */
const PLACES = 4;
/** Disagreements shown. */
const RECENT = 100;
/** So many sources are told of; of so many each is asked for its newest, and beyond them the reader's share of all is large, and the newest of all are looked through. */
const FEW_SOURCES = 1000;

// What a person decided or has to decide, and when: exactly the words of the indices candidate_disagreed and candidate_disagreed_by_source.
const DISAGREED = `c.source_id is not null and (c.settlement in ('ACCEPTED', 'KEPT') or c.settled_at is null)`;
const AT = 'coalesce(c.settled_at, c.observed_at)';
// What was taken and taken back waits again in another row: that one tells.
const NOT_REPEATED = 'not exists (select 1 from candidate again where again.repeats_id = c.id)';
const STANDS = `${DISAGREED} and ${NOT_REPEATED}`;
// A year in the archive has no values to compare with and nothing can be decided in it. Asked only while a year is away: $2 are those years.
const NOT_AWAY = 'not exists (select 1 from monitoring_report away where away.id = c.report_id and away.fiscal_year = any($2::integer[]))';
const unlessAway = (some: boolean): string => (some ? ` and ${NOT_AWAY}` : '');

/** The newest disagreements among `picked`, with their names. Each name is looked up by its key. */
const named = (picked: string): string => `
  select c.id as "candidateId", o.id as "observationId", o.reading, s.name as "sourceName", u.name as "unitName", i.name as "indicatorName", p.fiscal_year as "fiscalYear", p.ordinal, p.label, c.report_id as "reportId",
    c.verbatim, coalesce(c.settlement, 'OPEN') as settlement, c.settle_reason as reason, c.warning, c.deviation::text as deviation, who.display_name as by, ${AT} as at,
    case when c.settled_at is null and a.kind = 'REPORTED' then jsonb_build_object('pulled', c.actual, 'present', a.magnitude::text, 'presentUnit', a.unit_symbol, 'unit', i.target_unit) end as waiting
  from (${picked} order by ${AT} desc, c.id limit ${RECENT}) c join pull_source s on s.id = c.source_id join budget_unit u on u.id = s.unit_id join indicator i on i.id = c.indicator_id
    join monitoring_report report on report.id = c.report_id join reporting_period p on p.id = report.period_id left join person who on who.id = c.settled_by
    join observation o on o.id = c.observation_id
    left join lateral (select l.kind, l.magnitude, l.unit_symbol from actual l where l.report_id = c.report_id and l.indicator_key = c.indicator_key and l.fiscal_year = report.fiscal_year order by l.revision desc limit 1) a on true
  order by ${AT} desc, c.id`;

// The newest of each source first: the hundredth newest of those is a bound below which nothing of any source can be among the newest hundred.
const ofFew = (away: boolean): string => named(`
  select c.* from (select source_id, newest, nth_value(newest, ${RECENT}) over (order by newest desc rows between unbounded preceding and unbounded following) as bound
    from unnest($1::uuid[]) source(source_id) cross join lateral (select ${AT} as newest from candidate c where c.source_id = source.source_id and ${STANDS}${unlessAway(away)} order by ${AT} desc, c.id limit 1) head) h
  cross join lateral (select c.* from candidate c where c.source_id = h.source_id and ${STANDS}${unlessAway(away)} and ${AT} >= coalesce(h.bound, '-infinity') order by ${AT} desc, c.id limit ${RECENT}) c
  where h.newest >= coalesce(h.bound, '-infinity')`);

const ofAll = (away: boolean): string => named(`
  select c.* from candidate c cross join lateral (select unit_id from pull_source where id = c.source_id offset 0) s cross join lateral (select path from budget_unit where id = s.unit_id offset 0) u
  where ${STANDS}${unlessAway(away)} and u.path like any($1::text[])`);

/** What was settled keeps what was measured then; what waits is measured beside what stands there now. */
function deviationOf({ pulled, present, presentUnit, unit }: Waiting): string | null {
  return deviationOfPulled({ kind: 'REPORTED', magnitude: present, unit: presentUnit }, pulled, { target: { unit } });
}

/** The name of a prepared statement: with years away it is another. */
const called = (name: string, away: boolean): string => (away ? `${name}-without-archive` : name);

/** How often sources and people disagree, by source, and where they did last. */
@Injectable()
export class ReconciliationQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly archive: ArchivedYears) {}

  /**
   * Of the units a person may read. Averages are exact decimals of the database, rounded half up. Of years in the archive nothing waits and nothing is
   * listed; how reliable a source was is still told of all its years.
   */
  async of(actor: Actor): Promise<ReconciliationView> {
    const away = [...(await this.archive.all())], isAway = away.length > 0;
    const years = isAway ? [away] : [];
    const [sources, recent] = await Promise.all([
      this.prepared.rows<SourceRow>(called('reconciliation-sources', isAway), `
        select s.id as "sourceId", s.name as "sourceName", s.unit_name as "unitName", x.*
        from (select s.id, s.name, u.name as unit_name, u.path from budget_unit u join pull_source s on s.unit_id = u.id where u.path like any($1::text[]) order by u.path, s.name limit ${FEW_SOURCES}) s
          cross join lateral (
            select count(o.id)::int as observed, count(*) filter (where o.outcome = 'UNREADABLE')::int as unreadable, count(*) filter (where o.outcome = 'LOCKED')::int as locked,
              count(*) filter (where c.settlement = 'AGREED')::int as agreed, count(*) filter (where c.settlement = 'ACCEPTED')::int as accepted,
              -- said once more after a person had set it aside: there is no candidate, and no agreement
              count(*) filter (where c.settlement = 'KEPT' or (o.outcome = 'SAME' and c.id is null))::int as kept,
              count(*) filter (where c.id is not null and c.settled_at is null${unlessAway(isAway)})::int as open, count(*) filter (where c.settlement = 'REPLACED')::int as replaced,
              count(*) filter (where o.outcome = 'IMPLAUSIBLE')::int as implausible, avg(c.deviation)::text as "meanDeviation", max(c.deviation)::text as "largestDeviation",
              max(c.settled_at) filter (where c.settlement in ('ACCEPTED', 'KEPT') and c.deviation > 0) as "lastDisagreementAt", max(o.observed_at) as "lastPulledAt"
            from pull_run r join observation o on o.pull_run_id = r.id left join candidate c on c.observation_id = o.id and ${NOT_REPEATED} where r.source_id = s.id offset 0) x
        order by s.path, s.name`, [this.access.scopePatterns(actor), ...years]),
      this.recent(actor, years),
    ]);
    const rounded = (share: string | null): string | null => (share === null ? null : roundHalfUp(share, PLACES));
    return {
      sources: sources.map((row) => ({
        ...row, meanDeviation: rounded(row.meanDeviation), largestDeviation: rounded(row.largestDeviation), lastDisagreementAt: row.lastDisagreementAt?.toISOString() ?? null,
        lastPulledAt: row.lastPulledAt?.toISOString() ?? null,
      })),
      recent: recent.map(({ fiscalYear, ordinal, label, waiting, ...row }) => {
        const { period: periodZh, periodEn } = periodWords({ fiscalYear, ordinal, label });
        return { ...row, periodZh, periodEn, deviation: rounded(waiting === null ? row.deviation : deviationOf(waiting)), at: row.at.toISOString() };
      }),
    };
  }

  /** Where they disagreed last, the newest first. */
  private async recent(actor: Actor, years: readonly (readonly number[])[]): Promise<readonly RecentRow[]> {
    const patterns = this.access.scopePatterns(actor), isAway = years.length > 0;
    const reached = await this.prepared.rows<{ id: string }>('reconciliation-reached', `
      select s.id from budget_unit u join pull_source s on s.unit_id = u.id where u.path like any($1::text[]) limit ${FEW_SOURCES + 1}`, [patterns]);
    return reached.length > FEW_SOURCES ? this.prepared.rows<RecentRow>(called('reconciliation-of-all', isAway), ofAll(isAway), [patterns, ...years])
      : this.prepared.rows<RecentRow>(called('reconciliation-of-few', isAway), ofFew(isAway), [reached.map(({ id }) => id), ...years]);
  }
}
