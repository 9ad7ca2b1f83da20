import { type WorkView, monitoringReportId, moveRequest, movedView, selfEvaluationId, targetTableId, workView } from '@jiheng/contract';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { InboxQuery } from './inbox.query';
import { MonitoringReportMoves } from './monitoring-report.moves';
import { MoveDocument } from './move-document.service';
import { SelfEvaluationMoves } from './self-evaluation.moves';
import { TargetTableMoves } from './target-table.moves';

type Wish = z.output<typeof moveRequest>;
type Moved = z.output<typeof movedView>;

@Controller()
export class SignOffController {
  constructor(
    private readonly documents: MoveDocument, private readonly targetTables: TargetTableMoves, private readonly reports: MonitoringReportMoves,
    private readonly selfEvaluations: SelfEvaluationMoves, private readonly inbox: InboxQuery,
  ) {}

  @Post('target-tables/:id/moves')
  @Policy('signed-in')
  @HttpCode(200)
  @Answers(movedView)
  async moveTargetTable(@CurrentActor() actor: Actor, @Param('id', { schema: targetTableId }) id: string, @Body({ schema: moveRequest }) wish: Wish): Promise<Moved> {
    return unwrap(await this.documents.move(actor, this.targetTables, id, wish));
  }

  @Post('monitoring-reports/:id/moves')
  @Policy('signed-in')
  @HttpCode(200)
  @Answers(movedView)
  async moveReport(@CurrentActor() actor: Actor, @Param('id', { schema: monitoringReportId }) id: string, @Body({ schema: moveRequest }) wish: Wish): Promise<Moved> {
    return unwrap(await this.documents.move(actor, this.reports, id, wish));
  }

  @Post('self-evaluations/:id/moves')
  @Policy('signed-in')
  @HttpCode(200)
  @Answers(movedView)
  async moveSelfEvaluation(@CurrentActor() actor: Actor, @Param('id', { schema: selfEvaluationId }) id: string, @Body({ schema: moveRequest }) wish: Wish): Promise<Moved> {
    return unwrap(await this.documents.move(actor, this.selfEvaluations, id, wish));
  }

  @Get('work')
  @Policy('signed-in')
  @Answers(workView)
  work(@CurrentActor() actor: Actor): Promise<WorkView> {
    return this.inbox.of(actor);
  }
}
