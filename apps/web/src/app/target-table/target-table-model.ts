import { computed, signal } from '@angular/core';
import type { FindingView, TargetTableView } from '@jiheng/contract';
import { addDecimal } from '@jiheng/domain';
import { Load } from '../api/load';
import type { MoveBody, Moved } from '../api/moves';
import type { Answer, Problem } from '../api/problem';
import type { ChosenMove } from '../ui/move-bar/move-bar';

/** What the model asks of the server; the page hands in the api clients. */
export interface TargetTableDoor {
  view(id: string): Promise<Answer<TargetTableView>>;
  move(id: string, body: MoveBody): Promise<Answer<Moved>>;
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
  readonly headFindings = computed(() => (this.table()?.findings ?? []).filter((finding) => finding.row === null));
  readonly counts = computed(() => countFindings(this.table()?.findings ?? []));

  constructor(private readonly door: TargetTableDoor) {}

  async read(id: string): Promise<void> {
    this.moved.set(null);
    this.problem.set(null);
    await this.load.run(() => this.door.view(id));
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
