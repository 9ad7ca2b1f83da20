import type { ScheduleView } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { PullRepository } from '../pull.repository';
import { nextOccasion } from './occasions';
import { ScheduleRepository } from './schedule.repository';

/** How many of the coming occasions are shown. */
const SHOWN = 3;

/** When a source will be asked next, for whoever may read its unit. */
@Injectable()
export class ScheduleOfSource {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly schedules: ScheduleRepository, private readonly access: Access) {}

  async view(actor: Actor, sourceId: string): Promise<Result<ScheduleView>> {
    const { db } = this.unitOfWork;
    const source = await this.pulls.source(db, sourceId);
    if (source === null || !this.access.mayRead(actor, source.unitPath)) return refuse('pull.source-not-found');
    const mayChange = this.access.hasRole(actor, 'reporter', source.unitPath) || this.access.hasRole(actor, 'administrator', source.unitPath);
    const stored = await this.schedules.of(db, sourceId);
    const { scheduleRevision: revision } = source;
    if (stored === null) return ok({ mayChange, revision, schedule: null });
    const next: Date[] = stored.nextAt === null ? [] : [stored.nextAt];
    for (let last = next.at(-1); last !== undefined && next.length < SHOWN; last = next.at(-1)) next.push(nextOccasion(stored.rule, stored.window, last));
    return ok({
      mayChange, revision,
      schedule: {
        rule: stored.rule, window: stored.window, minGapMinutes: stored.minGapMinutes, state: stored.state, next: next.map((at) => at.toISOString()), lastAt: stored.lastAt?.toISOString() ?? null,
        missed: stored.missed, noteZh: stored.note?.zh ?? null, noteEn: stored.note?.en ?? null,
      },
    });
  }
}
