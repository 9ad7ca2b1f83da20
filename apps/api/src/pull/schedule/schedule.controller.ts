import { type ScheduleView, changeSchedule, pullSourceId, scheduleView, seenSchedule } from '@jiheng/contract';
import type { Result } from '@jiheng/domain';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../platform/access/actor';
import { CurrentActor, Policy } from '../../platform/access/policy.decorator';
import { Answers } from '../../platform/http/answers.decorator';
import { presentAfter, unwrap } from '../../platform/http/refusal.exception';
import { ChangeSchedule } from './change-schedule.service';
import { ScheduleOfSource } from './schedule-of-source.service';

/** When a source is asked by itself. */
@Controller('pull-sources/:id/schedule')
@Policy({ roles: ['reporter', 'administrator'] })
export class ScheduleController {
  constructor(private readonly changes: ChangeSchedule, private readonly schedules: ScheduleOfSource) {}

  @Get()
  @Policy('signed-in')
  @Answers(scheduleView)
  async view(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<ScheduleView> {
    return unwrap(await this.schedules.view(actor, id));
  }

  @Put()
  @Answers(scheduleView)
  async put(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Body({ schema: changeSchedule }) { expectedRevision, ...wish }: z.output<typeof changeSchedule>): Promise<ScheduleView> {
    return this.changed(actor, id, await this.changes.put(actor, id, wish, expectedRevision));
  }

  @Post('pause')
  @HttpCode(200)
  @Answers(scheduleView)
  async pause(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<ScheduleView> {
    unwrap(await this.changes.setState(actor, id, 'PAUSED'));
    return unwrap(await this.schedules.view(actor, id));
  }

  @Post('resume')
  @HttpCode(200)
  @Answers(scheduleView)
  async resume(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<ScheduleView> {
    unwrap(await this.changes.setState(actor, id, 'ACTIVE'));
    return unwrap(await this.schedules.view(actor, id));
  }

  @Delete()
  @Answers(scheduleView)
  async remove(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Query({ schema: seenSchedule }) { expectedRevision }: z.output<typeof seenSchedule>): Promise<ScheduleView> {
    return this.changed(actor, id, await this.changes.remove(actor, id, expectedRevision));
  }

  /** The schedule as it is now; somebody who was slower gets it with the refusal. */
  private async changed(actor: Actor, id: string, result: Result<void>): Promise<ScheduleView> {
    return presentAfter(result, 'pull-schedule.stale-revision', async () => unwrap(await this.schedules.view(actor, id)));
  }
}
