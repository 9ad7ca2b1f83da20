import { type ReconciliationView, reconciliationView } from '@jiheng/contract';
import { Controller, Get } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { CurrentActor, Policy } from '../../platform/access/policy.decorator';
import { Answers } from '../../platform/http/answers.decorator';
import { ReconciliationQuery } from './reconciliation.query';

/** How often sources and people disagree. */
@Controller('reconciliation')
@Policy('signed-in')
export class ReconciliationController {
  constructor(private readonly reconciliation: ReconciliationQuery) {}

  @Get()
  @Answers(reconciliationView)
  view(@CurrentActor() actor: Actor): Promise<ReconciliationView> {
    return this.reconciliation.of(actor);
  }
}
