import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { afterForm } from './binding/form-mappings';
import { withoutQuery } from './connectors/place-url';
import { SWITCHED_OFF_BY } from './pull-failure';
import { PullRepository } from './pull.repository';
import { PullSourceRules, type PullSourceWish } from './pull-source-wish';
import { PullSecrets } from './secrets/pull-secrets';
import { SourceRevisions } from './source-revision';

/** Writes a source anew. Its runs and what they brought stay; the unit it belongs to stays too, and so do bindings that its form does not show. */
@Injectable()
export class ChangePullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly rules: PullSourceRules, private readonly access: Access,
    private readonly audit: AuditTrail, private readonly secrets: PullSecrets, private readonly clock: Clock,
    private readonly revisions: SourceRevisions,
  ) {}

  async change(actor: Actor, sourceId: string, wish: Omit<PullSourceWish, 'unitId'>, expectedRevision: number): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await this.pulls.lockSource(tx, sourceId);
      if (source === null) return refuse('pull.source-not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], source.unitPath, 'pull.source-not-found');
      if (!allowed.ok) return allowed;
      const next = await this.revisions.advance(tx, 'SOURCE', sourceId, expectedRevision, actor);
      if (!next.ok) return next;
      if (wish.name !== source.name && await this.pulls.nameTaken(tx, source.unitId, wish.name)) return refuse('pull.name-taken', { name: wish.name });
      const whole = { ...wish, unitId: source.unitId as PullSourceWish['unitId'] };
      const lawful = await this.rules.check(tx, whole);
      if (!lawful.ok) return lawful;
      const stored = await this.pulls.bindings(tx, sourceId);
      const bindings = afterForm(stored, wish.mappings);
      const sound = await this.rules.checkBindings(tx, whole, bindings, stored);
      if (!sound.ok) return sound;
      const kept = await this.secrets.keep(tx, { id: sourceId, name: wish.name }, wish.secrets, this.rules.needs(wish), actor.personId, this.clock.now());
      if (!kept.ok) return kept;
      await this.pulls.rewriteSource(tx, sourceId, wish);
      await this.pulls.rewriteBindings(tx, sourceId, bindings);
      await this.audit.append(tx, actor, 'pull-source.changed', sourceId, { name: wish.name, place: withoutQuery(wish.place) });
      return ok(undefined);
    });
  }

  /** Switches a source off: nobody asks it until somebody resumes it. */
  async pause(actor: Actor, sourceId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await this.pulls.lockSource(tx, sourceId);
      if (source === null) return refuse('pull.source-not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], source.unitPath, 'pull.source-not-found');
      if (!allowed.ok) return allowed;
      if (source.state === 'PAUSED') return ok(undefined);
      await this.pulls.pause(tx, sourceId, { zh: `由${actor.displayName}停用`, en: `${SWITCHED_OFF_BY}${actor.displayName}` });
      await this.audit.append(tx, actor, 'pull-source.paused', sourceId, { name: source.name });
      return ok(undefined);
    });
  }
}
