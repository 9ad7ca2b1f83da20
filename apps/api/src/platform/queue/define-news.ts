import { Injectable, type Provider } from '@nestjs/common';
import type { z } from 'zod';
import type { JobDefinition } from './define-job';

/** News has happened and may have none or many listeners, each of which is a job. Payload = ids. */
export interface NewsDefinition<P> {
  readonly kind: 'NEWS';
  readonly name: string;
  readonly payload: z.ZodType<P>;
}

const declared = new Map<string, NewsDefinition<never>>();

/** Names a kind of news; the name is unique in the process. */
export function defineNews<S extends z.ZodType>(definition: { name: string; payload: S }): NewsDefinition<z.output<S>> {
  if (declared.has(definition.name)) throw new Error(`the news "${definition.name}" is defined twice`);
  const news: NewsDefinition<z.output<S>> = { kind: 'NEWS', name: definition.name, payload: definition.payload as z.ZodType<z.output<S>> };
  declared.set(news.name, news as unknown as NewsDefinition<never>);
  return news;
}

/** Every kind of news named in this process. */
export function declaredNews(): readonly NewsDefinition<never>[] {
  return [...declared.values()];
}

/** One listener as the registry keeps it: the types of payloads were checked where it was made. */
export interface Listener {
  readonly newsName: string;
  readonly job: JobDefinition<never>;
  /** The job's payload for one piece of news (parsed on both sides). */
  readonly jobPayload: (newsPayload: unknown) => unknown;
  /** The same wish made by several pieces of news rings once while it waits; null keeps each. */
  readonly news: NewsDefinition<never>;
}

/** Declares that this news asks for that job: `listen(actualRecorded, scoreMonitoringReport, (p) => ({ reportId: p.reportId }))`. */
export function listen<N, J>(news: NewsDefinition<N>, job: JobDefinition<J>, payload: (told: N) => J): Listener {
  return {
    newsName: news.name, news: news as unknown as NewsDefinition<never>, job: job as unknown as JobDefinition<never>,
    jobPayload: (told) => job.payload.parse(payload(news.payload.parse(told))),
  };
}

/** Carries a feature's listeners through Nest's container, where the registry finds them. */
@Injectable()
export class ListenerList {
  constructor(readonly listeners: readonly Listener[]) {}
}

/** A provider for the `providers` of a feature module: `provideListeners(scoringListeners)`. */
export function provideListeners(listeners: readonly Listener[]): Provider {
  return { provide: Symbol('listeners'), useValue: new ListenerList(listeners) };
}
