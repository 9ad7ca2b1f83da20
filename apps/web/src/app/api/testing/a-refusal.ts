import type { Problem } from '@jiheng/contract';

/** A refusal of the server as it travels. */
export function aRefusal(code: string, status = 422, more: Partial<Problem> = {}): Problem {
  return { type: 'about:blank', title: code, status, code, params: {}, sentence: { zh: `拒绝：${code}`, en: `refused: ${code}` }, ...more };
}

/** A server of one answer a call, which remembers what it was asked. */
export function aServer(...answers: readonly (Response | Error)[]): { readonly fetch: typeof fetch; readonly asked: { url: string; init: RequestInit }[] } {
  const asked: { url: string; init: RequestInit }[] = [];
  const queue = [...answers];
  const fake = (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const answer = queue.shift();
    if (!answer) throw new Error(`nobody expected ${url}`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { fetch: fake as unknown as typeof fetch, asked };
}

/** jsdom knows no Response; this is the part of it that is read. */
export function anAnswer(status: number, body?: unknown): Response {
  const json = () => (body === undefined ? Promise.reject(new SyntaxError('no JSON')) : Promise.resolve(body));
  return { status, ok: status >= 200 && status < 300, json } as unknown as Response;
}
