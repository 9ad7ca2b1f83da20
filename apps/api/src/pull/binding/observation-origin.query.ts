import type { ObservationOrigin } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { Prepared } from '../../platform/database/prepared';
import { sayFormula } from './formula';

interface OriginRow extends Omit<ObservationOrigin, 'observedAt' | 'formula' | 'formulaEn'> { readonly observedAt: Date; readonly formula: string | null; readonly path: string }

/** Where a pulled value came from: the source's own row, its digest, the time and what was asked. */
@Injectable()
export class ObservationOriginQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access) {}

  /** @returns null where there is no such observation, or none within reach */
  async of(actor: Actor, observationId: string): Promise<ObservationOrigin | null> {
    const found = await this.prepared.one<OriginRow>('observation-origin', `
      select s.name as "sourceName", o.indicator_key as "indicatorKey", o.observed_at as "observedAt", o.asked, o.row_text as row, o.verbatim, o.formula, o.reading, o.sha256, coalesce(o.body_sha256, r.body_sha256) as "bodySha256",
        o.outcome, o.note_zh as "noteZh", o.note_en as "noteEn", u.path
      from observation o join pull_run r on r.id = o.pull_run_id join pull_source s on s.id = r.source_id join budget_unit u on u.id = s.unit_id where o.id = $1`, [observationId]);
    if (found === null || !this.access.mayRead(actor, found.path)) return null;
    const { path, observedAt, ...rest } = found;
    const mayChange = this.access.hasRole(actor, 'reporter', path) || this.access.hasRole(actor, 'administrator', path);
    const formula = sayFormula(rest.formula ?? '');
    // A place may carry a key in its query: who cannot change the source need not see it.
    return { ...rest, asked: mayChange ? rest.asked : rest.asked?.replace(/\?\S*/u, '?…') ?? null, formula: formula.zh, formulaEn: formula.en, observedAt: observedAt.toISOString() };
  }
}
