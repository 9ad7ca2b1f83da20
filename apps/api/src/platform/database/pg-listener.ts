import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { AppConfig } from '../config/app-config';

/** Whoever saves at the same moment is told of together. */
const TELL_EVERY_MS = 10;

type Hearer = (payload: string) => void;

/**
 * One connection that hears PostgreSQL's NOTIFY for the whole process. It is a convenience, never the truth: whoever listens also looks by
 * itself now and then, because a notification sent while the connection was away is lost.
 */
@Injectable()
export class PgListener implements OnApplicationShutdown {
  private readonly log = new Logger(PgListener.name);
  private readonly hearers = new Map<string, Set<Hearer>>();
  private client: pg.Client | null = null;
  private opening: Promise<void> | null = null;
  /** Channels that were told of a moment ago; true: there is more to tell. */
  private readonly told = new Map<string, boolean>();
  private closed = false;
  private again: NodeJS.Timeout | null = null;

  constructor(private readonly config: AppConfig) {}

  /** Hears a channel until the returned function is called. The promise resolves when PostgreSQL listens. */
  async hear(channel: string, hearer: Hearer): Promise<() => void> {
    const known = this.hearers.get(channel);
    const set = known ?? new Set<Hearer>();
    set.add(hearer);
    this.hearers.set(channel, set);
    try {
      await this.open();
      if (known === undefined) await this.client?.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      // Whoever could not be served asks again, and must not hear everything twice then. The channel is listened to when PostgreSQL is back.
      set.delete(hearer);
      throw error;
    }
    return () => { set.delete(hearer); };
  }

  /**
   * Tells a channel that there is something new, at once and then every few milliseconds at most: for deeds whose own commit carries no notification.
   * Like every notification it may be lost.
   */
  tell(channel: string): void {
    if (this.closed) return;
    if (this.told.has(channel)) { this.told.set(channel, true); return; }
    this.told.set(channel, false);
    const telling = this.open().then(() => this.client?.query('select pg_notify($1, $2)', [channel, ''])).catch(() => undefined);
    // One after another: the connection also listens.
    void Promise.all([telling, pause(TELL_EVERY_MS, undefined, { ref: false })]).then(() => {
      const more = this.told.get(channel);
      this.told.delete(channel);
      if (more === true) this.tell(channel);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    if (this.again !== null) clearTimeout(this.again);
    await this.opening?.catch(() => undefined);
    await this.client?.end().catch(() => undefined);
  }

  private open(): Promise<void> {
    if (this.client !== null || this.closed) return Promise.resolve();
    this.opening ??= this.connect().finally(() => { this.opening = null; });
    return this.opening;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_URL, keepAlive: true, application_name: 'jiheng-listen', options: '-c synchronous_commit=off' });
    client.on('notification', ({ channel, payload }) => { for (const hearer of this.hearers.get(channel) ?? []) hearer(payload ?? ''); });
    const lost = (): void => {
      if (this.client !== client) return;
      this.client = null;
      this.reopen();
    };
    client.on('error', lost).on('end', lost);
    try {
      await client.connect();
      for (const channel of this.hearers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      this.reopen();
      throw error;
    }
    this.client = client;
  }

  private reopen(): void {
    if (this.closed || this.again !== null) return;
    this.again = setTimeout(() => {
      this.again = null;
      this.open().then(() => { for (const set of this.hearers.values()) for (const hearer of set) hearer(''); }, () => this.log.warn('PostgreSQL does not let us listen; trying again'));
    }, 1000);
    this.again.unref();
  }
}
