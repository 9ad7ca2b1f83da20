import { budgetDocumentFilter, type BudgetDocumentView, budgetDocumentView } from '@jiheng/contract';
import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { BudgetDocumentQuery } from './budget-document.query';

/** 预算公开表 of a unit and year. */
@Controller('budget-documents')
@Policy('signed-in')
export class BudgetDocumentController {
  constructor(private readonly documents: BudgetDocumentQuery) {}

  @Get()
  @Answers(budgetDocumentView)
  async of(@CurrentActor() actor: Actor, @Query({ schema: budgetDocumentFilter }) { unitId, fiscalYear }: z.output<typeof budgetDocumentFilter>): Promise<BudgetDocumentView> {
    return unwrap(await this.documents.of(actor, unitId, fiscalYear));
  }
}
