import { Injectable, InjectionToken, inject, signal } from '@angular/core';
import { answered, isProblem, ownProblem, refused, type Answer } from './problem';

/** The browser's fetch; tests hand in their own answers here. */
export const FETCH = new InjectionToken<typeof fetch>('fetch', { providedIn: 'root', factory: () => (input, init) => globalThis.fetch(input, init) });

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Long enough for a large table on a slow line, short enough that nobody waits for a dead server. */
const PATIENCE_MS = 30_000;
/** A file of some megabytes over a slow line. */
const FILE_PATIENCE_MS = 180_000;

/**
 * The one way to the server, on plain fetch: HttpClient would cost the sign-in page a quarter more bytes. Answers are typed by the
 * contract and not parsed again here, because the server proves its answers against the same schemas in its own tests and Zod in
 * the browser would cost more than the whole sign-in page.
 */
@Injectable({ providedIn: 'root' })
export class Http {
  private readonly fetch = inject(FETCH);
  private csrfToken: string | null = null;
  private readonly lost = signal(0);
  /** Counts the answers "not signed in" (401): the session watches it and leads back to the sign-in page. */
  readonly sessionLost = this.lost.asReadonly();

  /** The token every write carries in `x-csrf-token`; the session sets it. */
  useCsrfToken(token: string | null): void {
    this.csrfToken = token;
  }

  get<T>(path: string, query: Query = {}): Promise<Answer<T>> {
    return this.call<T>('GET', path, query, null);
  }

  /** A write with a JSON body. An answer without content comes back as `undefined`. */
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, query: Query = {}): Promise<Answer<T>> {
    return this.call<T>(method, path, query, body === undefined ? null : JSON.stringify(body));
  }

  /** A write with one file in the field `file`. */
  upload<T>(path: string, file: File, query: Query = {}): Promise<Answer<T>> {
    const form = new FormData();
    form.append('file', file, file.name);
    return this.call<T>('POST', path, query, form);
  }

  /** A file as it lies on the server. */
  async bytes(path: string): Promise<Answer<Uint8Array<ArrayBuffer>>> {
    try {
      const response = await this.fetch(`/api${path}`, { credentials: 'same-origin', signal: AbortSignal.timeout(FILE_PATIENCE_MS) });
      return response.ok ? answered(new Uint8Array(await response.arrayBuffer())) : await this.read(response, path);
    } catch (fault) {
      return refused(unanswered(fault));
    }
  }

  /** Like {@link upload}, telling how much has gone out (0…1): fetch cannot say that, the older XMLHttpRequest can. */
  uploadWatched<T>(path: string, file: File, progress: (share: number) => void): Promise<Answer<T>> {
    const form = new FormData();
    form.append('file', file, file.name);
    return new Promise((answer) => {
      const request = new XMLHttpRequest();
      request.open('POST', `/api${path}`);
      request.setRequestHeader('accept', 'application/json');
      if (this.csrfToken) request.setRequestHeader('x-csrf-token', this.csrfToken);
      request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
      request.onerror = () => answer(refused(ownProblem('web.unreachable')));
      request.onabort = () => answer(refused(ownProblem('web.unreachable')));
      // A body with status 204 or 304 must be null for Response.
      request.onload = () => void this.read<T>(new Response(request.status === 204 ? null : request.responseText, { status: request.status }), path).then(answer);
      request.send(form);
    });
  }

  private async call<T>(method: string, path: string, query: Query, body: string | FormData | null): Promise<Answer<T>> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    if (method !== 'GET' && this.csrfToken) headers['x-csrf-token'] = this.csrfToken;
    let response: Response;
    try {
      response = await this.fetch(`/api${path}${queryText(query)}`, {
        method, headers, body, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (fault) {
      return refused(unanswered(fault));
    }
    return this.read<T>(response, path);
  }

  private async read<T>(response: Response, path: string): Promise<Answer<T>> {
    if (response.status === 204) return answered(undefined as T);
    const body = await response.json().catch(() => undefined) as unknown;
    if (response.ok && body !== undefined) return answered(body as T);
    // A wrong password answers 401 as well, but nobody was signed in then.
    if (response.status === 401 && path !== '/session') this.lost.update((count) => count + 1);
    return refused(isProblem(body) ? body : ownProblem('web.unreadable', response.status));
  }
}

function unanswered(fault: unknown): ReturnType<typeof ownProblem> {
  return ownProblem(fault instanceof DOMException && fault.name === 'TimeoutError' ? 'web.timeout' : 'web.unreachable');
}

/** `?a=1&b=2` from the members that have a value; empty text when none has. */
export function queryText(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return pairs.length ? `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}` : '';
}
