import { budgetUnitId, changeUnit, closeUnit, createUnit, unitFilter, type UnitHistory, unitHistory, type UnitList, unitList, unitView, type UnitView } from '@jiheng/contract';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { BudgetUnits, type BudgetUnitRow } from './budget-units.query';
import { UnitHistoryQuery } from './unit-history.query';
import { Units } from './units.service';

const byId = z.object({ id: budgetUnitId });

/** The tree of units, as far as a person may see it. */
@Controller('units')
export class UnitsController {
  constructor(
    private readonly units: Units, private readonly found: BudgetUnits, private readonly histories: UnitHistoryQuery, private readonly access: Access, private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get() @Policy('signed-in') @Answers(unitList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: unitFilter }) { role, open, ...ask }: z.output<typeof unitFilter>): Promise<UnitList> {
    const patterns = role === undefined ? this.access.scopePatterns(actor) : this.access.patternsOf(actor, role);
    const { units, more } = await this.found.page(this.unitOfWork.db, patterns, { ...ask, open: open === '1' });
    return { units: units.map(viewOf), more };
  }

  @Post() @Policy({ roles: ['administrator'] }) @Answers(unitView)
  async create(@CurrentActor() actor: Actor, @Body({ schema: createUnit }) body: z.output<typeof createUnit>): Promise<UnitView> {
    return viewOf(unwrap(await this.units.create(actor, body)));
  }

  @Put(':id') @Policy({ roles: ['administrator'] }) @Answers(unitView)
  async change(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>, @Body({ schema: changeUnit }) body: z.output<typeof changeUnit>): Promise<UnitView> {
    return viewOf(unwrap(await this.units.change(actor, id, body)));
  }

  @Post(':id/closing') @HttpCode(200) @Policy({ roles: ['administrator'] }) @Answers(unitView)
  async close(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>, @Body({ schema: closeUnit }) { reason }: z.output<typeof closeUnit>): Promise<UnitView> {
    return viewOf(unwrap(await this.units.close(actor, id, reason)));
  }

  @Post(':id/reopening') @HttpCode(200) @Policy({ roles: ['administrator'] }) @Answers(unitView)
  async reopen(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>, @Body({ schema: closeUnit }) { reason }: z.output<typeof closeUnit>): Promise<UnitView> {
    return viewOf(unwrap(await this.units.reopen(actor, id, reason)));
  }

  @Get(':id/history') @Policy({ roles: ['administrator'] }) @Answers(unitHistory)
  async history(@CurrentActor() actor: Actor, @Param({ schema: byId }) { id }: z.output<typeof byId>): Promise<UnitHistory> {
    return unwrap(await this.histories.of(actor, id));
  }
}

function viewOf(row: BudgetUnitRow): UnitView {
  return { id: row.id as UnitView['id'], code: row.code, name: row.name, kind: row.kind, parentId: row.parentId as UnitView['parentId'], regionCode: row.regionCode, closedAt: row.closedAt?.toISOString() ?? null };
}
