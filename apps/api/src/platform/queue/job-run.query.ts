import type { JobRunView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Access, isHouseAdministrator } from '../access/access';
import type { Actor } from '../access/actor';
import { Clock } from '../clock/clock';
import { Prepared } from '../database/prepared';
import { goesOnAfterCancel } from './define-job';
import { overtaken } from './overtaken';

interface JobRunRow {
  id: string; name: string; title_zh: string; title_en: string; state: JobRunView['state']; done: number; total: number; at: string | null;
  failure_zh: string | null; failure_en: string | null; mender: string | null; attempts: number; link: string | null; by: string | null;
  failure_code: string | null; overtaken: boolean; gone_zh: string | null; gone_en: string | null; silent_s: number | null; unit_name: string | null; created_at: Date; started_at: Date | null; finished_at: Date | null; requested_by: string | null; path: string | null; subject: string | null;
}

/** Which jobs a person looks at; null does not narrow. Days of Asia/Shanghai, both included. */
export interface JobFilter { readonly state: JobRunView['state'] | null; readonly name: string | null; readonly from: string | null; readonly to: string | null; readonly q: string | null }

/** A visible job with what decides who sees it and who may do something about it. */
export interface SeenJobRun { readonly view: Omit<JobRunView, 'retryable' | 'cancellable'>; readonly requestedBy: string | null; readonly unitPath: string | null; readonly code: string; readonly subject: string | null }

const SELECT = `select run.id, run.name, run.title_zh, run.title_en, run.state, run.done, run.total, run.at, run.failure_zh, run.failure_en, run.mender, run.attempts, run.link,
  ${overtaken('run')} as overtaken, person.display_name as by, run.created_at, run.started_at, run.finished_at,
  case when run.state = 'RUNNING' then greatest(0, floor(extract(epoch from clock_timestamp() - coalesce(run.seen_at, run.started_at))))::integer end as silent_s, run.requested_by, unit.path, unit.name as unit_name, run.failure_code, run.gone_zh, run.gone_en, run.subject
  from job_run run left join person on person.id = run.requested_by left join budget_unit unit on unit.id = run.unit_id`;
/** Whose job it is: $1 the person, $2 the patterns of their units, $3 whether they answer for the whole house. */
const VISIBLE = '(run.requested_by = $1 or unit.path like any($2) or ($3 and run.unit_id is null))';
/** The same for whoever sees few units: $2 their ids, so that PostgreSQL goes to the jobs of these units instead of walking through everybody's. */
const VISIBLE_HERE = '(run.requested_by = $1 or run.unit_id = any($2::uuid[]) or ($3 and run.unit_id is null))';
/** How many units are few. */
const FEW = 200;
const PAGE = 50;
/** Who may try again or take back a job of their unit; besides them only whoever asked for it. */
const KEEPERS = ['reviewer', 'manager', 'administrator'] as const;

