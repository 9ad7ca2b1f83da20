import { createUnit, unitView, type UnitView } from '@jiheng/contract';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { BudgetUnits, type BudgetUnitRow } from './budget-units.query';
import { Units } from './units.service';

/** The tree of units, as far as a person may see it. */
@Controller('units')
export class UnitsController {
  constructor(private readonly units: Units, private readonly found: BudgetUnits, private readonly access: Access, private readonly unitOfWork: UnitOfWork) {}

  @Get() @Policy('signed-in') @Answers(z.object({ units: z.array(unitView) }))
  async list(@CurrentActor() actor: Actor): Promise<{ units: UnitView[] }> {
    const rows = await this.found.below(this.unitOfWork.db, this.access.scopePatterns(actor));
    return { units: rows.map(viewOf) };
  }

  @Post() @Policy({ roles: ['administrator'] }) @Answers(unitView)
  async create(@CurrentActor() actor: Actor, @Body({ schema: createUnit }) body: z.output<typeof createUnit>): Promise<UnitView> {
    return viewOf(unwrap(await this.units.create(actor, body)));
  }
}

function viewOf(row: BudgetUnitRow): UnitView {
  return { id: row.id as UnitView['id'], code: row.code, name: row.name, kind: row.kind, parentId: row.parentId as UnitView['parentId'] };
}
