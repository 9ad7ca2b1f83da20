import { hash } from 'node:crypto';
import { ENGINE_VERSION } from '@jiheng/domain';
import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { SIGNED_STATES } from '../signed-states';
import { given } from './bulk-columns.query';
import { type CopyRow, copyOut } from './copy-text';
import type { SliceIds } from './slice-ids';

/** A report of a document's lineage: where its values of the year so far stand. */
export interface LineageReport { readonly id: string; readonly ordinal: number; readonly revision: number }

/** One document of a slice before its facts are read. */
export interface SliceHead {
  readonly documentId: string;
  readonly tableId: string;
  readonly revision: number;
  readonly fiscalYear: number;
  readonly profileId: string;
  /** The last day of the period is over: silence counts as zero. Never for the year. */
  readonly isOver: boolean;
  /** Reports whose values make the document's, in the order of periods. */
  readonly reports: readonly LineageReport[];
  /** A digest of everything that decides the points, made of revisions; equal marks mean equal facts. */
  readonly mark: string;
  /** What the document's request points at now. */
  readonly current: CurrentScore | null;
}

export interface CurrentScore {
  readonly state: string;
  /** Null where the marks are equal and nobody needs to know, or where there is no score. */
  readonly digest: string | null;
  readonly profileId: string | null;
  readonly mark: string | null;
  readonly revision: number;
}

// Each table is asked by itself for a list of ids: that is a walk along one index. A join of them is planned anew for every slice, and
// among them are plans that read whole tables.
const DOCUMENT: Readonly<Record<ScoredKind, (ids: string) => string>> = {
  MONITORING_REPORT: (ids) => `select r.id, r.table_id, r.revision, r.state, p.fiscal_year, p.ordinal, r.lineage_id, p.due_on from monitoring_report r join reporting_period p on p.id = r.period_id where r.id = any ${ids} order by r.id`,
  SELF_EVALUATION: (ids) => `select r.id, r.table_id, r.revision, r.state, t.fiscal_year, 12, r.lineage_id, null from self_evaluation r join performance_target_table t on t.id = r.table_id where r.id = any ${ids} order by r.id`,
};

/** The years of a slice (in truth one), as a list of SQL: values, money and scores lie by year. */
export function yearsOf(heads: readonly Pick<SliceHead, 'fiscalYear'>[]): string {
  return [...new Set(heads.map((head) => Math.trunc(head.fiscalYear)))].join(', ');
}

/**
 * Reads the heads of a slice's documents. A document that is gone by now is simply not answered.
 * @param hasAssignments whether somebody assigned another profile than the default to some unit and year
 */
export async function readHeads(client: Client, said: SliceIds, kind: ScoredKind, ids: readonly string[], defaultProfileId: string, hasAssignments: boolean, today: string): Promise<SliceHead[]> {
  const list = await said.list(ids);
  const documents = await copyOut(client, DOCUMENT[kind](list));
  const extensions = kind === 'SELF_EVALUATION' ? new Map<string, CopyRow>()
    : byFirst(await copyOut(client, `select distinct on (report_id) report_id, until from report_extension where report_id = any ${list} order by report_id, id desc`));
  const requests = byFirst(await copyOut(client, `select document_id, state, score_id, facts_mark, document_revision from score_request where document_kind = '${kind}' and document_id = any ${list}`));
  const inForce = hasAssignments ? await readInForce(client, said, documents.map((row) => given(row[1]))) : new Map<string, CopyRow>();
  const reports = await readReports(client, said, documents);
  const heads = documents.map((row) => {
    const [id, tableId, revision, state, fiscalYear, upTo, lineageId, dueOn] = row;
    const lastDay = later(dueOn ?? '', extensions.get(given(id))?.[1] ?? '');
    const isOver = lastDay !== '' && today > lastDay;
    // A first quarter is all there is of its year: nobody need be asked.
    const speaking = kind === 'MONITORING_REPORT' && upTo === '1' ? [{ id: given(id), ordinal: 1, revision: Number(revision) }] : (reports.get(given(lineageId)) ?? []).filter((report) => report.ordinal <= Number(upTo));
    const head = {
      documentId: given(id), tableId: given(tableId), revision: Number(revision), fiscalYear: Number(fiscalYear), isOver, reports: speaking,
      profileId: inForce.get(given(tableId))?.[1] ?? defaultProfileId,
    };
    return { head: { ...head, mark: markOf(head) }, isSigned: SIGNED_STATES.includes(given(state)), request: requests.get(given(id)) };
  });
  // Only where something has moved does it matter which score is the present one; equal marks name the same profile.
  const moved = heads.flatMap(({ head, request }) => (request?.[2] == null || (request[3] === head.mark && request[1] === 'DONE' && request[4] === String(head.revision)) ? [] : [request[2]]));
  const scores = byFirst(moved.length === 0 ? [] : await copyOut(client, `select id, profile_id, inputs_digest from score where id = any ${await said.list(moved)} and fiscal_year in (${yearsOf(heads.map(({ head }) => head))})`));
  return heads.map(({ head, isSigned, request }) => {
    if (request === undefined) return { ...head, current: null };
    const [, state, scoreId, mark, revision] = request;
    const score = scores.get(scoreId ?? '');
    // What was signed keeps the rules it was signed by; everything else takes those in force for its unit and year.
    const profileId = isSigned && score !== undefined ? given(score[1]) : head.profileId;
    const current: CurrentScore = { state: given(state), profileId: scoreId == null ? null : (score?.[1] ?? head.profileId), digest: score?.[2] ?? null, mark: mark ?? null, revision: Number(revision) };
    return profileId === head.profileId ? { ...head, current } : { ...head, profileId, mark: markOf({ ...head, profileId }), current };
  });
}

