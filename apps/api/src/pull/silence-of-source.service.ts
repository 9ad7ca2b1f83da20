import { type Refusal, type Words, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { minuteWords } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { JobNotices, type NoticeWords } from '../platform/queue/job-notices';
import { MendersOfJobs } from '../platform/queue/menders';
import { PullRepository, type StoredRun, type StoredSource } from './pull.repository';
import { subjectOfSource } from './run-pull.job';

/** So many scheduled pulls in a row without a value, and the owner hears of it: once is a neighbour who is late, twice one who is very late. */
export const SILENT_AFTER = 3;

type OfSource = Pick<StoredSource, 'id' | 'name' | 'unitId'>;

/**
 * A source that is asked by itself and says nothing fails nowhere: its pulls are done, and nobody looks. So its owner is told, as of an outage once, and once more when values come again. What a person
 * asks for is no part of the row, for that person sees what came of it; a value ends the silence whoever asked.
 */
@Injectable()
export class SilenceOfSource {
  constructor(private readonly pulls: PullRepository, private readonly notices: JobNotices, private readonly people: MendersOfJobs) {}

  /** A pull ended well and brought nothing. In the transaction that ends it: told and ended go together. */
  async keeps(tx: Tx, run: StoredRun, source: OfSource, reason: Words): Promise<void> {
    if (!run.isScheduled) return;
    const { runs, since } = await this.pulls.silence(tx, source.id);
    const ownerId = await this.pulls.ownerOf(tx, run.id);
    if (runs < SILENT_AFTER || since === null || ownerId === null) return;
    const began = minuteWords(since);
    const refusal: Refusal = { code: 'pull.silent-again', params: { source: source.name, runs: String(runs), since: began.zh, sinceEn: began.en, reason: reason.zh, reasonEn: reason.en } };
    const { people } = await this.people.ofSource(tx, ownerId, source.unitId);
    await this.notices.tell(tx, 'SILENCE', people.map(({ id }) => id), noticeOf(source, { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') }));
  }

  /** A pull brought a value that can be read. */
  async ends(tx: Tx, source: OfSource): Promise<void> {
    await this.notices.over(tx, 'SILENCE', noticeOf(source, { zh: '又取到数据了。', en: 'It brings values again.' }));
  }
}

function noticeOf({ id, name, unitId }: OfSource, sentence: Words): NoticeWords {
  return { subject: subjectOfSource(id), title: { zh: `定时取数：${name}`, en: `Scheduled pull: ${name}` }, sentence, unitId, link: '/sources' };
}
