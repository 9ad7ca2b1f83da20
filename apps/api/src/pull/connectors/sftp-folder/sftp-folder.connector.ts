import { createHash, timingSafeEqual } from 'node:crypto';
import { posix } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Result, type Words, ok, periodWords, refuse } from '@jiheng/domain';
import SftpClient from 'ssh2-sftp-client';
import { connectChecked } from '../../egress/connect-checked';
import type { CheckedAddresses, Egress } from '../../egress/egress';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, failed, misplaced } from '../../source-connector';
import { audienceOf, codeOf, destinationOf, malformedPlace, misencoded, placeUrl, readPlace } from '../place-url';
import { AnswerReader } from '../reading/answer-reader';
import { isHidden, isSheet } from '../sheet-folder/sheet-names';
import { SheetPile, noSheets, tooManyFiles, unsettled } from '../sheet-folder/sheet-pile';

/** Limits of one asking: the time on the line, bytes and rows of all files together. */
export interface SftpBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRows: number;
  readonly maxFiles: number;
  /** How long the folder has to stay as it is, where a file in it is new. */
  readonly settleMs: number;
}

type Failed = Extract<Fetched, { ok: false }>;

interface CameFile { readonly name: string; readonly body: Buffer }

/** SFTP's own numbers for "no such file" and "permission denied". */
const NO_SUCH_FILE = new Set(['2', 'ENOENT', 'ERR_BAD_PATH', 'ENOTDIR']);
const DENIED = new Set(['3', 'EACCES']);
/** A file newer than this may still be being written; the other machine's clock need not be ours. */
const NEW_MS = 60_000;

/** 取数 from a folder of CSV or XLSX files on another machine, over SFTP. Only a server that shows the pinned host key is spoken to. */
export class SftpFolderConnector implements SourceConnector {
  constructor(private readonly egress: Egress, private readonly bounds: SftpBounds, private readonly reader = new AnswerReader()) {}

  check({ place }: SourceDraft): Result<void> {
    const read = readPlace(place, ['sftp:'], this.egress);
    if (!read.ok) return read;
    const wrong = wrongIn(read.value);
    return wrong === null ? ok(undefined) : malformedPlace(place, wrong);
  }

  needs({ place, settings }: SourceDraft): SecretNeeds {
    return { may: ['PASSWORD', 'PRIVATE_KEY'], must: [], audience: `${audienceOf(new URL(place))} ${settings.hostKey}` };
  }

  async fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const place = placeUrl(source.place, period);
    const lawful = this.check({ ...source, place });
    if (!lawful.ok) return misplaced(lawful);
    const url = new URL(place);
    const to = destinationOf(url);
    if (to === null) return misplaced(refuse('pull.place-forbidden', { place }));
    let checked: Result<CheckedAddresses>;
    try {
      checked = await this.egress.addressesOf(to);
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    if (!checked.ok) return misplaced(checked);
    const files = await this.download(source, period, url, to.port, checked.value, folderOf(url));
    return Array.isArray(files) ? this.readAll(source, period, files) : files;
  }

  /** The files as they came. They are read when the line is closed: how long reading takes is not the other machine's fault. */
  private async download(source: SourceAddress, period: AskedPeriod, url: URL, port: number, addresses: CheckedAddresses, folder: string): Promise<CameFile[] | Failed> {
    const client = new SftpClient();
    // What goes wrong on the line is told by the deed that waits; an event nobody listens to would end the process.
    client.on('error', () => undefined);
    const { timeoutMs } = this.bounds;
    let isLate = false;
    const late = setTimeout(() => { isLate = true; void client.end().catch(() => undefined); }, timeoutMs);
    try {
      const refused = await this.connect(client, source, url, port, addresses);
      return refused ?? await this.filesIn(client, source, period, folder);
    } catch (cause) {
      return this.say(source, period, isLate ? { code: `timeout ${Math.ceil(timeoutMs / 1000)} s` } : cause);
    } finally {
      clearTimeout(late);
      await client.end().catch(() => undefined);
    }
  }

  /** @returns null when connected; a refusal when the server is not the one that is meant, or does not let us in */
  private async connect(client: SftpClient, source: SourceAddress, url: URL, port: number, addresses: CheckedAddresses): Promise<Failed | null> {
    const pinned = source.settings.hostKey.replace(/=$/u, '');
    const [password, privateKey] = [source.secrets.get('PASSWORD'), source.secrets.get('PRIVATE_KEY')];
    let shown = '';
    const socket = connectChecked(addresses, port);
    // Until the client listens, nobody does.
    socket.on('error', () => undefined);
    try {
      await client.connect({
        sock: socket, username: decodeURIComponent(url.username), readyTimeout: Math.min(15_000, this.bounds.timeoutMs),
        // A password beside a private key is the key's pass phrase.
        ...(privateKey !== null ? { privateKey, ...(password === null ? {} : { passphrase: password }) } : password === null ? {} : { password }),
        hostVerifier: (key: Buffer) => {
          shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;
          return shown.length === pinned.length && timingSafeEqual(Buffer.from(shown), Buffer.from(pinned));
        },
      });
      return null;
    } catch (cause) {
      socket.destroy();
      const host = `${url.hostname}${url.port === '' ? '' : `:${url.port}`}`;
      if (shown !== '' && shown !== pinned) return failed('NOT_ALLOWED', pinned === '' ? 'pull.host-key-unknown' : 'pull.host-key-changed', { host, shown });
      const { level, message } = cause as { level?: string; message?: string };
      if (level === 'client-authentication' || /authentication methods failed|parse privateKey|passphrase/iu.test(message ?? '')) return failed('NOT_ALLOWED', 'pull.not-allowed', { source: source.name, status: 'SSH' });
      throw cause;
    }
  }

