import type { PersonView, Role } from '@jiheng/contract';
import type { IconName } from '../ui/icon/icon';
import type { ShellKey } from './shell-words';

export interface Place {
  readonly path: string;
  readonly word: ShellKey;
  readonly icon: IconName;
  /** Roles that have something to do there; absent means everybody. */
  readonly roles?: readonly Role[];
}
export interface PlaceGroup {
  readonly word: ShellKey;
  readonly places: readonly Place[];
}

const GROUPS: readonly PlaceGroup[] = [
  {
    word: 'groupDaily',
    places: [
      { path: '/work', word: 'work', icon: 'work' }, { path: '/tables', word: 'tables', icon: 'tables' },
      { path: '/roll-up', word: 'rollUp', icon: 'rollUp', roles: ['manager', 'department', 'finance', 'administrator'] },
    ],
  },
  {
    word: 'groupData',
    places: [
      { path: '/import', word: 'import', icon: 'import', roles: ['reporter', 'administrator'] },
      { path: '/sources', word: 'sources', icon: 'sources', roles: ['reporter', 'manager', 'administrator'] },
      { path: '/reconciliation', word: 'reconciliation', icon: 'check', roles: ['reporter', 'reviewer', 'manager', 'administrator'] },
      { path: '/jobs', word: 'jobs', icon: 'jobs' },
    ],
  },
  { word: 'groupAdministration', places: [{ path: '/people', word: 'people', icon: 'people', roles: ['administrator'] }] },
  { word: 'groupHelp', places: [{ path: '/rule-profiles', word: 'ruleProfiles', icon: 'info' }, { path: '/self-check', word: 'selfCheck', icon: 'check' }] },
];

/** The places a person has something to do at. A convenience only: the server decides who may. */
export function placesFor(person: PersonView | null): readonly PlaceGroup[] {
  const held = new Set(person?.roles.map((assignment) => assignment.role));
  return GROUPS.map((group) => ({ ...group, places: group.places.filter((place) => !place.roles || place.roles.some((role) => held.has(role))) }))
    .filter((group) => group.places.length > 0);
}
