import { ok, refuse, type RefusalCode, type Result } from '@jiheng/domain';
import type { FastifyRequest } from 'fastify';

/** A file as it arrived, whole in memory (bounded by `MAX_UPLOAD_MB`). */
export interface ArrivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The one file of a multipart request. A request without one, and a file beyond the limit, are refused with the codes of whoever asks;
 * `limitMb` is only for the sentence, the limit itself is kept while the bytes stream in.
 */
export async function receiveFile(request: FastifyRequest, codes: { readonly noFile: RefusalCode; readonly tooLarge: RefusalCode }, limitMb: number): Promise<Result<ArrivedFile>> {
  if (!request.isMultipart()) return refuse(codes.noFile);
  let name = '';
  try {
    const parts = request.files();
    const part = await parts.next();
    if (part.done === true) return refuse(codes.noFile);
    name = part.value.filename;
    const bytes = await part.value.toBuffer();
    // A second file would be dropped without a word: then none is taken.
    return (await parts.next()).done === true ? ok({ name, bytes }) : refuse('house.one-file-only');
  } catch (error) {
    const { RequestFileTooLargeError, FilesLimitError } = request.server.multipartErrors;
    if (error instanceof RequestFileTooLargeError) return refuse(codes.tooLarge, { file: name, limit: String(limitMb) });
    if (error instanceof FilesLimitError) return refuse('house.one-file-only');
    // Nothing of ours runs in here: whatever else is thrown, the parser threw it about what was sent.
    return refuse('house.upload-broken');
  }
}
