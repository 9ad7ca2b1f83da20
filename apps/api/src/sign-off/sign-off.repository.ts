import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import type { DocumentKind } from './document-moves';

export interface NewAction {
  readonly kind: DocumentKind;
  readonly documentId: string;
  readonly revision: number;
  readonly move: string;
  readonly from: string;
  readonly to: string;
  readonly actorId: string;
  readonly role: string;
  readonly opinion: string | null;
  readonly at: Date;
}

export interface NewSignOff {
  readonly kind: DocumentKind;
  readonly documentId: string;
  readonly documentVersion: number;
  readonly step: string;
  readonly signerId: string;
  readonly role: string;
  readonly scoreId: string | null;
  readonly digest: string;
  readonly actionId: string;
  readonly at: Date;
}

/** Memory of moves and signatures; everything is added, nothing changed. */
@Injectable()
export class SignOffRepository {
  async insertAction(tx: Tx, action: NewAction): Promise<string> {
    const id = newId();
    await tx.manager.query(
      `insert into workflow_action (id, document_kind, document_id, revision, move, from_state, to_state, actor_id, role, opinion, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, action.kind, action.documentId, action.revision, action.move, action.from, action.to, action.actorId, action.role, action.opinion, action.at]);
    return id;
  }

  async insertSignOff(tx: Tx, made: NewSignOff): Promise<void> {
    await tx.manager.query(
      `insert into sign_off (id, document_kind, document_id, document_version, step, signer_id, role, score_id, fiscal_year, digest, action_id, signed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, (select fiscal_year from score where id = $8), $9, $10, $11)`,
      [newId(), made.kind, made.documentId, made.documentVersion, made.step, made.signerId, made.role, made.scoreId, made.digest, made.actionId, made.at]);
  }

  /** The signatures stay; a row beside each says that the document was opened again after it. */
  async supersede(tx: Tx, kind: DocumentKind, documentId: string, actionId: string, at: Date): Promise<void> {
    await tx.manager.query(
      `insert into sign_off_supersession (sign_off_id, action_id, at) select id, $3, $4 from sign_off
       where document_kind = $1 and document_id = $2 and not exists (select 1 from sign_off_supersession s where s.sign_off_id = sign_off.id)`, [kind, documentId, actionId, at]);
  }
}