/** Reads of visible jobs, each person within their reach. */
@Injectable()
export class JobRunQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly clock: Clock) {}

  /** Newest first, fifty a page; `cursor` is the id of the last one seen. */
  async list(actor: Actor, filter: JobFilter, cursor: string | null): Promise<{ jobs: JobRunView[]; nextCursor: string | null; counts: Record<string, number> }> {
    const { visible, kind, who } = await this.reachOf(actor);
    const [rows, counts] = await Promise.all([
      this.prepared.rows<JobRunRow>(`job-run-list${kind}`, `${SELECT} where ${visible} and ($4::text is null or run.state = $4) and ($5::uuid is null or run.id < $5)
        and ($6::text is null or run.name = $6) and ($7::date is null or (run.created_at at time zone 'Asia/Shanghai')::date >= $7) and ($8::date is null or (run.created_at at time zone 'Asia/Shanghai')::date <= $8)
        and ($9::text is null or strpos(lower(run.title_zh || ' ' || run.title_en || ' ' || coalesce(unit.name, '') || ' ' || coalesce(person.display_name, '系统 System')), lower($9)) > 0)
        order by run.id desc limit ${PAGE + 1}`, [...who, filter.state, cursor, filter.name, filter.from, filter.to, filter.q]),
      this.prepared.rows<{ state: string; count: number }>(`job-run-counts${kind}`, `select run.state, count(*)::int as count from job_run run left join budget_unit unit on unit.id = run.unit_id
        where ${visible} and run.created_at > $4::timestamptz - interval '30 days' group by run.state`, [...who, this.clock.now()]),
    ]);
    const page = rows.slice(0, PAGE);
    return { jobs: page.map((row) => this.viewFor(actor, seen(row))), nextCursor: rows.length > PAGE ? page.at(-1)?.id ?? null : null, counts: Object.fromEntries(counts.map((row) => [row.state, row.count])) };
  }

  /** What failed within the last ninety days, has not been tried again, was not overtaken by a later success and is about something that is still there, the newest first; at most two thousand. */
  async failed(actor: Actor): Promise<SeenJobRun[]> {
    const rows = await this.prepared.rows<JobRunRow>('job-run-failed', `${SELECT} where ${VISIBLE} and run.state = 'FAILED' and run.gone_zh is null and not ${overtaken('run')} and run.created_at > $4::timestamptz - interval '90 days' order by run.id desc limit 2000`,
      [...this.who(actor), this.clock.now()]);
    return rows.map(seen);
  }

  /** Jobs that wait or run, for a stream that opens. */
  async active(actor: Actor): Promise<JobRunView[]> {
    const rows = await this.prepared.rows<JobRunRow>('job-run-active', `${SELECT} where ${VISIBLE} and run.state in ('WAITING', 'RUNNING') order by run.id limit 200`, this.who(actor));
    return rows.map((row) => this.viewFor(actor, seen(row)));
  }

  async byIds(ids: readonly string[]): Promise<SeenJobRun[]> {
    return (await this.prepared.rows<JobRunRow>('job-run-by-ids', `${SELECT} where run.id = any($1)`, [ids])).map(seen);
  }

  async find(actor: Actor, id: string): Promise<SeenJobRun | null> {
    const [run] = await this.byIds([id]);
    return run !== undefined && this.maySee(actor, run) ? run : null;
  }

  maySee(actor: Actor, run: SeenJobRun): boolean {
    if (run.requestedBy === actor.personId) return true;
    return run.unitPath === null ? isHouseAdministrator(actor) : this.access.mayRead(actor, run.unitPath);
  }

  /** Whoever asked for a job, and who keeps the unit it is about: its reviewers, its manager, its administrator. */
  mayKeep(actor: Actor, run: SeenJobRun): boolean {
    if (run.requestedBy === actor.personId) return true;
    const { unitPath } = run;
    return unitPath === null ? isHouseAdministrator(actor) : KEEPERS.some((role) => this.access.hasRole(actor, role, unitPath));
  }

  /** A job as one person sees it, with what that person may do about it. */
  viewFor(actor: Actor, run: SeenJobRun): JobRunView {
    const mayKeep = this.mayKeep(actor, run);
    const { state } = run.view;
    return { ...run.view, retryable: mayKeep && mayRunAgain(run.view) && !run.view.overtaken && run.view.goneZh === null, cancellable: mayKeep && (state === 'WAITING' || state === 'RUNNING') };
  }

  private async reachOf(actor: Actor): Promise<{ visible: string; kind: '' | '-here'; who: [string, string[], boolean] }> {
    const who = this.who(actor);
    const units = await this.prepared.rows<{ id: string }>('job-run-units', `select id from budget_unit where path like any($1) limit ${FEW + 1}`, [who[1]]);
    return units.length > FEW ? { visible: VISIBLE, kind: '', who } : { visible: VISIBLE_HERE, kind: '-here', who: [who[0], units.map(({ id }) => id), who[2]] };
  }

  private who(actor: Actor): [string, string[], boolean] {
    return [actor.personId, this.access.scopePatterns(actor), isHouseAdministrator(actor)];
  }
}

/** A failed one is tried again; of those that were cancelled only such go on as can do what is left. */
function mayRunAgain({ state, name }: Pick<JobRunView, 'state' | 'name'>): boolean {
  return state === 'FAILED' || (state === 'CANCELLED' && goesOnAfterCancel(name));
}

function seen(row: JobRunRow): SeenJobRun {
  return {
    requestedBy: row.requested_by, unitPath: row.path, code: row.failure_code ?? 'house.job-failed', subject: row.subject,
    view: {
      id: row.id as JobRunView['id'], name: row.name as JobRunView['name'], title: row.title_zh, titleEn: row.title_en, state: row.state, done: row.done, total: row.total, at: row.at,
      failureZh: row.failure_zh, failureEn: row.failure_en, mender: row.mender, attempts: row.attempts, overtaken: row.overtaken, goneZh: row.gone_zh, goneEn: row.gone_en, silentSeconds: row.silent_s, link: row.link, unitName: row.unit_name, by: row.by ?? '系统',
      createdAt: row.created_at.toISOString(), startedAt: row.started_at?.toISOString() ?? null, finishedAt: row.finished_at?.toISOString() ?? null,
    },
  };
}
