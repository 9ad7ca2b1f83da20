import type { RuleProfilePreview } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import type { JobContext } from '../platform/queue/job-handler';
import { JobRuns } from '../platform/queue/job-runs';
import { columnsOf } from './documents-in-reach.query';
import { PreviewRuleProfile } from './preview-rule-profile.service';
import { type AssignmentScope, RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';
import { previewRuleProfileJob } from './rule-profile-preview.job';
import { RuleProfileRepository, type StoredProfile } from './rule-profile.repository';

/** Documents that are computed while a person waits (about a second); more are a job. */
export const AT_ONCE = 1_000;
/** For so long a finished preview is shown again instead of being computed anew, minutes. */
const SHOWN_MINUTES = 60;
/** What is proposed may rest on a preview of this age, hours. */
const PROPOSED_HOURS = 24;

/** What somebody wants to know: the effect of a profile on a scope in a year. */
export interface AskedPreview { readonly scope: AssignmentScope; readonly scopeName: string; readonly fiscalYear: number; readonly stored: StoredProfile }

interface PreviewRow { readonly preview: RuleProfilePreview | null; readonly jobRunId: string | null; readonly jobState: RuleProfilePreview['jobState'] }

/** Previews as people ask for them: at once where there are few documents, by a visible job where there are many. */
@Injectable()
export class RuleProfilePreviews {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly previews: PreviewRuleProfile, private readonly profiles: RuleProfileRepository, private readonly jobRuns: JobRuns,
    private readonly outbox: Outbox, private readonly clock: Clock,
    private readonly assignments: RuleProfileAssignmentRepository,
  ) {}

  /**
   * The preview, or, while a job computes it, how many documents it is about and which job that is. Asking again asks for no second job.
   * @param waitsFor the job that somebody waits for; where it was cancelled, that is the answer, and no other job is made
   * @param anew somebody wants it as things stand now: nothing that was finished before is shown, nor is a failed job waited for; one that is at it is
   */
  async show(actor: Actor, asked: AskedPreview, waitsFor: string | null = null, anew = false): Promise<RuleProfilePreview> {
    const { db } = this.unitOfWork;
    const counts = await this.previews.count(db, asked.scope, asked.fiscalYear);
    if (counts.open <= AT_ONCE) return this.now(asked);
    const latest: PreviewRow = await this.unitOfWork.always(async (tx) => {
      // Two people, or two clicks: one job.
      await tx.manager.query(`select pg_advisory_xact_lock(hashtext('rule_profile_preview'), hashtext($1))`, [asked.stored.id]);
      const known = anew ? await this.underWay(tx, asked) : await this.latest(tx, asked, SHOWN_MINUTES);
      if (known !== null) return known;
      if (waitsFor !== null && await this.isCancelled(tx, asked, waitsFor)) return { preview: null, jobRunId: waitsFor, jobState: 'CANCELLED' } satisfies PreviewRow;
      const made = await this.jobRuns.create(tx, {
        name: previewRuleProfileJob.name, titleZh: `试算评分规则 ${asked.stored.profile.name} 第 ${asked.stored.profile.version} 版：${asked.scopeName} ${asked.fiscalYear} 年`,
        titleEn: `What ${asked.stored.profile.name} version ${asked.stored.profile.version} would change: ${asked.scopeName}, ${asked.fiscalYear}`,
        unitId: asked.scope.kind === 'UNIT' ? asked.scope.unitId : null, requestedBy: actor.personId, link: '/rule-profiles',
      });
      const id = newId();
      await tx.manager.query('insert into rule_profile_preview (id, unit_id, region_code, fiscal_year, profile_id, requested_by, job_run_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, ...columnsOf(asked.scope), asked.fiscalYear, asked.stored.id, actor.personId, made, this.clock.now()]);
      await this.outbox.put(tx, previewRuleProfileJob, { previewId: id }, { jobRunId: made });
      return { preview: null, jobRunId: made, jobState: 'WAITING' } satisfies PreviewRow;
    });
    if (latest.preview !== null) return this.withAge(db, asked.scope, asked.fiscalYear, latest.preview);
    return { ...this.previews.counted(counts), jobRunId: latest.jobRunId as RuleProfilePreview['jobRunId'], jobState: latest.jobState };
  }

  /** How many documents got other points after it was computed stands beside it, wherever it is shown. */
  async withAge(db: Db, scope: AssignmentScope, fiscalYear: number, preview: RuleProfilePreview): Promise<RuleProfilePreview> {
    return preview.before === undefined ? preview : { ...preview, movedSince: await this.assignments.countMovedSince(db, scope, fiscalYear, preview.before) };
  }

  /** What a proposal rests on; null where many documents have not been looked at yet: then {@link show} comes first. */
  async forProposal(db: Db, asked: AskedPreview): Promise<RuleProfilePreview | null> {
    const counts = await this.previews.count(db, asked.scope, asked.fiscalYear);
    return counts.open <= AT_ONCE ? this.now(asked) : ((await this.latest(db, asked, PROPOSED_HOURS * 60))?.preview ?? null);
  }

  /** The job's deed. A second run finds it done, or computes it again. */
  async compute(previewId: string, context: Pick<JobContext, 'progress' | 'cancelled' | 'signal'>): Promise<void> {
    const rows: { unitId: string | null; regionCode: string | null; fiscalYear: number; profileId: string; finishedAt: Date | null }[] = await this.unitOfWork.db.manager.query(
      `select unit_id as "unitId", region_code as "regionCode", fiscal_year as "fiscalYear", profile_id as "profileId", finished_at as "finishedAt" from rule_profile_preview where id = $1`, [previewId]);
    const [row] = rows;
    const stored = row === undefined ? null : await this.profiles.byId(this.unitOfWork.db, row.profileId);
    if (row === undefined || row.finishedAt !== null || stored === null) return;
    const scope: AssignmentScope = row.unitId === null ? { kind: 'REGION', regionCode: row.regionCode ?? '' } : { kind: 'UNIT', unitId: row.unitId };
    let wasTakenBack = false;
    const preview = await this.previews.preview({ scope, fiscalYear: row.fiscalYear, profile: stored.profile }, async (done, total, atUnit) => {
      context.signal.throwIfAborted();
      await context.progress(done, total, atUnit);
      wasTakenBack = await context.cancelled();
      return !wasTakenBack;
    });
    if (wasTakenBack) return;
    await this.unitOfWork.always((tx) => tx.manager.query('update rule_profile_preview set preview = $2, finished_at = $3 where id = $1 and finished_at is null', [previewId, JSON.stringify(preview), this.clock.now()]));
  }

  private now({ scope, fiscalYear, stored }: AskedPreview): Promise<RuleProfilePreview> {
    return this.previews.preview({ scope, fiscalYear, profile: stored.profile });
  }

  /** The newest of the same question that is finished and not too old, or still being computed, or whose job waits to be tried again by a person. */
  private async latest(db: Db, { scope, fiscalYear, stored }: AskedPreview, minutes: number): Promise<PreviewRow | null> {
    const rows: PreviewRow[] = await db.manager.query(`
      select p.preview, p.job_run_id as "jobRunId", j.state as "jobState" from rule_profile_preview p left join job_run j on j.id = p.job_run_id
      where p.profile_id = $1 and p.fiscal_year = $2 and p.unit_id is not distinct from $3::uuid and p.region_code is not distinct from $4::text
        and case when p.finished_at is null then j.state in ('WAITING', 'RUNNING', 'FAILED') else p.finished_at > $5::timestamptz - make_interval(mins => $6) end
      order by p.created_at desc limit 1`, [stored.id, fiscalYear, ...columnsOf(scope), this.clock.now(), minutes]);
    return rows[0] ?? null;
  }

  /** The one of the same question that a job is computing or about to. */
  private async underWay(db: Db, { scope, fiscalYear, stored }: AskedPreview): Promise<PreviewRow | null> {
    const rows: PreviewRow[] = await db.manager.query(`
      select null as preview, p.job_run_id as "jobRunId", j.state as "jobState" from rule_profile_preview p join job_run j on j.id = p.job_run_id
      where p.profile_id = $1 and p.fiscal_year = $2 and p.unit_id is not distinct from $3::uuid and p.region_code is not distinct from $4::text and p.finished_at is null and j.state in ('WAITING', 'RUNNING')
      order by p.created_at desc limit 1`, [stored.id, fiscalYear, ...columnsOf(scope)]);
    return rows[0] ?? null;
  }

  /** Whether a job of the same question was cancelled before it had a result. */
  private async isCancelled(db: Db, { scope, fiscalYear, stored }: AskedPreview, jobRunId: string): Promise<boolean> {
    const rows: unknown[] = await db.manager.query(`
      select 1 from rule_profile_preview p join job_run j on j.id = p.job_run_id
      where p.job_run_id = $1 and j.state = 'CANCELLED' and p.finished_at is null and p.profile_id = $2 and p.fiscal_year = $3 and p.unit_id is not distinct from $4::uuid and p.region_code is not distinct from $5::text`,
    [jobRunId, stored.id, fiscalYear, ...columnsOf(scope)]);
    return rows.length > 0;
  }
}
