import { computed, signal } from '@angular/core';
import type { Answer } from '../api/problem';
import type { PageDrawer } from './page-drawer';

/** What is needed to draw the pages of a document as they are printed. */
export interface PrintedPagesGateway {
  /** The bytes of the document. */
  file(): Promise<Answer<Uint8Array>>;
  /** Throws where the bytes cannot be drawn. */
  open(bytes: Uint8Array): Promise<PageDrawer>;
}

/** The original as it is printed: fetched and opened once, when the first page comes into sight; what cannot be opened is told apart from what is on its way. */
export class PrintedPages {
  private readonly opened = signal<PageDrawer | null>(null);
  private readonly state = signal<'NEW' | 'OPENING' | 'OPEN' | 'FAILED' | 'CLOSED'>('NEW');

  readonly drawer = this.opened.asReadonly();
  /** The pages are drawn from the places of their texts instead. */
  readonly failed = computed(() => this.state() === 'FAILED');

  constructor(private readonly gateway: PrintedPagesGateway) {}

  /** Opens the document unless it is open, on its way, or known to be unfit. */
  async need(): Promise<void> {
    if (this.state() !== 'NEW') return;
    this.state.set('OPENING');
    const drawer = await this.open();
    if (this.state() !== 'OPENING') return drawer?.close();
    this.opened.set(drawer);
    this.state.set(drawer === null ? 'FAILED' : 'OPEN');
  }

  /** The page is left. */
  close(): void {
    this.opened()?.close();
    this.opened.set(null);
    this.state.set('CLOSED');
  }

  private async open(): Promise<PageDrawer | null> {
    const file = await this.gateway.file();
    if (!file.ok) return null;
    try {
      return await this.gateway.open(file.value);
    } catch {
      // Damaged, or made in a way this library does not know: the reader of the server may still have made something of it.
      return null;
    }
  }
}
