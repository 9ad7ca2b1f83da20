import { Injectable, inject } from '@angular/core';
import type { PeriodList } from '@jiheng/contract';
import { Http } from './http';
import type { Answer } from './problem';

/** 报告期: the quarters of a year. */
@Injectable({ providedIn: 'root' })
export class PeriodsApi {
  private readonly http = inject(Http);

  list(fiscalYear: number | null): Promise<Answer<PeriodList>> {
    return this.http.get('/periods', { fiscalYear });
  }
  /** Opens a quarter for entry before its day; a job does it. */
  open(id: string): Promise<Answer<{ readonly jobRunId: string }>> {
    return this.http.send('POST', `/periods/${id}/open`);
  }
}
