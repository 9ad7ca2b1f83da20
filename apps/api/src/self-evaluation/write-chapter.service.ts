import type { writeChapter } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { openFor } from './answer-self-evaluation.service';
import { isWritable } from './account';
import { selfEvaluationChanged } from './self-evaluation.public';
import { SelfEvaluationRepository } from './self-evaluation.repository';

/** Writes one part of the report. Revisions are added. Words carry no points: the score that is asked for finds itself unchanged. */
@Injectable()
export class WriteChapter {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly repository: SelfEvaluationRepository, private readonly outbox: Outbox, private readonly access: Access, private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async write(actor: Actor, selfEvaluationId: string, chapterId: string, wish: z.output<typeof writeChapter>): Promise<Result<{ revision: number }>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await openFor(this.repository, this.access, tx, actor, selfEvaluationId);
      if (!found.ok) return found;
      if (!isWritable(chapterId)) return refuse('self-evaluation.chapter-unknown', { chapter: chapterId });
      const before = (await this.repository.chapters(tx, selfEvaluationId)).find((chapter) => chapter.chapterId === chapterId);
      const present = before?.revision ?? 0;
      if (await this.repository.requestDone(tx, selfEvaluationId, wish.requestId)) return ok({ revision: present });
      if (wish.expectedRevision !== present) return refuse('self-evaluation.stale-revision', { by: before?.by ?? '', current: String(present) });
      await this.repository.insertChapter(tx, {
        selfEvaluationId, chapterId, revision: present + 1, written: wish.text, requestId: wish.requestId, recordedBy: actor.personId, recordedAt: this.clock.now(),
      });
      await this.repository.touch(tx, selfEvaluationId);
      await this.outbox.put(tx, selfEvaluationChanged, { selfEvaluationId }, { dedupKey: `self-evaluation-changed-${selfEvaluationId}` });
      await this.audit.append(tx, actor, 'self-evaluation.chapter-written', selfEvaluationId, { chapter: chapterId, revision: String(present + 1) });
      return ok({ revision: present + 1 });
    });
  }
}
