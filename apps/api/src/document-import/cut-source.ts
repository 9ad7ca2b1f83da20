import type { SourceLine, SourcePart } from '@jiheng/documents';

/** A piece of a part that is fetched and drawn at once: a page, or some hundred lines. */
export interface SourceChunkRow {
  readonly part: number;
  readonly chunk: number;
  /** 1-based; null in parts without pages. */
  readonly page: number | null;
  readonly first: number;
  readonly last: number;
  readonly lines: readonly SourceLine[];
}

/** Lines of a chunk without pages. */
const CHUNK_LINES = 150;

/** Widest row of a part. */
export function widthOf(part: SourcePart): number {
  return part.lines.reduce((widest, line) => Math.max(widest, line.cells.length), 1);
}

/** Cuts the parts of a document into pieces small enough to be fetched and drawn one by one, in the order of reading. */
export function cutSource(parts: readonly SourcePart[]): SourceChunkRow[] {
  return parts.flatMap((part, at) => {
    const pieces = part.pages === undefined ? byCount(part.lines) : byPage(part.lines);
    return pieces.map(({ page, lines }, chunk) => ({ part: at, chunk, page, first: lines[0]?.number ?? 0, last: lines.at(-1)?.number ?? 0, lines }));
  });
}

function byCount(lines: readonly SourceLine[]): { page: null; lines: readonly SourceLine[] }[] {
  const pieces: { page: null; lines: readonly SourceLine[] }[] = [];
  for (let at = 0; at < lines.length; at += CHUNK_LINES) pieces.push({ page: null, lines: lines.slice(at, at + CHUNK_LINES) });
  return pieces;
}

function byPage(lines: readonly SourceLine[]): { page: number; lines: SourceLine[] }[] {
  const pieces: { page: number; lines: SourceLine[] }[] = [];
  let page = 1;
  for (const line of lines) {
    // A line whose cells are drawn nowhere belongs to the page before it.
    page = line.boxes?.find((box) => box !== null)?.page ?? page;
    const last = pieces.at(-1);
    if (last?.page === page) last.lines.push(line);
    else pieces.push({ page, lines: [line] });
  }
  return pieces;
}
