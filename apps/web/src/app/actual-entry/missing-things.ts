import { EVIDENCE_FROM_WEIGHT, compareDecimal } from '@jiheng/domain';
import type { EntryRow } from './entry-row';

/** What keeps the report from being sent on, or should be looked at before; each leads to its row. */
export interface MissingThing {
  readonly what: 'unanswered' | 'unreadable' | 'refused' | 'conflict' | 'explanation' | 'evidence' | 'candidate' | 'execution' | 'reason' | 'upload';
  /** null for things of the whole report. */
  readonly rowId: string | null;
  readonly name: string;
  /** Blocks the submit; otherwise it is a word of advice. */
  readonly blocks: boolean;
}

/** Whether two lists name the same things in the same order. */
export function sameThings(a: readonly MissingThing[], b: readonly MissingThing[]): boolean {
  return a.length === b.length && a.every((thing, at) => thing.what === b[at]?.what && thing.rowId === b[at]?.rowId);
}

/** What is still open in one row; what keeps the whole row from being read comes first and alone. */
export function missingIn(row: EntryRow): MissingThing[] {
  const state = row.state();
  const { name } = row.indicator;
  const thing = (what: MissingThing['what'], blocks = true): MissingThing => ({ what, rowId: row.id, name, blocks });
  if (state.kind === 'unreadable' || state.kind === 'refused' || state.kind === 'conflict') return [thing(state.kind)];
  const things: MissingThing[] = [];
  const actual = row.reading();
  if (actual.ok && actual.value.kind === 'NOT_REPORTED') {
    if (!row.isYearEnd) things.push(thing('unanswered'));
  } else {
    if (row.explanationGaps().length > 0) things.push(thing('explanation'));
    if (owesEvidence(row)) things.push(thing('evidence', false));
  }
  if (row.server().candidate?.outcome === 'CANDIDATE') things.push(thing('candidate', false));
  return things;
}

/** A row of this weight whose table declares its evidence, without a file (S-06: remarked on, never in the way). */
function owesEvidence(row: EntryRow): boolean {
  const { evidence, weight } = row.indicator;
  return evidence !== null && evidence !== '' && compareDecimal(weight, EVIDENCE_FROM_WEIGHT) >= 0 && row.server().evidence.length === 0;
}
