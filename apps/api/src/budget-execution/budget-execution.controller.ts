import { type ExecutionHistory, type ExecutionView, recordExecution } from '@jiheng/contract';
import { refuse } from '@jiheng/domain';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { MonitoringReports } from '../monitoring/monitoring.public';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { unwrap, withPresent } from '../platform/http/refusal.exception';
import { ExecutionHistoryQuery } from './execution-history.query';
import { RecordExecutionService } from './record-execution.service';

const one = z.object({ id: z.uuid() });

/** 预算执行 of a report. */
@Controller('monitoring-reports/:id/execution')
@Policy('signed-in')
export class BudgetExecutionController {
  constructor(private readonly recording: RecordExecutionService, private readonly histories: ExecutionHistoryQuery, private readonly reports: MonitoringReports) {}

  @Put()
  async record(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: recordExecution }) body: z.output<typeof recordExecution>): Promise<ExecutionView> {
    const recorded = await this.recording.record(actor, id, body);
    if (!recorded.ok && recorded.refusal.code !== 'execution.stale-revision') return unwrap(recorded);
    const present = await this.reports.executionView(id);
    if (!recorded.ok) return unwrap(withPresent(recorded.refusal, present));
    return present ?? unwrap(refuse('monitoring-report.not-found'));
  }

  @Get('history')
  async history(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<ExecutionHistory> {
    return unwrap(await this.histories.of(actor, id));
  }
}
