import { Injectable, Logger } from '@nestjs/common';
import type { Db } from '../database/tx';

/** So many are remembered: every look leaves them out by their ids. */
const REMEMBERED = 10_000;

/**
 * What this process found in the outbox and could not read: names of a newer version while an update is rolling out, or payloads of another shape. Each is said once and then
 * passed over here, so that it holds up nothing behind it; it stays, and a process that knows it rings it.
 */
@Injectable()
export class UnreadableMessages {
  private readonly log = new Logger(UnreadableMessages.name);
  private ids: Set<string> = new Set();

  /** Those that are passed over. */
  all(): string[] {
    return [...this.ids];
  }

  /** Says a message that cannot be read and remembers it. Once there is no room left, further ones are looked at again with every look and not said. */
  note(message: { readonly id: string; readonly name: string }, error: unknown): void {
    if (this.ids.has(message.id) || this.ids.size >= REMEMBERED) return;
    this.ids.add(message.id);
    this.log.error({ err: error, messageId: message.id, message: message.name }, 'an outbox message cannot be read here; it stays for a process that knows it (docs/operations.md)');
    if (this.ids.size === REMEMBERED) this.log.error({ remembered: REMEMBERED }, 'so many outbox messages cannot be read here that further ones are not named');
  }

  /** Where no room is left: forgets those that others have rung meanwhile. */
  async makeRoom({ manager }: Db): Promise<void> {
    if (this.ids.size < REMEMBERED) return;
    const waiting: { id: string }[] = await manager.query('select id from outbox_message where id = any($1) and rung_at is null', [this.all()]);
    this.ids = new Set(waiting.map(({ id }) => id));
  }
}
