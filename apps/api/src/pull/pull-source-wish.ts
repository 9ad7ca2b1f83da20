import type { z } from 'zod';
import type { createPullSource } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import type { Db } from '../platform/database/tx';
import type { Binding } from './binding/binding';
import { BindingRules } from './binding/binding-rules';
import { Connectors } from './connectors/connectors';
import { PullRepository } from './pull.repository';
import { MARKS_OF_PLACES, unknownMark } from './source-connector';
import type { SecretNeeds } from './secrets/pull-secrets';

/** What a person wants a source to be. */
export type PullSourceWish = z.output<typeof createPullSource>;

/** Kinds that read sheets, of which one may be named. */
const FOLDERS: ReadonlySet<PullSourceWish['kind']> = new Set<PullSourceWish['kind']>(['SHEET_FOLDER', 'SFTP_FOLDER']);

/** Whether a source may be what somebody wants it to be: the same for a new one, a changed one and one that is only tried. */
@Injectable()
export class PullSourceRules {
  constructor(private readonly pulls: PullRepository, private readonly connectors: Connectors, private readonly units: BudgetUnits, private readonly bindings: BindingRules) {}

  /** Refuses a place that may not be asked, by anybody or by this unit, and indicators that the unit does not have or that are named twice. */
  async check(db: Db, wish: PullSourceWish): Promise<Result<void>> {
    const mark = unknownMark(wish.place);
    if (mark !== null) return refuse('pull.mark-unknown', { mark, known: MARKS_OF_PLACES.join(' ') });
    const inSheet = FOLDERS.has(wish.kind) ? unknownMark(wish.settings.sheet) : null;
    if (inSheet !== null) return refuse('pull.sheet-mark-unknown', { mark: inSheet, known: MARKS_OF_PLACES.join(' ') });
    const unitCode = (await this.units.find(db, wish.unitId))?.code ?? '';
    const lawful = this.connectors.of(wish.kind).check(this.connectors.sampleOf(wish), unitCode);
    if (!lawful.ok) return lawful;
    const known = await this.pulls.knownIndicators(db, wish.unitId);
    const keys = new Set<string>();
    for (const mapping of wish.mappings) {
      const name = known.get(mapping.indicatorKey);
      if (name === undefined) return refuse('pull.indicator-unknown', { key: mapping.indicatorKey });
      if (keys.has(mapping.indicatorKey)) return refuse('pull.indicator-twice', { key: name });
      keys.add(mapping.indicatorKey);
    }
    return ok(undefined);
  }

  /** What a trial may show and nobody may save: bindings that could never bring a value. To be asked beside {@link check}. */
  checkBindings(db: Db, { unitId, kind }: Pick<PullSourceWish, 'unitId' | 'kind'>, wished: readonly Binding[], stored: readonly Binding[] = []): Promise<Result<void>> {
    return this.bindings.checkNew(db, unitId, kind, wished, stored);
  }

  /** Which secrets it uses, and to whom they are shown. Only for a wish that {@link check} has agreed to. */
  needs(wish: Omit<PullSourceWish, 'unitId'>): SecretNeeds {
    return this.connectors.of(wish.kind).needs(this.connectors.sampleOf(wish));
  }
}
