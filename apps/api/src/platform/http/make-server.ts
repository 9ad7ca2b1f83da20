import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import type { AppConfig } from '../config/app-config';
import { answerUnreadableAddress } from './problem.filter';
import { refuseUnstorableText } from './storable-text';
import { serveWeb } from './web';

/** A JSON body larger than this is refused before it is read; uploads have a limit of their own. */
const JSON_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * Listens and answers the address. Fastify is asked itself: Nest would log a busy port before whoever starts could say it in plain words.
 */
export async function listen(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  await app.init();
  return app.getHttpAdapter().getInstance().listen({ port, host });
}

/** Builds the HTTP application, not yet listening. */
export async function makeServer(module: DynamicModule, config: AppConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: config.TRUST_PROXY, bodyLimit: JSON_LIMIT_BYTES, forceCloseConnections: true, genReqId: () => randomUUID(), requestIdHeader: false,
    // A reporter's cell is short; whoever sends slowly on purpose is cut off.
    requestTimeout: 120_000,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => { answerUnreadableAddress(request, reply); },
  });
  // Silent until the real logger stands: what goes wrong before is thrown, and whoever starts says it in plain words.
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false, abortOnError: false });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'self'"], formAction: ["'self'"], frameAncestors: ["'none'"],
      },
    },
    // Only behind TLS: on plain http it would lock the address out of the browser for months.
    strictTransportSecurity: config.SECURE_COOKIES ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  });
  // Quality 4 costs about as much as gzip and sends a fifth less; a cell's answer is too short to be worth it.
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024, brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: config.MAX_UPLOAD_MB * 1024 * 1024, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 25 } });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preHandler', (request, _reply, done) => {
    try { refuseUnstorableText(request); done(); } catch (error) { done(error as Error); }
  });
  fastify.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  await serveWeb(app, config.WEB_ROOT);
  return app;
}
