import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { SourceLineView } from '@jiheng/contract';

interface DrawnCell {
  readonly key: string;
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
  /** Shares of the page in per cent, for pages. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number; readonly size: number } | null;
}
interface DrawnLine {
  readonly number: number;
  readonly cells: readonly DrawnCell[];
}

/** Height of letters as a share of the box around their line. */
const LETTER_SHARE = 0.72;
/** Distance of two lines of a cell, in letters. */
const LINE_SHARE = 1.2;
/** No letter is drawn smaller than this, in points. */
const SMALLEST = 3;

/** A piece of the original: the texts of a page where they stand (in a frame as large as the page), a stretch of a sheet with its merged cells, or numbered lines of text. */
@Component({
  selector: 'jh-source-chunk',
  template: `
    @if (page(); as paper) {
      <div class="paper" [class.printed]="printed()">
        @for (line of drawn(); track line.number) {
          @for (cell of line.cells; track cell.key) {
            @if (cell.box && cell.text) {
              <span class="word" [class.known]="known().has(cell.key)" [class.marked]="marked().has(cell.key)" [attr.data-place]="cell.key"
                [style.inset-inline-start.%]="cell.box.left" [style.inset-block-start.%]="cell.box.top" [style.inline-size.%]="cell.box.width" [style.block-size.%]="cell.box.height" [style.font-size.cqw]="cell.box.size"><span class="letters">{{ cell.text }}</span></span>
            }
          }
        }
      </div>
    } @else if (sheet()) {
      <table class="grid">
        <tbody>
          @for (line of drawn(); track line.number) {
            <tr><th scope="row">{{ line.number }}</th>@for (cell of line.cells; track cell.key) {<td [attr.colspan]="cell.columns" [attr.rowspan]="cell.rows" [class.known]="known().has(cell.key)" [class.marked]="marked().has(cell.key)" [attr.data-place]="cell.key">{{ cell.text }}</td>}</tr>
          }
        </tbody>
      </table>
    } @else {
      @for (line of drawn(); track line.number) {
        <div class="line"><span class="number">{{ line.number }}</span><span class="text">@for (cell of line.cells; track cell.key) {<span class="piece" [class.known]="known().has(cell.key)" [class.marked]="marked().has(cell.key)" [attr.data-place]="cell.key">{{ cell.text }}</span>}</span></div>
      }
    }
  `,
  styles: `
    :host { display: block; }
    .paper { position: absolute; inset: 0; container-type: inline-size; overflow: hidden; font-family: var(--jh-font-form); }
    .word { position: absolute; display: flex; align-items: center; white-space: pre-wrap; line-height: 1.2; cursor: default; }
    .paper:not(.printed) .word { box-shadow: 0 0 0 .5px #dbe2ea; }
    /* The printed page shows the letters; these stay to be selected, found and read out. */
    .printed .letters { opacity: 0; }
    .grid { width: max-content; border-collapse: collapse; background: #fff; font-size: calc(13px * var(--zoom, 1)); }
    .grid td { min-width: 52px; max-width: calc(240px * var(--zoom, 1)); padding: 3px 6px; border: 1px solid var(--jh-line-strong); vertical-align: middle; white-space: pre-wrap; overflow-wrap: anywhere; }
    .grid th { position: sticky; left: -12px; z-index: 1; padding: 3px 8px; border: 1px solid var(--jh-line); background: #eef2f7; color: var(--jh-ink-soft); font-weight: 400; text-align: end; }
    .line { display: grid; grid-template-columns: 4em minmax(0, 1fr); font: calc(13px * var(--zoom, 1))/1.65 var(--jh-font); background: #fff; }
    .line:hover { background: #f2f5f9; }
    .number { padding-inline-end: 10px; color: var(--jh-ink-faint); text-align: end; user-select: none; background: #fff; }
    .text { display: flex; flex-wrap: wrap; align-items: baseline; min-height: 1.65em; }
    .piece { padding: 0 4px; border-inline-start: 1px solid transparent; white-space: pre-wrap; overflow-wrap: anywhere; }
    .piece + .piece { margin-inline-start: 6px; border-inline-start-color: var(--jh-line-strong); }
    .known { cursor: pointer; }
    .known:hover { background: var(--jh-primary-tint); outline: 1px solid var(--jh-primary); }
    .marked { background: #ffe9a8; outline: 2px solid var(--jh-focus); outline-offset: 1px; }
    .printed .known:hover { background: rgb(20 80 143 / 10%); } .printed .marked, .printed .marked:hover { background: rgb(255 208 80 / 38%); }
  `,
  // One ear for thousands of cells. Whoever has no mouse comes from the other side: the cell of the table shows its place here.
  host: { '(click)': 'pick($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourceChunkView {
  readonly part = input.required<number>();
  readonly lines = input.required<readonly SourceLineView[]>();
  /** The page it is drawn on; null for sheets and texts. */
  readonly page = input<{ readonly width: number; readonly height: number } | null>(null);
  /** A sheet of a workbook or a table of a page: cells in a grid. */
  readonly sheet = input(false);
  /** The page itself is drawn below: only the places of the texts are laid over it. */
  readonly printed = input(false);
  /** Places that were read into a cell. */
  readonly known = input<{ has(key: string): boolean }>(new Set<string>());
  readonly marked = input<ReadonlySet<string>>(new Set());
  /** A place that was clicked. */
  readonly choose = output<string>();

  protected pick(event: Event): void {
    const place = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]')?.dataset['place'] : undefined;
    if (place !== undefined) this.choose.emit(place);
  }

  protected readonly drawn = computed<readonly DrawnLine[]>(() => drawLines(this.lines(), this.part(), this.page()));
}

/** Lines with every cell at its place; cells covered by a merged one are left out, and a merge ends with the piece it stands in. */
export function drawLines(lines: readonly SourceLineView[], part: number, page: { readonly width: number; readonly height: number } | null): DrawnLine[] {
  const covered = new Set<string>();
  const usual = usualHeight(lines);
  return lines.map((line, at) => ({
    number: line.number,
    cells: line.cells.flatMap((text, cell): DrawnCell[] => {
      if (covered.has(`${at}/${cell}`)) return [];
      const span = line.spans?.[cell] ?? null;
      const rows = Math.min(span?.rows ?? 1, lines.length - at);
      const columns = span?.columns ?? 1;
      for (let down = 0; down < rows; down += 1) for (let right = 0; right < columns; right += 1) if (down + right > 0) covered.add(`${at + down}/${cell + right}`);
      const box = line.boxes?.[cell] ?? null;
      return [{
        key: `${part}:${line.number}:${cell}`, text, columns, rows,
        box: box === null || page === null ? null : {
          left: (box.x * 100) / page.width, top: (box.y * 100) / page.height, width: (box.width * 100) / page.width, height: (box.height * 100) / page.height,
          size: (letterSize(box, text, usual) * 100) / page.width,
        },
      }];
    }),
  }));
}

/** The height most boxes of a page have: that of one printed line. A merged cell is higher, its letters are not. */
function usualHeight(lines: readonly SourceLineView[]): number {
  const heights = lines.flatMap((line) => (line.boxes ?? []).flatMap((box, cell) => (box !== null && line.cells[cell] ? [box.height] : []))).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 2)] ?? 0;
}

/** The size in points at which a text fits its box as it breaks into lines, never more than a usual line has. */
function letterSize(box: { readonly width: number; readonly height: number }, text: string, usual: number): number {
  const widths = text.split('\n').map((line) => [...line].reduce((width, letter) => width + (letter > '\u2e7f' ? 1 : 0.55), 0));
  let size = Math.min(box.height, usual) * LETTER_SHARE;
  const needed = (): number => widths.reduce((count, width) => count + Math.max(1, Math.ceil((width * size) / box.width - 0.15)), 0);
  while (size > SMALLEST && needed() * size * LINE_SHARE > box.height * 1.05) size *= 0.94;
  return size;
}
