import type { PullSourceKind } from '@jiheng/contract';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import { Egress } from '../egress/egress';
import { type SourceConnector, type SourceDraft, placeFor } from '../source-connector';
import { Dhis2Connector } from './dhis2/dhis2.connector';
import { HttpJsonConnector } from './http-json/http-json.connector';
import { OAuth2Tokens } from './http-json/oauth2-token';
import { placeUrl } from './place-url';
import { AnswerReader } from './reading/answer-reader';
import { SftpFolderConnector } from './sftp-folder/sftp-folder.connector';
import { SheetFolderConnector } from './sheet-folder/sheet-folder.connector';
import { SqlConnector } from './sql/sql.connector';

const MB = 1_048_576;
/** A whole asking, all pages and files together; the time is that on the wire, and reading has its own (`READING_BOUNDS`). The job itself may take five minutes. */
const BOUNDS = { timeoutMs: 60_000, maxBytes: 10 * MB, maxRows: 50_000 };

/** Programs that write a file write it in one go; what has stayed as it is for this long is whole. */
const SETTLE_MS = 2_000;

/** The connectors of this server, within the limits its administrator set. A new kind gets a line here (README.md). */
@Injectable()
export class Connectors implements OnApplicationShutdown {
  private readonly reader = new AnswerReader();
  private readonly byKind: Readonly<Record<PullSourceKind, SourceConnector>>;

  constructor(config: AppConfig) {
    const egress = new Egress(config.PULL_ALLOWED_HOSTS);
    const http = new HttpJsonConnector(egress, { ...BOUNDS, requestMs: 15_000, maxPages: 200 }, new OAuth2Tokens(), this.reader);
    this.byKind = {
      HTTP_JSON: http, DHIS2: new Dhis2Connector(http), SQL: new SqlConnector(egress, { ...BOUNDS, statementMs: 30_000 }),
      SHEET_FOLDER: new SheetFolderConnector({ root: config.PULL_FOLDER_ROOT ?? null, maxBytes: BOUNDS.maxBytes, maxRows: BOUNDS.maxRows, maxFiles: 50, settleMs: SETTLE_MS }, this.reader),
      SFTP_FOLDER: new SftpFolderConnector(egress, { ...BOUNDS, maxFiles: 50, settleMs: SETTLE_MS }, this.reader),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reader.close();
  }

  of(kind: PullSourceKind): SourceConnector {
    return this.byKind[kind];
  }

  /** A source with the marks of some period filled in, as its connector checks it. */
  sampleOf<T extends SourceDraft & { readonly kind: PullSourceKind }>(source: T): T {
    const sample = { fiscalYear: 2024, ordinal: 4, label: '', startsOn: '2024-10-01', endsOn: '2024-12-31' };
    return { ...source, place: source.kind === 'SHEET_FOLDER' ? placeFor(source.place, sample) : placeUrl(source.place, sample) };
  }
}
