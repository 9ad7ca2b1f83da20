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
    const part = await request.file();
    if (part === undefined) return refuse(codes.noFile);
    name = part.filename;
    return ok({ name, bytes: await part.toBuffer() });
  } catch (error) {
    if (error instanceof request.server.multipartErrors.RequestFileTooLargeError) return refuse(codes.tooLarge, { file: name, limit: String(limitMb) });
    throw error;
  }
}
