import type { Role } from '@jiheng/contract';
import { aPerson } from '../session/testing/a-session';
import { placesFor } from './navigation';

const paths = (...roles: Role[]) => placesFor(aPerson(...roles)).flatMap((group) => group.places.map((place) => place.path));

describe('the navigation', () => {
  it('shows a reviewer what a reviewer works on', () => expect(paths('reviewer')).toEqual(['/work', '/tables', '/jobs']));
  it('adds import and sources for a reporter', () => expect(paths('reporter')).toEqual(['/work', '/tables', '/import', '/sources', '/jobs']));
  it('keeps people and units for the administrator', () => expect(paths('administrator')).toContain('/people'));
  it('shows no empty group', () => expect(placesFor(null).every((group) => group.places.length > 0)).toBe(true));
});
