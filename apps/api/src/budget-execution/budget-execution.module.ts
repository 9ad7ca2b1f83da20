import { Module } from '@nestjs/common';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { BudgetExecutionController } from './budget-execution.controller';
import { BudgetExecutions } from './budget-execution.public';
import { BudgetExecutionRepository } from './budget-execution.repository';
import { BudgetExecutionsDoor } from './budget-executions.door';
import { ExecutionHistoryQuery } from './execution-history.query';
import { RecordExecutionService } from './record-execution.service';

/** Money: initial, adjusted, executed. */
@Module({
  imports: [MonitoringModule],
  controllers: [BudgetExecutionController],
  providers: [BudgetExecutionRepository, RecordExecutionService, ExecutionHistoryQuery, { provide: BudgetExecutions, useClass: BudgetExecutionsDoor }],
  exports: [BudgetExecutions],
})
export class BudgetExecutionModule {}
