import type { Role } from '@jiheng/contract';
import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor';

/**
 * Who may call a route: anybody; anybody while nobody exists yet; whoever is signed in; whoever has one of the roles anywhere
 * (whether the role reaches the unit in question is asked by the service, through {@link Access}).
 */
export type PolicyRule = 'public' | 'setup' | 'signed-in' | { readonly roles: readonly Role[] };
export interface PolicyOptions {
  /** Also with a one-time password that still has to be replaced. */
  readonly beforePasswordChange?: boolean;
  /** Nobody is asked who is behind the cookie: the answer is the same for everybody, and comes while PostgreSQL is away. */
  readonly asNobody?: boolean;
}
export interface RoutePolicy { readonly rule: PolicyRule; readonly options: PolicyOptions }

export const ROUTE_POLICY = 'jiheng:route-policy';

/** Says who may call a route (or every route of a controller). A route without a policy fails the boot. */
export function Policy(rule: PolicyRule, options: PolicyOptions = {}): CustomDecorator {
  return SetMetadata(ROUTE_POLICY, { rule, options } satisfies RoutePolicy);
}

/** The signed-in person of this request. Only on routes whose policy needs one. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const session = context.switchToHttp().getRequest<FastifyRequest>().jihengSession;
  if (session === undefined) throw new Error('a route asked for the actor, but its policy lets anybody in');
  return session.actor;
});
