import { createHash } from 'node:crypto';
import type { moveRequest, movedView } from '@jiheng/contract';
import { type Guard, type Move, type MoveFacts, type Refusal, type Result, type Role, applyMove, movesInReach, ok, refuse, sayRefusal, signOffGuards } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { withFields } from '../platform/http/refusal.exception';
import { Scores, type StoredScore } from '../scoring/scoring.public';
import { stableText } from '../platform/digest/stable-text';
import type { Blocker, DocumentMoves, MovableDocument } from './document-moves';
import { SignOffRepository } from './sign-off.repository';

type Wish = z.output<typeof moveRequest>;
type Moved = z.output<typeof movedView>;

/** Moves by which a person answers for what the document says. A review is an opinion and leaves no signature. */
const SIGNING = new Set(['sign', 'acceptDepartment', 'accept', 'approve']);
/** Moves after which earlier signatures no longer cover what the document says. */
const UNSIGNING = new Set(['return', 'reopen']);

/** 送审、退回、签字: the same acts for all three documents. Lock, establish the facts, ask the workflow, write what came of it. */
@Injectable()
export class MoveDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly scores: Scores, private readonly signOffs: SignOffRepository, private readonly access: Access,
    private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async move(actor: Actor, moves: DocumentMoves, documentId: string, wish: Wish): Promise<Result<Moved>> {
    await this.bringPointsUpToDate(actor, moves, documentId, wish);
    return this.unitOfWork.run(async (tx) => {
      const document = await moves.lock(tx, documentId);
      if (document === null || !this.access.mayRead(actor, document.unitPath)) return refuse(moves.notFound);
      if (wish.expectedRevision !== document.revision) return refuse('workflow.stale-revision');
      const roles = this.access.rolesAt(actor, document.unitPath);
      const score = await this.scoreNow(tx, moves, document);
      if (!score.ok) return score;
      const { facts, blockers } = await this.establish(tx, actor, moves, document, wish, score.value);
      const applied = applyMove(moves.workflow, document.state, wish.move, { roles }, facts);
      if (!applied.ok) return explained(applied.refusal, blockers);

      const role = roleActing(moves, document.state, wish.move, roles);
      // Hashed before the state changes: what is signed is the version that was read.
      const digest = SIGNING.has(wish.move) ? createHash('sha256').update(stableText({ content: await moves.signedContent(tx, document), score: score.value?.inputsDigest ?? null })).digest('hex') : null;
      const revision = await moves.setState(tx, document, applied.value.to);
      if (!revision.ok) return revision;
      await this.record(tx, actor, moves, document, wish, { to: applied.value.to, revision: revision.value, role, digest, scoreId: score.value?.id ?? null });
      // The points now belong to the document's new revision; same inputs, so nothing is computed anew.
      if (moves.scored !== null) await this.scores.scoreNow(tx, moves.scored, document.id);
      return ok({ state: applied.value.to, revision: revision.value, moves: movesInReach(moves.workflow, applied.value.to, { roles }) });
    });
  }

  /**
   * Before a signature the points are computed in a transaction of their own: if they differ from those on the page the signature is
   * refused and rolled back, and the page, read again, must then show the new ones.
   */
  private async bringPointsUpToDate(actor: Actor, moves: DocumentMoves, documentId: string, wish: Wish): Promise<void> {
    if (moves.scored === null || moveOf(moves, wish.move)?.guards.includes('scoreCurrent') !== true) return;
    const document = await this.unitOfWork.always((tx) => moves.lock(tx, documentId));
    if (document !== null && this.access.hasRole(actor, 'manager', document.unitPath)) await this.scores.score(moves.scored, documentId);
  }

  private async scoreNow(tx: Tx, moves: DocumentMoves, document: MovableDocument): Promise<Result<StoredScore | null>> {
    return moves.scored === null ? ok(null) : this.scores.scoreNow(tx, moves.scored, document.id);
  }

  private async establish(tx: Tx, actor: Actor, moves: DocumentMoves, document: MovableDocument, wish: Wish, score: StoredScore | null): Promise<{ facts: MoveFacts; blockers: readonly Blocker[] }> {
    const asked = moveOf(moves, wish.move)?.guards ?? [];
    const found = asked.length === 0 ? { guards: {}, blockers: [] } : await moves.findGuards(tx, document, asked, score);
    const signing = asked.includes('signerDidNotRecord')
      ? signOffGuards({ signer: actor.personId, recorders: await moves.recordersOf(tx, document), scoreSeen: wish.scoreId ?? null, scoreNow: score?.id ?? null })
      : {};
    return { facts: { guards: { ...found.guards, ...signing }, words: wish.opinion ?? null }, blockers: found.blockers };
  }

  private async record(
    tx: Tx, actor: Actor, moves: DocumentMoves, document: MovableDocument, wish: Wish,
    done: { readonly to: string; readonly revision: number; readonly role: Role; readonly digest: string | null; readonly scoreId: string | null },
  ): Promise<void> {
    const at = this.clock.now();
    const common = { kind: moves.kind, documentId: document.id, role: done.role, at };
    const opinion = (wish.opinion ?? '').trim();
    const actionId = await this.signOffs.insertAction(tx, {
      ...common, revision: done.revision, move: wish.move, from: document.state, to: done.to, actorId: actor.personId, opinion: opinion === '' ? null : opinion,
    });
    if (done.digest !== null) {
      await this.signOffs.insertSignOff(tx, { ...common, documentVersion: document.revision, step: wish.move, signerId: actor.personId, scoreId: done.scoreId, digest: done.digest, actionId });
      if (done.scoreId !== null) await this.scores.keepTrace(tx, done.scoreId);
    }
    if (UNSIGNING.has(wish.move)) await this.signOffs.supersede(tx, moves.kind, document.id, actionId, at);
    await this.audit.append(tx, actor, `document.${wish.move}`, document.id, { kind: moves.kind, from: document.state, to: done.to, revision: String(done.revision) });
  }
}

