import type { Page } from 'playwright-core';

/** Asks the server as the person of this window, for what has no page of its own. */
export async function call<T>(page: Page, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  const answer = await page.evaluate(async ({ method, path, body }) => {
    const { csrfToken } = (await (await fetch('/api/session')).json()) as { csrfToken: string };
    const response = await fetch(`/api${path}`, {
      method, headers: { accept: 'application/json', 'x-csrf-token': csrfToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, status: response.status, body: (await response.json().catch(() => null)) as unknown };
  }, { method, path, body });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}
