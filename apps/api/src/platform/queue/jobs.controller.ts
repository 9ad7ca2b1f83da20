import { jobRunId, jobRunList, type JobRunList } from '@jiheng/contract';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../access/actor';
import { CurrentActor, Policy } from '../access/policy.decorator';
import { SESSION_COOKIE } from '../access/session.query';
import { Answers } from '../http/answers.decorator';
import { unwrap } from '../http/refusal.exception';
import { JobRunQuery } from './job-run.query';
import { JobStream } from './job-stream';
import { RetryJob } from './retry-job.service';

const listed = z.object({ state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED']).optional(), cursor: z.uuid().optional() });
const byId = z.object({ id: jobRunId });

/** The jobs a person waits for. */
@Controller('jobs')
@Policy('signed-in')
export class JobsController {
  constructor(private readonly jobs: JobRunQuery, private readonly stream: JobStream, private readonly again: RetryJob) {}

  @Get() @Answers(jobRunList)
  list(@CurrentActor() actor: Actor, @Query({ schema: listed }) query: z.output<typeof listed>): Promise<JobRunList> {
    return this.jobs.list(actor, query.state ?? null, query.cursor ?? null);
  }

  /** A stream of `jobRunView`, event `job`; event `resync` asks the browser to list again. */
  @Get('events')
  async events(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.stream.watch(reply, actor, request.cookies[SESSION_COOKIE] ?? '');
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
