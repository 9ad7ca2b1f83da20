import { type Signal, computed, signal } from '@angular/core';
import type { EvidenceView } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import type { EntryGateway } from './entry-gateway';

/** One file on its way, or refused. */
export interface Upload {
  readonly number: number;
  readonly rowId: string;
  readonly file: File;
  /** 0…1. */
  readonly share: number;
  readonly problem: Problem | null;
}

/** Files dropped onto rows: several at once, each with its progress and, when refused, the sentence that says why. */
export class EvidenceUploads {
  private readonly uploads = signal<readonly Upload[]>([]);
  private count = 0;
  /** Something is still on its way. */
  readonly busy: Signal<boolean> = computed(() => this.uploads().some((upload) => upload.problem === null));

  constructor(
    private readonly gateway: Pick<EntryGateway, 'attachEvidence' | 'removeEvidence'>,
    private readonly attached: (rowId: string, evidence: EvidenceView) => void,
    private readonly removed: (rowId: string, evidenceId: string) => void,
  ) {}

  /** The uploads of one row, oldest first. */
  of(rowId: string): readonly Upload[] {
    return this.uploads().filter((upload) => upload.rowId === rowId);
  }

  async attach(rowId: string, files: readonly File[]): Promise<void> {
    // One after the other: a row's files keep the order they were dropped in, and a slow line is not split between them.
    const queued = files.map((file) => this.queue(rowId, file));
    for (const upload of queued) await this.send(upload);
  }

  /** Tries a refused or broken upload again. */
  async retry(upload: Upload): Promise<void> {
    this.change(upload.number, { problem: null, share: 0 });
    await this.send(upload);
  }

  /** Forgets a refused upload. */
  dismiss(upload: Upload): void {
    this.uploads.update((all) => all.filter((one) => one.number !== upload.number));
  }

  /** @returns the refusal, or null when the file is gone */
  async remove(rowId: string, evidenceId: string): Promise<Problem | null> {
    const outcome = await this.gateway.removeEvidence(rowId, evidenceId);
    if (outcome.kind !== 'done') return outcome.problem;
    this.removed(rowId, evidenceId);
    return null;
  }

  private queue(rowId: string, file: File): Upload {
    const upload: Upload = { number: ++this.count, rowId, file, share: 0, problem: null };
    this.uploads.update((all) => [...all, upload]);
    return upload;
  }

  private async send(upload: Upload): Promise<void> {
    const outcome = await this.gateway.attachEvidence(upload.rowId, upload.file, (share) => this.change(upload.number, { share }));
    if (outcome.kind === 'done') {
      this.dismiss(upload);
      this.attached(upload.rowId, outcome.answer);
    } else {
      this.change(upload.number, { problem: outcome.problem });
    }
  }

  private change(number: number, part: Partial<Upload>): void {
    this.uploads.update((all) => all.map((one) => (one.number === number ? { ...one, ...part } : one)));
  }
}
