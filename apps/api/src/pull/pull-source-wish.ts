import type { z } from 'zod';
import type { createPullSource } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';
import { Connectors } from './connectors/connectors';
import { PullRepository } from './pull.repository';
import { placeFor } from './source-connector';

/** What a person wants a source to be. */
export type PullSourceWish = z.output<typeof createPullSource>;

/** Whether a source may be what somebody wants it to be: the same for a new one, a changed one and one that is only tried. */
@Injectable()
export class PullSourceRules {
  constructor(private readonly pulls: PullRepository, private readonly connectors: Connectors) {}

  /** Refuses a place that may not be asked, and indicators that the unit does not have or that are named twice. */
  async check(db: Db, wish: PullSourceWish): Promise<Result<void>> {
    const place = this.placeAllowed(wish.kind, wish.place);
    if (!place.ok) return place;
    const known = await this.pulls.knownIndicatorKeys(db, wish.unitId);
    const keys = new Set<string>();
    for (const mapping of wish.mappings) {
      if (!known.has(mapping.indicatorKey)) return refuse('pull.indicator-unknown', { key: mapping.indicatorKey });
      if (keys.has(mapping.indicatorKey)) return refuse('pull.indicator-twice', { key: mapping.indicatorKey });
      keys.add(mapping.indicatorKey);
    }
    return ok(undefined);
  }

  /** Asked with the marks of some period filled in: a mark must not be able to change the host. */
  private placeAllowed(kind: PullSourceWish['kind'], place: string): Result<void> {
    const sample = placeFor(place, { fiscalYear: 2024, ordinal: 4, label: '', startsOn: '2024-10-01', endsOn: '2024-12-31' }, encodeURIComponent);
    if (kind === 'SHEET_FOLDER') return this.connectors.folder.isAllowed(sample) ? ok(undefined) : refuse('pull.place-forbidden', { place });
    if (!URL.canParse(sample)) return refuse('pull.place-malformed', { place, cause: 'https://…' });
    return this.connectors.http.isAllowed(new URL(sample)) ? ok(undefined) : refuse('pull.place-forbidden', { place });
  }
}
