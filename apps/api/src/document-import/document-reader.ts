import { readDocument, type ReadFile, type RecognitionTemplate, secondsToRead } from '@jiheng/documents';
import type { Result } from '@jiheng/domain';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ArrivedFile } from '../platform/http/receive-file';
import { readingThread } from './read-in-thread';
import { ReadingThreads } from './reading-threads';

/** Reads uploaded documents apart from the requests of everybody else. */
@Injectable()
export class DocumentReader implements OnModuleDestroy {
  private readonly threads: ReadingThreads | null;

  constructor() {
    const program = readingThread();
    this.threads = program === null ? null : new ReadingThreads(program);
  }

  /**
   * @param fiscalYear taken where the document names none
   * @param templates forms beyond the built-in ones
   * @returns refusals `document.*` of the reader, `import.too-slow`, `import.too-heavy`
   */
  read(file: ArrivedFile, fiscalYear: number | null = null, templates: readonly RecognitionTemplate[] = []): Promise<Result<ReadFile>> {
    // A staged table is checked as it then stands, here and whenever somebody looks at it: what the checks said while it was read is kept nowhere.
    const options = { checks: false, ...(fiscalYear === null ? {} : { fiscalYear }), ...(templates.length === 0 ? {} : { templates }) };
    return this.threads === null ? readDocument(file.bytes, file.name, options) : this.threads.read(file, secondsToRead(file.name, file.bytes), options);
  }

  async onModuleDestroy(): Promise<void> {
    await this.threads?.close();
  }
}
