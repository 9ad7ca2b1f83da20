import { createHash } from 'node:crypto';
import { ENGINE_VERSION, type Result, type RuleProfile, type TableScore, canonicalInputs, ok, refuse, scoreTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { ArchivedYears } from '../platform/database/archived-years';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { SelfEvaluations } from '../self-evaluation/self-evaluation.public';
import { RuleProfileRepository, type StoredProfile } from './rule-profile.repository';
import { scoreSelfEvaluation } from './score-self-evaluation.job';
import { ScoreRepository } from './score.repository';
import { type ReadInputs, ScoringInputsReader } from './scoring-inputs.reader';
import { type ScoredKind, Scores, type StoredScore } from './scoring.public';
import { ShippedProfiles } from './shipped-profiles';

/** Load, compute, store once. The domain computes; this keeps what came of it under the digest of what went in. */
@Injectable()
export class ScoreDocument extends Scores {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly inputs: ScoringInputsReader, private readonly profiles: ShippedProfiles,
    private readonly profileRepository: RuleProfileRepository, private readonly scores: ScoreRepository,
    private readonly selfEvaluations: SelfEvaluations, private readonly outbox: Outbox, private readonly clock: Clock,
    private readonly archive: ArchivedYears,
  ) { super(); }

  /** The job's deed: scores one document in a transaction of its own. A quarter that changed asks for its year to be scored as well. */
  override async score(kind: ScoredKind, documentId: string): Promise<Result<StoredScore>> {
    return this.unitOfWork.run((tx) => this.scoreIn(tx, kind, documentId, (read) => (kind === 'MONITORING_REPORT' ? this.askForYear(tx, read.lineageId) : Promise.resolve())));
  }

  override scoreNow(tx: Tx, kind: ScoredKind, documentId: string): Promise<Result<StoredScore>> {
    return this.scoreIn(tx, kind, documentId, () => Promise.resolve());
  }

  /** @param beside what else is written with the score; it goes to the database together with it */
  private async scoreIn(tx: Tx, kind: ScoredKind, documentId: string, beside: (read: ReadInputs) => Promise<void>): Promise<Result<StoredScore>> {
    await this.scores.takeTurn(tx, kind, documentId, this.clock.now());
    const read = await this.inputs.read(tx, kind, documentId);
    if (read === null) return refuse('house.not-found');
    // Without its values a year would be scored as if nothing had been reported.
    if (await this.archive.has(read.context.fiscalYear, tx)) return refuse('year.archived', { year: String(read.context.fiscalYear) });
    const profile = await this.rulesFor(tx, kind, documentId, read);
    const canonical = canonicalInputs(read.table, profile.profile, read.context);
    const inputsDigest = createHash('sha256').update(canonical).digest('hex');
    const before = await this.scores.byDigest(tx, kind, documentId, read.context.fiscalYear, profile.id, inputsDigest);
    const at = this.clock.now();
    const point = (scoreId: string): Promise<unknown> => Promise.all([this.scores.pointAt(tx, kind, documentId, read.context.fiscalYear, scoreId, read.documentRevision, at), beside(read)]);
    if (before !== null) { await point(before.id); return ok(before); }
    const id = newId(), score = scoreTable(read.table, profile.profile, read.context);
    const inserting = this.scores.insert(tx, {
      id, kind, documentId, profileId: profile.id, engineVersion: ENGINE_VERSION, inputsDigest, inputs: { table: read.table, context: read.context }, indicatorIds: read.indicatorIds, score, at,
    });
    await Promise.all([inserting, point(id)]);
    return ok({
      id, documentKind: kind, documentId, profileName: profile.profile.name, profileVersion: profile.profile.version, engineVersion: ENGINE_VERSION, inputsDigest,
      indicatorPoints: score.indicatorPoints, total: score.total, rating: score.rating, computedAt: at,
    });
  }

  override current(db: Db, kind: ScoredKind, documentId: string): Promise<StoredScore | null> {
    return this.scores.current(db, kind, documentId);
  }

  override async computation(db: Db, scoreId: string): Promise<TableScore | null> {
    const kept = await this.scores.trace(db, scoreId);
    if (kept !== null) return kept;
    const stored = await this.scores.byId(db, scoreId);
    const made = await this.scores.inputs(db, scoreId);
    // Another engine might come to other points; it must not speak in the name of the one that did.
    if (stored === null || made === null || stored.engineVersion !== ENGINE_VERSION) return null;
    const profile = await this.profileRepository.byId(db, made.profileId);
    return profile === null ? null : scoreTable(made.inputs.table, profile.profile, made.inputs.context);
  }

  override async profileOf(db: Db, scoreId: string): Promise<RuleProfile | null> {
    const made = await this.scores.inputs(db, scoreId);
    return made === null ? null : ((await this.profileRepository.byId(db, made.profileId))?.profile ?? null);
  }

  override async keepTrace(tx: Tx, scoreId: string): Promise<void> {
    const computation = await this.computation(tx, scoreId);
    if (computation !== null) await this.scores.insertTrace(tx, scoreId, computation, this.clock.now());
  }

  /** What was signed keeps the rules it was signed by; everything else takes those in force for its unit and year. */
  private async rulesFor(db: Db, kind: ScoredKind, documentId: string, read: ReadInputs): Promise<StoredProfile> {
    const signed = read.isSigned ? await this.scores.current(db, kind, documentId) : null;
    const kept = signed === null ? null : await this.profileRepository.find(db, signed.profileName, signed.profileVersion);
    return kept ?? this.profiles.inForceFor(db, read.unitPath, read.context.fiscalYear);
  }

  private async askForYear(tx: Tx, lineageId: string): Promise<void> {
    const year = await this.selfEvaluations.ofLineage(tx, lineageId);
    if (year !== null) await this.outbox.put(tx, scoreSelfEvaluation, { selfEvaluationId: year.id }, { dedupKey: `score-self-evaluation/${year.id}` });
  }

  /** After the last failure: the sentence stands beside the points. */
  async markFailed(kind: ScoredKind, documentId: string, failure: { readonly code: string; readonly zh: string; readonly en: string }): Promise<void> {
    await this.unitOfWork.always((tx) => this.scores.markFailed(tx, kind, documentId, failure, this.clock.now()));
  }
}
