import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { newId } from '../database/new-id';
import type { Tx } from '../database/tx';

/** What a person reads in the list of jobs. */
export interface NewJobRun {
  /** The name of the job definition. */
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Whose job it is: everybody who may read the unit sees it. Null: only who asked, and the administrators. */
  readonly unitId: string | null;
  readonly requestedBy: string | null;
  /** The page of the result. */
  readonly link: string | null;
  /** What it is about, for example `pull-source/<id>`: the owners hear once when jobs of a subject begin to fail, and once when one succeeds again. */
  readonly subject?: string;
}

/** Makes visible jobs. The runner keeps their state; see `job-run.store.ts`. */
@Injectable()
export class JobRuns {
  constructor(private readonly clock: Clock) {}

  /** Writes the row in the deed's transaction and answers its id, which goes to {@link Outbox.put} as `jobRunId`. */
  async create(tx: Tx, run: NewJobRun): Promise<string> {
    const id = newId();
    await tx.manager.query('insert into job_run (id, name, title_zh, title_en, unit_id, requested_by, link, created_at, subject) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, run.name, run.titleZh, run.titleEn, run.unitId, run.requestedBy, run.link, this.clock.now(), run.subject ?? null]);
    return id;
  }

  /**
   * What these jobs were about is taken away. One that has not ended is taken back, as a person would ({@link JobContext.cancelled}); one that has ended is forgotten: nobody could mend it or look
   * into what it did. @returns the ids of those that were taken back
   */
  async takeAway(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
    const [takenBack]: [{ id: string }[], number] = await tx.manager.query(`update job_run set state = 'CANCELLED', finished_at = $2, failure_zh = null, failure_en = null where id = any($1) and state in ('WAITING', 'RUNNING') returning id`, [ids, this.clock.now()]);
    const stays = takenBack.map(({ id }) => id);
    await tx.manager.query('delete from job_run where id = any($1) and id <> all($2)', [ids, stays]);
    return stays;
  }
}
