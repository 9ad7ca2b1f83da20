/** The part of Storage that is needed. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** An unsaved change as it lies on the shelf. */
export interface ShelvedDraft {
  /** Text of a cell, or the JSON of a form. */
  readonly text: string;
  /** The revision it was typed against. */
  readonly revision: number;
}

interface ShelfContent {
  readonly at: string;
  readonly drafts: Readonly<Record<string, ShelvedDraft>>;
}

/** Pause between two writes of the shelf, ms: writing is synchronous and must not happen on every key. */
const WRITE_PAUSE_MS = 250;

/**
 * Unsaved changes of one report and one person, kept by the browser until the server has them: a reload, a crash or an evening without
 * network loses nothing. Two persons at one machine never see each other's drafts.
 */
export class DraftShelf {
  private readonly key: string;
  private readonly drafts = new Map<string, ShelvedDraft>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writtenAt = Number.NEGATIVE_INFINITY;
  /** When the drafts found at the start were written, ISO 8601; null when there were none. */
  readonly foundAt: string | null;

  constructor(private readonly store: TextStore | null, reportId: string, personId: string, private readonly now: () => string) {
    this.key = `jiheng.drafts.${reportId}.${personId}`;
    const found = this.read();
    this.foundAt = found?.at ?? null;
    for (const [name, draft] of Object.entries(found?.drafts ?? {})) this.drafts.set(name, draft);
  }

  get(name: string): ShelvedDraft | null {
    return this.drafts.get(name) ?? null;
  }

  put(name: string, draft: ShelvedDraft): void {
    this.drafts.set(name, draft);
    this.writeSoon();
  }

  drop(name: string): void {
    if (this.drafts.delete(name)) this.writeSoon();
  }

  /** Writes what is waiting to be written (the page is being left). */
  write(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.writtenAt = performance.now();
    if (this.store === null) return;
    try {
      if (this.drafts.size === 0) this.store.removeItem(this.key);
      else this.store.setItem(this.key, JSON.stringify({ at: this.now(), drafts: Object.fromEntries(this.drafts) } satisfies ShelfContent));
    } catch {
      // Storage is full or forbidden: the drafts still live in memory, and leaving the page asks first.
    }
  }

  /** Writes at once what would be written within the pause: a window that dies while something is sent leaves the whole of it behind, and not its first letters. */
  settle(): void {
    if (this.timer !== null) this.write();
  }

  private writeSoon(): void {
    // The first change is written as soon as its key has been dealt with: a window that dies the next moment must not take it along.
    this.timer ??= setTimeout(() => this.write(), performance.now() - this.writtenAt < WRITE_PAUSE_MS ? WRITE_PAUSE_MS : 0);
  }

  private read(): ShelfContent | null {
    try {
      const text = this.store?.getItem(this.key) ?? null;
      if (text === null) return null;
      const content: unknown = JSON.parse(text);
      return isShelfContent(content) ? content : null;
    } catch {
      return null;
    }
  }
}

function isShelfContent(content: unknown): content is ShelfContent {
  if (typeof content !== 'object' || content === null) return false;
  const { at, drafts } = content as Partial<ShelfContent>;
  return typeof at === 'string' && typeof drafts === 'object' && drafts !== null
    && Object.values(drafts).every((draft) => typeof draft?.text === 'string' && typeof draft.revision === 'number');
}
