import { type Refusal, type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { Clock, minuteWords } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';

/** What of a source is changed by itself: what its form and its bindings show, or when it is asked. */
export type RevisedPart = 'SOURCE' | 'SCHEDULE';

interface Revised { readonly name: string; readonly revision: number; readonly by: string | null; readonly at: Date | null }

const COLUMNS: Readonly<Record<RevisedPart, { readonly revision: string; readonly by: string; readonly at: string; readonly stale: Refusal['code'] }>> = {
  SOURCE: { revision: 'revision', by: 'changed_by', at: 'changed_at', stale: 'pull.stale-revision' },
  SCHEDULE: { revision: 'schedule_revision', by: 'schedule_changed_by', at: 'schedule_changed_at', stale: 'pull-schedule.stale-revision' },
};

/** Lets nobody write over what somebody else wrote meanwhile: every change says from which revision it was made. */
@Injectable()
export class SourceRevisions {
  constructor(private readonly clock: Clock) {}

  /** Lock the source first. Refuses a change that was made from another revision, with who made the present one and when; else the revision is the next, by this person. */
  async advance(tx: Tx, part: RevisedPart, sourceId: string, expected: number, actor: Actor): Promise<Result<void>> {
    const { revision, by, at: changedAt, stale } = COLUMNS[part];
    const rows: Revised[] = await tx.manager.query(
      `select s.name, s.${revision} as revision, p.display_name as by, s.${changedAt} as at from pull_source s left join person p on p.id = s.${by} where s.id = $1`, [sourceId]);
    const present = rows[0];
    if (present === undefined) return refuse('pull.source-not-found');
    if (present.revision !== expected) {
      const at = minuteWords(present.at ?? this.clock.now());
      return refuse(stale, { source: present.name, current: String(present.revision), by: present.by ?? '其他人', byEn: present.by ?? 'somebody else', at: at.zh, atEn: at.en });
    }
    await tx.manager.query(`update pull_source set ${revision} = ${revision} + 1, ${by} = $2, ${changedAt} = $3 where id = $1`, [sourceId, actor.personId, this.clock.now()]);
    return ok(undefined);
  }
}
