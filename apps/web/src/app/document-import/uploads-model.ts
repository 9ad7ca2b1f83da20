import { computed, signal } from '@angular/core';
import type { DocumentImportView } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';

/** One file on its way to the server. */
export interface Upload {
  readonly number: number;
  readonly name: string;
  readonly size: number;
  /** 0…1 while it goes out. */
  readonly share: number;
  readonly state: 'WAITING' | 'GOING' | 'BROUGHT' | 'REFUSED';
  readonly importId: string | null;
  readonly problem: Problem | null;
}

/** Files brought one after the other: a slow line is shared by nobody, and the first is being read while the second goes out. */
export class UploadsModel {
  readonly uploads = signal<readonly Upload[]>([]);
  readonly busy = computed(() => this.uploads().some((upload) => upload.state === 'WAITING' || upload.state === 'GOING'));
  private readonly files = new Map<number, File>();
  private count = 0;
  private running = false;

  constructor(private readonly bring: (file: File, progress: (share: number) => void) => Promise<Answer<DocumentImportView>>) {}

  /** @returns the ids of the imports that came of these files, in order */
  async add(files: readonly File[]): Promise<readonly string[]> {
    const added = files.map((file): Upload => {
      const number = ++this.count;
      this.files.set(number, file);
      return { number, name: file.name, size: file.size, share: 0, state: 'WAITING', importId: null, problem: null };
    });
    this.uploads.update((uploads) => [...uploads, ...added]);
    await this.run();
    const numbers = new Set(added.map((upload) => upload.number));
    return this.uploads().flatMap((upload) => (numbers.has(upload.number) && upload.importId !== null ? [upload.importId] : []));
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let next = this.waiting(); next !== undefined; next = this.waiting()) {
      const { number } = next;
      const file = this.files.get(number);
      if (file === undefined) break;
      this.change(number, { state: 'GOING' });
      const answer = await this.bring(file, (share) => this.change(number, { share }));
      this.files.delete(number);
      this.change(number, answer.ok ? { state: 'BROUGHT', share: 1, importId: answer.value.id } : { state: 'REFUSED', problem: answer.problem });
    }
    this.running = false;
  }

  private waiting(): Upload | undefined {
    return this.uploads().find((upload) => upload.state === 'WAITING');
  }

  private change(number: number, change: Partial<Upload>): void {
    this.uploads.update((uploads) => uploads.map((upload) => (upload.number === number ? { ...upload, ...change } : upload)));
  }
}
