import type { Subject } from '../target-table/performance-target-table';
import { meansEmpty } from '../text';
import type { Finding } from './finding';
import { aFinding } from './findings';

/**
 * Q-K1 for the one cell of a project's head that is no part of the table itself: 项目负责人. A document is read without the names of persons,
 * so the cell is empty after every import and somebody has to fill it in before the table is submitted.
 * @param lead null or blank: nobody is named
 */
export function checkLead(subject: Subject, lead: string | null): readonly Finding[] {
  return subject === 'PROJECT' && meansEmpty(lead ?? '') ? [aFinding('Q-K1', 'ERROR', {}, { expected: '项目负责人' })] : [];
}
