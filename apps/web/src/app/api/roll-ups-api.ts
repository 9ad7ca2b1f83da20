import { Injectable, inject } from '@angular/core';
import type { OutstandingView, RollUpView, ScoringRunAsked } from '@jiheng/contract';
import { Http } from './http';
import { answered, type Answer } from './problem';

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

  /** What a region amounts to, with the first of the units directly below it. */
  view(place: RollUpPlace): Promise<Answer<RollUpView>> {
    return this.http.get('/roll-ups', { ...place });
  }
  /** The same with all units directly below it. The server tells five hundred at once; what is looked for, kept and sorted is looked for among all. */
  async whole(place: RollUpPlace): Promise<Answer<RollUpView>> {
    const first = await this.view(place);
    if (!first.ok || first.value.belowNext === null) return first;
    const below = [...first.value.below];
    for (let after: string | null = first.value.belowNext; after !== null;) {
      const piece: Answer<RollUpView> = await this.http.get<RollUpView>('/roll-ups', { ...place, after });
      if (!piece.ok) return piece;
      below.push(...piece.value.below);
      after = piece.value.belowNext;
    }
    return answered({ ...first.value, below, belowTotal: below.length, belowNext: null });
  }
  outstanding(place: RollUpPlace): Promise<Answer<OutstandingView>> {
    return this.http.get('/roll-ups/outstanding', { ...place });
  }
  /** Asks for the points of everything below a unit once more, as a job; the one under way where there is one. */
  rescore(region: { readonly unitId: string; readonly fiscalYear: number; readonly periodOrdinal: number }): Promise<Answer<ScoringRunAsked>> {
    return this.http.send('POST', '/scoring-runs', region);
  }
  /** The address of the same numbers as a file; the browser fetches it itself. */
  fileAddress(place: RollUpPlace, format: 'csv' | 'xlsx'): string {
    const query = new URLSearchParams({ ...(place.unitId === null ? {} : { unitId: place.unitId }), fiscalYear: String(place.fiscalYear), periodOrdinal: String(place.periodOrdinal) });
    return `/api/roll-ups/table.${format}?${query}`;
  }
}
