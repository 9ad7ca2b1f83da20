import type { RecognitionTemplate } from '@jiheng/documents';
import { ok, type Refusal, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import type { ArrivedFile } from '../platform/http/receive-file';
import { AcceptImportService } from './accept-import.service';
import { DocumentImportQuery } from './document-import.query';
import { ReceiveDocument, type DocumentWish } from './receive-document.service';
import { StageDocument } from './stage-document.service';

/** What became of one document of a batch. */
export interface StoredDocument {
  readonly importId: string;
  readonly state: 'STAGED' | 'ACCEPTED' | 'REFUSED';
  readonly unit: string | null;
  readonly tables: number;
  readonly rows: number;
  /** Ids of the drafts. */
  readonly drafts: readonly string[];
  /** Why it could not be read, or not be accepted. */
  readonly refusal: { readonly code: string; readonly zh: string; readonly en: string } | Refusal | null;
}

/** Brings a document and reads it here and now, without the queue: for the command line, which works where no worker runs. */
@Injectable()
export class StoreDocument {
  constructor(private readonly receiving: ReceiveDocument, private readonly staging: StageDocument, private readonly accepting: AcceptImportService, private readonly views: DocumentImportQuery) {}

  /** A refusal of the result itself: the document was not even taken in. */
  async store(actor: Actor, file: ArrivedFile, wish: DocumentWish & { readonly accept: boolean; readonly reason: string; readonly templates?: readonly RecognitionTemplate[] }): Promise<Result<StoredDocument>> {
    const received = await this.receiving.receive(actor, file, wish, 'here');
    if (!received.ok) return received;
    await this.staging.stage(received.value, () => Promise.resolve(), wish.templates ?? []);
    let refusal: StoredDocument['refusal'] = null;
    if (wish.accept) {
      const accepted = await this.accepting.accept(actor, received.value, { reason: wish.reason });
      if (!accepted.ok && accepted.refusal.code !== 'import.not-staged') refusal = accepted.refusal;
    }
    const view = await this.views.view(actor, received.value);
    if (!view.ok) return view;
    const { id, state, unitName, tables, rows, tableList } = view.value;
    return ok({
      importId: id, state: state === 'ACCEPTED' ? 'ACCEPTED' : state === 'REFUSED' ? 'REFUSED' : 'STAGED', unit: unitName, tables, rows,
      drafts: tableList.flatMap((table) => (table.accepted === null || table.accepted.undone ? [] : [table.accepted.targetTableId])), refusal: view.value.refusal ?? refusal,
    });
  }
}
