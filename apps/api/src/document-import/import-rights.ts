import { ok, refuse, type Result } from '@jiheng/domain';
import type { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import type { ImportHead } from './document-import.rows';

/** Who may see an import: whoever may read its unit; before it has one, only the person who brought it. */
export function mayReadImport(access: Access, actor: Actor, head: ImportHead): boolean {
  return head.createdBy === actor.personId || (head.unitPath !== null && access.mayRead(actor, head.unitPath));
}

/** Who may change it: whoever writes drafts for its unit; before it has one, the person who brought it. */
export function mayChangeImport(access: Access, actor: Actor, head: ImportHead): boolean {
  return head.unitPath === null ? head.createdBy === actor.personId : access.hasRole(actor, 'reporter', head.unitPath);
}

const STATE_WORDS = {
  READING: ['正在读取', 'being read'], STAGED: ['待核对', 'being checked'], ACCEPTED: ['已采纳', 'accepted'], UNDONE: ['已撤销', 'undone'], REFUSED: ['未能读取', 'not readable'],
} as const satisfies Record<ImportHead['state'], readonly [string, string]>;

/** The import for a change of it: there, visible, writable, and waiting for a person. */
export function requireStaged(access: Access, actor: Actor, head: ImportHead | null, states: readonly ImportHead['state'][] = ['STAGED']): Result<ImportHead> {
  if (head === null || !mayReadImport(access, actor, head)) return refuse('import.not-found');
  if (!mayChangeImport(access, actor, head)) return refuse('house.not-allowed');
  const [state, stateEn] = STATE_WORDS[head.state];
  return states.includes(head.state) ? ok(head) : refuse('import.not-staged', { state, stateEn });
}
