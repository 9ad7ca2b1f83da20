import type { RuleProfilePreview } from '@jiheng/contract';
import {
  type ComparedScore, type Earned, type LeanScore, type Mover, type RuleProfile, compareScores, joinComparisons, roundHalfUp, scoreTableLean,
} from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { documentCursor } from './documents-in-reach.query';
import { readDocumentsWithInputs } from './documents-with-inputs.query';
import { type AssignmentScope, type DocumentCounts, type DocumentInReach, RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';
import { RuleProfileRepository } from './rule-profile.repository';
import type { ScoredKind } from './scoring.public';
import { ShippedProfiles } from './shipped-profiles';

const MOST_NAMED = 20;
/** Points stand below each other with as many decimals as they have in a report. */
const PLACES = 2;
/** Documents that are in memory at a time, and scored twice in one breath: requests of the same process wait for so long. */
const BATCH = 250;
const KINDS: readonly ScoredKind[] = ['MONITORING_REPORT', 'SELF_EVALUATION'];

/** How far a preview is: documents computed of all. Answers whether to go on. */
export type PreviewProgress = (done: number, total: number, atUnit: string) => Promise<boolean>;

/** Whose profile would be what: where, when, and the profile on record. */
export interface PreviewWish { readonly scope: AssignmentScope; readonly fiscalYear: number; readonly profile: RuleProfile }

/**
 * What another profile would make of the points of every document it would decide, computed twice from what stands in the database: by the
 * profile in force and by the other. Reads as a region's run reads (streams, a batch in memory, one snapshot) and writes nothing.
 */
@Injectable()
export class PreviewRuleProfile {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly assignments: RuleProfileAssignmentRepository, private readonly profiles: RuleProfileRepository,
    private readonly shipped: ShippedProfiles, private readonly clock: Clock,
  ) {}

  /** How many documents it would decide; signed ones keep their points. */
  count(db: Db, scope: AssignmentScope, fiscalYear: number): Promise<DocumentCounts> {
    return this.assignments.countDocuments(db, scope, fiscalYear);
  }

  /** A preview of which nothing is computed yet. */
  counted({ open, openReports, signed }: DocumentCounts): RuleProfilePreview {
    return { documents: open, reports: openReports, changed: 0, signedKept: signed, notComputed: open, ratings: [], movers: [] };
  }

  /** @param told hears after every batch; when it answers false, the rest stays uncomputed and the answer says how many */
  async preview({ scope, fiscalYear, profile }: PreviewWish, told: PreviewProgress = () => Promise.resolve(true)): Promise<RuleProfilePreview> {
    return this.unitOfWork.always(async (tx) => {
      // One moment for all of it: what is saved while it is computed belongs to the next preview.
      await tx.manager.query('set transaction isolation level repeatable read read only');
      const [computedAt, before] = [this.clock.now().toISOString(), newId()];
      const { open, openReports, signed } = await this.count(tx, scope, fiscalYear);
      const all = new Map((await this.profiles.all(tx)).map((one) => [one.id, one.profile]));
      const standing = (await this.shipped.inForce(tx)).profile;
      await tx.manager.query(...documentCursor('reach', scope, fiscalYear));
      let [found, done] = [compareScores<DocumentInReach>([], MOST_NAMED), 0];
      for (let goesOn = true; goesOn;) {
        const batch: DocumentInReach[] = await tx.manager.query(`fetch ${BATCH} from reach`);
        if (batch.length === 0) break;
        found = joinComparisons(found, compareScores(await this.compare(tx, batch, profile, (id) => (id === null ? standing : all.get(id) ?? standing)), MOST_NAMED), MOST_NAMED);
        done += batch.length;
        goesOn = await told(done, open, batch.at(-1)?.unitName ?? '');
      }
      return {
        documents: open, reports: openReports, computedAt, before, changed: found.changed, signedKept: signed, notComputed: Math.max(0, open - done), ratings: found.ratings.map((step) => ({ ...step })), movers: found.movers.map(toView),
      };
    });
  }

  /** Both scores of a batch, in its order. A document that is gone by now is left out. */
  private async compare(tx: Tx, batch: readonly DocumentInReach[], to: RuleProfile, inForce: (id: string | null) => RuleProfile): Promise<ComparedScore<DocumentInReach>[]> {
    const scores = new Map<string, Pick<ComparedScore<DocumentInReach>, 'before' | 'after'>>();
    for (const kind of KINDS) {
      const ids = batch.filter((document) => document.kind === kind).map((document) => document.id);
      for (const { id, table, context, assignedProfileId } of await readDocumentsWithInputs(tx, kind, ids, this.clock.today())) {
        scores.set(id, { before: earned(kind, scoreTableLean(table, inForce(assignedProfileId), context)), after: earned(kind, scoreTableLean(table, to, context)) });
      }
    }
    return batch.flatMap((document) => {
      const both = scores.get(document.id);
      return both === undefined ? [] : [{ document, rated: document.kind === 'SELF_EVALUATION', ...both }];
    });
  }
}

/** A quarter has points and no rating; only the whole year is rated. */
function earned(kind: ScoredKind, score: LeanScore): Earned {
  return kind === 'SELF_EVALUATION' ? { points: score.total, rating: score.rating } : { points: score.indicatorPoints, rating: null };
}

function toView({ document, before, after, difference }: Mover<DocumentInReach>): RuleProfilePreview['movers'][number] {
  return {
    documentKind: document.kind, documentId: document.id, ...titlesOf(document), unitName: document.unitName,
    from: before.points, to: after.points, difference: difference === null ? null : roundHalfUp(difference, PLACES), ratingFrom: before.rating, ratingTo: after.rating,
  };
}

function titlesOf(document: DocumentInReach): { title: string; titleEn: string } {
  const [subject, subjectEn] = document.project === null ? ['单位整体', 'The unit as a whole'] : [document.project, document.project];
  return document.ordinal === null ? { title: `${subject} · 年度自评`, titleEn: `${subjectEn} · self-evaluation` }
    : { title: `${subject} · ${document.label ?? ''}`, titleEn: `${subjectEn} · Q${document.ordinal}` };
}
