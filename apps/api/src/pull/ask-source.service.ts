import type { PullSecrets as GivenSecrets, PullSourceKind } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Connectors } from './connectors/connectors';
import { blotAnswer, blotFault } from './secrets/blot-answer';
import { blotterOf } from './secrets/blot-secrets';
import { PullSecrets } from './secrets/pull-secrets';
import { secretsOfAsking } from './secrets/secrets-of-asking';
import { type Answer, type AskedPeriod, type SourceDraft, failed } from './source-connector';

/** Somebody asks: a stored source by its id, or one that is only tried (with the stored secrets of `id`, when it has one). */
export interface Asking extends SourceDraft {
  readonly id: string | null;
  readonly unitId: string;
  readonly kind: PullSourceKind;
}

/** The one way to a source: opens its secrets, asks its connector, takes them out of what it answered, and forgets them. */
@Injectable()
export class AskSource {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly connectors: Connectors, private readonly secrets: PullSecrets) {}

  /** @param wanted fields of the bindings, for a source that is asked for places of a document */
  async ask(source: Asking, period: AskedPeriod, wanted: readonly string[], given: GivenSecrets = {}): Promise<Answer> {
    const { db } = this.unitOfWork;
    const connector = this.connectors.of(source.kind);
    const unitCode = (await this.units.find(db, source.unitId))?.code ?? '';
    const lawful = connector.check(this.connectors.sampleOf(source), unitCode);
    if (!lawful.ok) return { ok: false, failure: { kind: 'MISPLACED', refusal: lawful.refusal, body: null } };
    const opened = await this.secrets.open(db, source.id, source.name, given, connector.needs(this.connectors.sampleOf(source)));
    if (!opened.ok) return failed('NOT_ALLOWED', opened.refusal.code, opened.refusal.params);
    const address = { ...source, unitCode, secrets: opened.value, wanted };
    // The one place that every answer and every failure goes through: a server that repeats what it was sent makes no secret known.
    try {
      const fetched = await connector.fetch(address, period);
      return await blotAnswer(fetched, blotterOf(secretsOfAsking(address, period)), wanted);
    } catch (fault) {
      throw blotFault(fault, blotterOf(secretsOfAsking(address, period)));
    }
  }
}
