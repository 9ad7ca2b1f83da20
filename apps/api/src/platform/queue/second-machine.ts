import type { RedisLine } from './redis-line';

/** So long a replica may take to confirm; it does so within a millisecond or two unless it is away. */
const CONFIRM_MS = 500;
/** While no replica answers nobody is kept waiting for that long, but for one question this often … */
const ALONE_MS = 10_000;
/** … and every other for no longer than this: a replica that is back confirms in time, and what is rung from then on is safe again. */
const ALONE_CONFIRM_MS = 20;

interface Round { readonly keys: string[]; readonly there: Promise<ReadonlySet<string>> }

/**
 * Asks whether a second machine has what was written. A primary answers before its replicas know; what only it knew is gone with it, although it
 * had said yes. Whoever strikes something off a list asks here first. Questions that come in while one is under way are asked together.
 */
export class SecondMachine {
  private next: Round | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private aloneUntil = 0;

  /**
   * @param line the connection that wrote: a replica is asked for what this connection wrote
   * @param alone hears that no replica confirmed; what is written then is as safe as on one server
   */
  constructor(private readonly line: RedisLine, private readonly alone: () => void) {}

  /** Whether the primary of this moment has the key, and a replica of it everything that was written before. All keys are of one slot. */
  async has(key: string): Promise<boolean> {
    const round = this.next ??= this.begin();
    round.keys.push(key);
    return (await round.there).has(key);
  }

  private begin(): Round {
    const keys: string[] = [];
    const there = this.last.then(() => undefined, () => undefined).then(() => { this.next = null; return this.ask(keys); });
    this.last = there;
    return { keys, there };
  }

  private async ask(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const questions = this.line.pipeline();
    // Asked of the primary as it is now: another one may have taken over since it was written.
    for (const key of keys) questions.exists(key);
    const isPatient = performance.now() >= this.aloneUntil;
    questions.wait(1, isPatient ? CONFIRM_MS : ALONE_CONFIRM_MS);
    const answers = await questions.exec() ?? [];
    const said = answers.map(([error, answer]) => { if (error !== null) throw error; return Number(answer); });
    if (said.at(-1) !== 0) this.aloneUntil = 0;
    else if (isPatient) {
      this.aloneUntil = performance.now() + ALONE_MS;
      this.alone();
    }
    return new Set(keys.filter((_, at) => said[at] === 1));
  }
}
