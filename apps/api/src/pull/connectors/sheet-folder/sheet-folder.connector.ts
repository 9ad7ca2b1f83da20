import { lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { type Result, ok, periodWords, refuse } from '@jiheng/domain';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, type SourceRow, failed, placeFor } from '../../source-connector';
import { codeOf } from '../place-url';
import { MissingColumn, isSheet, readSheet } from './read-sheet';

/** Limits of reading: only below one folder that an administrator named. */
export interface FolderLimits {
  /** From PULL_FOLDER_ROOT; null: no folder may be read. */
  readonly root: string | null;
  /** Of all files together. */
  readonly maxBytes: number;
  readonly maxRows: number;
  readonly maxFiles: number;
}

/** 取数 from a folder into which a neighbour puts CSV or XLSX files. */
export class SheetFolderConnector implements SourceConnector {
  constructor(private readonly limits: FolderLimits) {}

  async fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const place = placeFor(source.place, period);
    const forbidden = failed('MISPLACED', 'pull.place-forbidden', { place });
    if (!this.isAllowed(place) || this.limits.root === null) return forbidden;
    let root: string;
    try {
      root = await realpath(this.limits.root);
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    let files: string[];
    try {
      const target = await realpath(resolve(root, place));
      if (!isBelow(root, target)) return forbidden;
      files = await this.sheetsOf(target);
    } catch (cause) {
      return codeOf(cause) === 'ENOENT'
        ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) })
        : failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    return this.readAll(source, period, root, files);
  }

  check({ place }: SourceDraft): Result<void> {
    return this.isAllowed(place) ? ok(undefined) : refuse('pull.place-forbidden', { place });
  }

  needs(): SecretNeeds {
    return { may: [], must: [], audience: '' };
  }

  /** Whether a place stays below the root by its spelling; links are looked at when it is read. */
  isAllowed(place: string): boolean {
    return this.limits.root !== null && !isAbsolute(place) && !place.includes('\0') && !place.split(/[\\/]/u).includes('..');
  }

  private async sheetsOf(target: string): Promise<string[]> {
    if ((await lstat(target)).isFile()) return [target];
    const names = (await readdir(target)).filter(isSheet);
    return names.sort().slice(0, this.limits.maxFiles).map((name) => join(target, name));
  }

  private async readAll(source: SourceAddress, period: AskedPeriod, root: string, files: readonly string[]): Promise<Fetched> {
    const rows: SourceRow[] = [];
    const bodies: Buffer[] = [];
    let bytes = 0;
    for (const file of files) {
      const about = await lstat(file);
      // A link inside the folder could point anywhere on the machine.
      if (about.isSymbolicLink() || !isBelow(root, await realpath(file))) return failed('MISPLACED', 'pull.place-forbidden', { place: relative(root, file) });
      if (!about.isFile()) continue;
      bytes += about.size;
      if (bytes > this.limits.maxBytes) return failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(this.limits.maxBytes / 1_048_576)) });
      const body = await readFile(file);
      bodies.push(body);
      try {
        for (const row of readSheet(source, file, body)) rows.push(row);
      } catch (cause) {
        return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `${relative(root, file)} ${cause instanceof MissingColumn ? cause.message : ''}`.trim() }, body);
      }
      if (rows.length > this.limits.maxRows) return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source: source.name, limit: String(this.limits.maxRows) });
    }
    return rows.length > 0
      ? { ok: true, rows, body: Buffer.concat(bodies) }
      : failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
  }
}

function isBelow(root: string, target: string): boolean {
  const way = relative(root, target);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
