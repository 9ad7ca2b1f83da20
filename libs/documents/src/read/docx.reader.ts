import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import type { Archive } from './archive';
import { type Block, type BlockCell, linesOfBlocks } from './document-blocks';
import { attributeOf, scanXml, type XmlListener } from './scan-xml';
import { UnfitFile } from './unfit-file';

interface OpenCell {
  readonly blocks: Block[];
  columns: number;
  /** Word names covered cells too and says of each that it goes on. */
  merge: 'starts' | 'goesOn' | null;
}

interface OpenTable {
  readonly rows: { readonly cells: OpenCell[]; before: number }[];
}

/** Elements whose text is no part of the page: deleted, an older rendering of the same, the code of a field. */
const UNSEEN = new Set(['del', 'moveFrom', 'Fallback', 'delText', 'instrText', 'delInstrText', 'footnoteReference', 'annotationRef']);

/** Goes through the body of a text document and keeps its paragraphs and tables. */
class BodyListener implements XmlListener {
  readonly blocks: Block[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly paragraphs: { text: string; unseen: boolean }[] = [];
  private unseen = 0;
  private inText = false;
  private inCellProperties = 0;
  /** Fields that reach for another program or file when they are refreshed. They are never refreshed here. */
  reachesOut = false;
  private code: string | null = null;

  open(name: string, attributes: string): void {
    if (name === 'instrText') this.code = '';
    if (UNSEEN.has(name)) this.unseen += 1;
    switch (name) {
      case 'tbl':
        this.tables.push({ rows: [] });
        return;
      case 'tr':
        this.tables.at(-1)?.rows.push({ cells: [], before: 0 });
        return;
      case 'gridBefore': {
        const row = this.tables.at(-1)?.rows.at(-1);
        if (row !== undefined) row.before = numberOf(attributes, 0);
        return;
      }
      case 'tc':
        this.tables.at(-1)?.rows.at(-1)?.cells.push({ blocks: [], columns: 1, merge: null });
        return;
      case 'tcPr':
        this.inCellProperties += 1;
        return;
      case 'gridSpan':
        this.withCell((cell) => (cell.columns = Math.max(1, numberOf(attributes, 1))));
        return;
      case 'vMerge':
        this.withCell((cell) => (cell.merge = attributeOf(attributes, 'val') === 'restart' ? 'starts' : 'goesOn'));
        return;
      case 'p':
        this.paragraphs.push({ text: '', unseen: false });
        return;
      case 't':
        this.inText = true;
        return;
      case 'tab':
      case 'ptab':
        if (this.isInRun) this.add('\t');
        return;
      case 'br':
      case 'cr':
        this.add('\n');
        return;
      case 'noBreakHyphen':
        this.add('-');
        return;
      case 'sym':
        this.add(symbolOf(attributes));
        return;
      case 'r':
        this.isInRun = true;
        return;
      case 'fldSimple':
        this.noteCode(attributeOf(attributes, 'instr') ?? '');
        return;
    }
  }

  private isInRun = false;

  close(name: string): void {
    switch (name) {
      case 'instrText':
        this.noteCode(this.code ?? '');
        this.code = null;
        break;
      case 't':
        this.inText = false;
        break;
      case 'r':
        this.isInRun = false;
        break;
      case 'tcPr':
        this.inCellProperties -= 1;
        break;
      case 'p': {
        const paragraph = this.paragraphs.pop();
        if (paragraph !== undefined) this.home().push({ text: paragraph.text });
        break;
      }
      case 'tbl': {
        const table = this.tables.pop();
        if (table !== undefined) this.home().push({ rows: rowsOf(table) });
        break;
      }
    }
    if (UNSEEN.has(name)) this.unseen -= 1;
  }

  text(text: string): void {
    if (this.code !== null) this.code += text;
    if (this.inText) this.add(text);
  }

  private noteCode(code: string): void {
    this.reachesOut ||= /^\s*(?:DDE|DDEAUTO|LINK|INCLUDETEXT|INCLUDEPICTURE|DATABASE)\b/iu.test(code);
  }

  private add(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (paragraph !== undefined && this.unseen === 0) paragraph.text += text;
  }

  private withCell(deed: (cell: OpenCell) => void): void {
    const cell = this.tables.at(-1)?.rows.at(-1)?.cells.at(-1);
    if (cell !== undefined && this.inCellProperties > 0) deed(cell);
  }

  /** Where a finished block belongs. A text box stands in a paragraph of its own house: its paragraphs come out beside it. */
  private home(): Block[] {
    return this.tables.at(-1)?.rows.at(-1)?.cells.at(-1)?.blocks ?? this.blocks;
  }
}

function numberOf(attributes: string, otherwise: number): number {
  const value = attributeOf(attributes, 'val');
  return value !== null && /^\d{1,4}$/u.test(value) ? Number(value) : otherwise;
}

/** Signs of symbol fonts that forms use as boxes and ticks; others lie in the private area and say nothing without their font. */
function symbolOf(attributes: string): string {
  const code = attributeOf(attributes, 'char');
  const known: Readonly<Record<string, string>> = { F0FE: '☑', F0A8: '□', F06F: '□', F052: '☑', F0FC: '√', F0B3: '≥', F0A3: '≤' };
  return code === null ? '' : (known[code.toUpperCase()] ?? '');
}

/** Rows with the cells that go on from above taken into the cell they belong to. */
function rowsOf(table: OpenTable): BlockCell[][] {
  interface Placed extends BlockCell {
    rows: number;
  }
  const open = new Map<number, Placed>();
  return table.rows.map(({ cells, before }) => {
    const row: BlockCell[] = [];
    if (before > 0) row.push({ blocks: [], columns: before, rows: 1 });
    let column = before;
    for (const cell of cells) {
      const above = open.get(column);
      if (cell.merge === 'goesOn' && above !== undefined) above.rows += 1;
      else {
        const placed: Placed = { blocks: cell.blocks, columns: cell.columns, rows: 1 };
        row.push(placed);
        if (cell.merge === 'starts') open.set(column, placed);
        else open.delete(column);
      }
      column += cell.columns;
    }
    return row;
  });
}

/**
 * Paragraphs and tables of a text document (.docx), read from its XML without any library: what was deleted in a tracked change is gone, what
 * was inserted is there, fields show their last result and are never refreshed, macros and pictures are not opened.
 * Throws `UnfitFile`.
 */
export function readDocxParts(archive: Archive): { parts: SourcePart[]; findings: Finding[] } {
  const xml = archive.text('word/document.xml');
  if (xml === null) throw new UnfitFile('document.broken-part', { part: 'word/document.xml' });
  const body = new BodyListener();
  scanXml(xml, 'word/document.xml', body);
  const findings: Finding[] = [];
  if (body.reachesOut) findings.push(aFinding('R-external', 'INFO', {}));
  return { parts: [{ sheet: null, broken: false, lines: linesOfBlocks(body.blocks) }], findings };
}
