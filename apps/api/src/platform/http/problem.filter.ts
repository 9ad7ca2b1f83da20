import type { Problem } from '@jiheng/contract';
import { REFUSAL_WORDS, sayRefusal, type Refusal } from '@jiheng/domain';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/sql-state';
import { MalformedException } from './malformed.exception';
import { RefusalException } from './refusal.exception';

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'house.not-signed-in': 401, 'house.wrong-password': 401, 'house.not-found': 404, 'house.not-allowed': 403, 'house.csrf': 403, 'house.password-change-needed': 403,
  'workflow.not-your-role': 403, 'workflow.signer-recorded': 403, 'rule-profile.own-proposal': 403, 'workflow.points-changed': 409, 'house.malformed': 400, 'house.unreadable-body': 400, 'house.upload-broken': 400, 'house.one-file-only': 400, 'house.too-large': 413, 'house.unsupported-media': 415,
  'house.too-many-attempts': 429, 'house.too-many-requests': 429, 'house.fault': 500, 'house.not-ready': 503, 'house.set-up-already': 409,
  'evidence.too-large': 413, 'import.too-large': 413,
};

/** The HTTP status of a refusal: 409 for what somebody else was faster with, 404, 401, 403; every other lawful "no" is 422. */
export function statusOf(code: string): number {
  const known = STATUS_OF_CODE[code];
  if (known !== undefined) return known;
  if (code.endsWith('.stale-revision')) return 409;
  if (/[.-]not-found$/u.test(code)) return 404;
  return 422;
}

const REFUSAL_OF_STATUS: Readonly<Record<number, keyof typeof REFUSAL_WORDS>> = {
  400: 'house.unreadable-body', 401: 'house.not-signed-in', 403: 'house.not-allowed', 404: 'house.not-found', 405: 'house.not-found', 413: 'house.too-large', 414: 'house.not-found',
  415: 'house.unsupported-media', 429: 'house.too-many-requests', 503: 'house.not-ready',
};

/** The one translator at the edge: refusals become their sentence, faults become a number and nothing else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const body = this.problemOf(exception, request.id);
    if (body.status >= 500) this.log.error({ err: exception, requestId: request.id, method: request.method, route: request.routeOptions.url }, 'fault');
    if (reply.raw.headersSent) { reply.raw.destroy(); return; }
    if (body.status === 429 && body.params['minutes'] !== undefined) void reply.header('retry-after', String(Number(body.params['minutes']) * 60));
    void reply.code(body.status).header('content-type', 'application/problem+json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(body));
  }

  private problemOf(exception: unknown, requestId: string): Problem {
    if (exception instanceof RefusalException) {
      const { refusal } = exception;
      const body = problemOfRefusal(refusal, statusOf(refusal.code), requestId);
      if ('fields' in refusal) return { ...body, fields: refusal.fields as NonNullable<Problem['fields']> };
      return 'present' in refusal ? { ...body, present: refusal.present } : body;
    }
    if (exception instanceof MalformedException) {
      const first = exception.fields[0];
      const params = { where: first?.path ?? '', problem: first?.message ?? '', problemEn: first?.messageEn ?? '' };
      return { ...problemOfRefusal({ code: 'house.malformed', params }, 400, requestId), fields: exception.fields.map((field) => ({ ...field })) };
    }
    // Not a fault of ours, and over in seconds: a browser that hears 503 keeps what was typed and sends it again.
    if (isDatabaseAway(exception)) return problemOfRefusal({ code: 'house.not-ready', params: {} }, 503, requestId);
    const status = exception instanceof HttpException ? exception.getStatus() : fastifyStatus(exception);
    const code = status === null ? undefined : REFUSAL_OF_STATUS[status] ?? (status < 500 ? 'house.unreadable-body' : undefined);
    if (status === null || code === undefined) return problemOfRefusal({ code: 'house.fault', params: { requestId } }, 500, requestId);
    return problemOfRefusal({ code, params: {} }, status, requestId);
  }
}

function problemOfRefusal(refusal: Refusal, status: number, requestId: string): Problem {
  const zh = sayRefusal(refusal, 'zh');
  return { type: `urn:jiheng:problem:${refusal.code}`, title: zh, status, code: refusal.code, params: { ...refusal.params }, sentence: { zh, en: sayRefusal(refusal, 'en') }, requestId };
}

/**
 * Answers an address that Fastify cannot even read (a broken percent sign, an id as long as a page) before any route is asked. Its own answer
 * would be no problem document and would repeat the address.
 */
export function answerUnreadableAddress(request: FastifyRequest, reply: FastifyReply): void {
  const body = problemOfRefusal({ code: 'house.not-found', params: {} }, 404, request.id);
  void reply.code(404).header('content-type', 'application/problem+json; charset=utf-8').header('cache-control', 'no-store').header('x-request-id', request.id)
    .header('x-content-type-options', 'nosniff').send(JSON.stringify(body));
}

/** What Fastify itself refuses (a body too large, text that is not JSON) carries its status and a code of its own; a fault does not. */
function fastifyStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error) || typeof error.statusCode !== 'number') return null;
  if (!('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('FST_')) return null;
  return error.statusCode;
}
