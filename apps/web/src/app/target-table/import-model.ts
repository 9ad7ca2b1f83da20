import { computed, signal } from '@angular/core';
import type { FindingView, ImportPreview } from '@jiheng/contract';
import { compareDecimal } from '@jiheng/domain';
import { Load } from '../api/load';
import type { Answer, Problem } from '../api/problem';

export type PreviewTable = ImportPreview['tables'][number];

/** Below this certainty a row is marked for a person to compare with the source. */
export const SURE_FROM = '0.9';

/** Rows whose reading is uncertain. */
export function unsureRows(table: PreviewTable): PreviewTable['indicators'] {
  return table.indicators.filter((row) => compareDecimal(row.confidence, SURE_FROM) < 0);
}

/** The least certain row of a table, decimal text 0…1; "1" for a table without rows. */
export function leastCertain(table: PreviewTable): string {
  return table.indicators.reduce((least, row) => (compareDecimal(row.confidence, least) < 0 ? row.confidence : least), '1');
}

/** A share of 0…1 as whole per cent, cut and not rounded up: 0.999 is not certain. Works on the text. */
export function sayShare(share: string): string {
  const [whole = '0', places = ''] = share.split('.');
  return `${Number(whole + places.padEnd(2, '0').slice(0, 2))}%`;
}

/** A file on its way to drafts: chosen, read, checked by a person, made. */
export class ImportModel {
  readonly unitId = signal<string | null>(null);
  readonly file = signal<File | null>(null);
  readonly unitMissing = signal(false);
  private readonly preview = new Load<ImportPreview>();
  private readonly made = signal<ImportPreview | null>(null);
  private readonly commitTrouble = signal<Problem | null>(null);
  readonly committing = signal(false);

  readonly reading = this.preview.loading;
  readonly result = computed(() => this.made() ?? this.preview.value());
  readonly problem = computed(() => this.commitTrouble() ?? this.preview.problem());
  readonly rowCount = computed(() => this.result()?.tables.reduce((sum, table) => sum + table.indicators.length, 0) ?? 0);
  readonly done = computed(() => this.made() !== null);
  /** Drafts that now exist. */
  readonly drafts = computed(() => (this.made()?.tables ?? []).flatMap((table) => (table.createdTableId ? [{ id: table.createdTableId, table }] : [])));
  /** Which of the three steps the person is at. */
  readonly step = computed<1 | 2 | 3>(() => (this.done() ? 3 : this.result() && !this.reading() ? 2 : 1));

  constructor(private readonly send: (file: File, unitId: string, commit: boolean) => Promise<Answer<ImportPreview>>) {}

  chooseUnit(unitId: string | null): void {
    this.unitId.set(unitId);
    this.unitMissing.set(false);
  }

  /** Reads a file; nothing is written. */
  async read(file: File): Promise<void> {
    const unitId = this.unitId();
    if (!unitId) {
      this.unitMissing.set(true);
      return;
    }
    this.file.set(file);
    this.made.set(null);
    this.commitTrouble.set(null);
    await this.preview.run(() => this.send(file, unitId, false));
  }

  /** Makes the drafts from the same bytes that were shown. */
  async commit(): Promise<void> {
    const file = this.file();
    const unitId = this.unitId();
    if (!file || !unitId || this.committing() || this.done()) return;
    this.committing.set(true);
    this.commitTrouble.set(null);
    const answer = await this.send(file, unitId, true);
    this.committing.set(false);
    if (answer.ok) this.made.set(answer.value);
    else this.commitTrouble.set(answer.problem);
  }
}

/** Findings about one table of the file. */
export function findingsOf(preview: ImportPreview, table: number): readonly FindingView[] {
  return preview.findings.filter((finding) => finding.table === table);
}
