import { Injectable } from '@nestjs/common';
import type { JobDefinition } from '../queue/define-job';
import { JobRegistry } from '../queue/job-registry';
import { UnreadableMessages } from './unreadable-messages';

/** A connection with an open transaction. */
export interface OpenTransaction {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: R[] }>;
}

/** A message that waits for a job that gathers, with what it asks of that job. */
export interface TakenMessage<P> {
  readonly id: string;
  /** Null where it cannot be read (a message from before an update): rung as a job of its own it fails where everybody sees it. */
  readonly payload: P | null;
}

/** Marks what was taken ($1: ids) as done, in the transaction of the deed: from its commit on nobody finds it. A statement, so that it can go along with others. */
export const WISHES_DONE = 'update outbox_message set rung_at = clock_timestamp() where id = any($1)';

interface WaitingRow { readonly id: string; readonly kind: 'JOB' | 'NEWS'; readonly name: string; readonly payload: unknown }

/**
 * The outbox as those see it who do many of its wishes together: taken and marked in the transaction of the deed itself, so that a wish is
 * fulfilled exactly once whatever dies, and two who take at the same moment take different ones.
 */
@Injectable()
export class WaitingMessages {
  constructor(private readonly registry: JobRegistry, private readonly unreadable: UnreadableMessages) {}

  /** The oldest that nobody else holds, that are not among `except` and that this process has not found unreadable, held until the transaction ends. */
  async take<P>(client: OpenTransaction, job: JobDefinition<P>, most: number, except: readonly string[] = []): Promise<TakenMessage<P>[]> {
    const { rows } = await client.query<WaitingRow>(`
      select id, kind, name, payload from outbox_message where rung_at is null and job_run_id is null and (kind = 'JOB' and name = $1 or kind = 'NEWS' and name = any($2)) and id <> all($4::uuid[])
      order by id limit $3 for update skip locked`, [job.name, this.registry.newsGatheredBy(job.name), most, [...except, ...this.unreadable.all()]]);
    return rows.map((row) => ({ id: row.id, payload: this.asked(job, row) }));
  }

  /** Those of these that still wait and that nobody else holds, held until the transaction ends. */
  async takeThese(client: OpenTransaction, ids: readonly string[]): Promise<string[]> {
    const { rows } = await client.query<{ id: string }>('select id from outbox_message where id = any($1) and rung_at is null order by id for update skip locked', [[...ids]]);
    return rows.map(({ id }) => id);
  }

  /** What a message asks of a job; null where it cannot be read. */
  asked<P>(job: JobDefinition<P>, { kind, name, payload }: Pick<WaitingRow, 'kind' | 'name' | 'payload'>): P | null {
    try {
      const [ring] = this.registry.ringsFor(kind, name, payload);
      const read = job.payload.safeParse(ring?.payload);
      return read.success ? read.data : null;
    } catch { return null; }
  }
}
