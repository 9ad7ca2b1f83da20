import type { WorkItem, WorkView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { Prepared } from '../platform/database/prepared';
import { overtaken } from '../platform/queue/overtaken';
import { RuleProfiles, type WaitingAssignment } from '../scoring/scoring.public';

interface ReportRow {
  id: string; state: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'RETURNED'; title: string; unitName: string; unitPath: string; label: string; ordinal: number; dueOn: string; answered: number; rows: number;
  /** Rows of the table beside which a value waits, from however many sources and imported documents. */
  candidates: number; opinion: string | null; mine: boolean; startsOn: string; periodId: string; endsOn: string; fiscalYear: number; extendedUntil: string | null;
}
interface DocumentRow { id: string; kind: 'TABLE' | 'YEAR'; state: string; title: string; unitName: string; unitPath: string; opinion: string | null; fiscalYear: number }
interface ReadyYearRow { tableId: string; title: string; unitName: string; unitPath: string; fiscalYear: number }
interface JobRow { id: string; title: string; titleEn: string; unitName: string | null; failureZh: string | null; failureEn: string | null; link: string | null }
interface NoticeRow { kind: 'OUTAGE' | 'SILENCE' | 'RECOVERY'; title: string; titleEn: string; sentenceZh: string; sentenceEn: string; unitName: string }
interface PeriodRow { label: string; dueOn: string }

type Kind = WorkItem['kind'];
const DAY_MS = 86_400_000;

/** What waits for me, for every role; the nearest deadline first. */
@Injectable()
export class InboxQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly clock: Clock, private readonly rules: RuleProfiles, private readonly monitoring: MonitoringReports) {}

  async of(actor: Actor): Promise<WorkView> {
    const today = this.clock.today();
    const scope = this.access.scopePatterns(actor);
    const [reports, documents, readyYears, jobs, periods, notices, rules] = await Promise.all([
      this.reports(actor, this.patternsOf(actor, ['reporter', 'reviewer', 'manager']), today), this.documents(scope), this.readyYears(this.patternsOf(actor, ['reporter'])), this.failedJobs(actor), this.period(today), this.notices(actor), this.rules.waitingFor(actor),
    ]);
    const items = [
      ...reports.flatMap((row) => this.reportItems(actor, row, today)), ...documents.flatMap((row) => this.documentItems(actor, row)),
      ...readyYears.filter((row) => this.access.hasRole(actor, 'reporter', row.unitPath)).map(readyYearItem), ...jobs.map(jobItem), ...rules.map(ruleItem),
      // An outage whose failed job is listed anyway is not said twice.
      ...notices.filter((notice) => notice.kind !== 'OUTAGE' || !jobs.some((job) => job.title === notice.title)).map(noticeItem),
    ];
    items.sort((a, b) => (a.daysLeft ?? 9_999) - (b.daysLeft ?? 9_999) || a.unitName.localeCompare(b.unitName, 'zh') || a.title.localeCompare(b.title, 'zh'));
    const period = periods[0];
    return { items, today, period: period === undefined ? null : { label: period.label, dueOn: period.dueOn, daysLeft: daysBetween(today, period.dueOn) } };
  }

  /** Below which units the person holds one of the roles: what waits for other roles need not be looked for. */
  private patternsOf(actor: Actor, roles: readonly Actor['roles'][number]['role'][]): string[] {
    return [...new Set(roles.flatMap((role) => this.access.patternsOf(actor, role)))];
  }

  private async reports(actor: Actor, scope: readonly string[], today: string): Promise<ReportRow[]> {
    if (scope.length === 0) return [];
    return this.prepared.rows<ReportRow>('inbox-reports', `
      select r.id, r.state, case when t.project = '' then u.name else t.project end as title, u.name as "unitName", u.path as "unitPath", p.label, p.ordinal, p.due_on::text as "dueOn", p.starts_on::text as "startsOn",
        p.id as "periodId", p.ends_on::text as "endsOn", p.fiscal_year as "fiscalYear", (select x.until::text from report_extension x where x.report_id = r.id order by x.id desc limit 1) as "extendedUntil",
        (select count(*)::int from indicator i where i.table_id = r.table_id) as rows,
        (select count(*)::int from (select distinct on (a.indicator_key) a.kind from actual a where a.report_id = r.id and a.fiscal_year = r.fiscal_year order by a.indicator_key, a.revision desc) a where a.kind <> 'NOT_REPORTED') as answered,
        (select count(distinct c.indicator_key)::int from candidate c join indicator i on i.table_id = r.table_id and i.indicator_key = c.indicator_key where c.report_id = r.id and c.settled_at is null) as candidates,
        (select w.opinion from workflow_action w where w.document_kind = 'MONITORING_REPORT' and w.document_id = r.id order by w.id desc limit 1) as opinion,
        exists (select 1 from (select distinct on (a.indicator_key) a.recorded_by from actual a where a.report_id = r.id and a.fiscal_year = r.fiscal_year order by a.indicator_key, a.revision desc) a where a.recorded_by = $3) as mine
      from monitoring_report r join performance_target_table t on t.id = r.table_id join budget_unit u on u.id = t.unit_id join reporting_period p on p.id = r.period_id
      where r.state <> 'SIGNED' and u.path like any($1::text[]) and p.starts_on <= $2::date order by p.due_on, u.path limit 500`, [scope, today, actor.personId]);
  }

  private documents(scope: readonly string[]): Promise<DocumentRow[]> {
    return this.prepared.rows<DocumentRow>('inbox-documents', `
      select d.*, (select w.opinion from workflow_action w where w.document_kind = case d.kind when 'TABLE' then 'TARGET_TABLE' else 'SELF_EVALUATION' end and w.document_id = d.id order by w.id desc limit 1) as opinion
      from (
        select t.id, 'TABLE' as kind, t.state, case when t.project = '' then u.name else t.project end as title, u.name as "unitName", u.path as "unitPath", t.fiscal_year as "fiscalYear"
        from performance_target_table t join budget_unit u on u.id = t.unit_id where t.state not in ('APPROVED', 'SUPERSEDED') and u.path like any($1::text[])
        union all
        select e.id, 'YEAR', e.state, case when t.project = '' then u.name else t.project end, u.name, u.path, t.fiscal_year
        from self_evaluation e join performance_target_table t on t.id = e.table_id join budget_unit u on u.id = t.unit_id where e.state <> 'ACCEPTED' and u.path like any($1::text[])
      ) d limit 500`, [scope]);
  }

  /** Subjects whose four quarters are signed and whose year nobody has put together yet. */
  private async readyYears(scope: readonly string[]): Promise<ReadyYearRow[]> {
    if (scope.length === 0) return [];
    return this.prepared.rows<ReadyYearRow>('inbox-ready-years', `
      select t.id as "tableId", case when t.project = '' then u.name else t.project end as title, u.name as "unitName", u.path as "unitPath", t.fiscal_year as "fiscalYear"
      from performance_target_table t join budget_unit u on u.id = t.unit_id join (select fiscal_year, count(*) as periods from reporting_period group by fiscal_year) p on p.fiscal_year = t.fiscal_year
      where t.state = 'APPROVED' and u.path like any($1::text[])
        and not exists (select 1 from self_evaluation e where e.lineage_id = t.lineage_id)
        and (select count(*) from monitoring_report r where r.lineage_id = t.lineage_id and r.state = 'SIGNED') = p.periods
      order by u.path limit 200`, [scope]);
  }

  private failedJobs(actor: Actor): Promise<JobRow[]> {
    const mending = actor.roles.filter((held) => held.role === 'reporter' || held.role === 'administrator').map((held) => `${held.path}%`);
    return this.prepared.rows<JobRow>('inbox-failed-jobs', `
      select j.id, j.title_zh as title, j.title_en as "titleEn", u.name as "unitName", j.failure_zh as "failureZh", j.failure_en as "failureEn", j.link
      from job_run j left join budget_unit u on u.id = j.unit_id
      where j.state = 'FAILED' and (j.requested_by = $1 or u.path like any($2::text[])) and j.finished_at > $3::timestamptz - interval '30 days'
        and not exists (select 1 from job_run later where later.name = j.name and later.title_zh = j.title_zh and later.unit_id is not distinct from j.unit_id and later.id > j.id and later.state <> 'FAILED')
        and j.gone_zh is null and not ${overtaken('j')}
      order by j.id desc limit 20`, [actor.personId, mending, this.clock.now()]);
  }

  /** What began to fail and what works again, for whoever can mend it, until it is put away on the page of jobs. */
  private notices(actor: Actor): Promise<NoticeRow[]> {
    return this.prepared.rows<NoticeRow>('inbox-notices', `
      select n.kind, n.title_zh as title, n.title_en as "titleEn", n.sentence_zh as "sentenceZh", n.sentence_en as "sentenceEn", coalesce(u.name, '') as "unitName"
      from job_notice n left join budget_unit u on u.id = n.unit_id where n.person_id = $1 and n.read_at is null order by n.id desc limit 20`, [actor.personId]);
  }

  /** The period to report for: the first that has begun and is not over its deadline. */
  private period(today: string): Promise<PeriodRow[]> {
    return this.prepared.rows<PeriodRow>('inbox-period', `
      select label, due_on::text as "dueOn" from reporting_period where starts_on <= $1::date and due_on >= $1::date order by due_on limit 1`, [today]);
  }

  private reportItems(actor: Actor, row: ReportRow, today: string): WorkItem[] {
    const has = (role: 'reporter' | 'reviewer' | 'manager'): boolean => this.access.hasRole(actor, role, row.unitPath);
    const item = (kind: Kind, detailZh: string, detailEn: string): WorkItem => ({
      kind, title: row.title, unitName: row.unitName, detailZh, detailEn, dueOn: row.dueOn, daysLeft: daysBetween(today, row.dueOn), link: `/monitoring-reports/${row.id}`,
      done: row.answered, total: row.rows, opinion: kind === 'RETURNED' ? row.opinion : null,
    });
    const labelEn = `Q${row.ordinal}`;
    // Past the last day nobody can choose: that would be work that cannot be done.
    const candidates = row.candidates > 0 && has('reporter') && this.mayChoose(row)
      ? [item('CANDIDATES', `${row.label}：${row.candidates}项指标有候选值待确认`, `${labelEn}: candidates to settle for ${row.candidates} ${row.candidates === 1 ? 'indicator' : 'indicators'}`)] : [];
    if (row.state === 'RETURNED') return has('reporter') ? [item('RETURNED', `${row.label}：被退回，请按意见修改`, `${labelEn}: returned, mend it as asked`), ...candidates] : [];
    if (row.state === 'DRAFT') return has('reporter') ? [item('ENTER', `${row.label}：已填${row.answered}项，共${row.rows}项`, `${labelEn}: ${row.answered} of ${row.rows} entered`), ...candidates] : [];
    if (row.state === 'SUBMITTED') return has('reviewer') ? [item('REVIEW', `${row.label}：待审核`, `${labelEn}: to review`)] : [];
    // Who recorded a value cannot sign; it does not wait for that person.
    return has('manager') && !row.mine ? [item('SIGN', `${row.label}：待签字确认`, `${labelEn}: to sign`)] : [];
  }

  private mayChoose(row: ReportRow): boolean {
    const { periodId: id, fiscalYear, ordinal, label, startsOn, endsOn, dueOn, state, extendedUntil } = row;
    return this.monitoring.mayEdit({ state, extendedUntil, period: { id, fiscalYear, ordinal, label, startsOn, endsOn, dueOn } }).ok;
  }

  private documentItems(actor: Actor, row: DocumentRow): WorkItem[] {
    const isTable = row.kind === 'TABLE';
    const nameZh = isTable ? `${row.fiscalYear}年绩效目标表` : `${row.fiscalYear}年度自评`;
    const nameEn = isTable ? `target table ${row.fiscalYear}` : `self-evaluation ${row.fiscalYear}`;
    const link = isTable ? `/target-tables/${row.id}` : `/self-evaluations/${row.id}`;
    const waiting: Readonly<Record<string, readonly [Kind, Parameters<Access['hasRole']>[1], string, string]>> = {
      DRAFT: [isTable ? 'ENTER' : 'SELF_EVALUATE', 'reporter', isTable ? '草稿，核对后送审' : '填报中', isTable ? 'a draft; check it, then submit' : 'being written'],
      RETURNED: ['RETURNED', 'reporter', '被退回，请按意见修改', 'returned, mend it as asked'],
      SUBMITTED: ['REVIEW', 'reviewer', '待审核', 'to review'],
      REVIEWED: ['SIGN', 'manager', '待签字确认', 'to sign'],
      SIGNED: ['ACCEPT', 'department', '待主管部门审核', 'for the department to accept'],
      DEPARTMENT_ACCEPTED: [isTable ? 'APPROVE_TABLE' : 'ACCEPT', 'finance', isTable ? '待批复' : '待财政认定', isTable ? 'to approve' : 'for finance to accept'],
    };
    const step = waiting[row.state];
    if (step === undefined || !this.access.hasRole(actor, step[1], row.unitPath)) return [];
    const [kind, , zh, en] = step;
    return [{
      kind, title: row.title, unitName: row.unitName, detailZh: `${nameZh}：${zh}`, detailEn: `${nameEn}: ${en}`, dueOn: null, daysLeft: null, link, done: null, total: null,
      opinion: kind === 'RETURNED' ? row.opinion : null,
    }];
  }
}

