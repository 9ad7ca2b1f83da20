import type { Say } from './dictionary';
import type { CommonKey } from './zh-cn';

const ROLES = {
  reporter: 'roleReporter', reviewer: 'roleReviewer', manager: 'roleManager', department: 'roleDepartment', finance: 'roleFinance', administrator: 'roleAdministrator',
} as const satisfies Record<string, CommonKey>;

/** The word for a role; one this browser does not know is said as it came. */
export function sayRole(role: string, t: Say<CommonKey>): string {
  return Object.hasOwn(ROLES, role) ? t(ROLES[role as keyof typeof ROLES]) : role;
}