  private async filesIn(client: SftpClient, source: SourceAddress, period: AskedPeriod, folder: string): Promise<CameFile[] | Failed> {
    const { maxBytes, maxFiles, settleMs } = this.bounds;
    const { files, others } = await listed(client, folder);
    if (files.length === 0) return noSheets(source, period, others);
    if (files.length > maxFiles) return tooManyFiles(source, files.length, maxFiles);
    const tooLarge = failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(maxBytes / 1_048_576)) });
    if (files.reduce((sum, file) => sum + file.size, 0) > maxBytes) return tooLarge;
    if (files.some((file) => Math.abs(Date.now() - file.modifyTime) < NEW_MS)) await wait(settleMs);
    const came: CameFile[] = [];
    let bytes = 0;
    for (const { name } of files) {
      // A file may have grown since it was listed: what comes is counted and not what was said.
      const sink = new BoundedSink(maxBytes - bytes);
      try { await client.get(posix.join(folder, name), sink); } catch (cause) {
        if (sink.isOver) return tooLarge;
        if (NO_SUCH_FILE.has(numberOf(cause))) return unsettled(source, name);
        throw cause;
      }
      const body = sink.bytes();
      bytes += body.length;
      came.push({ name, body });
    }
    const after = new Map((await listed(client, folder)).files.map((file) => [file.name, file]));
    const moved = files.find((file, at) => after.get(file.name)?.size !== file.size || after.get(file.name)?.modifyTime !== file.modifyTime || came[at]?.body.length !== file.size);
    return moved === undefined ? came : unsettled(source, moved.name);
  }

  private async readAll(source: SourceAddress, period: AskedPeriod, files: readonly CameFile[]): Promise<Fetched> {
    const pile = new SheetPile(source, period, this.bounds.maxRows, this.reader.begin());
    for (const { name, body } of files) {
      const refused = await pile.add(name, body);
      if (refused !== null) return refused;
    }
    return pile.answer();
  }

  private say(source: SourceAddress, period: AskedPeriod, cause: unknown): Failed {
    const code = numberOf(cause);
    if (NO_SUCH_FILE.has(code)) return failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
    if (DENIED.has(code)) return failed('NOT_ALLOWED', 'pull.not-allowed', { source: source.name, status: 'SFTP' });
    return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: /^\d+$/u.test(code) ? `SFTP ${code}` : code });
  }
}

function numberOf(cause: unknown): string {
  return String((cause as { code?: unknown }).code ?? codeOf(cause));
}

/** Sheets of a folder by their names, and what else lies there. Links are passed over: they could lead anywhere on the other machine. */
async function listed(client: SftpClient, folder: string): Promise<{ readonly files: readonly SftpClient.FileInfo[]; readonly others: readonly string[] }> {
  const entries = (await client.list(folder)).filter(({ type, name }) => type === '-' && !isHidden(name) && !name.includes('/')).sort((one, other) => (one.name < other.name ? -1 : 1));
  return { files: entries.filter(({ name }) => isSheet(name)), others: entries.filter(({ name }) => !isSheet(name)).map(({ name }) => name) };
}

/** Takes bytes up to a bound. */
class BoundedSink extends Writable {
  isOver = false;
  private readonly chunks: Buffer[] = [];

  constructor(private left: number) {
    super();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (fault?: Error) => void): void {
    this.left -= chunk.length;
    this.isOver = this.left < 0;
    if (this.isOver) return done(new Error('too large'));
    this.chunks.push(chunk);
    done();
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** The folder on the other machine: `/a/b` is absolute, `/~/a` below the account's home. */
function folderOf(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return path.startsWith('/~/') ? `./${path.slice(3)}` : path === '' ? '/' : path;
}

/** What of an address is not as a folder over SFTP is named; null for nothing. */
function wrongIn({ username, pathname, search, hash }: URL): Words | null {
  if (username === '') return { zh: '没有写用户名，请写成 sftp://用户名@主机/文件夹', en: 'it names no user; write it as sftp://user@host/folder' };
  if (search !== '' || hash !== '') return { zh: '不能有“?”或“#”，请删去它们和后面的内容；文件夹名里确有这两个符号的请写成 %3F、%23', en: 'it may hold neither “?” nor “#”, so take them out with what follows; a folder with such a sign in its name is written with %3F or %23' };
  const misread = misencoded(username, { zh: '用户名', en: 'the name of the user' }) ?? misencoded(pathname, { zh: '文件夹', en: 'the folder' });
  if (misread !== null) return misread;
  const path = decodeURIComponent(pathname);
  if (path.split('/').includes('..')) return { zh: '文件夹里不能有“..”，请从“/”或“/~/”（账户的主目录）起，直接写到要读的文件夹', en: 'the folder may hold no “..”; write the way to it from “/”, or from “/~/” (the home of the account), without turning back' };
  return path.includes('\0') ? { zh: '文件夹里有不能用的字符（%00），请删去', en: 'the folder holds a sign that no name may have (%00); take it out' } : null;
}
