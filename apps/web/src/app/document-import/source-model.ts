import { computed, signal } from '@angular/core';
import type { SourceChunk, SourceLineView, SourceOutline } from '@jiheng/contract';
import type { StagedPlace } from '@jiheng/domain';
import { Load } from '../api/load';
import type { Answer } from '../api/problem';

/** What the model asks of the server. */
export interface SourceGateway {
  outline(): Promise<Answer<SourceOutline>>;
  chunk(part: number, chunk: number): Promise<Answer<SourceChunk>>;
}

export type SourcePartView = SourceOutline['parts'][number];
export type SourceChunkPlace = SourcePartView['chunks'][number];

/** What is drawn as one: a page with all that was read on it, or a stretch of lines. */
export interface SourcePiece {
  readonly key: string;
  readonly part: number;
  /** 1-based; null in parts without pages. */
  readonly page: number | null;
  /** Points; null in parts without pages. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** Pieces of the server it is made of; none on a page without text. */
  readonly chunks: readonly SourceChunkPlace[];
}

/** Pieces of the document kept in the browser. */
const KEPT = 80;

/** The original document, fetched piece by piece as it comes into sight. */
export class SourceModel {
  readonly load = new Load<SourceOutline>();
  readonly part = signal(0);
  readonly parts = computed(() => this.load.value()?.parts ?? []);
  readonly shown = computed<SourcePartView | null>(() => this.parts().find((part) => part.at === this.part()) ?? this.parts()[0] ?? null);
  readonly pieces = computed<readonly SourcePiece[]>(() => { const part = this.shown(); return part === null ? [] : piecesOf(part); });
  private readonly lines = signal<ReadonlyMap<string, readonly SourceLineView[]>>(new Map());
  private readonly asked = new Set<string>();

  constructor(private readonly gateway: SourceGateway) {}

  read(): Promise<unknown> {
    return this.load.run(() => this.gateway.outline());
  }

  /** Lines of a piece; null while they are not here. */
  linesOf(piece: SourcePiece): readonly SourceLineView[] | null {
    const found = piece.chunks.map((chunk) => this.lines().get(`${piece.part}/${chunk.at}`));
    return found.includes(undefined) ? null : found.flatMap((lines) => lines ?? []);
  }

  /** Fetches a piece unless it is here or on its way. A piece that could not be fetched is asked for again when it comes into sight again. */
  async need(piece: SourcePiece): Promise<void> {
    await Promise.all(piece.chunks.map((chunk) => this.fetch(piece.part, chunk.at)));
  }

  private async fetch(part: number, chunk: number): Promise<void> {
    const key = `${part}/${chunk}`;
    if (this.lines().has(key) || this.asked.has(key)) return;
    this.asked.add(key);
    const answer = await this.gateway.chunk(part, chunk);
    this.asked.delete(key);
    if (!answer.ok) return;
    this.lines.update((lines) => {
      const kept = new Map([...lines].slice(-KEPT + 1));
      return kept.set(key, answer.value.lines);
    });
  }

  /** The piece in which a place lies; null when the document has none. */
  pieceOf(place: StagedPlace): SourcePiece | null {
    const part = this.parts().find((one) => one.at === place.part);
    return part === undefined ? null : piecesOf(part).find((piece) => piece.chunks.some((chunk) => place.line >= chunk.first && place.line <= chunk.last)) ?? null;
  }
}

/** Every page, also those on which nothing was read; else the stretches as the server cuts them. */
function piecesOf(part: SourcePartView): SourcePiece[] {
  const { at, pages, chunks } = part;
  if (pages === null) return chunks.map((chunk) => ({ key: `${at}/${chunk.at}`, part: at, page: null, size: null, chunks: [chunk] }));
  return pages.map((size, index) => ({ key: `${at}/p${index + 1}`, part: at, page: index + 1, size, chunks: chunks.filter((chunk) => chunk.page === index + 1) }));
}
