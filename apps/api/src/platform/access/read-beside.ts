import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * A read that travels in the same statement as the session: one way to the database instead of two, and rights and data of one moment.
 * The row is read only where a session holds; whether the reader may see it is asked afterwards, as of any other row.
 */
export interface BesideRead<R extends object> {
  /** Unique among prepared statements. */
  readonly name: string;
  /**
   * A select of at most one row. `p(1)` stands where its first parameter goes. No column may begin with `session_`.
   */
  readonly sql: (p: (number: number) => string) => string;
  /** The parameters out of the request, or null when they have not the right shape: then only the session is read, and the route refuses. */
  readonly params: (request: Pick<FastifyRequest, 'params'>) => readonly unknown[] | null;
  /** Never set: carries the type of the row. */
  readonly row?: R;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What {@link ReadBeside} brought: null when there is no such row, undefined when nothing was read. */
    jihengBeside?: object | null;
  }
}

export const BESIDE_READ = 'jiheng:beside-read';

/** Names the read that travels with the session of a route whose policy asks for one; the route takes it by {@link Beside}. */
export function ReadBeside<R extends object>(read: BesideRead<R>): CustomDecorator {
  return SetMetadata(BESIDE_READ, read);
}

/** The row that came with the session, or null. Only on routes with {@link ReadBeside}. */
export const Beside = createParamDecorator((_: unknown, context: ExecutionContext): object | null => {
  const found = context.switchToHttp().getRequest<FastifyRequest>().jihengBeside;
  if (found === undefined) throw new Error('a route asked for a row beside the session, and none was read');
  return found;
});
