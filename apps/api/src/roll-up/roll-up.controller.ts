import { type OutstandingView, type RollUpView, outstandingView, rollUpAsk, rollUpView, rollUpViewAsk } from '@jiheng/contract';
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { HeavyRead } from '../platform/http/heavy-read';
import { unwrap } from '../platform/http/refusal.exception';
import { DrawRollUp } from './draw-roll-up.service';
import { OutstandingQuery } from './outstanding.query';
import { RollUpQuery } from './roll-up.query';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

@Controller('roll-ups')
@Policy('signed-in')
export class RollUpController {
  constructor(private readonly rollUps: RollUpQuery, private readonly outstandingUnits: OutstandingQuery, private readonly drawings: DrawRollUp) {}

  /** A unit, what lies directly below it and what stands above, each with everything below counted in. */
  @Get()
  @Answers(rollUpView)
  async view(@CurrentActor() actor: Actor, @Query({ schema: rollUpViewAsk }) ask: z.output<typeof rollUpViewAsk>): Promise<RollUpView> {
    return unwrap(await this.rollUps.view(actor, ask));
  }

  /** Who has not handed in, by name, however far below. */
  @Get('outstanding') @HeavyRead()
  @Answers(outstandingView)
  async outstanding(@CurrentActor() actor: Actor, @Query({ schema: rollUpAsk }) ask: z.output<typeof rollUpAsk>): Promise<OutstandingView> {
    return unwrap(await this.outstandingUnits.view(actor, ask));
  }

  /** The unit and what lies directly below it, one line each, for whatever reads commas. */
  @Get('table.csv') @HeavyRead()
  async commas(@CurrentActor() actor: Actor, @Query({ schema: rollUpAsk }) ask: z.output<typeof rollUpAsk>, @Res() reply: FastifyReply): Promise<void> {
    await this.download(actor, ask, 'csv', reply);
  }

  /** The same as a workbook, with a sheet that says what each number is. */
  @Get('table.xlsx') @HeavyRead()
  async workbook(@CurrentActor() actor: Actor, @Query({ schema: rollUpAsk }) ask: z.output<typeof rollUpAsk>, @Res() reply: FastifyReply): Promise<void> {
    await this.download(actor, ask, 'xlsx', reply);
  }

  private async download(actor: Actor, ask: z.output<typeof rollUpAsk>, format: 'csv' | 'xlsx', reply: FastifyReply): Promise<void> {
    const { bytes, fileName } = unwrap(await this.drawings.draw(actor, ask, format));
    await reply.header('content-type', MEDIA_TYPES[format]).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .header('x-content-type-options', 'nosniff').header('cache-control', 'private, no-store').send(bytes);
  }
}
