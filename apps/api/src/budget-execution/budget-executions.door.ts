import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';
import { BudgetExecutions, type LoadedExecution } from './budget-execution.public';
import { BudgetExecutionRepository } from './budget-execution.repository';

/** What stands behind the public door. */
@Injectable()
export class BudgetExecutionsDoor extends BudgetExecutions {
  constructor(private readonly executions: BudgetExecutionRepository) { super(); }

  override of(db: Db, reportId: string): Promise<LoadedExecution | null> { return this.executions.latest(db, reportId); }
  override ofYear(db: Db, lineageId: string): Promise<LoadedExecution | null> { return this.executions.ofYear(db, lineageId); }
  override recorderOf(db: Db, reportId: string): Promise<string | null> { return this.executions.recorderOf(db, reportId); }
}
