import type { ExecutionFigures, MoneyPart } from '@jiheng/domain';
import { z } from 'zod';
import type { Db } from '../platform/database/tx';
import { defineNews } from '../platform/queue/define-news';

/** One line of the money block, 万元 decimal text, cumulative to the end of the period. */
export interface ExecutionPart {
  readonly part: MoneyPart;
  readonly initial: string | null;
  readonly adjusted: string | null;
  readonly executed: string | null;
}

/** 预算执行 of one report as it stands. */
export interface LoadedExecution {
  readonly reportId: string;
  readonly revision: number;
  readonly parts: readonly ExecutionPart[];
  /** The TOTAL line, as scoring takes it. */
  readonly figures: ExecutionFigures;
  readonly reason: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Money was recorded or corrected. */
export const executionRecorded = defineNews({ name: 'execution-recorded', payload: z.object({ reportId: z.uuid() }) });

/** The door to budget execution for features above. */
export abstract class BudgetExecutions {
  /** The latest revision; null when nobody has recorded money for this report. */
  abstract of(db: Db, reportId: string): Promise<LoadedExecution | null>;
  /** The money of the year: that of the latest period of the lineage which has any; null when none has. */
  abstract ofYear(db: Db, lineageId: string): Promise<LoadedExecution | null>;
  /** Who recorded the present revision; null when there is none. */
  abstract recorderOf(db: Db, reportId: string): Promise<string | null>;
}
