import type { DefaultTreeAdapterTypes } from 'parse5';
import type { SourcePart } from '../recognise/source-line';
import { type Block, type BlockCell, linesOfBlocks } from './document-blocks';
import { COLUMN_LIMIT, DEPTH_LIMIT, ROW_LIMIT } from './limits';
import { UnfitFile } from './unfit-file';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Never shown as text: programs, styles, frames, pictures, forms' hidden choices. */
const UNSEEN = new Set([
  'script', 'style', 'head', 'title', 'noscript', 'template', 'iframe', 'object', 'embed', 'svg', 'math', 'canvas', 'audio', 'video', 'select',
  'datalist', 'textarea',
]);
const BREAKING = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details', 'div', 'dl', 'dt', 'fieldset', 'figure', 'footer',
  'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'html', 'legend', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'ul',
]);
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
/** Elements whose end need not be written: they do not nest in themselves. */
const SELF_ENDING = new Set(['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'tbody', 'thead', 'tfoot', 'colgroup', 'option', 'optgroup', 'rp', 'rt']);

/**
 * Tables and the text between them of a page. Nothing is run and nothing fetched: scripts, styles, frames and pictures are left out before
 * anything is read. Merged cells are kept. Throws {@link UnfitFile} `document.too-deep`.
 */
export async function readHtmlParts(html: string): Promise<SourcePart[]> {
  refuseDepth(html);
  const { parse } = await import('parse5');
  const page = parse(html);
  return [{ sheet: null, broken: false, lines: linesOfBlocks(blocksOf(page.childNodes)) }];
}

/** Looks for bottomless nesting before a tree is built of it: building costs the square of the depth. */
function refuseDepth(html: string): void {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/giu)) {
    const element = name.toLowerCase();
    if (VOID.has(element) || SELF_ENDING.has(element)) continue;
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
    if (depth > DEPTH_LIMIT) throw new UnfitFile('document.too-deep', { limit: String(DEPTH_LIMIT) });
  }
}

function blocksOf(nodes: readonly Node[]): Block[] {
  const blocks: Block[] = [];
  let text = '';
  const flush = (): void => {
    const paragraph = text.replace(/[ \t\r\f]*\n[ \t\r\f]*/gu, '\n').trim();
    if (paragraph !== '') blocks.push({ text: paragraph });
    text = '';
  };
  const visit = (node: Node, isPreformatted: boolean): void => {
    if (node.nodeName === '#text') {
      const { value } = node as DefaultTreeAdapterTypes.TextNode;
      text += isPreformatted ? value : value.replace(/[ \t\r\n\f]+/gu, ' ');
      return;
    }
    if (!('tagName' in node) || UNSEEN.has(node.tagName) || isHidden(node)) return;
    if (node.tagName === 'br') text += '\n';
    else if (node.tagName === 'table') {
      flush();
      blocks.push(...tableOf(node));
    } else {
      const breaks = BREAKING.has(node.tagName);
      if (breaks) flush();
      for (const child of node.childNodes) visit(child, isPreformatted || node.tagName === 'pre');
      if (breaks) flush();
    }
  };
  for (const node of nodes) visit(node, false);
  flush();
  return blocks;
}

function isHidden(element: Element): boolean {
  return element.attrs.some(
    ({ name, value }) => name === 'hidden' || (name === 'style' && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu.test(value)),
  );
}

/** The table, its caption before it. */
function tableOf(table: Element): Block[] {
  const rows: BlockCell[][] = [];
  const above: Block[] = [];
  const visit = (element: Element): void => {
    for (const child of element.childNodes) {
      if (!('tagName' in child) || UNSEEN.has(child.tagName) || isHidden(child)) continue;
      if (child.tagName === 'caption') above.push(...blocksOf(child.childNodes));
      else if (child.tagName === 'tr') rows.push(cellsOf(child));
      else if (child.tagName === 'tbody' || child.tagName === 'thead' || child.tagName === 'tfoot') visit(child);
    }
  };
  visit(table);
  return [...above, { rows }];
}

function cellsOf(row: Element): BlockCell[] {
  return row.childNodes.flatMap((cell) => {
    if (!('tagName' in cell) || (cell.tagName !== 'td' && cell.tagName !== 'th') || isHidden(cell)) return [];
    return [{ blocks: blocksOf(cell.childNodes), columns: spanOf(cell, 'colspan', COLUMN_LIMIT), rows: spanOf(cell, 'rowspan', ROW_LIMIT) }];
  });
}

/** A span of nought reaches to the end of its table. */
function spanOf(cell: Element, name: string, limit: number): number {
  const value = cell.attrs.find((attribute) => attribute.name === name)?.value.trim() ?? '1';
  if (!/^\d{1,9}$/u.test(value)) return 1;
  return Number(value) === 0 ? (name === 'rowspan' ? limit : 1) : Math.min(Number(value), limit);
}
