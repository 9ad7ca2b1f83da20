import { hash } from 'node:crypto';
import { ENGINE_VERSION, type ExecutionFigures, type OverCause, type RuleProfile, type ScoringContext, inputsBeforeTable, inputsOfTable, scoreTableLean } from '@jiheng/domain';
import type { SliceFacts } from './facts-reader';
import { QuarterScorer } from './quarter-scorer';
import { NO_POINTS, RowScores } from './row-scores';
import { type CopyWriter, writeLines } from './score-copy';
import type { SliceHead } from './slice-heads.query';
import { documentOf } from './slice-facts.query';

/** The columns that a run writes, in the order of {@link SliceScorer.write}. */
export const SCORE_COLUMNS = `id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, execution_rate, execution_points, execution_weight, total, rating,
  rescaled, computed_at, fiscal_year, facts_table, facts_reports, facts_revisions, line_points, line_lost, line_rates, line_deviations, line_flags, line_blocked`;
const FIELDS = SCORE_COLUMNS.split(',').length;

/**
 * What a run's score remembers of its inputs beside the columns `facts_table`, `facts_reports` and `facts_revisions`: which revisions they
 * were. The facts themselves are never changed, so they can be read again.
 */
export interface StoredFacts {
  readonly facts: {
    /** Rows whose overshoot had a cause: row number from 0 → cause. */
    readonly overCauses?: Readonly<Record<number, string>>;
    /** Revisions of the year's answers whose judgement went in; absent for a quarter. */
    readonly answers?: readonly number[];
    readonly execution: ExecutionFigures | null;
  };
  readonly context: ScoringContext;
}

/** A profile on record. @throws when it is not */
export function profileOf(profiles: ReadonlyMap<string, RuleProfile>, id: string): RuleProfile {
  const profile = profiles.get(id);
  if (profile === undefined) throw new Error(`rule profile ${id} is not on record`);
  return profile;
}

const NO_ROWS = [0, 0] as const;

/** Scores the documents of a slice out of the facts that were read for it. */
export interface SliceScorer {
  /** The digest of everything that decides a document's points. */
  digest(head: SliceHead, facts: SliceFacts): string;
  /** Computes a document and writes it as a row of {@link SCORE_COLUMNS}. */
  write(head: SliceHead, facts: SliceFacts, id: string, digest: string, at: number, out: CopyWriter): void;
}

/** Quarters, out of bytes. */
export class QuartersScorer implements SliceScorer {
  private readonly quarters = new QuarterScorer();
  private taken: SliceHead | null = null;

  constructor(private readonly profiles: ReadonlyMap<string, RuleProfile>) {}

  digest(head: SliceHead, facts: SliceFacts): string {
    const { indicators, tables, actuals, values, causes, money } = facts;
    const speaking = head.reports.at(-1)?.id ?? '';
    this.taken = head;
    return this.quarters.take({
      head, indicators, actuals, profile: profileOf(this.profiles, head.profileId), table: tables.get(head.tableId) ?? NO_ROWS, values: head.reports.map((report) => values.get(report.id) ?? null),
      causes: causes.get(speaking), execution: money.get(speaking) ?? null,
    });
  }

  write(head: SliceHead, facts: SliceFacts, id: string, digest: string, at: number, out: CopyWriter): void {
    const { quarters } = this;
    if (this.taken !== head) this.digest(head, facts);
    quarters.score();
    const { rows, context } = quarters;
    let [sum, applicable, applies] = [0, 0, 0];
    for (let row = 0; row < rows.length; row += 1) {
      const points = rows.points[row] as number;
      const earned = points === NO_POINTS ? 0 : points;
      sum += earned;
      if (rows.applies(row)) { applicable += earned + (rows.lost[row] as number); applies += 1; }
    }
    const isOpen = rows.blocked !== '' || applies === 0;
    const speaking = head.reports.at(-1)?.id ?? '';
    begin(out, 'MONITORING_REPORT', head, id, digest, { facts: { ...quarters.overCauses(), execution: facts.money.get(speaking) ?? null }, context });
    out.numeric(sum);
    out.numeric(applicable);
    out.none();
    out.none();
    out.none();
    out.numeric(isOpen ? null : sum);
    out.none();
    out.boolean(false);
    out.moment(at);
    out.integer(head.fiscalYear);
    writeFacts(out, head, rows.length, (report, row) => quarters.revision(report, row));
    writeLines(out, rows);
  }
}

/** Years, out of objects. */
export class YearsScorer implements SliceScorer {
  private readonly rows = new RowScores();
  private readonly before = new Map<string, string>();

  constructor(private readonly profiles: ReadonlyMap<string, RuleProfile>) {}

  digest(head: SliceHead, facts: SliceFacts): string {
    const key = `${head.profileId} ${head.fiscalYear}`;
    let before = this.before.get(key);
    if (before === undefined) this.before.set(key, (before = inputsBeforeTable(profileOf(this.profiles, head.profileId), contextOf(head))));
    return hash('sha256', before + inputsOfTable(documentOf('SELF_EVALUATION', head, facts).table), 'hex');
  }

  write(head: SliceHead, facts: SliceFacts, id: string, digest: string, at: number, out: CopyWriter): void {
    const { table, revisions, overCauses, answers } = documentOf('SELF_EVALUATION', head, facts);
    const { rows } = this;
    const score = scoreTableLean(table, profileOf(this.profiles, head.profileId), contextOf(head));
    rows.begin(score.rows.length);
    for (const [row, lean] of score.rows.entries()) rows.setLean(row, lean);
    const causes: Record<number, OverCause> = {};
    for (const [row, cause] of overCauses.entries()) if (cause !== null) causes[row] = cause;
    const stored: StoredFacts = {
      facts: { ...(Object.keys(causes).length === 0 ? {} : { overCauses: causes }), ...(answers === null ? {} : { answers }), execution: table.execution }, context: contextOf(head),
    };
    begin(out, 'SELF_EVALUATION', head, id, digest, stored);
    out.numeric(score.indicatorPoints);
    out.numeric(score.applicableWeight);
    out.numeric(score.execution?.rate ?? null);
    out.numeric(score.execution?.points ?? null);
    out.numeric(score.execution?.weight ?? null);
    out.numeric(score.total);
    out.text(score.rating);
    out.boolean(score.rescaled);
    out.moment(at);
    out.integer(head.fiscalYear);
    writeFacts(out, head, rows.length, (report, row) => revisions[report]?.[row] ?? 0);
    writeLines(out, rows);
  }
}

/** The year is never over by the calendar. */
function contextOf(head: SliceHead): ScoringContext {
  return { fiscalYear: head.fiscalYear, periodClosed: false };
}

function begin(out: CopyWriter, kind: string, head: SliceHead, id: string, digest: string, stored: StoredFacts): void {
  out.row(FIELDS);
  out.uuid(id);
  out.text(kind);
  out.uuid(head.documentId);
  out.uuid(head.profileId);
  out.text(ENGINE_VERSION);
  out.text(digest);
  out.json(JSON.stringify(stored));
}

/** Which table, reports and revisions a score was computed from. */
function writeFacts(out: CopyWriter, head: SliceHead, rows: number, revision: (report: number, row: number) => number): void {
  const revisions: number[] = [];
  for (let report = 0; report < head.reports.length; report += 1) for (let row = 0; row < rows; row += 1) revisions.push(revision(report, row));
  const [first] = revisions;
  out.uuid(head.tableId);
  out.uuids(head.reports.map((report) => report.id));
  out.integers(revisions, revisions.every((one) => one === first) ? Math.min(1, revisions.length) : revisions.length);
}
