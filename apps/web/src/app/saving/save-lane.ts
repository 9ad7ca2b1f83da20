/**
 * How many requests of one page are on the way at once. A pasted column of a hundred cells must not open a hundred connections:
 * the browser would queue them in an order nobody chose, and the cell a person is looking at would wait for the rest.
 */
export class SaveLane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param before what is to be done before anything is sent: whatever becomes of the answer, what was typed lies on the shelf of drafts by then */
  constructor(private readonly width = 4, private readonly before: () => void = () => undefined) {}

  /** Runs `work` as soon as there is room, in the order of asking. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) await new Promise<void>((go) => this.waiting.push(go));
    else this.running++;
    try {
      this.before();
      return await work();
    } finally {
      // The place is handed over, not given up, so that nobody can slip in between.
      const next = this.waiting.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }
}
