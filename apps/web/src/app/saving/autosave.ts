import { type Signal, signal } from '@angular/core';
import type { Problem } from '@jiheng/contract';
import { newRequestId } from '../api/new-request-id';
import type { SaveLane } from './save-lane';
import type { SaveOutcome } from './save-outcome';

/** Where one saved thing (a cell, an explanation, the execution figures) stands on its way to the server. */
export type SavePhase =
  | { readonly kind: 'idle' }
  /** Changed, and the pause after typing is not over. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  /** The server could not be reached; the next attempt follows by itself. */
  | { readonly kind: 'offline'; readonly problem: Problem; readonly attempt: number; readonly retryInMs: number }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Changed elsewhere meanwhile: a person has to choose. */
  | { readonly kind: 'conflict'; readonly problem: Problem };

/** What to do with a stale revision: the thing is settled (same value), to be sent again on the new revision, or a person chooses. */
export type StaleAnswer = 'settled' | 'resend' | 'ask';

/** The thing to be saved, as its saver sees it. */
export interface Saved<Body, Answer> {
  /** What should be stored now; null when everything is stored already, or when it cannot be stored as it stands. */
  body(): Body | null;
  /** Whether two bodies ask for the same change, so that the request id of an unanswered attempt may be used again. */
  same(a: Body, b: Body): boolean;
  send(body: Body, requestId: string): Promise<SaveOutcome<Answer>>;
  stored(answer: Answer, body: Body): void;
  /** @param unanswered bodies of earlier attempts whose answer was lost and that may therefore have been stored */
  stale(present: unknown, sent: Body, unanswered: readonly Body[]): StaleAnswer;
}

/** Pause after the last key before a cell is sent, ms. */
export const TYPING_PAUSE_MS = 700;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Saves one thing by itself: after a pause or at once, one request at a time, again and again while the server cannot be reached. */
export class Autosave<Body, Answer> {
  private readonly current = signal<SavePhase>({ kind: 'idle' });
  readonly phase: Signal<SavePhase> = this.current.asReadonly();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private attempt = 0;
  private unanswered: { readonly body: Body; readonly requestId: string }[] = [];
  private stopped = false;

  constructor(private readonly thing: Saved<Body, Answer>, private readonly lane: SaveLane) {}

  /** Something changed: save after the pause. A conflict waits for its choice, whatever is typed meanwhile. */
  touch(): void {
    if (this.current().kind === 'conflict' || this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      return;
    }
    if (this.thing.body() === null) {
      this.rest();
      return;
    }
    this.current.set({ kind: 'waiting' });
    this.after(TYPING_PAUSE_MS);
  }

  /** Save now what is waiting (a cell was left, the page is about to submit). Resolves when the attempt has ended. */
  async flush(): Promise<void> {
    const { kind } = this.current();
    if (kind === 'conflict' || kind === 'refused' || this.stopped) return;
    if (this.running !== null) {
      this.again = true;
      await this.running;
      return;
    }
    await this.start();
  }

  /** Try again by hand, for example after the network is back. */
  retry(): Promise<void> {
    if (this.current().kind === 'refused') this.current.set({ kind: 'waiting' });
    return this.flush();
  }

  /** The choice after a conflict has been made; what stands now is sent on the new revision, or nothing is left to send. */
  resolve(): Promise<void> {
    this.unanswered = [];
    this.current.set({ kind: 'waiting' });
    return this.flush();
  }

  /** The same thing was changed elsewhere, and we learned it without asking for a save. */
  contradict(problem: Problem): void {
    this.cancel();
    this.current.set({ kind: 'conflict', problem });
  }

  /** Nothing is sent any more (the page is gone). What was not stored stays on the shelf of drafts. */
  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private start(): Promise<void> {
    this.cancel();
    this.running = this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    let stored: Body | null = null;
    for (;;) {
      const body = this.thing.body();
      // What the server has just taken is not sent again, even if it keeps it in another spelling.
      if (body === null || this.stopped || (stored !== null && this.thing.same(stored, body))) {
        this.rest();
        return;
      }
      this.again = false;
      const repeated = this.unanswered.find((one) => this.thing.same(one.body, body));
      const requestId = repeated?.requestId ?? newRequestId();
      this.current.set({ kind: 'saving' });
      const outcome = await this.lane.pass(() => this.thing.send(body, requestId));
      if (!this.digest(outcome, body, requestId)) return;
      stored = outcome.kind === 'done' ? body : null;
    }
  }

  /** @returns whether to look again for something to send */
  private digest(outcome: SaveOutcome<Answer>, body: Body, requestId: string): boolean {
    switch (outcome.kind) {
      case 'done':
        this.attempt = 0;
        this.unanswered = [];
        this.thing.stored(outcome.answer, body);
        return true;
      case 'refused':
        this.attempt = 0;
        this.unanswered = [];
        if (this.again) return true;
        this.current.set({ kind: 'refused', problem: outcome.problem });
        return false;
      case 'stale': {
        this.attempt = 0;
        const answer = this.thing.stale(outcome.present, body, this.unanswered.map((one) => one.body));
        this.unanswered = [];
        if (answer !== 'ask') return true;
        this.current.set({ kind: 'conflict', problem: outcome.problem });
        return false;
      }
      case 'unreachable': {
        if (!this.unanswered.some((one) => one.requestId === requestId)) this.unanswered.push({ body, requestId });
        const retryInMs = Math.min(FIRST_RETRY_MS * 2 ** this.attempt, LAST_RETRY_MS);
        this.attempt++;
        this.current.set({ kind: 'offline', problem: outcome.problem, attempt: this.attempt, retryInMs });
        if (!this.stopped) this.after(retryInMs);
        return false;
      }
    }
  }

  private rest(): void {
    this.cancel();
    this.current.set({ kind: 'idle' });
  }

  private after(ms: number): void {
    this.cancel();
    this.timer = setTimeout(() => void this.start(), ms);
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
