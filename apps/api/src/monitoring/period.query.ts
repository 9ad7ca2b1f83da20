import type { PeriodView } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { toPeriodView } from './monitoring-report-view.query';
import { PeriodRepository } from './period.repository';

/** GET /api/periods */
@Injectable()
export class PeriodQuery {
  constructor(private readonly periods: PeriodRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /** The periods of a year in order, with where they stand today. */
  async ofYear(fiscalYear: number | null): Promise<PeriodView[]> {
    const today = this.clock.today();
    const found = await this.periods.ofYear(this.unitOfWork.db, fiscalYear ?? Number(today.slice(0, 4)));
    return found.map((period) => toPeriodView(period, today));
  }
}