/** A digest of everything that decides a document's points, made of revisions. */
export function markOf({ profileId, tableId, revision, isOver, reports }: Pick<SliceHead, 'profileId' | 'tableId' | 'revision' | 'isOver' | 'reports'>): string {
  let text = `${ENGINE_VERSION}|${profileId}|${tableId}|${revision}|${isOver}|`;
  for (const [at, report] of reports.entries()) text += `${at === 0 ? '' : ','}${report.id} ${report.revision}`;
  return hash('sha256', text, 'base64url').slice(0, 27);
}

/** Of two days the later; '' is none. */
export function later(one: string, other: string): string {
  return one > other ? one : other;
}

function byFirst(rows: readonly CopyRow[]): Map<string, CopyRow> {
  return new Map(rows.map((row) => [given(row[0]), row]));
}

/** The assigned profile of each table's unit and year; asked once a unit. */
async function readInForce(client: Client, said: SliceIds, tableIds: readonly string[]): Promise<Map<string, CopyRow>> {
  const list = await said.list(tableIds);
  return byFirst(await copyOut(client, `
    with ruled as materialized (
      select u.id, y.fiscal_year, rule_profile_in_force(u.path, y.fiscal_year) as profile_id
      from (select distinct unit_id, fiscal_year from performance_target_table where id = any ${list}) y join budget_unit u on u.id = y.unit_id)
    select t.id, r.profile_id from performance_target_table t join ruled r on r.id = t.unit_id and r.fiscal_year = t.fiscal_year where t.id = any ${list} and r.profile_id is not null`));
}

/** The reports of lineages in the order of their periods; nothing where no document looks beyond itself. */
async function readReports(client: Client, said: SliceIds, documents: readonly CopyRow[]): Promise<Map<string, LineageReport[]>> {
  const byLineage = new Map<string, LineageReport[]>();
  const lineageIds = documents.flatMap((row) => (row[5] === '1' ? [] : [given(row[6])]));
  if (lineageIds.length === 0) return byLineage;
  const rows = await copyOut(client, `
    select m.lineage_id, m.id, o.ordinal, m.revision from monitoring_report m join reporting_period o on o.id = m.period_id where m.lineage_id = any ${await said.list(lineageIds)}`);
  for (const [lineage, id, ordinal, revision] of rows) {
    const list = byLineage.get(given(lineage));
    const report = { id: given(id), ordinal: Number(ordinal), revision: Number(revision) };
    if (list === undefined) byLineage.set(given(lineage), [report]);
    else list.push(report);
  }
  for (const list of byLineage.values()) list.sort((a, b) => a.ordinal - b.ordinal);
  return byLineage;
}

/** Those documents that do not stand any more at the revisions they were read at, themselves or a report that speaks in them. */
export async function movedSince(client: Client, said: SliceIds, kind: ScoredKind, heads: readonly SliceHead[]): Promise<ReadonlySet<string>> {
  const speaking = new Set(heads.flatMap((head) => head.reports.map((report) => report.id)));
  if (kind === 'MONITORING_REPORT') for (const head of heads) speaking.add(head.documentId);
  const reports = byFirst(await copyOut(client, `select id, revision, table_id from monitoring_report where id = any ${await said.list([...speaking])}`));
  const own = kind === 'MONITORING_REPORT' ? reports
    : byFirst(await copyOut(client, `select id, revision, table_id from self_evaluation where id = any ${await said.list(heads.map((head) => head.documentId))}`));
  const stands = ({ documentId, tableId, revision, reports: spoken }: SliceHead): boolean => {
    const document = own.get(documentId);
    return Number(document?.[1]) === revision && document?.[2] === tableId && spoken.every((report) => Number(reports.get(report.id)?.[1]) === report.revision);
  };
  return new Set(heads.flatMap((head) => (stands(head) ? [] : [head.documentId])));
}
