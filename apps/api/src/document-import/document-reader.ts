import { readDocument, type ReadFile, type RecognitionTemplate, secondsToRead } from '@jiheng/documents';
import type { Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { ArrivedFile } from '../platform/http/receive-file';
import { readingThread, readInThread } from './read-in-thread';

/** Reads uploaded documents apart from the requests of everybody else. */
@Injectable()
export class DocumentReader {
  private readonly thread = readingThread();

  /**
   * @param fiscalYear taken where the document names none
   * @param templates forms beyond the built-in ones
   * @returns refusals `document.*` of the reader, `import.too-slow`, `import.too-heavy`
   */
  read(file: ArrivedFile, fiscalYear: number | null = null, templates: readonly RecognitionTemplate[] = []): Promise<Result<ReadFile>> {
    const options = { ...(fiscalYear === null ? {} : { fiscalYear }), ...(templates.length === 0 ? {} : { templates }) };
    return this.thread === null ? readDocument(file.bytes, file.name, options) : readInThread(this.thread, file, secondsToRead(file.name), options);
  }
}
