import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { plainBinding } from './binding/form-mappings';
import { withoutQuery } from './connectors/place-url';
import { PullRepository } from './pull.repository';
import { PullSourceRules, type PullSourceWish } from './pull-source-wish';
import { PullSecrets } from './secrets/pull-secrets';

/** Names a source, where it lies, and what of it goes where. */
@Injectable()
export class CreatePullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly units: BudgetUnits, private readonly rules: PullSourceRules,
    private readonly secrets: PullSecrets, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async create(actor: Actor, wish: PullSourceWish): Promise<Result<{ id: string }>> {
    return this.unitOfWork.run(async (tx) => {
      const unit = await this.units.find(tx, wish.unitId);
      if (unit === null) return refuse('house.not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], unit.path);
      if (!allowed.ok) return allowed;
      if (await this.pulls.nameTaken(tx, wish.unitId, wish.name)) return refuse('pull.name-taken', { name: wish.name });
      const lawful = await this.rules.check(tx, wish);
      if (!lawful.ok) return lawful;
      const bindings = wish.mappings.flatMap(plainBinding);
      const sound = await this.rules.checkBindings(tx, wish, bindings);
      if (!sound.ok) return sound;
      const id = newId();
      await this.pulls.insertSource(tx, {
        id, unitId: wish.unitId, name: wish.name, kind: wish.kind, place: wish.place, rowsPath: wish.rowsPath, keyField: wish.keyField, valueField: wish.valueField, settings: wish.settings,
      }, bindings, actor.personId, this.clock.now());
      const kept = await this.secrets.keep(tx, { id, name: wish.name }, wish.secrets, this.rules.needs(wish), actor.personId, this.clock.now());
      if (!kept.ok) return kept;
      await this.audit.append(tx, actor, 'pull-source.created', id, { name: wish.name, place: withoutQuery(wish.place) });
      return ok({ id });
    });
  }
}