function readyYearItem(row: ReadyYearRow): WorkItem {
  return {
    kind: 'SELF_EVALUATE', title: row.title, unitName: row.unitName, detailZh: `${row.fiscalYear}年四个季度均已签字，可以开展自评`, detailEn: `All quarters of ${row.fiscalYear} are signed: the self-evaluation can begin`,
    dueOn: null, daysLeft: null, link: `/target-tables/${row.tableId}`, done: null, total: null, opinion: null,
  };
}

function jobItem(row: JobRow): WorkItem {
  return {
    kind: 'FAILED_JOB', title: row.title, unitName: row.unitName ?? '', detailZh: row.failureZh ?? '任务失败', detailEn: row.failureEn ?? `${row.titleEn} failed`, dueOn: null, daysLeft: null,
    link: row.link ?? '/jobs', done: null, total: null, opinion: null,
  };
}

function ruleItem(row: WaitingAssignment): WorkItem {
  return {
    kind: 'APPROVE_RULES', title: `${row.profileName} v${row.profileVersion}`, unitName: row.scopeName, detailZh: `${row.fiscalYear}年改用这套评分规则：${row.assignedBy}提出，待批准。理由：${row.reason}`,
    detailEn: `Rules for ${row.fiscalYear}, proposed by ${row.assignedBy}, to be approved. Reason: ${row.reason}`, dueOn: null, daysLeft: null, link: '/rule-profiles', done: null, total: null, opinion: null,
  };
}

function noticeItem(row: NoticeRow): WorkItem {
  return {
    kind: 'NOTICE', title: row.title, unitName: row.unitName, detailZh: row.sentenceZh, detailEn: `${row.titleEn}: ${row.sentenceEn}`, dueOn: null, daysLeft: null, link: '/jobs', done: null, total: null, opinion: null,
  };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
