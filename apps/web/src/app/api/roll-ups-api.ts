import { Injectable, inject } from '@angular/core';
import type { OutstandingView, RollUpView } from '@jiheng/contract';
import { Http } from './http';
import type { Answer } from './problem';

/** Which region, year and period is looked at. */
export interface RollUpPlace {
  /** null: the topmost unit the reader may see. */
  readonly unitId: string | null;
  readonly fiscalYear: number;
  /** 1…4 a quarter, 0 the year. */
  readonly periodOrdinal: number;
}

/** 区域汇总: what a region amounts to, and who has not handed in. */
@Injectable({ providedIn: 'root' })
export class RollUpsApi {
  private readonly http = inject(Http);

  view(place: RollUpPlace): Promise<Answer<RollUpView>> {
    return this.http.get('/roll-ups', { ...place });
  }
  outstanding(place: RollUpPlace): Promise<Answer<OutstandingView>> {
    return this.http.get('/roll-ups/outstanding', { ...place });
  }
  /** The address of the same numbers as a file; the browser fetches it itself. */
  fileAddress(place: RollUpPlace, format: 'csv' | 'xlsx'): string {
    const query = new URLSearchParams({ ...(place.unitId === null ? {} : { unitId: place.unitId }), fiscalYear: String(place.fiscalYear), periodOrdinal: String(place.periodOrdinal) });
    return `/api/roll-ups/table.${format}?${query}`;
  }
}
