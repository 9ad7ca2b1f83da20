import { sayRefusal } from '@jiheng/domain';
import type { Problem } from '../api/problem';

/** The refusal of a stale revision as the server words it, for drafts that turn out to be older than what stands there. */
export function staleProblem(by: string, current: number): Problem {
  const refusal = { code: 'self-evaluation.stale-revision', params: { by: by || '—', current: String(current) } } as const;
  return { type: 'about:blank', title: refusal.code, status: 409, code: refusal.code, params: refusal.params, sentence: { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') } };
}
