import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { RecognitionTemplate } from '@jiheng/documents';
import { refuse, type Refusal, type Result } from '@jiheng/domain';
import { BudgetUnits } from './budget-unit/budget-unit.public';
import { OperatorQuery } from './document-import/operator.query';
import { StoreDocument, type StoredDocument } from './document-import/store-document.service';
import { readConfig } from './platform/config/app-config';
import { UnitOfWork } from './platform/database/unit-of-work';
import type { ArrivedFile } from './platform/http/receive-file';
import { WorkerModule } from './worker.module';

/** What the command line asks for. */
export interface StoreRequest {
  readonly unitCode: string | null;
  /** Login of the person in whose name drafts are written. */
  readonly by: string | null;
  readonly fiscalYear: number | null;
  readonly accept: boolean;
  readonly reason: string;
  /** Forms beyond the built-in ones. */
  readonly templates?: readonly RecognitionTemplate[];
}

/** The house as far as the command line needs it: documents go in one after the other, then it is closed. */
export interface DocumentStore {
  store(file: ArrivedFile): Promise<Result<StoredDocument>>;
  close(): Promise<void>;
}

/**
 * Opens the database of the server (`DATABASE_URL`, `DATA_DIR` …) without a door and without a worker.
 * @returns refusals `import.unit-unknown`, `import.operator-unknown`, `import.operator-open`; throws `ConfigError` without a database
 */
export async function openDocumentStore(env: Readonly<Record<string, string | undefined>>, request: StoreRequest): Promise<{ readonly ok: true; readonly value: DocumentStore } | { readonly ok: false; readonly refusal: Refusal }> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(readConfig({ LOG_LEVEL: 'silent', ...env })), { logger: false });
  const close = (): Promise<void> => app.close();
  const from = <T>(what: new (...args: never[]) => T): T => app.get(what, { strict: false });
  try {
    const unit = request.unitCode === null ? null : await from(BudgetUnits).findByCode(from(UnitOfWork).db, request.unitCode);
    if (request.unitCode !== null && unit === null) {
      await close();
      return refuse('import.unit-unknown', { code: request.unitCode });
    }
    const actor = await from(OperatorQuery).find(request.by, unit?.id ?? null);
    if (!actor.ok) {
      await close();
      return actor;
    }
    const service = from(StoreDocument);
    const wish = { unitId: unit?.id ?? null, fiscalYear: request.fiscalYear, accept: request.accept, reason: request.reason, templates: request.templates ?? [] };
    return { ok: true, value: { store: (file) => service.store(actor.value, file, wish), close } };
  } catch (fault) {
    await close();
    throw fault;
  }
}
