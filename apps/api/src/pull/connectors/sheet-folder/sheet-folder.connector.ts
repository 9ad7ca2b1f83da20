import { lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Result, periodWords, refuse } from '@jiheng/domain';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, failed, misplaced, placeFor } from '../../source-connector';
import { codeOf } from '../place-url';
import { isOwnPlace } from './own-folders';
import { isSheet } from './read-sheet';
import { SheetPile, tooManyFiles } from './sheet-pile';

/** Limits of reading: only below one folder that an administrator named, and there only what is the unit's own or shared by all. */
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
    const lawful = this.check({ ...source, place }, source.unitCode);
    if (!lawful.ok || this.limits.root === null) return misplaced(lawful.ok ? refuse('pull.place-forbidden', { place }) : lawful);
    let root: string;
    try {
      root = await realpath(this.limits.root);
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    let files: string[];
    try {
      const target = await realpath(resolve(root, place));
      const own = isOwnPlace(relative(root, target), source.unitCode);
      if (!own.ok) return misplaced(refuse(own.refusal.code, { ...own.refusal.params, place }));
      files = await sheetsOf(target);
    } catch (cause) {
      return codeOf(cause) === 'ENOENT'
        ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) })
        : failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    return files.length > this.limits.maxFiles ? tooManyFiles(source, files.length, this.limits.maxFiles) : this.readAll(source, period, root, files);
  }

  /** By its spelling; links are looked at when it is read. */
  check({ place }: SourceDraft, unitCode: string): Result<void> {
    return this.limits.root === null ? refuse('pull.place-forbidden', { place }) : isOwnPlace(place, unitCode);
  }

  needs(): SecretNeeds {
    return { may: [], must: [], audience: '' };
  }

  private async readAll(source: SourceAddress, period: AskedPeriod, root: string, files: readonly string[]): Promise<Fetched> {
    const pile = new SheetPile(source, period, this.limits.maxRows);
    let bytes = 0;
    for (const file of files) {
      const place = relative(root, file);
      const about = await lstat(file);
      // A link inside the folder could point anywhere on the machine, or into the folder of another unit.
      const own = isOwnPlace(relative(root, await realpath(file)), source.unitCode);
      if (!own.ok) return misplaced(refuse(own.refusal.code, { ...own.refusal.params, place }));
      if (about.isSymbolicLink()) return misplaced(refuse('pull.place-forbidden', { place }));
      if (!about.isFile()) continue;
      bytes += about.size;
      if (bytes > this.limits.maxBytes) return failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(this.limits.maxBytes / 1_048_576)) });
      const refused = pile.add(place, await readFile(file));
      if (refused !== null) return refused;
    }
    return pile.answer();
  }
}

async function sheetsOf(target: string): Promise<string[]> {
  if ((await lstat(target)).isFile()) return [target];
  const entries = await readdir(target, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory() && isSheet(entry.name)).map((entry) => join(target, entry.name)).sort();
}
