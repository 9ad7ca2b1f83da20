import type { JobNoticeView } from '@jiheng/contract';
import type { Words } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor';
import { Clock } from '../clock/clock';
import { newId } from '../database/new-id';
import type { Db, Tx } from '../database/tx';
import { UnitOfWork } from '../database/unit-of-work';
import type { JobFailure } from './job-failure';
import { MendersOfJobs } from './menders';

/** What is the matter with a subject. OUTAGE: its jobs fail. SILENCE: they succeed, and nothing comes of them. */
export type TroubleKind = 'OUTAGE' | 'SILENCE';

/** A notice as people read it. */
export interface NoticeWords {
  readonly subject: string;
  readonly title: Words;
  readonly sentence: Words;
  readonly unitId: string | null;
  readonly link: string;
}

interface FailedRun { readonly subject: string | null; readonly name: string; readonly title_zh: string; readonly title_en: string; readonly unit_id: string | null; readonly link: string | null; readonly requested_by: string | null }

/**
 * Who hears that jobs of a subject began to fail, or again and again bring nothing: once per trouble and person, and once more when it is over. Whoever asked for the job sees its
 * failure in the list of jobs anyway; a notice goes to those who can mend it.
 */
@Injectable()
export class JobNotices {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly clock: Clock, private readonly people: MendersOfJobs) {}

  /** A visible job failed for good. A second failure of the same subject tells nobody again. */
  async outage(jobRunId: string, failure: JobFailure): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const run = await this.runOf(tx, jobRunId);
      if (run === null || failure.mender === 'nobody') return;
      await this.tell(tx, 'OUTAGE', await this.menders(tx, run, failure), wordsOf(run, failure));
    });
  }

  /** A visible job ended well: if its subject was out of order, those who were told hear that it works again. */
  async recovered(jobRunId: string): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const run = await this.runOf(tx, jobRunId);
      if (run !== null) await this.over(tx, 'OUTAGE', wordsOf(run, { zh: '已恢复正常。', en: 'It works again.' }));
    });
  }

  /** Tells each of them, unless that person was told already and it is not over. The kind is written into the statement: by a parameter its index would not be found. */
  async tell(tx: Tx, kind: TroubleKind, people: readonly string[], { subject, title, sentence, unitId, link }: NoticeWords): Promise<void> {
    for (const personId of people) {
      await tx.manager.query(
        `insert into job_notice (id, subject, kind, person_id, title_zh, title_en, sentence_zh, sentence_en, unit_id, link, created_at) values ($1, $2, '${kind}', $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (subject, person_id) where kind = '${kind}' and over_at is null do nothing`,
        [newId(), subject, personId, title.zh, title.en, sentence.zh, sentence.en, unitId, link, this.clock.now()]);
    }
  }

  /** The trouble of a subject is over, if there was one: whoever was told of it hears so, once. */
  async over(tx: Tx, kind: TroubleKind, { subject, title, sentence, unitId, link }: NoticeWords): Promise<void> {
    const [told]: [{ person_id: string }[], number] = await tx.manager.query(
      'update job_notice set over_at = $2 where subject = $1 and kind = $3 and over_at is null returning person_id', [subject, this.clock.now(), kind]);
    for (const { person_id: personId } of told) {
      await tx.manager.query(
        `insert into job_notice (id, subject, kind, person_id, title_zh, title_en, sentence_zh, sentence_en, unit_id, link, created_at, over_at) values ($1, $2, 'RECOVERY', $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
        [newId(), subject, personId, title.zh, title.en, sentence.zh, sentence.en, unitId, link, this.clock.now()]);
    }
  }

  /** What one person has not put away yet, the newest first. */
  async unread(db: Db, actor: Actor): Promise<readonly JobNoticeView[]> {
    const rows: (Omit<JobNoticeView, 'at'> & { readonly at: Date })[] = await db.manager.query(
      `select n.id, n.kind, n.title_zh as title, n.title_en as "titleEn", n.sentence_zh as "sentenceZh", n.sentence_en as "sentenceEn", coalesce(u.name, '') as "unitName", n.link, n.created_at as at
       from job_notice n left join budget_unit u on u.id = n.unit_id where n.person_id = $1 and n.read_at is null order by n.id desc limit 50`, [actor.personId]);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** Put away by the one it was for; false when there is no such notice of theirs. */
  async read(tx: Tx, actor: Actor, noticeId: string): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.manager.query('update job_notice set read_at = coalesce(read_at, $3) where id = $1 and person_id = $2', [noticeId, actor.personId, this.clock.now()]);
    return count > 0;
  }

  /** What was out of order is gone: its notices wait for nobody any more. */
  async takeAway(tx: Tx, subject: string): Promise<void> {
    await tx.manager.query('update job_notice set over_at = $2, read_at = coalesce(read_at, $2) where subject = $1 and over_at is null', [subject, this.clock.now()]);
  }

  private async runOf(db: Db, jobRunId: string): Promise<FailedRun | null> {
    const rows: FailedRun[] = await db.manager.query('select subject, name, title_zh, title_en, unit_id, link, requested_by from job_run where id = $1', [jobRunId]);
    return rows[0] ?? null;
  }

  /** The owner of the source, the reporters of the unit, or the administrators that answer for it; who stands in where there is none, {@link MendersOfJobs} says. */
  private async menders(db: Db, run: FailedRun, failure: JobFailure): Promise<readonly string[]> {
    const owned = failure.mender === 'source-owner' ? failure.ownerId ?? null : null;
    const { people } = owned === null ? await this.people.ofRole(db, failure.mender === 'administrator' ? 'administrator' : 'reporter', run.unit_id) : await this.people.ofSource(db, owned, run.unit_id);
    return people.map(({ id }) => id);
  }
}

function wordsOf(run: FailedRun, sentence: Words): NoticeWords {
  return { subject: subjectOf(run), title: { zh: run.title_zh, en: run.title_en }, sentence: { zh: sentence.zh, en: sentence.en }, unitId: run.unit_id, link: run.link ?? '/jobs' };
}

/** Jobs that name no subject are one per kind and page. */
function subjectOf(run: FailedRun): string {
  return run.subject ?? `${run.name}/${run.unit_id ?? ''}/${run.link ?? ''}`;
}
