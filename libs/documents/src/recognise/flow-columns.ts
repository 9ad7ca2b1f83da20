import { COLUMN_SPELLINGS, type ColumnRole, USUAL_COLUMNS } from './form-words';
import type { TextPiece } from './text-piece';

/** Where the head row of a lost grid stands in the text and which columns it names. */
export interface FlowColumns {
  readonly columns: readonly ColumnRole[];
  /** First piece of the head row and first piece behind it. */
  readonly from: number;
  readonly to: number;
}

// Nothing but these characters stands in a head row; 产, 数, 质, 效 … of the first body cells do not.
const HEAD_ROW_CHARACTERS = /^[一二三级指标值设置定依据上年度完成分权重赋规则佐证资料()（）]+$/u;
const LONGEST_HEAD_ROW = 80;

/** The head row in running text, its words broken anywhere between lines; null when there is none. */
export function findFlowColumns(pieces: readonly TextPiece[], subject: 'PROJECT' | 'UNIT', from = 0): FlowColumns | null {
  for (let at = from; at < pieces.length; at += 1) {
    if (!(pieces[at] as TextPiece).compact.startsWith('一')) continue;
    const read = readFlowColumns(pieces, at) ?? guessFlowColumns(pieces, at, subject);
    if (read !== null) return read;
  }
  return null;
}

/** The head row that starts at a piece, its words matched longest first with a way back (指标值 before 指标值设置依据). */
export function readFlowColumns(pieces: readonly TextPiece[], from: number): FlowColumns | null {
  const ends = new Map<number, number>();
  let text = '';
  for (let at = from; at < pieces.length && text.length < LONGEST_HEAD_ROW; at += 1) {
    text += (pieces[at] as TextPiece).compact;
    ends.set(text.length, at + 1);
  }
  let best: FlowColumns | null = null;
  const match = (position: number, columns: readonly ColumnRole[]): void => {
    const to = ends.get(position);
    const isWhole = columns.includes('level1') && columns.includes('name') && columns.includes('target') && columns.includes('weight');
    if (to !== undefined && isWhole && (best === null || to > best.to || (to === best.to && columns.length > best.columns.length)))
      best = { columns, from, to };
    for (const [word, role] of COLUMN_SPELLINGS) {
      if (columns.includes(role) || role === 'other' || !text.startsWith(word, position)) continue;
      match(position + word.length, [...columns, role]);
    }
  };
  if (text.startsWith('一级')) match(0, []);
  return best;
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
  return isHeadRow ? { columns: USUAL_COLUMNS[subject], from, to } : null;
}
