import { ok, refuse, type Result } from '@jiheng/domain';
import type { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import type { Tx } from '../platform/database/tx';
import type { PullRepository, StoredSource } from './pull.repository';

/**
 * Locks a source for whoever may decide about it: reporter or administrator of its unit.
 * @returns refusal `pull.source-not-found`, the same for what is not there and for what is a neighbour's
 */
export async function lockOwnSource(tx: Tx, by: { readonly pulls: PullRepository; readonly access: Access }, actor: Actor, sourceId: string): Promise<Result<StoredSource>> {
  const source = await by.pulls.lockSource(tx, sourceId);
  if (source === null) return refuse('pull.source-not-found');
  const allowed = by.access.requireRole(actor, ['reporter', 'administrator'], source.unitPath, 'pull.source-not-found');
  return allowed.ok ? ok(source) : allowed;
}
