import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { sayShapeIssue, type ShapeIssue } from './say-shape-issue';

/** A request whose shape is wrong: where, and what was expected. */
export class MalformedException extends Error {
  constructor(readonly fields: readonly { readonly path: string; readonly message: string; readonly messageEn: string }[]) {
    super('malformed request');
    this.name = 'MalformedException';
  }
}

type SchemaIssue = ShapeIssue & { readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined };

function malformed(issues: readonly SchemaIssue[]): MalformedException {
  return new MalformedException(issues.slice(0, 50).map((issue) => {
    const { zh, en } = sayShapeIssue(issue);
    return { path: (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.'), message: zh, messageEn: en };
  }));
}

/** Parses bodies, params and queries with the contract's shapes (`@Body({ schema })`). */
export function contractPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: malformed });
}

/** Parses a part of a request by hand, with the same answer when it is malformed: `parseRequest(z.object({ q: z.string() }), query)`. */
export function parseRequest<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw malformed(parsed.error.issues);
}
