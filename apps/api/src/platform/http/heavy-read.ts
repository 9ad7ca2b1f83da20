import { refuse } from '@jiheng/domain';
import { type CallHandler, type CustomDecorator, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { defer, finalize, type Observable } from 'rxjs';
import { unwrap } from './refusal.exception';

const HEAVY_READ = 'jiheng:heavy-read';
/** Heavy reads of one process that are under way at once: two processors and ten connections leave room for saves beside them. */
const AT_ONCE = 3;
/** Whoever comes after so many that wait already is told to come again: the answer would be too late to be wanted. */
const MOST_WAITING = 40;

/** Marks a route (or all of a controller) that reads much for one answer: forms drawn on the spot, figures of a region. Few of them run at once; saves never wait behind them. */
export function HeavyRead(): CustomDecorator {
  return SetMetadata(HEAVY_READ, true);
}

/** Lets heavy reads through one after another, in the order in which they came. */
@Injectable()
export class HeavyReads implements NestInterceptor {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http' || this.reflector.getAllAndOverride<boolean | undefined>(HEAVY_READ, [context.getHandler(), context.getClass()]) !== true) return next.handle();
    if (this.running < AT_ONCE) this.running += 1;
    else {
      if (this.waiting.length >= MOST_WAITING) return unwrap(refuse('house.too-many-requests'));
      await new Promise<void>((go) => { this.waiting.push(go); });
    }
    // Nobody is there any more to read the answer: the place goes to the next one.
    if (context.switchToHttp().getResponse<FastifyReply>().raw.destroyed) { this.leave(); return unwrap(refuse('house.too-many-requests')); }
    return defer(() => next.handle()).pipe(finalize(() => { this.leave(); }));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
