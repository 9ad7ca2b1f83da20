import type { Stats } from 'node:fs';
import { lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Result, periodWords, refuse } from '@jiheng/domain';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, failed, misplaced, placeFor } from '../../source-connector';
import { codeOf } from '../place-url';
import { AnswerReader } from '../reading/answer-reader';
import { isOwnPlace } from './own-folders';
import { isHidden, isSheet } from './sheet-names';
import { SheetPile, noSheets, tooManyFiles, unsettled } from './sheet-pile';

/** Limits of reading: only below one folder that an administrator named, and there only what is the unit's own or shared by all. */
export interface FolderLimits {
  /** From PULL_FOLDER_ROOT; null: no folder may be read. */
  readonly root: string | null;
  /** Of all files together. */
  readonly maxBytes: number;
  readonly maxRows: number;
  readonly maxFiles: number;
  /** A file that changed less than this ago may still be being written: it is looked at again after as long. */
  readonly settleMs: number;
}

type Failed = Extract<Fetched, { ok: false }>;

/** What has happened to a file that was listed a moment ago and is not there now. */
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/** 取数 from a folder into which a neighbour puts CSV or XLSX files. */
export class SheetFolderConnector implements SourceConnector {
  constructor(private readonly limits: FolderLimits, private readonly reader = new AnswerReader()) {}

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
    let found: Found;
    try {
      const target = await realpath(resolve(root, place));
      const own = isOwnPlace(relative(root, target), source.unitCode);
      if (!own.ok) return misplaced(refuse(own.refusal.code, { ...own.refusal.params, place }));
      found = await sheetsOf(target);
    } catch (cause) {
      return codeOf(cause) === 'ENOENT'
        ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) })
        : failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    const { files, others } = found;
    if (files.length === 0) return noSheets(source, period, others);
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
    const pile = new SheetPile(source, period, this.limits.maxRows, this.reader.begin());
    let left = this.limits.maxBytes;
    for (const file of files) {
      const body = await this.take(source, root, file, left);
      if (body === null) continue;
      if (!Buffer.isBuffer(body)) return body;
      left -= body.length;
      const refused = await pile.add(relative(root, file), body);
      if (refused !== null) return refused;
    }
    return pile.answer();
  }

  /** The bytes of one file; null for what is none, and why they may not or cannot be had. */
  private async take(source: SourceAddress, root: string, file: string, left: number): Promise<Buffer | Failed | null> {
    const place = relative(root, file);
    try {
      const about = await lstat(file);
      // A link inside the folder could point anywhere on the machine, or into the folder of another unit; or nowhere.
      const target = about.isSymbolicLink() ? await realpath(file).catch(() => file) : await realpath(file);
      const own = isOwnPlace(relative(root, target), source.unitCode);
      if (!own.ok) return misplaced(refuse(own.refusal.code, { ...own.refusal.params, place }));
      if (about.isSymbolicLink()) return misplaced(refuse('pull.place-forbidden', { place }));
      if (!about.isFile()) return null;
      if (about.size > left) return failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(this.limits.maxBytes / 1_048_576)) });
      return (await this.settled(file, about)) ?? unsettled(source, place);
    } catch (cause) {
      return unread(source, place, cause);
    }
  }

  /** What a file holds; null while somebody writes it. Half of a list is a list too, and half of a number a number: only time tells. */
  private async settled(file: string, about: Stats): Promise<Buffer | null> {
    // Of a clock that runs ahead (a folder on another machine) nothing can be told but that a while changes nothing.
    if (Math.abs(Date.now() - about.mtimeMs) < this.limits.settleMs) await wait(this.limits.settleMs);
    const body = await readFile(file);
    const after = await lstat(file);
    return after.size === about.size && after.mtimeMs === about.mtimeMs && after.ino === about.ino ? body : null;
  }
}

function unread(source: SourceAddress, place: string, cause: unknown): Failed {
  const code = codeOf(cause);
  if (GONE.has(code)) return unsettled(source, place);
  return code === 'EACCES' || code === 'EPERM' ? failed('NOT_ALLOWED', 'pull.file-not-readable', { source: source.name, file: place }) : failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: code });
}

/** Sheets of a folder by their names, and what else lies there. */
interface Found { readonly files: readonly string[]; readonly others: readonly string[] }

async function sheetsOf(target: string): Promise<Found> {
  if ((await lstat(target)).isFile()) return { files: [target], others: [] };
  const entries = (await readdir(target, { withFileTypes: true })).filter((entry) => !entry.isDirectory() && !isHidden(entry.name)).map(({ name }) => name).sort();
  return { files: entries.filter(isSheet).map((name) => join(target, name)), others: entries.filter((name) => !isSheet(name)) };
}
