import { type Signal, type WritableSignal, computed, signal } from '@angular/core';
import type { RecordedActual, ReportRow } from '@jiheng/contract';
import { Autosave, type StaleAnswer } from '../saving/autosave';
import type { EntryGateway, ExplanationBody } from './entry-gateway';
import { presentRow } from './present-row';
import type { SaveLane } from '../saving/save-lane';

const NOTHING: ExplanationBody = { causes: [], sentence: '', measures: '', likelihood: null, forecast: null };

/** 偏差原因及改进措施 of one row while it is being written; saves itself like a cell. */
export class ExplanationDraft {
  /** What is written; nothing said is {@link NOTHING}. */
  readonly body: WritableSignal<ExplanationBody>;
  readonly saver: Autosave<ExplanationBody, RecordedActual>;
  readonly dirty: Signal<boolean>;
  readonly settled: Signal<boolean>;
  /** A cause is ticked and the sentence is written. */
  readonly given: Signal<boolean>;
  private readonly server: WritableSignal<ReportRow['explanation']>;

  constructor(
    private readonly row: ReportRow,
    around: { readonly gateway: Pick<EntryGateway, 'explain'>; readonly lane: SaveLane; readonly editable: boolean },
    stored: (answer: RecordedActual) => void,
    private readonly changed: () => void,
  ) {
    const { id } = row.indicator;
    this.server = signal(row.explanation);
    this.body = signal(bodyOf(row.explanation));
    this.dirty = computed(() => !sameExplanation(this.body(), bodyOf(this.server())));
    this.given = computed(() => this.body().sentence.trim() !== '');
    this.saver = new Autosave<ExplanationBody, RecordedActual>({
      body: () => (around.editable && this.dirty() ? this.body() : null),
      same: sameExplanation,
      send: (explanation, requestId) => around.gateway.explain(id, { requestId, expectedRevision: this.revision(), explanation }),
      stored: (answer) => {
        this.server.set(answer.row.explanation);
        stored(answer);
      },
      stale: (present, sent, unanswered) => this.overtaken(present, sent, unanswered),
    }, around.lane);
    this.settled = computed(() => !this.dirty() && this.saver.phase().kind === 'idle');
  }

  /** Revision of what the server has; 0 when there is nothing yet. */
  revision(): number {
    return this.server()?.revision ?? 0;
  }

  /** What the server has now, for the person who has to choose after a conflict. */
  readonly theirs = computed(() => bodyOf(this.server()));

  change(part: Partial<ExplanationBody>): void {
    this.body.update((body) => ({ ...body, ...part }));
    this.saver.touch();
    this.changed();
  }

  refresh(row: ReportRow): void {
    if ((row.explanation?.revision ?? 0) <= this.revision() || this.saver.phase().kind === 'saving') return;
    const clean = !this.dirty();
    this.server.set(row.explanation);
    if (clean) this.body.set(bodyOf(row.explanation));
  }

  takeTheirs(): void {
    this.body.set(this.theirs());
    this.changed();
    void this.saver.resolve();
  }

  keepMine(): Promise<void> {
    return this.saver.resolve();
  }

  /** A draft from the shelf. @returns whether it says something the server does not know */
  restore(text: string): boolean {
    const body = parsedBody(text);
    if (body === null || sameExplanation(body, this.body())) return false;
    this.change(body);
    return true;
  }

  stop(): void {
    this.saver.stop();
  }

  private overtaken(present: unknown, sent: ExplanationBody, unanswered: readonly ExplanationBody[]): StaleAnswer {
    const row = presentRow(present, this.row);
    if (row === null) return 'ask';
    this.server.set(row.explanation);
    const there = bodyOf(row.explanation);
    if (sameExplanation(there, sent)) return 'settled';
    return unanswered.some((mine) => sameExplanation(mine, there)) ? 'resend' : 'ask';
  }
}

function bodyOf(explanation: ReportRow['explanation']): ExplanationBody {
  if (explanation === null) return NOTHING;
  const { causes, sentence, measures, likelihood, forecast } = explanation;
  return { causes, sentence, measures, likelihood, forecast };
}

function sameExplanation(a: ExplanationBody, b: ExplanationBody): boolean {
  return a.sentence.trim() === b.sentence.trim() && a.measures.trim() === b.measures.trim() && a.likelihood === b.likelihood
    && (a.forecast ?? '').trim() === (b.forecast ?? '').trim() && a.causes.length === b.causes.length && a.causes.every((cause) => b.causes.includes(cause));
}

function parsedBody(text: string): ExplanationBody | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'sentence' in body && 'causes' in body ? { ...NOTHING, ...(body as ExplanationBody) } : null;
  } catch {
    return null;
  }
}
