import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Db, Tx } from '../platform/database/tx';
import { type LoadedSelfEvaluation, type SelfEvaluationHead, type SelfEvaluationState, SelfEvaluations } from './self-evaluation.public';
import { SelfEvaluationRepository } from './self-evaluation.repository';
import { YearReader } from './year.reader';

/** What stands behind the public door. */
@Injectable()
export class SelfEvaluationsDoor extends SelfEvaluations {
  constructor(private readonly repository: SelfEvaluationRepository, private readonly years: YearReader, private readonly clock: Clock) { super(); }

  override head(db: Db, id: string): Promise<SelfEvaluationHead | null> { return this.repository.head(db, id); }
  override lock(tx: Tx, id: string): Promise<SelfEvaluationHead | null> { return this.repository.lock(tx, id); }
  override ofLineage(db: Db, lineageId: string): Promise<SelfEvaluationHead | null> { return this.repository.ofLineage(db, lineageId); }
  override load(db: Db, id: string): Promise<LoadedSelfEvaluation | null> { return this.years.load(db, id); }
  override recordersOf(db: Db, id: string): Promise<readonly string[]> { return this.repository.recorders(db, id); }
  override setState(tx: Tx, id: string, to: SelfEvaluationState): Promise<number> { return this.repository.setState(tx, id, to, this.clock.now()); }
}
