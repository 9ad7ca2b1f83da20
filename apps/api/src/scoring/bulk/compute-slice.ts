import { ENGINE_VERSION, type ExecutionFigures, type RuleProfile, type ScoringContext } from '@jiheng/domain';
import type { ScoredKind } from '../scoring.public';
import { BytesScorer } from './bytes-scorer';
import type { SliceFacts } from './facts-reader';
import { type CopyWriter, writeLines } from './score-copy';
import type { SliceHead } from './slice-heads.query';
import { type RowSums, scoreMoney, sumsOf, totalOf } from './year-total';

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
    /** Revisions of the year's answers whose judgement went in; absent where none was. */
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

/** Documents of one kind, out of bytes. */
abstract class DocumentsOfKind implements SliceScorer {
  protected readonly bytes = new BytesScorer();
  private taken: SliceHead | null = null;
  /** Revisions by report and row, of the document at hand. */
  private revisions = new Int32Array(256);

  constructor(private readonly kind: ScoredKind, protected readonly profiles: ReadonlyMap<string, RuleProfile>) {}

  digest(head: SliceHead, facts: SliceFacts): string {
    const { indicators, tables, actuals, values, causes, answers } = facts;
    this.taken = head;
    return this.bytes.take({
      head, isYear: this.kind === 'SELF_EVALUATION', indicators, actuals, profile: profileOf(this.profiles, head.profileId), table: tables.get(head.tableId) ?? NO_ROWS,
      values: head.reports.map((report) => values.get(report.id) ?? null), causes: causes.get(head.reports.at(-1)?.id ?? ''), answers: answers.get(head.documentId), execution: this.money(head, facts),
    });
  }

  write(head: SliceHead, facts: SliceFacts, id: string, digest: string, at: number, out: CopyWriter): void {
    const { bytes } = this;
    if (this.taken !== head) this.digest(head, facts);
    bytes.score();
    const { rows } = bytes;
    const sums = sumsOf(rows);
    const execution = this.money(head, facts);
    const stored: StoredFacts = { facts: { ...bytes.overCauses(), ...bytes.answers(), execution }, context: bytes.context };
    out.row(FIELDS);
    out.uuid(id);
    out.text(this.kind);
    out.uuid(head.documentId);
    out.uuid(head.profileId);
    out.text(ENGINE_VERSION);
    out.text(digest);
    out.json(JSON.stringify(stored));
    out.numeric(sums.points);
    out.numeric(sums.applicable);
    this.writeTotal(head, sums, execution, out);
    out.moment(at);
    out.integer(head.fiscalYear);
    this.writeFacts(head, rows.length, out);
    writeLines(out, rows);
  }

  /** The money that speaks in a document. */
  protected abstract money(head: SliceHead, facts: SliceFacts): ExecutionFigures | null;

  /** Rate, points and weight of the money, total, rating, and whether it was rescaled. */
  protected abstract writeTotal(head: SliceHead, sums: RowSums, execution: ExecutionFigures | null, out: CopyWriter): void;

  /** Which table, reports and revisions a score was computed from. */
  private writeFacts(head: SliceHead, rows: number, out: CopyWriter): void {
    const count = head.reports.length * rows;
    if (count > this.revisions.length) this.revisions = new Int32Array(count * 2);
    const { revisions, bytes: { values } } = this;
    let isSame = true;
    for (let at = 0; at < count; at += 1) {
      revisions[at] = values.revision(Math.floor(at / rows), at % rows);
      if (revisions[at] !== revisions[0]) isSame = false;
    }
    out.uuid(head.tableId);
    out.uuids(head.reports.map((report) => report.id));
    out.integers(revisions, isSame ? Math.min(1, count) : count);
  }
}

/** Quarters. */
export class QuartersScorer extends DocumentsOfKind {
  constructor(profiles: ReadonlyMap<string, RuleProfile>) { super('MONITORING_REPORT', profiles); }

  /** A quarter has its own money, which earns nothing yet. */
  protected money(head: SliceHead, { money }: SliceFacts): ExecutionFigures | null {
    return money.get(head.reports.at(-1)?.id ?? '') ?? null;
  }

  protected writeTotal(_head: SliceHead, { points, applies }: RowSums, _execution: ExecutionFigures | null, out: CopyWriter): void {
    out.none();
    out.none();
    out.none();
    out.numeric(this.bytes.rows.blocked !== '' || applies === 0 ? null : points);
    out.none();
    out.boolean(false);
  }
}

/** Years. */
export class YearsScorer extends DocumentsOfKind {
  constructor(profiles: ReadonlyMap<string, RuleProfile>) { super('SELF_EVALUATION', profiles); }

  /** The year's money is that of its latest period that has any. */
  protected money(head: SliceHead, { money }: SliceFacts): ExecutionFigures | null {
    for (let at = head.reports.length - 1; at >= 0; at -= 1) {
      const found = money.get(head.reports[at]?.id ?? '');
      if (found !== undefined) return found;
    }
    return null;
  }

  protected writeTotal(head: SliceHead, sums: RowSums, execution: ExecutionFigures | null, out: CopyWriter): void {
    const profile = profileOf(this.profiles, head.profileId);
    const money = scoreMoney(execution, sums.weight, profile);
    const { total, rating, rescaled } = totalOf(this.bytes.rows, sums, money, profile);
    out.numeric(money?.rate ?? null);
    out.numeric(money?.points ?? null);
    out.numeric(money?.weight ?? null);
    out.numeric(total);
    out.text(rating);
    out.boolean(rescaled);
  }
}
