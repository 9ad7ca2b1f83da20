import { computed, signal } from '@angular/core';
import type { SelfEvaluationView } from '@jiheng/contract';
import { Autosave, type StaleAnswer } from '../saving/autosave';
import type { SaveLane } from '../saving/save-lane';
import { type EvaluationGateway, presentView } from './evaluation-gateway';
import { staleProblem } from './stale-problem';

/** A text of the report as the server has it. */
export interface StoredText {
  readonly text: string;
  readonly revision: number;
}

/** 实际完成情况 of the form is written like a chapter. */
export const GOAL_ACHIEVED = 'goal-achieved';
/** Why the money was spent as it was. */
export const EXECUTION_REASON = 'execution-reason';

/** Every text of the document that can be written, by its id. */
export function textsOf(view: SelfEvaluationView): ReadonlyMap<string, StoredText> {
  return new Map([
    [GOAL_ACHIEVED, { text: view.goalAchieved, revision: view.goalAchievedRevision }],
    ...(view.execution === null ? [] : [[EXECUTION_REASON, { text: view.execution.reason ?? '', revision: view.execution.reasonRevision }] as const]),
    ...view.chapters.filter((chapter) => chapter.editable).map((chapter) => [chapter.id, { text: chapter.written, revision: chapter.revision }] as const),
  ]);
}

/** One written part of the report: saves itself after a pause, one request at a time; somebody else's words never overwrite it unasked. */
export class WrittenPart {
  readonly server;
  readonly text;
  readonly saver: Autosave<string, SelfEvaluationView>;
  readonly dirty = computed(() => this.text().trim() !== this.server().text.trim());
  readonly settled = computed(() => !this.dirty() && this.saver.phase().kind === 'idle');
  private base: StoredText;

  constructor(
    readonly id: string, stored: StoredText,
    private readonly around: {
      readonly gateway: Pick<EvaluationGateway, 'write'>; readonly lane: SaveLane; readonly editable: () => boolean;
      readonly answered: (view: SelfEvaluationView) => void; readonly changed: (part: WrittenPart) => void;
    },
  ) {
    this.server = signal(stored);
    this.text = signal(stored.text);
    this.base = stored;
    this.saver = new Autosave<string, SelfEvaluationView>({
      body: () => (around.editable() && this.dirty() ? this.text() : null),
      same: (a, b) => a.trim() === b.trim(),
      send: (text, requestId) => {
        this.base = this.server();
        return around.gateway.write(id, { requestId, expectedRevision: this.server().revision, text });
      },
      stored: (view) => {
        around.answered(view);
        around.changed(this);
      },
      stale: (present, sent, unanswered) => this.overtaken(presentView(present), sent, unanswered),
    }, around.lane);
  }

  write(text: string): void {
    this.text.set(text);
    this.around.changed(this);
    this.saver.touch();
  }

  /** What the server has now. Words that were not changed here follow. */
  refresh(stored: StoredText): void {
    if (stored.revision < this.server().revision) return;
    const wrote = this.dirty();
    this.server.set(stored);
    if (!wrote) this.text.set(stored.text);
  }

  takeTheirs(): void {
    this.text.set(this.server().text);
    this.around.changed(this);
    void this.saver.resolve();
  }

  keepMine(): void {
    void this.saver.resolve();
  }

  /** A draft from the shelf, written against `revision`. When somebody wrote here since, the person chooses. */
  restore(text: string, revision: number): boolean {
    if (text.trim() === this.text().trim()) return false;
    this.text.set(text);
    if (revision < this.server().revision) this.saver.contradict(staleProblem('', this.server().revision));
    else this.saver.touch();
    return true;
  }

  private overtaken(view: SelfEvaluationView, sent: string, unanswered: readonly string[]): StaleAnswer {
    this.around.answered(view);
    const now = this.server().text.trim();
    if (now === sent.trim()) return 'settled';
    // Only the revision moved, or what stands there is an earlier attempt of ours whose answer got lost.
    return now === this.base.text.trim() || unanswered.some((mine) => mine.trim() === now) ? 'resend' : 'ask';
  }
}
