import type { Problem } from '@jiheng/contract';

export type { Problem } from '@jiheng/contract';

/** What a call brings back. A refusal is a value with its sentence, so that a page shows it where it happened and keeps what was typed. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A good answer. */
export function answered<T>(value: T): Answer<T> {
  return { ok: true, value };
}

/** A bad one. */
export function refused(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

/** True for the body that every refusal of the server has (RFC 9457 with code and sentence). */
export function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  const { code, sentence } = body as { code?: unknown; sentence?: { zh?: unknown; en?: unknown } };
  return typeof code === 'string' && typeof sentence?.zh === 'string' && typeof sentence.en === 'string';
}

/** Problems the browser itself finds: nobody answered, or what answered is not this product. */
const OWN = {
  'web.unreachable': {
    zh: '连接不上服务器。您填写的内容还在页面上，请检查网络后重试。',
    en: 'The server cannot be reached. What you typed is still on the page; check the network and try again.',
  },
  'web.timeout': {
    zh: '服务器在规定时间内没有答复。您填写的内容还在页面上，请稍后重试。',
    en: 'The server did not answer in time. What you typed is still on the page; try again in a moment.',
  },
  'web.unsaved': {
    zh: '还有修改没有保存。请先在“未保存”旁重试或放弃，再继续。',
    en: 'Some corrections are not saved yet. Retry or drop them beside “not saved”, then go on.',
  },
  'web.unreadable': {
    zh: '服务器的答复（{status}）读不懂，可能正在升级。请稍后重试，仍不行请联系系统管理员。',
    en: 'The answer of the server ({status}) cannot be read; it may be under maintenance. Try again later, then ask the administrator.',
  },
} as const;
export type OwnProblemCode = keyof typeof OWN;

/** Makes the browser's own problem. `status` is the HTTP status, 0 when nothing arrived. */
export function ownProblem(code: OwnProblemCode, status = 0): Problem {
  const say = (sentence: string) => sentence.replace('{status}', String(status));
  return { type: 'about:blank', title: code, status, code, params: {}, sentence: { zh: say(OWN[code].zh), en: say(OWN[code].en) } };
}
