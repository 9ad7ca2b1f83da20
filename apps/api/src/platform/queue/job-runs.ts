import type { Words } from '@jiheng/domain';
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
   * What these jobs were about is taken away. One that has not ended is taken back, as a person would ({@link JobContext.cancelled}). All of them stay as history, for whoever could read them before, and
   * say what is gone: they lead nowhere, are not tried again and ask nobody for anything. @returns the ids of those that were taken back
   */
  async takeAway(tx: Tx, ids: readonly string[], gone: Words): Promise<readonly string[]> {
    // First: one that somebody tries again at this moment is seen as what it is by then.
    await tx.manager.query('select 1 from job_run where id = any($1) order by id for update', [ids]);
    const [takenBack]: [{ id: string }[], number] = await tx.manager.query(`update job_run set state = 'CANCELLED', finished_at = $2, failure_zh = null, failure_en = null where id = any($1) and state in ('WAITING', 'RUNNING') returning id`, [ids, this.clock.now()]);
    await tx.manager.query('update job_run set gone_zh = $2, gone_en = $3, link = null where id = any($1)', [ids, gone.zh, gone.en]);
    return takenBack.map(({ id }) => id);
  }
}
