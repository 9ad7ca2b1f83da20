import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HotLane } from '../database/hot-lane';
import type { Reads } from '../database/prepared';
import type { Actor, ActorRole } from './actor';
import type { BesideRead } from './read-beside';

/** The session behind a request's cookie. */
export interface RequestSession {
  readonly tokenHash: string;
  /** What unsafe requests must carry in `x-csrf-token`. */
  readonly csrfToken: string;
  readonly actor: Actor;
  readonly mustChangePassword: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    jihengSession?: RequestSession;
  }
}

export const SESSION_COOKIE = 'jiheng_session';
/** A session that nobody uses ends after half a day, and every session after a week. */
export const IDLE_HOURS = 12;
export const LONGEST_HOURS = 7 * 24;

/** What is stored of a session's token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The CSRF token of a session: derived from its secret, so nothing needs to be stored, and nobody without the cookie can derive it. */
export function csrfTokenOf(token: string): string {
  return createHash('sha256').update(`csrf:${token}`).digest('base64url');
}

interface SessionRow {
  session_token_hash: string;
  session_person_id: string; session_login: string; session_display_name: string; session_must_change_password: boolean; session_stale: boolean;
  session_roles: { role: ActorRole['role']; unitId: string; unitName: string; path: string }[];
}

/** Session, person and roles as they stand at this moment, in one row. Nothing of it is kept between requests: a right that was taken away is gone at the next one. */
const sessionWhere = (token: string): string => `
  select session.token_hash as session_token_hash, person.id as session_person_id, person.login as session_login, person.display_name as session_display_name, person.must_change_password as session_must_change_password,
    session.last_seen_at < now() - interval '1 minute' as session_stale,
    coalesce((select json_agg(json_build_object('role', held.role, 'unitId', unit.id, 'unitName', unit.name, 'path', unit.path) order by unit.path, held.role)
      from role_assignment held join budget_unit unit on unit.id = held.unit_id where held.person_id = person.id), '[]') as session_roles
  from session join person on person.id = session.person_id
  where session.token_hash ${token} and person.active
    and session.last_seen_at > now() - make_interval(hours => $2) and session.created_at > now() - make_interval(hours => $3)`;
const SESSION = sessionWhere('= $1');
const SESSIONS = sessionWhere('= any($1)');
const SESSION_PARAMS = 3;

/** Finds who is behind a cookie, in one read. */
@Injectable()
export class SessionQuery {
  constructor(private readonly lane: HotLane) {}

  /**
   * The session of a token, or null when it is unknown, too old, or its person is no longer active. A look by the house itself
   * (`touch: false`) does not count as use.
   */
  async find(token: string, { touch = true, reads = this.lane }: { touch?: boolean; reads?: Reads } = {}): Promise<RequestSession | null> {
    const tokenHash = hashToken(token);
    const row = await reads.one<SessionRow>('session-find', SESSION, [tokenHash, IDLE_HOURS, LONGEST_HOURS]);
    return row === null ? null : this.opened(token, tokenHash, row, touch);
  }

  /** Who is behind each of these tokens, by token, in one read; one whose session is over is not among them. A look by the house itself: it does not count as use. */
  async findMany(tokens: readonly string[], reads: Reads): Promise<ReadonlyMap<string, Actor>> {
    const byHash = new Map(tokens.map((token) => [hashToken(token), token]));
    const rows = await reads.rows<SessionRow>('sessions-find', SESSIONS, [[...byHash.keys()], IDLE_HOURS, LONGEST_HOURS]);
    return new Map(rows.map((row) => [byHash.get(row.session_token_hash) ?? '', actorOf(row)]));
  }

  /** The same, and in the same statement the row that a route reads. Without a session nothing is read beside it. */
  async findWith<R extends object>(token: string, read: BesideRead<R>, params: readonly unknown[]): Promise<{ session: RequestSession; beside: R | null } | null> {
    const tokenHash = hashToken(token);
    const sql = `select beside.is_there as session_beside, held.*, beside.* from (${SESSION}) held
      left join lateral (select true as is_there, found.* from (${read.sql((number) => `$${SESSION_PARAMS + number}`)}) found) beside on true`;
    const row = await this.lane.one<SessionRow & { session_beside: boolean | null } & R>(`session-with-${read.name}`, sql, [tokenHash, IDLE_HOURS, LONGEST_HOURS, ...params]);
    return row === null ? null : { session: await this.opened(token, tokenHash, row, true), beside: row.session_beside === null ? null : row };
  }

  private async opened(token: string, tokenHash: string, row: SessionRow, touch: boolean): Promise<RequestSession> {
    // Once a minute is exact enough for half a day, and spares a write per request.
    if (row.session_stale && touch) await this.lane.rows('session-seen', 'update session set last_seen_at = now() where token_hash = $1', [tokenHash]);
    return {
      tokenHash, csrfToken: csrfTokenOf(token), mustChangePassword: row.session_must_change_password,
      actor: actorOf(row),
    };
  }
}

function actorOf(row: SessionRow): Actor {
  return { personId: row.session_person_id, login: row.session_login, displayName: row.session_display_name, roles: row.session_roles };
}
