import type { Refusal, Result, Words } from '@jiheng/domain';
import { SetMetadata, type CustomDecorator, type Type } from '@nestjs/common';
import type { JobDefinition } from './define-job';
import type { JobFailure } from './job-failure';

/** What a handler may ask of its run. */
export interface JobContext {
  /** The row a person sees, or null for a job nobody waits for. */
  readonly jobRunId: string | null;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Ends when the run exceeds its time or the process stops; hand it to whatever waits. */
  readonly signal: AbortSignal;
  /** Tells how far it is; `at` is what is being worked on. Written at most a few times a second. */
  progress(done: number, total: number, at?: string): Promise<void>;
  /** What whoever waited for it should know although it ended well: it stands beside the job once it is done. */
  remark(words: Words): Promise<void>;
  /** Did a person take the job back? Ask between two steps, then return. */
  cancelled(): Promise<boolean>;
  /**
   * It was taken back and nobody is at it any more: this much was really done. Where that is all of it, the job is done and not cancelled. Answers false when somebody had it go on meanwhile
   * ({@link JobDefinition.goesOn}), or it was never taken back.
   */
  stopped(done: number, total: number): Promise<boolean>;
}

/** A wish that this process committed itself. */
export interface OwnWish<P> {
  /** Of the message in the outbox. */
  readonly id: string;
  readonly payload: P;
}

/** What a failed job is about, as its feature knows it. */
export interface JobSubject {
  readonly name: Words;
  /** The page where it is seen to, and the place on it. */
  readonly link: string;
  readonly fragment: string | null;
  /** What has to be done there before another try can pass: what {@link JobHandler.mayRetry} refuses with. */
  readonly held: Refusal | null;
}

/** Does one kind of job. A second run on the same state changes nothing. Returns or throws; swallows nothing. */
export interface JobHandler<P> {
  handle(payload: P, context: JobContext): Promise<void>;
  /**
   * Of a job that gathers: takes up to `most` wishes that wait ({@link WaitingMessages}), does them in one transaction with their marks, and rings those
   * that cannot be done together. Answers how many it took.
   */
  handleWaiting?(most: number): Promise<number>;
  /**
   * Of a job that gathers and may be done where it was wished for: does these wishes, which this process has just committed, in one transaction with their marks. Answers
   * those that it leaves to the queue; what another process took meanwhile is not among them. Throws when none was done.
   */
  handleOwn?(wishes: readonly OwnWish<P>[]): Promise<readonly string[]>;
  /** Before a person tries a failed one again, or has a cancelled one go on: a refusal says what has to be done first, where a retry could only fail in the same way. */
  mayRetry?(payload: P): Promise<Result<void>>;
  /** Of a job that is about something which people see to: what it is, for many failed jobs at once, in their order; null where it is not there any more. */
  subjectsOf?(payloads: readonly P[]): Promise<readonly (JobSubject | null)[]>;
  /** After the last failure, to mark the feature's own row (in its own transaction). The visible job is marked already. */
  failed?(payload: P, failure: JobFailure, context: Pick<JobContext, 'jobRunId' | 'attempt'>): Promise<void>;
  /**
   * A person took the job back while no worker was at it (before its first run, between two runs, or after its worker died), to end the feature's own row: nobody else
   * would, and what waits for that row would wait for good. May be told more than once.
   */
  takenBack?(payload: P): Promise<void>;
}

export const HANDLES_JOB = 'jiheng:handles-job';

/** Marks a provider as the one handler of a job. */
export function HandlesJob<P>(job: JobDefinition<P>): (target: Type<JobHandler<P>>) => void {
  const mark: CustomDecorator = SetMetadata(HANDLES_JOB, job);
  return (target) => { mark(target); };
}
