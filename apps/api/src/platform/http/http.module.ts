import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { JobRunQuery } from '../queue/job-run.query';
import { JobStream } from '../queue/job-stream';
import { JobsController } from '../queue/jobs.controller';
import { JobCauses } from '../queue/job-causes';
import { JobSubjects } from '../queue/job-subjects';
import { RetryJob } from '../queue/retry-job.service';
import { HealthController } from './health.controller';
import { HeavyReads } from './heavy-read';
import { contractPipe } from './malformed.exception';
import { OpenApiController } from './open-api.controller';
import { ProblemFilter } from './problem.filter';

/** The door: shapes in, problems out. */
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController, OpenApiController, JobsController],
  providers: [JobRunQuery, JobStream, RetryJob, JobCauses, JobSubjects, { provide: APP_FILTER, useClass: ProblemFilter }, { provide: APP_PIPE, useFactory: contractPipe }, { provide: APP_INTERCEPTOR, useClass: HeavyReads }],
})
export class HttpModule {}
