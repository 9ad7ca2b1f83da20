import {
  type BindingPreview, type BindingsView, type ObservationOrigin, bindingPreview, bindingsView, changeBindings, observationOrigin, previewBindings, pullSourceId,
} from '@jiheng/contract';
import { refuse } from '@jiheng/domain';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../platform/access/actor';
import { CurrentActor, Policy } from '../../platform/access/policy.decorator';
import { Answers } from '../../platform/http/answers.decorator';
import { presentAfter, unwrap } from '../../platform/http/refusal.exception';
import { TakeOverSource } from '../take-over-source.service';
import { BindingsQuery } from './bindings.query';
import { ChangeBindings } from './change-bindings.service';
import { ObservationOriginQuery } from './observation-origin.query';
import { PreviewBindings } from './preview-bindings.service';

/** What of a source goes into which indicator, and where a pulled value came from. */
@Controller()
export class BindingsController {
  constructor(
    private readonly bindings: BindingsQuery, private readonly changes: ChangeBindings, private readonly previews: PreviewBindings, private readonly origins: ObservationOriginQuery,
    private readonly handOvers: TakeOverSource,
  ) {}

  @Get('pull-sources/:id/bindings')
  @Policy('signed-in')
  @Answers(bindingsView)
  async view(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<BindingsView> {
    return this.seen(actor, id);
  }

  @Put('pull-sources/:id/bindings')
  @Policy({ roles: ['reporter', 'administrator'] })
  @Answers(bindingsView)
  async change(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Body({ schema: changeBindings }) wish: z.output<typeof changeBindings>): Promise<BindingsView> {
    return presentAfter(await this.changes.change(actor, id, wish.bindings, wish.expectedRevision), 'pull.stale-revision', () => this.seen(actor, id));
  }

  /** Whoever asks answers for the source from now on. */
  @Post('pull-sources/:id/owner')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(200)
  @Answers(bindingsView)
  async takeOver(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string): Promise<BindingsView> {
    unwrap(await this.handOvers.takeOver(actor, id));
    return this.seen(actor, id);
  }

  /** Asks the source with bindings that nobody has saved yet, and keeps nothing. */
  @Post('pull-sources/:id/bindings/preview')
  @Policy({ roles: ['reporter', 'administrator'] })
  @HttpCode(200)
  @Answers(bindingPreview)
  async preview(@CurrentActor() actor: Actor, @Param('id', { schema: pullSourceId }) id: string, @Body({ schema: previewBindings }) wish: z.output<typeof previewBindings>): Promise<BindingPreview> {
    return unwrap(await this.previews.preview(actor, id, wish.bindings, wish.periodId));
  }

  @Get('observations/:id')
  @Policy('signed-in')
  @Answers(observationOrigin)
  async origin(@CurrentActor() actor: Actor, @Param('id', { schema: z.uuid() }) id: string): Promise<ObservationOrigin> {
    return (await this.origins.of(actor, id)) ?? unwrap(refuse('pull.observation-not-found'));
  }

  private async seen(actor: Actor, id: string): Promise<BindingsView> {
    return (await this.bindings.view(actor, id)) ?? unwrap(refuse('pull.source-not-found'));
  }
}
