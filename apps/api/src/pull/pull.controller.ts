import { type AllowedHosts, type PullSourceView, type PullTrial, allowedHosts, changePullSource, createPullSource, pullSourceFilter, pullSourceId, pullSourceList, pullSourceView, pullTrial, startPull, startedPull, tryPullSource } from '@jiheng/contract';
import { refuse } from '@jiheng/domain';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { presentAfter, unwrap } from '../platform/http/refusal.exception';
import { ChangePullSource } from './change-pull-source.service';
import { CreatePullSource } from './create-pull-source.service';
import { DeletePullSource } from './delete-pull-source.service';
import { AllowedHostsView } from './egress/allowed-hosts-view';
import { PullSourcesQuery } from './pull-sources.query';
import { type BegunPull, StartPull } from './start-pull.service';
import { TryPullSource } from './try-pull-source.service';

@Controller('pull-sources')
export class PullController {
  constructor(
    private readonly sources: PullSourcesQuery, private readonly create: CreatePullSource, private readonly changes: ChangePullSource, private readonly trials: TryPullSource,
    private readonly starts: StartPull, private readonly deletes: DeletePullSource, private readonly hosts: AllowedHostsView,
  ) {}

  @Get()
  @Policy('signed-in')
  @Answers(pullSourceList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: pullSourceFilter }) { unitId }: z.output<typeof pullSourceFilter>): Promise<{ sources: PullSourceView[]; more: boolean }> {
    return this.sources.list(actor, unitId ?? null);
  }

  /** Where sources may be asked; whoever may write one is told before a place is refused. */
  @Get('allowed-hosts')
  @Policy({ roles: ['reporter', 'administrator'] })
  @Answers(allowedHosts)
  allowed(): AllowedHosts {
    return this.hosts.view();
  }

  @Post()
  @Policy({ roles: ['reporter', 'administrator'] })
  @Answers(pullSourceView)
  async add(@CurrentActor() actor: Actor, @Body({ schema: createPullSource }) wish: z.output<typeof createPullSource>): Promise<PullSourceView> {
    const { id } = unwrap(await this.create.create(actor, wish));
    return this.seen(actor, id);
  }

  /** Asks a source that nobody has saved yet, and keeps nothing. */
  @Post('try')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(200)
  @Answers(pullTrial)
  async try(@CurrentActor() actor: Actor, @Body({ schema: tryPullSource }) { periodId, sourceId, ...wish }: z.output<typeof tryPullSource>): Promise<PullTrial> {
    return unwrap(await this.trials.try(actor, wish, periodId, sourceId ?? null));
  }

  @Put(':id')
  @Policy({ roles: ['reporter', 'administrator'] })
  @Answers(pullSourceView)
  async change(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Body({ schema: changePullSource }) { expectedRevision, ...wish }: z.output<typeof changePullSource>): Promise<PullSourceView> {
    return presentAfter(await this.changes.change(actor, id, wish, expectedRevision), 'pull.stale-revision', () => this.seen(actor, id));
  }

  /** One that never brought a value, with everything that is only its own. */
  @Delete(':id')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(204)
  async delete(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<void> {
    unwrap(await this.deletes.delete(actor, id));
  }

  /** Switched off: asked by nobody until it is resumed. */
  @Post(':id/pause')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(200)
  @Answers(pullSourceView)
  async pause(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<PullSourceView> {
    unwrap(await this.changes.pause(actor, id));
    return this.seen(actor, id);
  }

  @Post(':id/runs')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(202)
  @Answers(startedPull)
  async start(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Body({ schema: startPull }) wish: z.output<typeof startPull>): Promise<BegunPull & { broughtForward: boolean }> {
    return unwrap(await this.starts.start(actor, id, wish.periodId));
  }

  /** The cause is mended: a paused source may be asked again. */
  @Post(':id/resume')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(200)
  @Answers(pullSourceView)
  async resume(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<PullSourceView> {
    unwrap(await this.starts.resume(actor, id));
    return this.seen(actor, id);
  }

  private async seen(actor: Actor, id: string): Promise<PullSourceView> {
    return (await this.sources.one(actor, id)) ?? unwrap(refuse('pull.source-not-found'));
  }
}
