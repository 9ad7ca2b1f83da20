import { Worker } from 'node:worker_threads';
import type { FormSheet } from '@jiheng/domain';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { threadProgram } from '../platform/threads/thread-program';
import type { DrawOrder } from './draw';
import type { ReportFormat } from './report.repository';

/** Memory a drawing may take, in megabytes; a form of 300 rows takes some twenty. */
const MEMORY_MB = 256;

interface Waiting { readonly resolve: (bytes: Buffer) => void; readonly reject: (error: Error) => void }
/** What the thread answers: the bytes, or the words of the error. */
export interface Drawn { readonly number: number; readonly bytes?: Uint8Array; readonly error?: string }

/**
 * Where files are drawn: on a thread of its own, one after the other. A workbook takes tens of milliseconds of computing, and whoever saves a cell
 * must not wait for somebody else's form. The thread begins with the first drawing and starts anew when it has died; what it held then fails.
 */
@Injectable()
export class DrawingDesk implements OnApplicationShutdown {
  /** The thread's program lies beside the server's; where the sources run without being built (tests), the process itself draws. */
  private readonly program = threadProgram('draw-forms');
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | null = null;
  private last = 0;

  /** A form as a file of one of the two formats. */
  form(form: FormSheet, format: ReportFormat, at: Date): Promise<Buffer> {
    return this.draw(format === 'xlsx' ? { kind: 'form-xlsx', form, at } : { kind: 'form-docx', form });
  }

  async draw(order: DrawOrder): Promise<Buffer> {
    if (this.program === null) return (await import('./draw')).draw(order);
    const thread = this.thread ?? this.begin(this.program);
    const number = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      // Kept alive only while somebody waits.
      thread.ref();
      thread.postMessage({ number, order });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    await thread?.terminate();
  }

  private begin(program: string): Worker {
    const thread = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    this.thread = thread;
    thread.unref();
    thread.on('message', ({ number, bytes, error }: Drawn) => {
      const waiting = this.waiting.get(number);
      this.waiting.delete(number);
      if (this.waiting.size === 0) thread.unref();
      if (bytes === undefined) waiting?.reject(new Error(error ?? 'a drawing came back empty'));
      else waiting?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    thread.on('error', (error) => { this.lose(thread, error instanceof Error ? error : new Error(String(error))); });
    thread.on('exit', (code) => { this.lose(thread, new Error(`the drawing thread ended with ${code}`)); });
    return thread;
  }

  private lose(thread: Worker, error: Error): void {
    if (this.thread === thread) this.thread = null;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
