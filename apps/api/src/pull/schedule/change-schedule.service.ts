import type { ScheduleBody } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { AuditTrail } from '../../platform/audit/audit-trail';
import { Clock } from '../../platform/clock/clock';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { lockOwnSource } from '../lock-own-source';
import { PullRepository } from '../pull.repository';
import { SourceRevisions } from '../source-revision';
import { checkRule, nextOccasion } from './occasions';
import { ScheduleRepository } from './schedule.repository';

/** Says when a source is asked by itself, stops that for a while, and takes it away. */
@Injectable()
export class ChangeSchedule {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly schedules: ScheduleRepository, private readonly access: Access, private readonly audit: AuditTrail,
    private readonly clock: Clock, private readonly revisions: SourceRevisions,
  ) {}

  async put(actor: Actor, sourceId: string, wish: ScheduleBody, expectedRevision: number): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!source.ok) return source;
      const next = await this.revisions.advance(tx, 'SCHEDULE', sourceId, expectedRevision, actor);
      if (!next.ok) return next;
      const lawful = checkRule(wish.rule, wish.minGapMinutes);
      if (!lawful.ok) return lawful;
      const now = this.clock.now();
      await this.schedules.put(tx, { sourceId, rule: wish.rule, window: wish.window, minGapMinutes: wish.minGapMinutes, nextAt: nextOccasion(wish.rule, wish.window, now), by: actor.personId, at: now });
      await this.audit.append(tx, actor, 'pull-schedule.set', sourceId, { name: source.value.name, rule: JSON.stringify(wish.rule) });
      return ok(undefined);
    });
  }

  /** Paused: nothing is caught up on afterwards; resumed, the next occasion is the next one from now. */
  async setState(actor: Actor, sourceId: string, state: 'ACTIVE' | 'PAUSED'): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!source.ok) return source;
      const schedule = await this.schedules.of(tx, sourceId);
      if (schedule === null) return refuse('pull.schedule-not-found');
      if (schedule.state === state) return ok(undefined);
      await this.schedules.setState(tx, sourceId, state, state === 'PAUSED' ? null : nextOccasion(schedule.rule, schedule.window, this.clock.now()));
      await this.audit.append(tx, actor, state === 'PAUSED' ? 'pull-schedule.paused' : 'pull-schedule.resumed', sourceId, { name: source.value.name });
      return ok(undefined);
    });
  }

  async remove(actor: Actor, sourceId: string, expectedRevision: number): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const source = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!source.ok) return source;
      const next = await this.revisions.advance(tx, 'SCHEDULE', sourceId, expectedRevision, actor);
      if (!next.ok) return next;
      await this.schedules.remove(tx, sourceId);
      await this.audit.append(tx, actor, 'pull-schedule.removed', sourceId, { name: source.value.name });
      return ok(undefined);
    });
  }
}