function moveOf(moves: DocumentMoves, name: string): Move<string> | undefined {
  return Object.hasOwn(moves.workflow.moves, name) ? moves.workflow.moves[name] : undefined;
}

/** The role under which the person acts: the one the move asks for, where several are held. */
function roleActing(moves: DocumentMoves, state: string, name: string, roles: readonly Role[]): Role {
  const move = moveOf(moves, name);
  const lawful = move?.rolesFrom?.[state] ?? move?.roles ?? [];
  const acting = lawful.find((role) => roles.includes(role));
  if (acting === undefined) throw new Error(`the move ${name} was allowed without a role`);
  return acting;
}

const GUARD_OF_REFUSAL: Readonly<Partial<Record<Refusal['code'], Guard>>> = {
  'workflow.period-closed': 'periodOpen', 'workflow.rows-unanswered': 'rowsAnswered', 'workflow.explanations-owed': 'explanationsGiven', 'workflow.findings-open': 'findingsCleared',
  'workflow.weights-incomplete': 'weightsComplete', 'workflow.quarters-unsigned': 'quartersSigned',
};

/** The refusal with the rows it is about: their sentences as fields, so that each can be shown where it lies. */
function explained(refusal: Refusal, blockers: readonly Blocker[]): { readonly ok: false; readonly refusal: Refusal } {
  const guard = GUARD_OF_REFUSAL[refusal.code];
  const lying = blockers.filter((blocker) => blocker.guard === guard);
  if (lying.length === 0) return { ok: false, refusal };
  const fields = lying.map((blocker) => ({ path: blocker.indicatorId ?? '', message: sayRefusal(blocker.refusal, 'zh'), messageEn: sayRefusal(blocker.refusal, 'en') }));
  return withFields({ ...refusal, params: { ...refusal.params, count: String(lying.length) } }, fields);
}
