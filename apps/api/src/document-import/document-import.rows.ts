import type { AcceptedTable, ImportState, ImportTableSummary } from '@jiheng/contract';
import type { BudgetDocument, BudgetNarrative, LoggedCorrection, StagedPrint, StagedTable } from '@jiheng/domain';
import type { PrintedBudgetTable } from '../budget-document/budget-document.public';

/** The head of an import as it is stored. */
export interface ImportHead {
  readonly id: string;
  readonly unitId: string | null;
  readonly unitName: string | null;
  readonly unitPath: string | null;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: ImportState;
  readonly fiscalYear: number | null;
  readonly namedUnit: string;
  readonly refusal: { readonly code: string; readonly zh: string; readonly en: string } | null;
  readonly jobRunId: string | null;
  readonly createdBy: string;
  readonly by: string;
  readonly createdAt: Date;
}

/** One table as lists show it, and by which rules it was counted (null: before that was written down). */
export interface CountedSummary extends ImportTableSummary {
  readonly rules: number | null;
}

/** One table: as it was read, its log of corrections (oldest first), and whether it is in the books. */
export interface StoredImportTable {
  readonly at: number;
  readonly read: StagedTable;
  readonly log: readonly LoggedCorrection[];
  /** Who wrote the newest entry of the log. */
  readonly lastHand: string | null;
  readonly accepted: AcceptedTable | null;
  /** The rules by which what is kept of it was counted. */
  readonly rules: number | null;
}

/** A table whose reading was stored without what its document prints besides: as it was read. */
export interface UnprintedTable extends Pick<StagedTable, 'subject' | 'project' | 'place'> {
  readonly at: number;
  readonly form: NonNullable<StagedTable['form']>;
}

/** What the document prints besides a table, read after its reading was stored. */
export interface RecoveredPrint {
  readonly at: number;
  readonly print: StagedPrint;
}

/** One table that came into the books. */
export interface StoredAcceptance {
  readonly id: string;
  readonly at: number;
  readonly targetTableId: string;
  readonly how: AcceptedTable['how'];
  readonly title: string;
  readonly before: unknown;
  readonly revision: number;
}

/** Values of one monitoring form that were put beside the cells of a report. */
export interface StoredProposal {
  readonly id: string;
  readonly at: number;
  readonly reportId: string;
  /** By which monitoring knows the candidates. */
  readonly observationIds: readonly string[];
  readonly madeAt: Date;
}

/** The budget tables of a document. */
export interface StagedBudget {
  readonly fiscalYear: number;
  readonly budget: BudgetDocument;
  readonly narrative: BudgetNarrative;
  readonly printed: readonly PrintedBudgetTable[];
  /** The stored budget document; null while there is none. */
  readonly budgetDocumentId: string | null;
}
