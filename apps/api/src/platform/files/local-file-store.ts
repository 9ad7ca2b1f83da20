import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { FileStore } from './file-store';

/** Files below `DATA_DIR/files`, two letters of the digest a folder. */
@Injectable()
export class LocalFileStore extends FileStore {
  constructor(private readonly config: AppConfig) { super(); }

  override async put(content: Readable | Buffer): Promise<{ sha256: string; size: number }> {
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({ transform(chunk: Buffer, _, done) { hash.update(chunk); size += chunk.length; done(null, chunk); } });
    const arriving = join(this.config.DATA_DIR, 'files', 'arriving', randomUUID());
    await mkdir(dirname(arriving), { recursive: true });
    try {
      await pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, measure, createWriteStream(arriving, { flush: true, mode: 0o640 }));
      const sha256 = hash.digest('hex');
      await mkdir(dirname(this.place(sha256)), { recursive: true });
      // A rename is whole or not at all: nobody ever reads half a file.
      await rename(arriving, this.place(sha256));
      return { sha256, size };
    } catch (error) {
      await rm(arriving, { force: true });
      throw error;
    }
  }

  override open(sha256: string): Readable {
    return createReadStream(this.place(sha256));
  }

  override async exists(sha256: string): Promise<boolean> {
    return access(this.place(sha256)).then(() => true, () => false);
  }

  private place(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256 digest');
    return join(this.config.DATA_DIR, 'files', sha256.slice(0, 2), sha256);
  }
}
