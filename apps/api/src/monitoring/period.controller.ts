import type { PeriodList } from '@jiheng/contract';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { OpenPeriodService } from './open-period.service';
import { PeriodQuery } from './period.query';

const one = z.object({ id: z.uuid() });
const ofYear = z.object({ fiscalYear: z.coerce.number().int().min(2000).max(2100).optional() });

/** 报告期. */
@Controller('periods')
@Policy('signed-in')
export class PeriodController {
  constructor(private readonly query: PeriodQuery, private readonly opening: OpenPeriodService) {}

  @Get()
  async list(@Query({ schema: ofYear }) { fiscalYear }: z.output<typeof ofYear>): Promise<PeriodList> {
    return { periods: await this.query.ofYear(fiscalYear ?? null) };
  }

  /** Accepted: the job does it, and its progress can be watched. */
  @Post(':id/open')
  @HttpCode(202)
  @Policy({ roles: ['finance', 'department', 'administrator'] })
  async open(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<{ jobRunId: string }> {
    return unwrap(await this.opening.request(actor, id));
  }
}
