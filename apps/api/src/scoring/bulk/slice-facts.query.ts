import { type Actual, type OverCause, type ScoringRow, type TableToScore, accumulateLean, overCauseOf, takesJudgement } from '@jiheng/domain';
import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { ACTUAL, actualOf, given, indicatorOf } from './bulk-columns.query';
import type { CopyRows } from './copy-bytes';
import { FactsReader, type SliceFacts, type Span } from './facts-reader';
import type { SliceHead } from './slice-heads.query';
import { SliceIds } from './slice-ids';

/** One document with everything its points depend on, as objects of the domain. */
export interface SliceDocument {
  readonly head: SliceHead;
  readonly table: TableToScore;
  /** Nobody spoke for a row, and the period is over. */
  readonly periodClosed: boolean;
  /** Revisions of the values that went in, by report and row, 0 where there was none. */
  readonly revisions: readonly (readonly number[])[];
  readonly overCauses: readonly (OverCause | null)[];
  /** Revisions of the year's answers whose judgement went in; null for a quarter. */
  readonly answers: readonly number[] | null;
}

interface StoredActual { readonly revision: number; readonly actual: Actual }

/** Reads documents as objects: what a year is scored out of, and who wants to compare scores rather than write them. */
export async function readFacts(client: Client, kind: ScoredKind, heads: readonly SliceHead[]): Promise<SliceDocument[]> {
  if (heads.length === 0) return [];
  const facts = await new FactsReader(client).read(new SliceIds(client), heads, kind === 'SELF_EVALUATION');
  return heads.map((head) => documentOf(kind, head, facts));
}

/** Puts a document together. */
export function documentOf(kind: ScoredKind, head: SliceHead, { indicators, tables, actuals, values, causes, money, answers }: SliceFacts): SliceDocument {
  const isYear = kind === 'SELF_EVALUATION';
  const [from, to] = tables.get(head.tableId) ?? [0, 0];
  const byReport = head.reports.map((report) => presentValues(actuals, values.get(report.id)));
  // A quarter counts its periods by their number; the year takes the reports there are.
  const count = isYear ? byReport.length : (head.reports.at(-1)?.ordinal ?? 0);
  const byPeriod = Array.from({ length: count }, (_, at) => (isYear ? byReport[at] : byReport[head.reports.findIndex((report) => report.ordinal === at + 1)]));
  const lastCauses = causes.get(head.reports.at(-1)?.id ?? '');
  const own = answers.get(head.documentId);
  const overCauses: (OverCause | null)[] = [];
  const judged: number[] = [];
  const rows: ScoringRow[] = [];
  for (let row = from; row < to; row += 1) {
    const indicator = indicatorOf(indicators, row);
    const accumulated = accumulateLean(indicator.accumulation, byPeriod.map((one) => one?.get(indicator.key)?.actual ?? null), indicator.target.unit);
    const answer = own?.get(indicator.key);
    const judgement = isYear && takesJudgement(indicator) ? (answer?.judgement ?? null) : null;
    judged.push(judgement === null ? 0 : (answer?.revision ?? 0));
    const overCause = answer?.explanation == null ? (lastCauses?.get(indicator.key) ?? null) : overCauseOf(answer.explanation);
    overCauses.push(overCause);
    rows.push({ indicator, actual: judgement ?? accumulated.actual, overCause, accumulated: judgement === null ? { flags: accumulated.flags, steps: [] } : null });
  }
  // A quarter has its own money; the year's is that of its latest period that has any.
  const spending = isYear ? head.reports : head.reports.slice(-1);
  const execution = spending.reduce<TableToScore['execution']>((found, report) => money.get(report.id) ?? found, null);
  return {
    head, table: { rows, execution, withExecution: isYear }, overCauses, answers: isYear ? judged : null,
    periodClosed: !isYear && head.isOver && rows.some(({ actual }) => actual.kind === 'NOT_REPORTED'),
    revisions: byReport.map((one) => rows.map(({ indicator }) => one.get(indicator.key)?.revision ?? 0)),
  };
}

/** The present value of each row: of several revisions the highest. */
function presentValues(actuals: CopyRows, span: Span | undefined): Map<string, StoredActual> {
  const present = new Map<string, StoredActual>();
  for (let row = span?.[0] ?? 0, end = span?.[1] ?? 0; row < end; row += 1) {
    const key = given(actuals.text(row, ACTUAL.key));
    const revision = actuals.whole(row, ACTUAL.revision);
    if ((present.get(key)?.revision ?? 0) < revision) present.set(key, { revision, actual: actualOf(actuals, row) });
  }
  return present;
}
