import { timingSafeEqual } from 'node:crypto';
import { refuse } from '@jiheng/domain';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { unwrap } from '../http/refusal.exception';
import { ROUTE_POLICY, type RoutePolicy } from './policy.decorator';
import { BESIDE_READ, type BesideRead } from './read-beside';
import { SESSION_COOKIE, SessionQuery, type RequestSession } from './session.query';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Stands before every route: whose session, is the request the browser's own, does the policy let this person in. */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly sessions: SessionQuery) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [context.getHandler(), context.getClass()]);
    // The boot has refused such a route already; whoever adds one at run time is refused here.
    if (policy === undefined) throw new Error('a route without a policy was called');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const unsafe = !SAFE_METHODS.has(request.method);
    if (unsafe && !sameOrigin(request)) return unwrap(refuse('house.csrf'));

    const token = request.cookies[SESSION_COOKIE];
    const session = token === undefined || policy.options.asNobody === true ? null : await this.sessionOf(token, request, context);
    if (session !== null) request.jihengSession = session;
    if (policy.rule === 'public' || policy.rule === 'setup') return true;
    if (session === null) return unwrap(refuse('house.not-signed-in'));
    if (unsafe && !carriesCsrfToken(request, session)) return unwrap(refuse('house.csrf'));
    if (session.mustChangePassword && policy.options.beforePasswordChange !== true) return unwrap(refuse('house.password-change-needed'));
    if (policy.rule === 'signed-in') return true;
    const { roles } = policy.rule;
    if (!session.actor.roles.some((held) => roles.includes(held.role))) return unwrap(refuse('house.not-allowed'));
    return true;
  }

  /** Who is behind the cookie; a route that names a read has its row brought along, untouched until the policy has let the person in. */
  private async sessionOf(token: string, request: FastifyRequest, context: ExecutionContext): Promise<RequestSession | null> {
    const read = this.reflector.get<BesideRead<object> | undefined>(BESIDE_READ, context.getHandler());
    if (read === undefined) return this.sessions.find(token);
    const params = read.params(request);
    if (params === null) { request.jihengBeside = null; return this.sessions.find(token); }
    const found = await this.sessions.findWith(token, read, params);
    request.jihengBeside = found?.beside ?? null;
    return found?.session ?? null;
  }
}

/** A browser names the page's origin on unsafe requests; another site's page is refused also where no session exists yet (sign-in). */
function sameOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

function carriesCsrfToken(request: FastifyRequest, session: RequestSession): boolean {
  const given = request.headers['x-csrf-token'];
  if (typeof given !== 'string') return false;
  const [one, other] = [Buffer.from(given), Buffer.from(session.csrfToken)];
  return one.length === other.length && timingSafeEqual(one, other);
}
