import type { PullSecrets as GivenSecrets, PullSourceKind } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Connectors } from './connectors/connectors';
import { PullSecrets } from './secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceDraft, failed } from './source-connector';

/** Somebody asks: a stored source by its id, or one that is only tried (with the stored secrets of `id`, when it has one). */
export interface Asking extends SourceDraft {
  readonly id: string | null;
  readonly unitId: string;
  readonly kind: PullSourceKind;
}

/** The one way to a source: opens its secrets, asks its connector, and forgets them. */
@Injectable()
export class AskSource {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly connectors: Connectors, private readonly secrets: PullSecrets) {}

  /** @param wanted fields of the bindings, for a source that is asked for places of a document */
  async ask(source: Asking, period: AskedPeriod, wanted: readonly string[], given: GivenSecrets = {}): Promise<Fetched> {
    const { db } = this.unitOfWork;
    const connector = this.connectors.of(source.kind);
    const unitCode = (await this.units.find(db, source.unitId))?.code ?? '';
    const lawful = connector.check(this.connectors.sampleOf(source), unitCode);
    if (!lawful.ok) return { ok: false, failure: { kind: 'MISPLACED', refusal: lawful.refusal, body: null } };
    const opened = await this.secrets.open(db, source.id, source.name, given, connector.needs(this.connectors.sampleOf(source)));
    if (!opened.ok) return failed('NOT_ALLOWED', opened.refusal.code, opened.refusal.params);
    return connector.fetch({ ...source, unitCode, secrets: opened.value, wanted }, period);
  }
}
