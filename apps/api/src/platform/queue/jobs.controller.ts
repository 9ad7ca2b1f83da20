import { jobCauses, type JobCause, jobNotices, type JobNoticeView, jobRunId, jobRunList, type JobRunList, retryCause } from '@jiheng/contract';
import { ok, refuse } from '@jiheng/domain';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../access/actor';
import { CurrentActor, Policy } from '../access/policy.decorator';
import { SESSION_COOKIE } from '../access/session.query';
import { UnitOfWork } from '../database/unit-of-work';
import { Answers } from '../http/answers.decorator';
import { unwrap } from '../http/refusal.exception';
import { JobCauses } from './job-causes';
import { JobNotices } from './job-notices';
import { JobRunQuery } from './job-run.query';
import { JobStream } from './job-stream';
import { RetryJob } from './retry-job.service';

const listed = z.object({ state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED']).optional(), cursor: z.uuid().optional(),
  name: z.string().max(60).optional(), from: z.iso.date().optional(), to: z.iso.date().optional(), q: z.string().trim().max(60).optional() });
const byId = z.object({ id: jobRunId });

/** The jobs a person waits for. */
@Controller('jobs')
@Policy('signed-in')
export class JobsController {
  constructor(private readonly jobs: JobRunQuery, private readonly stream: JobStream, private readonly again: RetryJob, private readonly causes: JobCauses,
    private readonly notices: JobNotices, private readonly unitOfWork: UnitOfWork) {}

  @Get() @Answers(jobRunList)
  list(@CurrentActor() actor: Actor, @Query({ schema: listed }) query: z.output<typeof listed>): Promise<JobRunList> {
    return this.jobs.list(actor, { state: query.state ?? null, name: query.name ?? null, from: query.from ?? null, to: query.to ?? null, q: query.q || null }, query.cursor ?? null);
  }

  /** A stream of `jobRunView`, event `job`; event `resync` asks the browser to list again. */
  @Get('events')
  async events(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    unwrap(await this.stream.watch(reply, actor, request.cookies[SESSION_COOKIE] ?? ''));
  }

  /** Failed jobs by what keeps them from passing. */
  @Get('causes') @Answers(jobCauses)
  async gathered(@CurrentActor() actor: Actor): Promise<{ causes: JobCause[] }> {
    return { causes: await this.causes.list(actor) };
  }

  /** The cause is mended: all of its jobs again. */
  @Post('causes/retry') @HttpCode(200)
  async retryCause(@CurrentActor() actor: Actor, @Body({ schema: retryCause }) { name, code }: z.output<typeof retryCause>): Promise<{ retried: number }> {
    return unwrap(await this.causes.retryAll(actor, name, code));
  }

  /** What began to fail, and what works again, for whoever can mend it. */
  @Get('notices') @Answers(jobNotices)
  async told(@CurrentActor() actor: Actor): Promise<{ notices: readonly JobNoticeView[] }> {
    return { notices: await this.notices.unread(this.unitOfWork.db, actor) };
  }

  @Post('notices/:noticeId/read') @HttpCode(204)
  async read(@CurrentActor() actor: Actor, @Param('noticeId', { schema: z.uuid() }) noticeId: string): Promise<void> {
    unwrap(await this.unitOfWork.run(async (tx) => (await this.notices.read(tx, actor, noticeId) ? ok(undefined) : refuse('house.not-found'))));
  }

  @Post(':id/retry') @HttpCode(204)
  async retry(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>): Promise<void> {
    unwrap(await this.again.retry(actor, id));
  }

  @Post(':id/cancel') @HttpCode(204)
  async cancel(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>): Promise<void> {
    unwrap(await this.again.cancel(actor, id));
  }
}
