import type { z } from 'zod';
import type { createPullSource } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Connectors } from './connectors';
import { PullRepository } from './pull.repository';
import { placeFor } from './source-connector';

/** Names a source, where it lies, and what of it goes where. */
@Injectable()
export class CreatePullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly units: BudgetUnits, private readonly connectors: Connectors,
    private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async create(actor: Actor, wish: z.output<typeof createPullSource>): Promise<Result<{ id: string }>> {
    return this.unitOfWork.run(async (tx) => {
      const unit = await this.units.find(tx, wish.unitId);
      if (unit === null) return refuse('house.not-found');
      const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], unit.path);
      if (!allowed.ok) return allowed;
      const place = this.placeAllowed(wish.kind, wish.place);
      if (!place.ok) return place;
      if (await this.pulls.nameTaken(tx, wish.unitId, wish.name)) return refuse('pull.name-taken', { name: wish.name });
      const known = await this.pulls.knownIndicatorKeys(tx, wish.unitId);
      const keys = new Set<string>();
      for (const mapping of wish.mappings) {
        if (!known.has(mapping.indicatorKey)) return refuse('pull.indicator-unknown', { key: mapping.indicatorKey });
        if (keys.has(mapping.indicatorKey)) return refuse('pull.indicator-twice', { key: mapping.indicatorKey });
        keys.add(mapping.indicatorKey);
      }
      const id = newId();
      await this.pulls.insertSource(tx, {
        id, unitId: wish.unitId, name: wish.name, kind: wish.kind, place: wish.place, rowsPath: wish.rowsPath, keyField: wish.keyField, valueField: wish.valueField,
      }, wish.mappings, actor.personId, this.clock.now());
      await this.audit.append(tx, actor, 'pull-source.created', id, { name: wish.name, place: wish.place });
      return ok({ id });
    });
  }

  /** Asked with the marks of some period filled in: a mark must not be able to change the host. */
  private placeAllowed(kind: 'HTTP_JSON' | 'SHEET_FOLDER', place: string): Result<void> {
    const sample = placeFor(place, { fiscalYear: 2024, ordinal: 4, label: '', startsOn: '2024-10-01', endsOn: '2024-12-31' }, encodeURIComponent);
    if (kind === 'SHEET_FOLDER') return this.connectors.folder.isAllowed(sample) ? ok(undefined) : refuse('pull.place-forbidden', { place });
    if (!URL.canParse(sample)) return refuse('pull.place-malformed', { place, cause: 'https://…' });
    return this.connectors.http.isAllowed(new URL(sample)) ? ok(undefined) : refuse('pull.place-forbidden', { place });
  }
}
