import { type FormVocabulary, type HeadSpelling, headWordLength } from './form-vocabulary';
import { type ColumnRole, USUAL_COLUMNS } from './form-words';
import type { TextPiece } from './text-piece';

/** Where the head row of a lost grid stands in the text and which columns it names. */
export interface FlowColumns {
  readonly columns: readonly ColumnRole[];
  /** Beside each column its head, compact; empty where the head row could only be guessed. */
  readonly words: readonly string[];
  /** First piece of the head row and first piece behind it. */
  readonly from: number;
  readonly to: number;
}

// Nothing but these characters stands in a head row; 产, 数, 质, 效 … of the first body cells do not.
const HEAD_ROW_CHARACTERS = /^[一二三级指标值设置定依据上年度完成分权重赋规则佐证资料()（）]+$/u;
const LONGEST_HEAD_ROW = 180;
/** Ways through a head row that are tried: its words are few, but some begin alike. */
const MOST_WAYS = 4000;

/** The head row in running text, its words broken anywhere between lines; null when there is none. */
export function findFlowColumns(
  pieces: readonly TextPiece[],
  subject: 'PROJECT' | 'UNIT',
  vocabulary: FormVocabulary,
  from = 0,
): FlowColumns | null {
  for (let at = from; at < pieces.length; at += 1) {
    if (!isOpening((pieces[at] as TextPiece).compact)) continue;
    const read = readFlowColumns(pieces, at, vocabulary) ?? guessFlowColumns(pieces, at, subject) ?? readFlowColumns(pieces, at, vocabulary, false);
    if (read !== null) return read;
  }
  return null;
}

function isOpening(text: string): boolean {
  return text.startsWith('一') || text.startsWith('指标名称');
}

/** What a head row must name: the indicator, its target, and — unless the form has none of them — weight or result. */
function isWhole(roles: ReadonlySet<ColumnRole>, full: boolean): boolean {
  if (!roles.has('name') || !roles.has('target')) return false;
  if (!roles.has('level1') && !roles.has('actual')) return false;
  return !full || roles.has('weight') || roles.has('actual');
}

/**
 * The head row that starts at a piece, its words matched longest first with a way back (指标值 before 指标值设置依据).
 * @param full false: a form without weights and results will do
 */
export function readFlowColumns(pieces: readonly TextPiece[], from: number, vocabulary: FormVocabulary, full = true): FlowColumns | null {
  const ends = new Map<number, number>();
  let text = '';
  for (let at = from; at < pieces.length && text.length < LONGEST_HEAD_ROW; at += 1) {
    text += (pieces[at] as TextPiece).compact;
    ends.set(text.length, at + 1);
  }
  if (!text.startsWith('一级') && !text.startsWith('指标名称')) return null;
  let best: { readonly heads: readonly HeadSpelling[]; readonly to: number; readonly end: number } | null = null;
  let ways = 0;
  const match = (position: number, heads: readonly HeadSpelling[]): void => {
    ways += 1;
    if (ways > MOST_WAYS) return;
    const to = ends.get(position);
    const roles = new Set(heads.flatMap(({ role }) => (role === null ? [] : [role])));
    if (to !== undefined && isWhole(roles, full) && (best === null || to > best.to || (to === best.to && heads.length > best.heads.length)))
      best = { heads, to, end: position };
    for (const head of vocabulary.headSpellings) {
      if (head.role === null ? heads.some(({ role, group }) => role === null && group === head.group) : roles.has(head.role)) continue;
      // A head below another stands behind it.
      if (head.role !== null && head.group !== null && !heads.some(({ role, group }) => role === null && group === head.group)) continue;
      const length = headWordLength(text, position, head);
      if (length > 0) match(position + length, [...heads, head]);
    }
  };
  match(0, []);
  return best === null ? null : opened(best, from);
}

/** Columns in the order of the body: heads below a group stand where the group stands. */
function opened({ heads, to }: { readonly heads: readonly HeadSpelling[]; readonly to: number }, from: number): FlowColumns {
  const below = (group: string | null): readonly HeadSpelling[] => heads.filter((head) => head.role !== null && head.group === group);
  const ordered = heads.flatMap((head) => {
    if (head.group === null) return [head];
    return head.role === null ? below(head.group) : [];
  });
  return { columns: ordered.map(({ role }) => role as ColumnRole), words: ordered.map(({ word }) => word), from, to };
}

/** Head rows whose lines are interleaved cannot be matched word by word; the columns are then those the form always has. */
function guessFlowColumns(pieces: readonly TextPiece[], from: number, subject: 'PROJECT' | 'UNIT'): FlowColumns | null {
  let to = from;
  let text = '';
  while (to < pieces.length && HEAD_ROW_CHARACTERS.test((pieces[to] as TextPiece).compact)) {
    text += (pieces[to] as TextPiece).compact;
    to += 1;
  }
  const isHeadRow =
    ['一', '二', '三'].every((level) => text.includes(level)) &&
    (text.match(/级/gu) ?? []).length >= 3 &&
    text.includes('值') &&
    text.includes('权');
  return isHeadRow ? { columns: USUAL_COLUMNS[subject], words: [], from, to } : null;
}
