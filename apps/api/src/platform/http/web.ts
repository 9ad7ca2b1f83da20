import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Names that carry a digest of their content may be kept for ever; everything else is asked for again. The builder makes digests of eight
 * letters, digits, `-` and `_` for its own files and for what style sheets name (`media/`); other assets have names of their own.
 */
const HASHED = /[\\/](?:(?:main|chunk|styles|polyfills|worker)-[\w-]{8}\.(?:js|css)|media[\\/][^\\/]+-[\w-]{8}\.\w+)(?:\.br|\.gz)?$/;

/**
 * Serves the built web application on the same port: its files, and `index.html` for every deep link. Files that lie beside a `.br` of
 * themselves go out compressed without work. Without a build, only the API is served.
 */
export async function serveWeb(app: NestFastifyApplication, webRoot: string): Promise<void> {
  const root = resolve(webRoot);
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root, wildcard: false, index: false, preCompressed: true, cacheControl: false,
    setHeaders: (reply, path) => { void reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'); },
  });
  app.getHttpAdapter().getInstance().get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    // A missing file or an unknown API address is not a page: a script that is not there must not come as HTML.
    if (path === '/api' || path.startsWith('/api/') || /\.[a-z0-9]{2,5}$/i.test(path)) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
