import { checkBudgetDocument } from './check-budget-document';
import { checkContacts } from './check-contacts';
import { checkDuties } from './check-duties';
import { checkExpressions } from './check-expressions';
import { checkProjects } from './check-projects';
import { checkSameQuantity } from './check-same-quantity';
import { checkTerms } from './check-terms';
import type { DocumentContext } from './document-context';
import type { Finding } from './finding';
import { sayFinding } from './findings';

/**
 * Every check that looks beyond one target table (domain.md §5.2): Q-B1…36, Q-C2, Q-C3, Q-P1, Q-P2 against table 7, Q-R3, Q-R4, Q-X1, Q-X2, Q-X3, Q-X5,
 * Q-X6. `table` of a finding is the target table it belongs to, null for the document; where it stands in the source is `params.place`.
 */
export function checkDocument(context: DocumentContext): readonly Finding[] {
  const findings = [
    ...checkSameQuantity(context), ...checkExpressions(context), ...checkProjects(context), ...checkDuties(context), ...checkTerms(context),
    ...checkContacts(context), ...checkBudgetDocument(context),
  ];
  return findings.map(withPlace);
}

/** Places come as the reader of the file says them (`line 60`): a sentence says them in its own language. `params.at` keeps the place as it came. */
function withPlace(finding: Finding): Finding {
  const at = finding.params['place'];
  if (at === undefined) return finding;
  const params = { ...finding.params, at, place: inChinese(at), placeEn: inEnglish(at) };
  return { ...finding, params, message: sayFinding({ code: finding.code, params }, 'zh') };
}

function inChinese(place: string): string {
  return place.replace(/sheet (.+?) \/ row ([\d, -]*\d)/gu, '工作表“$1”第 $2 行').replace(/line ([\d, -]*\d)/gu, '第 $1 行');
}

function inEnglish(place: string): string {
  return place.replace(/^(?:项目总体目标|年度绩效目标)$/u, 'the goal text').replace(/^表(\d+)（(.+)）$/u, 'table $1 ($2)');
}
