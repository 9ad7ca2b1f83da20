import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { AuditTrail } from '../../platform/audit/audit-trail';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { PullRepository } from '../pull.repository';
import { SourceRevisions } from '../source-revision';
import type { Binding } from './binding';
import { BindingRules } from './binding-rules';

/** Writes the bindings of a source anew. What they brought before stays as it was. */
@Injectable()
export class ChangeBindings {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly rules: BindingRules, private readonly access: Access, private readonly audit: AuditTrail,
    private readonly revisions: SourceRevisions,
  ) {}

  async change(actor: Actor, sourceId: string, bindings: readonly Binding[], expectedRevision: number): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await this.pulls.lockSource(tx, sourceId);
      if (source === null) return refuse('pull.source-not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], source.unitPath, 'pull.source-not-found');
      if (!allowed.ok) return allowed;
      const next = await this.revisions.advance(tx, 'SOURCE', sourceId, expectedRevision, actor);
      if (!next.ok) return next;
      const plain = bindings.map(trimmed);
      const lawful = await this.rules.check(tx, source.unitId, source.kind, plain);
      if (!lawful.ok) return lawful;
      const sound = await this.rules.checkNew(tx, source.unitId, source.kind, plain, await this.pulls.bindings(tx, sourceId));
      if (!sound.ok) return sound;
      await this.pulls.rewriteBindings(tx, sourceId, plain);
      await this.audit.append(tx, actor, 'pull-source.bindings-changed', sourceId, { name: source.name, bindings: String(plain.length), formulas: String(plain.filter((one) => one.formula !== '').length) });
      return ok(undefined);
    });
  }
}

/** Blanks at the ends are slips of the hand. */
export function trimmed(binding: Binding): Binding {
  return {
    indicatorKey: binding.indicatorKey, field: binding.field.trim(), unit: binding.unit.trim(), formula: binding.formula.trim(), numeratorField: binding.numeratorField.trim(),
    denominatorField: binding.denominatorField.trim(),
  };
}
