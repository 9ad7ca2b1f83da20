import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/outbox-relay';
import { OutboxReplay } from '../outbox/outbox-replay';
import { OwnWishes } from '../outbox/own-wishes';
import { UnreadableMessages } from '../outbox/unreadable-messages';
import { WaitingMessages } from '../outbox/waiting-messages';
import { Bell } from './bell';
import { BringForwardHandler } from './bring-forward.handler';
import { BringForward } from './bring-forward.service';
import { ForgetOldJobs } from './forget-old-jobs';
import { JobNotices } from './job-notices';
import { JobRegistry } from './job-registry';
import { JobRunStore } from './job-run.store';
import { JobRunner } from './job-runner';
import { JobRuns } from './job-runs';
import { MendersOfJobs } from './menders';

/** Wishes, bells and jobs. Whether this process answers the bells is decided by whoever starts it ({@link JobRunner.start}). */
@Global()
@Module({ imports: [DiscoveryModule], providers: [Outbox, UnreadableMessages, WaitingMessages, OwnWishes, OutboxRelay, OutboxReplay, Bell, JobRegistry, JobRunStore, JobRunner, JobRuns, JobNotices, MendersOfJobs, ForgetOldJobs, BringForward, BringForwardHandler], exports: [BringForward, Outbox, WaitingMessages, OwnWishes, OutboxRelay, OutboxReplay, Bell, JobRegistry, JobRunner, JobRuns, JobNotices, MendersOfJobs] })
export class QueueModule {}
