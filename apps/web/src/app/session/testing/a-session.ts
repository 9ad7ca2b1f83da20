import type { PersonView, Role, SessionView } from '@jiheng/contract';

const id = <T extends string>(n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as T;

/** A person with the given roles in one unit. */
export function aPerson(...roles: readonly Role[]): PersonView {
  return {
    id: id(1), login: 'tianbao', displayName: '填报人甲', active: true, mustChangePassword: false,
    roles: roles.map((role) => ({ role, unitId: id(2), unitName: '玛纳斯县社会保险中心' })),
  };
}

/** The session as the server tells it on 9 January 2025, when the fourth quarter of 2024 is being filled in. */
export function aSession(more: Partial<SessionView> = {}): SessionView {
  return { person: null, csrfToken: null, setupNeeded: false, today: '2025-01-09', fiscalYear: 2025, productVersion: '0.1.0', demonstration: false, ...more };
}
