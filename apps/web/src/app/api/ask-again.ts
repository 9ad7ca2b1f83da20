/** Pauses between two questions, ms: soon at first, because most jobs are done within a second, then ever more patiently. */
const PAUSES_MS = [800, 1_200, 2_000, 3_000, 5_000, 8_000, 15_000] as const;

/**
 * Asks again while something on the page is still being worked on: points that are computed, a file that is made. News of a job brings
 * the next question forward; without news (a proxy that cuts streams) the pauses see to it. One question at a time.
 */
export class AskAgain {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private round = 0;
  private asking = false;
  private missed = false;
  private stopped = false;

  /**
   * @param ask the question; its failure is its own affair
   * @param pending whether an answer is still awaited, read after every question
   */
  constructor(private readonly ask: () => Promise<unknown>, private readonly pending: () => boolean) {}

  /** Looks whether there is something to wait for and begins to wait; does nothing while it waits already. */
  watch(): void {
    if (this.stopped || this.timer !== null || this.asking || !this.pending()) return;
    this.timer = setTimeout(() => void this.now(), PAUSES_MS[Math.min(this.round, PAUSES_MS.length - 1)]);
  }

  /** Asks at once: there is news. */
  async now(): Promise<void> {
    this.cancel();
    if (this.stopped) return;
    if (this.asking) {
      this.missed = true;
      return;
    }
    this.asking = true;
    do {
      this.missed = false;
      await this.ask();
    } while (this.missed && !this.stopped);
    this.asking = false;
    this.round = this.pending() ? this.round + 1 : 0;
    this.watch();
  }

  /** The page is gone. */
  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
