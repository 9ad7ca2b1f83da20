import type { z } from 'zod';

/** Jobs of one queue share workers; a slow report must not delay points. */
export type QueueName = 'housekeeping' | 'pull' | 'scoring' | 'reports' | 'documents';
export const QUEUE_NAMES: readonly QueueName[] = ['housekeeping', 'pull', 'scoring', 'reports', 'documents'];

/** A job is asked for and has exactly one handler. Its payload carries ids only: the handler reads the present state. */
export interface JobDefinition<P> {
  readonly kind: 'JOB';
  readonly name: string;
  readonly queue: QueueName;
  readonly payload: z.ZodType<P>;
  /** Runs in all before it is given up. */
  readonly attempts: number;
  /** Wait before the second run in milliseconds; doubles each time. */
  readonly backoffMs: number;
  /** A run that takes longer counts as failed and may pass next time. */
  readonly timeoutMs: number;
  /** Rung by itself this often, with an empty payload. A ring that is missed is not made up for: the handler looks at the present state. */
  readonly everyMs?: number;
  /** Its wishes are done together: see {@link Gathers}. */
  readonly gathers?: Gathers;
  /**
   * What it has done by the time it is cancelled stays and is of use, and the rest is owed: whoever may try a failed one again may have it go on, and it does what is left. One that is
   * cancelled without this is over; who wants it asks for another.
   */
  readonly goesOn?: true;
}

/**
 * A job of which many may wait at once. The queue is rung once for all of them, and the handler takes them out of the outbox itself, so many in one
 * transaction: the longer the row, the less each costs. What cannot be done together is rung as a job of its own, with attempts and a last failure.
 */
export interface Gathers {
  /** Done together at most. */
  readonly most: number;
  /** Rest after such a round, in times of what the round took: what comes in meanwhile is done together, and others get at the processor. */
  readonly rest: number;
}

const declared = new Map<string, JobDefinition<never>>();

/** Names a job. The name is unique in the process, without a colon (BullMQ refuses it in ids made from it). */
export function defineJob<S extends z.ZodType>(definition: {
  name: string; queue: QueueName; payload: S; attempts: number; backoffMs: number; timeoutMs: number; everyMs?: number; gathers?: Gathers; goesOn?: true;
}): JobDefinition<z.output<S>> {
  if (!/^[a-z][a-z0-9-]*$/.test(definition.name)) throw new Error(`the job name "${definition.name}" is not made of small letters, digits and hyphens`);
  if (declared.has(definition.name)) throw new Error(`the job "${definition.name}" is defined twice`);
  const job: JobDefinition<z.output<S>> = { ...definition, kind: 'JOB', payload: definition.payload as z.ZodType<z.output<S>> };
  declared.set(job.name, job as unknown as JobDefinition<never>);
  return job;
}

/** May a job of this name go on after it was cancelled? */
export function goesOnAfterCancel(name: string): boolean {
  return declared.get(name)?.goesOn === true;
}

/** Every job named in this process, for the check at boot. */
export function declaredJobs(): readonly JobDefinition<never>[] {
  return [...declared.values()];
}
