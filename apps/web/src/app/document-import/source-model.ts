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

/** Pieces of the document kept in the browser. */
const KEPT = 80;

/** The original document, fetched piece by piece as it comes into sight. */
export class SourceModel {
  readonly load = new Load<SourceOutline>();
  readonly part = signal(0);
  readonly parts = computed(() => this.load.value()?.parts ?? []);
  readonly shown = computed<SourcePartView | null>(() => this.parts().find((part) => part.at === this.part()) ?? this.parts()[0] ?? null);
  private readonly pieces = signal<ReadonlyMap<string, readonly SourceLineView[]>>(new Map());
  private readonly asked = new Set<string>();

  constructor(private readonly gateway: SourceGateway) {}

  read(): Promise<unknown> {
    return this.load.run(() => this.gateway.outline());
  }

  /** Lines of a piece; null while they are not here. */
  linesOf(part: number, chunk: number): readonly SourceLineView[] | null {
    return this.pieces().get(`${part}/${chunk}`) ?? null;
  }

  /** Fetches a piece unless it is here or on its way. A piece that could not be fetched is asked for again when it comes into sight again. */
  async need(part: number, chunk: number): Promise<void> {
    const key = `${part}/${chunk}`;
    if (this.pieces().has(key) || this.asked.has(key)) return;
    this.asked.add(key);
    const answer = await this.gateway.chunk(part, chunk);
    this.asked.delete(key);
    if (!answer.ok) return;
    this.pieces.update((pieces) => {
      const kept = new Map([...pieces].slice(-KEPT + 1));
      return kept.set(key, answer.value.lines);
    });
  }

  /** The piece in which a place lies; null when the document has none. */
  chunkOf(place: StagedPlace): SourceChunkPlace | null {
    const chunks = this.parts().find((part) => part.at === place.part)?.chunks ?? [];
    return chunks.find((chunk) => place.line >= chunk.first && place.line <= chunk.last) ?? null;
  }
}
