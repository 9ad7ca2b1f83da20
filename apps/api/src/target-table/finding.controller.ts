import { type TargetTableView, acceptFinding } from '@jiheng/contract';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { AcceptFinding } from './accept-finding.service';
import { TargetTableViewQuery } from './target-table-view.query';

const place = z.object({ id: z.uuid(), findingId: z.string().max(64) });

/** What is done with the findings of a table. */
@Controller('target-tables')
@Policy('signed-in')
export class FindingController {
  constructor(private readonly accepting: AcceptFinding, private readonly views: TargetTableViewQuery) {}

  @Post(':id/findings/:findingId/acceptance')
  @HttpCode(200)
  async accept(@CurrentActor() actor: Actor, @Param({ schema: place }) { id, findingId }: z.output<typeof place>, @Body({ schema: acceptFinding }) { reason }: z.output<typeof acceptFinding>): Promise<TargetTableView> {
    unwrap(await this.accepting.accept(actor, id, findingId, reason));
    return unwrap(await this.views.view(actor, id));
  }
}
