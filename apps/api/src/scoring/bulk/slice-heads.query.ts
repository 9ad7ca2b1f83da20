import { createHash } from 'node:crypto';
import { ENGINE_VERSION } from '@jiheng/domain';
import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { SIGNED_STATES } from '../signed-states';
import { copyOut } from './copy-text';

/** A report of a document's lineage: where its values of the year so far stand. */
export interface LineageReport { readonly id: string; readonly ordinal: number; readonly revision: number }

/** One document of a slice before its facts are read. */
export interface SliceHead {
  readonly documentId: string;
  readonly tableId: string;
  readonly revision: number;
  readonly fiscalYear: number;
  readonly unitName: string;
  readonly profileId: string;
  /** The last day of the period is over: silence counts as zero. Never for the year. */
  readonly isOver: boolean;
  /** Reports whose values make the document's, in the order of periods. */
  readonly reports: readonly LineageReport[];
  /** A digest of everything that decides the points, made of revisions; equal marks mean equal facts. */
  readonly mark: string;
  /** What the document's request points at now. */
  readonly current: { readonly state: string; readonly profileId: string | null; readonly digest: string | null; readonly mark: string | null; readonly revision: number } | null;
}

/** Ids as a literal of SQL. They come from the database or from parsed payloads; anything else must not get into a statement. */
export function idList(ids: readonly string[]): string {
  for (const id of ids) if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error(`not an id: ${JSON.stringify(id)}`);
  return `'{${ids.join(',')}}'::uuid[]`;
}

const DOCUMENT: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: `
    select r.id, r.table_id, r.lineage_id, r.revision, r.state, p.fiscal_year, p.ordinal as up_to, p.due_on,
      (select x.until from report_extension x where x.report_id = r.id order by x.id desc limit 1) as until
    from monitoring_report r join reporting_period p on p.id = r.period_id`,
  SELF_EVALUATION: `
    select r.id, r.table_id, r.lineage_id, r.revision, r.state, t.fiscal_year, 12 as up_to, null::date as due_on, null::date as until
    from self_evaluation r join performance_target_table t on t.id = r.table_id`,
};

/** Reads the heads of a slice's documents. A document that is gone by now is simply not answered. */
export async function readHeads(client: Client, kind: ScoredKind, ids: readonly string[], defaultProfileId: string, hasAssignments: boolean, today: string): Promise<SliceHead[]> {
  const signed = SIGNED_STATES.map((state) => `'${state}'`).join(', ');
  const inForce = `${hasAssignments ? 'coalesce(rule_profile_in_force(u.path, d.fiscal_year), ' : '('}(${idList([defaultProfileId])})[1])`;
  // What was signed keeps the rules it was signed by; everything else takes those in force for its unit and year.
  const profile = `case when d.state in (${signed}) and s.profile_id is not null then s.profile_id else ${inForce} end`;
  const rows = await copyOut(client, `
    select d.id, d.table_id, d.revision, d.fiscal_year, u.name, ${profile}, coalesce(greatest(d.due_on, d.until)::text, ''), d.lineage_id, d.up_to,
      q.state, s.profile_id, s.inputs_digest, q.facts_mark, q.document_revision
    from (${DOCUMENT[kind]} where r.id = any (${idList(ids)})) d
      join performance_target_table t on t.id = d.table_id join budget_unit u on u.id = t.unit_id
      left join score_request q on q.document_kind = '${kind}' and q.document_id = d.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
    order by d.id`);
  const reports = await readReports(client, rows.map((row) => given(row[7])));
  return rows.map(([id, tableId, revision, fiscalYear, unitName, profileId, lastDay, lineageId, upTo, state, currentProfile, digest, mark, scoredRevision]) => {
    const isOver = lastDay !== '' && today > given(lastDay);
    const speaking = (reports.get(given(lineageId)) ?? []).filter((report) => report.ordinal <= Number(upTo));
    return {
      documentId: given(id), tableId: given(tableId), revision: Number(revision), fiscalYear: Number(fiscalYear), unitName: given(unitName), profileId: given(profileId), isOver, reports: speaking,
      mark: createHash('sha256').update(`${ENGINE_VERSION}|${profileId}|${tableId}|${revision}|${isOver}|${speaking.map((report) => `${report.id} ${report.revision}`).join()}`).digest('base64url').slice(0, 27),
      current: state == null ? null : { state, profileId: currentProfile ?? null, digest: digest ?? null, mark: mark ?? null, revision: Number(scoredRevision) },
    };
  });
}

/** The reports of lineages in the order of their periods. */
async function readReports(client: Client, lineageIds: readonly string[]): Promise<Map<string, LineageReport[]>> {
  const rows = await copyOut(client, `
    select m.lineage_id, m.id, o.ordinal, m.revision from monitoring_report m join reporting_period o on o.id = m.period_id where m.lineage_id = any (${idList(lineageIds)})`);
  const byLineage = new Map<string, LineageReport[]>();
  for (const [lineage, id, ordinal, revision] of rows) {
    const list = byLineage.get(given(lineage));
    const report = { id: given(id), ordinal: Number(ordinal), revision: Number(revision) };
    if (list === undefined) byLineage.set(given(lineage), [report]);
    else list.push(report);
  }
  for (const list of byLineage.values()) list.sort((a, b) => a.ordinal - b.ordinal);
  return byLineage;
}

/** Whether the documents still stand at the revisions they were read at, together with every report that speaks in them. */
export async function stillStand(client: Client, kind: ScoredKind, heads: readonly SliceHead[]): Promise<boolean> {
  const expected = new Map(heads.flatMap((head) => head.reports.map((report) => [report.id, report.revision] as const)));
  const documents = new Map(heads.map((head) => [head.documentId, head] as const));
  const reports = await copyOut(client, `select id, revision from monitoring_report where id = any (${idList([...expected.keys()])})`);
  if (reports.length !== expected.size || reports.some(([id, revision]) => expected.get(given(id)) !== Number(revision))) return false;
  const table = kind === 'SELF_EVALUATION' ? 'self_evaluation' : 'monitoring_report';
  const own = await copyOut(client, `select id, revision, table_id from ${table} where id = any (${idList([...documents.keys()])})`);
  return own.length === documents.size && own.every(([id, revision, tableId]) => documents.get(given(id))?.revision === Number(revision) && documents.get(given(id))?.tableId === tableId);
}

/** A column that the query always fills. */
export function given<T>(column: T | null | undefined): T {
  if (column == null) throw new Error('a column of a bulk read is missing');
  return column;
}
