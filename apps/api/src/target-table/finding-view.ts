import type { FindingView } from '@jiheng/contract';
import { type Finding, sayFinding } from '@jiheng/domain';

/** A finding as it crosses the wire, in both languages. */
export function toFindingView(finding: Finding): FindingView {
  return {
    code: finding.code, severity: finding.severity, table: finding.table, row: finding.row, message: finding.message, messageEn: sayFinding(finding, 'en'),
    expected: finding.expected, found: finding.found,
  };
}
