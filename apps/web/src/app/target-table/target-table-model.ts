import { computed, signal } from '@angular/core';
import type { AdjustTargetTable, FindingView, TargetTableView } from '@jiheng/contract';
import { addDecimal } from '@jiheng/domain';
import { Load } from '../api/load';
import type { MoveBody, Moved } from '../api/moves';
import type { Answer, Problem } from '../api/problem';
import type { ChosenMove } from '../ui/move-bar/move-bar';
import { type TableChanges, compareTables } from './compare-tables';

/** What the model asks of the server; the page hands in the api clients. */
export interface TargetTableDoor {
  view(id: string): Promise<Answer<TargetTableView>>;
  move(id: string, body: MoveBody): Promise<Answer<Moved>>;
  adjust(id: string, body: AdjustTargetTable): Promise<Answer<TargetTableView>>;
  acceptFinding(id: string, findingId: string, reason: string): Promise<Answer<TargetTableView>>;
  discard(id: string, expectedRevision: number): Promise<Answer<void>>;
}

/** The points of one 一级指标, in the order of the form. */
export interface LevelWeight {
  readonly level: string;
  readonly weight: string;
}

/** One target table with its findings, versions and moves. */
export class TargetTableModel {
  readonly load = new Load<TargetTableView>();
  readonly table = this.load.value;
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  /** The move that was just made, for the sentence that says so. */
  readonly moved = signal<string | null>(null);

  readonly weightSum = computed(() => sumOf(this.table()?.indicators ?? []));
  readonly levelWeights = computed(() => weightsByLevel(this.table()?.indicators ?? []));
  /** Findings by the place of their row. */
  readonly rowFindings = computed(() => findingsByRow(this.table()?.findings ?? []));
  readonly counts = computed(() => countFindings((this.table()?.findings ?? []).filter((finding) => !finding.accepted)));
  /** Whether the reader may take warnings on: who writes the table, and the reviewer whose turn it is. */
  readonly mayAccept = computed(() => ['submit', 'withdraw', 'review'].some((move) => this.table()?.moves.includes(move)));
  /** A draft that was begun by mistake; what was once submitted stays on record. */
  readonly discardable = computed(() => {
    const table = this.table();
    return table?.state === 'DRAFT' && this.editable() && !table.history.some((act) => act.move === 'submit');
  });

  /** A draft or a returned table lies with its reporter: who may hand it on may write it. */
  readonly editable = computed(() => this.table()?.moves.includes('submit') ?? false);
  /** A later version that is on its way; an adjustment goes on there and not beside it. */
  readonly underWay = computed(() => {
    const table = this.table();
    return table?.versions.find((one) => one.version > table.version && one.state !== 'SUPERSEDED') ?? null;
  });
  readonly adjustable = computed(() => (this.table()?.moves.includes('adjust') ?? false) && this.underWay() === null);
  /** The version this one is compared with; at first the one before it. */
  readonly compared = new Load<TargetTableView>();
  readonly changes = computed<TableChanges | null>(() => {
    const [table, other] = [this.table(), this.compared.value()];
    return table === null || other === null || other.id === table.id || this.comparedFor() !== table.id ? null : compareTables(other, table);
  });
  private readonly comparedFor = signal<string | null>(null);

  constructor(private readonly door: TargetTableDoor) {}

  /** Reads the version that the one on the page is compared with. */
  async compareWith(versionId: string): Promise<void> {
    const table = this.table();
    if (table === null) return;
    await this.compared.run(() => this.door.view(versionId));
    this.comparedFor.set(table.id);
  }

  /** 发起调整: the table as it stands becomes a new draft. @returns its id; null when it was refused */
  async adjust(reason: string): Promise<string | null> {
    const table = this.table();
    if (table === null || this.busy()) return null;
    this.busy.set(true);
    this.problem.set(null);
    const { subject, fiscalYear, unitId, project, lead, goalText, budget } = table;
    const indicators = table.indicators.map(({ id: _id, ordinal: _ordinal, ...indicator }) => indicator);
    const answer = await this.door.adjust(table.id, { subject, fiscalYear, unitId, project, lead, goalText, budget, indicators, reason });
    this.busy.set(false);
    if (answer.ok) return answer.value.id;
    this.problem.set(answer.problem);
    return null;
  }

  /** True when the warning was taken on; the table stands as the server answered. */
  async acceptFinding(findingId: string, reason: string): Promise<boolean> {
    const table = this.table();
    if (table === null || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.door.acceptFinding(table.id, findingId, reason);
    if (answer.ok) this.load.set(answer.value);
    else this.problem.set(answer.problem);
    this.busy.set(false);
    return answer.ok;
  }

  /** @returns the version that stands after the draft is gone, or null when there is none; undefined when it was refused */
  async discard(): Promise<string | null | undefined> {
    const table = this.table();
    if (table === null || this.busy()) return undefined;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.door.discard(table.id, table.revision);
    this.busy.set(false);
    if (answer.ok) return table.versions.filter((one) => one.version < table.version).at(-1)?.id ?? null;
    this.problem.set(answer.problem);
    return undefined;
  }

  async read(id: string): Promise<void> {
    this.moved.set(null);
    this.problem.set(null);
    const answer = await this.load.run(() => this.door.view(id));
    if (!answer.ok) return;
    const before = answer.value.versions.filter((one) => one.version < answer.value.version).at(-1);
    if (before !== undefined) await this.compareWith(before.id);
  }

  /** True when the move was made; the table is read again, because findings and moves change with it. */
  async move(chosen: ChosenMove): Promise<boolean> {
    const table = this.table();
    if (!table || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.door.move(table.id, { ...chosen, expectedRevision: table.revision });
    if (answer.ok) {
      await this.load.run(() => this.door.view(table.id));
      this.moved.set(chosen.move);
    } else {
      this.problem.set(answer.problem);
    }
    this.busy.set(false);
    return answer.ok;
  }
}

/** Findings about rows, by the place of the row from 0. */
export function findingsByRow(findings: readonly FindingView[]): ReadonlyMap<number, readonly FindingView[]> {
  const found = new Map<number, FindingView[]>();
  for (const finding of findings) if (finding.row !== null) found.set(finding.row, [...(found.get(finding.row) ?? []), finding]);
  return found;
}

/** The sum of weights as exact decimal text. */
export function sumOf(rows: readonly { readonly weight: string }[]): string {
  return addDecimal('0', ...rows.map((row) => row.weight));
}

/** Weights added up by 一级指标, in the order in which the levels first appear. */
export function weightsByLevel(rows: readonly { readonly level1: string; readonly weight: string }[]): readonly LevelWeight[] {
  const sums = new Map<string, string>();
  for (const row of rows) sums.set(row.level1, addDecimal(sums.get(row.level1) ?? '0', row.weight));
  return [...sums].map(([level, weight]) => ({ level, weight }));
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countFindings(findings: readonly Pick<FindingView, 'severity'>[]): FindingCounts {
  const of = (severity: FindingView['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: of('ERROR'), warnings: of('WARN'), infos: of('INFO') };
}
