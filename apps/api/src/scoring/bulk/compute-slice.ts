import { createHash, type Hash } from 'node:crypto';
import { ENGINE_VERSION, type LeanScore, type RuleProfile, type ScoringContext, inputsBeforeTable, inputsOfTable, scoreTableLean } from '@jiheng/domain';
import { newId } from '../../platform/database/new-id';
import type { ScoredKind } from '../scoring.public';
import { copyLine } from './copy-text';
import type { SliceDocument } from './slice-facts.query';

/** Bit of `line_flags` that says that an explanation is owed; the lower ones are the domain's. */
const OWED = 1 << 24;

/** The columns that a run writes, in the order of {@link scoreLine}. */
export const SCORE_COLUMNS = `id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, execution_rate, execution_points, execution_weight, total, rating,
  rescaled, computed_at, fiscal_year, line_ids, line_points, line_lost, line_rates, line_deviations, line_flags, line_blocked`;

/** Digests of the inputs of many documents: the part that profile and context make is hashed once. */
export class InputDigests {
  private readonly begun = new Map<string, Hash>();

  constructor(private readonly profiles: ReadonlyMap<string, RuleProfile>) {}

  of(document: SliceDocument): string {
    const { profileId, fiscalYear } = document.head;
    const key = `${profileId} ${fiscalYear} ${document.periodClosed}`;
    let begun = this.begun.get(key);
    if (begun === undefined) {
      begun = createHash('sha256').update(inputsBeforeTable(profileOf(this.profiles, profileId), contextOf(document)));
      this.begun.set(key, begun);
    }
    return begun.copy().update(inputsOfTable(document.table)).digest('hex');
  }
}

export function profileOf(profiles: ReadonlyMap<string, RuleProfile>, id: string): RuleProfile {
  const profile = profiles.get(id);
  if (profile === undefined) throw new Error(`rule profile ${id} is not on record`);
  return profile;
}

const contexts = new Map<string, ScoringContext>();

function contextOf({ head: { fiscalYear }, periodClosed }: SliceDocument): ScoringContext {
  const key = `${fiscalYear} ${periodClosed}`;
  let context = contexts.get(key);
  if (context === undefined) contexts.set(key, (context = { fiscalYear, periodClosed }));
  return context;
}

/** A new score of a document as a line of COPY text. */
export function scoreLine(kind: ScoredKind, document: SliceDocument, digest: string, profile: RuleProfile, at: string): { readonly id: string; readonly line: string } {
  const id = newId();
  const score = scoreTableLean(document.table, profile, contextOf(document));
  const { execution } = score;
  const line = copyLine([
    id, kind, document.head.documentId, document.head.profileId, ENGINE_VERSION, digest, JSON.stringify(factsOf(document)), score.indicatorPoints, score.applicableWeight,
    execution?.rate ?? null, execution?.points ?? null, execution?.weight ?? null, score.total, score.rating, score.rescaled, at, document.head.fiscalYear,
    ...linesOf(score, document.indicatorIds),
  ]);
  return { id, line };
}

function linesOf({ rows }: LeanScore, ids: readonly string[]): (string | null)[] {
  let [points, lost, rates, deviations, flags, blocked] = ['', '', '', '', '', ''];
  for (const [at, row] of rows.entries()) {
    const comma = at === 0 ? '' : ',';
    points += comma + (row.points === null ? 'NULL' : String(row.points));
    lost += comma + String(row.weight - (row.points ?? 0));
    rates += comma + (row.attainmentRate ?? 'NULL');
    deviations += comma + (row.deviationRate ?? 'NULL');
    flags += comma + String(row.flags | (row.explanationOwed ? OWED : 0));
    if (row.blocked !== null) blocked += `${blocked === '' ? '' : ','}"${at + 1}":${JSON.stringify(row.blocked)}`;
  }
  return [`{${ids.join(',')}}`, `{${points}}`, `{${lost}}`, `{${rates}}`, `{${deviations}}`, `{${flags}}`, blocked === '' ? null : `{${blocked}}`];
}

/** What a run's score remembers of its inputs: which revisions they were. The facts themselves are never changed, so they can be read again. */
export interface StoredFacts {
  readonly facts: {
    readonly tableId: string;
    /** Report id → revision of each row's value, 0 where there was none. */
    readonly reports: readonly (readonly [string, readonly number[]])[];
    /** Rows whose overshoot had a cause: row number from 0 → cause. */
    readonly overCauses: Readonly<Record<number, string>>;
    readonly answers: readonly number[] | null;
    /** The year's self-evaluation; null for a quarter. */
    readonly evaluationId: string | null;
    readonly execution: SliceDocument['table']['execution'];
    readonly withExecution: boolean;
  };
  readonly context: ScoringContext;
}

function factsOf(document: SliceDocument): StoredFacts {
  const overCauses: Record<number, string> = {};
  for (const [at, cause] of document.overCauses.entries()) if (cause !== null) overCauses[at] = cause;
  return {
    facts: { tableId: document.head.tableId, reports: document.revisions, overCauses, answers: document.answers, evaluationId: document.answers === null ? null : document.head.documentId, execution: document.table.execution, withExecution: document.table.withExecution },
    context: contextOf(document),
  };
}
