import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../src/app.module';
import { readConfig } from '../src/platform/config/app-config';
import { listen, makeServer } from '../src/platform/http/make-server';
import { startJobs } from '../src/platform/start-jobs';

export interface AppOptions {
  /** The database, from `freshDatabase().url`. */
  readonly url: string;
  /** `all` also runs the jobs. */
  readonly role?: 'api' | 'all';
  /** The day of the story, `YYYY-MM-DD`. */
  readonly today?: string;
  /** More settings, by the names of `AppConfig`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules of the test's own (handlers of its jobs, routes of its own). */
  readonly modules?: readonly (Type | DynamicModule)[];
}

/** What came back. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A browser as far as the server sees one: it keeps the cookie and sends the CSRF token. */
export interface Client {
  get<T = unknown>(path: string): Promise<Answer<T>>;
  send<T = unknown>(method: 'POST' | 'PUT' | 'DELETE' | 'PATCH', path: string, body?: unknown): Promise<Answer<T>>;
  post<T = unknown>(path: string, body?: unknown): Promise<Answer<T>>;
  put<T = unknown>(path: string, body?: unknown): Promise<Answer<T>>;
  /** A multipart upload with one file in the field `file`. */
  upload<T = unknown>(path: string, file: { name: string; bytes: Uint8Array; type?: string }, fields?: Readonly<Record<string, string>>): Promise<Answer<T>>;
  /** The raw request, for what the others do not say. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  signIn(login: string, password: string): Promise<Answer>;
  csrfToken: string | null;
  cookie: string | null;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Nobody signed in. */
  client(): Client;
  /** Signed in; throws when that fails. */
  signedIn(login: string, password: string): Promise<Client>;
  stop(): Promise<void>;
}

/** Starts the real application on a free port. */
export async function startApp(options: AppOptions): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiheng-data-'));
  const config = readConfig({
    DATABASE_URL: options.url, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent', JIHENG_ROLE: options.role ?? 'api', JIHENG_TODAY: options.today, ...options.env,
  });
  const app = await makeServer(AppModule.forRoot(config, options.modules ?? []), config);
  const url = await listen(app, 0, '127.0.0.1');
  if (config.JIHENG_ROLE === 'all') await startJobs(app);
  return {
    app, url,
    client: () => makeClient(url),
    async signedIn(login, password) {
      const client = makeClient(url);
      const answer = await client.signIn(login, password);
      if (answer.status !== 200) throw new Error(`${login} could not sign in: ${JSON.stringify(answer.body)}`);
      return client;
    },
    async stop() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Somebody at the door of `url`, nobody signed in. */
export function makeClient(url: string): Client {
  const client: Client = {
    csrfToken: null, cookie: null,
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      if (client.cookie !== null && !headers.has('cookie')) headers.set('cookie', client.cookie);
      if (client.csrfToken !== null && !headers.has('x-csrf-token')) headers.set('x-csrf-token', client.csrfToken);
      const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
      for (const set of response.headers.getSetCookie()) {
        const pair = set.split(';')[0] ?? '';
        client.cookie = pair.endsWith('=') ? null : pair;
      }
      return response;
    },
    get: async (path) => answerOf(await client.fetch(path)),
    send: async (method, path, body) => answerOf(await client.fetch(path, body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })),
    post: (path, body) => client.send('POST', path, body),
    put: (path, body) => client.send('PUT', path, body),
    async upload(path, file, fields = {}) {
      const form = new FormData();
      for (const [name, text] of Object.entries(fields)) form.append(name, text);
      form.append('file', new Blob([Uint8Array.from(file.bytes)], { type: file.type ?? 'application/octet-stream' }), file.name);
      return answerOf(await client.fetch(path, { method: 'POST', body: form }));
    },
    async signIn(login, password) {
      const answer = await client.post<{ csrfToken?: string | null }>('/api/session', { login, password });
      if (answer.status === 200) client.csrfToken = answer.body.csrfToken ?? null;
      return answer;
    },
  };
  return client;
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: (isJson && text !== '' ? JSON.parse(text) : text) as T };
}
