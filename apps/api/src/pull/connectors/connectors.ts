import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import { HttpJsonConnector } from './http-json/http-json.connector';
import { SheetFolderConnector } from './sheet-folder/sheet-folder.connector';
import type { SourceConnector } from '../source-connector';

const MB = 1_048_576;

/** The connectors of this server, within the limits its administrator set. */
@Injectable()
export class Connectors {
  readonly http: HttpJsonConnector;
  readonly folder: SheetFolderConnector;

  constructor(config: AppConfig) {
    this.http = new HttpJsonConnector({ allowedHosts: config.PULL_ALLOWED_HOSTS, timeoutMs: 15_000, maxBytes: 10 * MB });
    this.folder = new SheetFolderConnector({ root: config.PULL_FOLDER_ROOT ?? null, maxBytes: 10 * MB, maxFiles: 50 });
  }

  of(kind: 'HTTP_JSON' | 'SHEET_FOLDER'): SourceConnector {
    return kind === 'HTTP_JSON' ? this.http : this.folder;
  }
}
