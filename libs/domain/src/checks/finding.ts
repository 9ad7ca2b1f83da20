import type { FindingCode } from '../words/finding-words';

/** E blocks, W must be acknowledged, I is for information. */
export type Severity = 'ERROR' | 'WARN' | 'INFO';

/** 质量检查发现: machine-made, at a place, may be accepted with a reason. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Index of the table in the file; null when the finding is about one table only. */
  readonly table: number | null;
  /** Index of the indicator row; null for the head of the table. */
  readonly row: number | null;
  /** The Chinese sentence, made from the code and `params`. */
  readonly message: string;
  readonly params: Readonly<Record<string, string>>;
  readonly expected: string | null;
  readonly found: string | null;
}
