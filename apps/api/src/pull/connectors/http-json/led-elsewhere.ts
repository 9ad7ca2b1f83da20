import { type Result, type Words, ok, refuse } from '@jiheng/domain';
import type { Destination } from '../../egress/egress';
import { WEB, destinationOf, wrongScheme } from '../place-url';

/** Who named an address: the form of the source, or an answer, by a redirect or as the address of its next page. */
export type Led = 'FORM' | 'REDIRECT' | 'NEXT_PAGE';

type Refused = Extract<Result<unknown>, { ok: false }>;

const STEPS: Readonly<Record<Exclude<Led, 'FORM'>, Words>> = {
  REDIRECT: { zh: '要求跳转到', en: 'it redirects to' }, NEXT_PAGE: { zh: '给出的下一页地址指向', en: 'its next page is said to be at' },
};

/** Where a web address leads; refuses a password in it and a protocol that is none of the web. */
export function webDestination(url: URL): Result<Destination> {
  if (url.password !== '') return refuse('pull.place-has-credentials');
  const to = destinationOf(url);
  return to === null || !WEB.includes(url.protocol) ? wrongScheme(`${url.protocol}//${url.host}${url.pathname}`, url, WEB) : ok(to);
}

/**
 * A refusal of an address in the words of whoever named it. What an answer leads to stands in no form, and nobody can write it anew: the sentence says where it led (the host, and nothing
 * else of it: its path and its password may be secrets) and why nobody goes there.
 */
export function notFollowed(refused: Refused, by: Led, source: string, url: URL): Refused {
  if (by === 'FORM') return refused;
  const { code, params } = refused.refusal;
  const why = reasonOf(code, params, url);
  const [step, host] = [STEPS[by], url.host === '' ? url.protocol : url.host];
  return refuse('pull.led-elsewhere', { source, step: step.zh, stepEn: step.en, host, cause: why.zh, causeEn: why.en });
}

function reasonOf(code: string, { entry = '', address = '', range = '', rangeEn = '' }: Readonly<Record<string, string>>, url: URL): Words {
  const list = { zh: `确需从该主机取数的，请系统管理员在服务器配置 PULL_ALLOWED_HOSTS 中加入 ${entry}，重启后再试`, en: `if it is meant, the administrator of the server adds ${entry} to PULL_ALLOWED_HOSTS and restarts` };
  switch (code) {
    case 'pull.place-has-credentials': return { zh: '该地址里写有密码，本系统不使用对方给出的密码', en: 'a password stands in that address, and passwords that an answer brings are not used' };
    case 'pull.place-scheme': return { zh: `该地址以 ${url.protocol} 开头，只能是 http:// 或 https://`, en: `that address begins with ${url.protocol}, and only http:// and https:// are gone to` };
    case 'pull.address-forbidden': return { zh: `该主机指向 ${address}（${range}），为防止误连内部系统不予连接；${list.zh}`, en: `it leads to ${address} (${rangeEn}), which is not connected lest an inner system be reached; ${list.en}` };
    default: return { zh: `该主机不在允许取数的名单内；${list.zh}`, en: `it is not on the list of hosts that may be asked; ${list.en}` };
  }
}
